"""Stage: an old portal's archive to Markdown articles.

1. `sources.py` lists what is to be converted: files of the kinds of `kinds.py`, folders, archives (`archives.py`) and
   entries of exports. `file_account.py` says what became of the other files in a folder.
2. A reader makes a sequence of blocks (`blocks.py`) of each; `readers.py` lists them. Pages of portals are read by
   `saved_page.py` (with `html_source.py`, `page_asides.py`, `markup_roles.py`, `html_blocks.py`, `inline_reader.py`),
   texts by `text_page.py`; documents by `document_page.py`, to which `word_file.py`, `rich_text.py` and the like hand
   them, with `footnotes.py`, `legacy_fonts.py` and `administrative.py`. Entries of exports are read by `exports.py`;
   `access.py` says which of them may be published.
3. Tables of rules (`rules.py`) decide what each block is: `titles.py`, `headlines.py`, `article_header.py`,
   `article_body.py`, `article_end.py`, `other_articles.py`, `credits.py`, `closing_lines.py`, `caption_rules.py`,
   `lost_captions.py`, `article_check.py`; `article.py` puts the article together. `labels.py`, `bylines.py`,
   `boilerplate.py`, `names.py` and `dates.py` know what portals write around an article.
4. `account.py` shows that every word is in the article, in the chrome of the old portal, or in doubt; `surroundings.py`
   judges the words around the article; `written_account.py` shows that the file of the article has every word of it.
5. `markdown.py` writes the article, `media.py` finds its pictures and documents.
6. `command.py` runs all of this in several processes; `conversion_log.py` remembers what was written, so that a second
   run overwrites nothing that an editor has changed.

The package is independent of the generator: all that it hands on are files in content/.
"""
