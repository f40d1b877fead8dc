"""Stage: an old portal's archive to Markdown articles.

1. `sources.py` lists what is to be converted: saved pages, copied texts, Word files, exports, in folders and ZIPs too.
1. `sources.py` lists what is to be converted: saved pages, copied texts, Word files, exports; in folders and ZIPs too.
   A Word file is prepared by `word_content.py`, `word_numbering.py` and `legacy_fonts.py`, converted by `pandoc.py`,
   and read by `document_page.py`, `footnotes.py` and `administrative.py`.
   An export is read by `feed_entries.py` or `ghost_entries.py`; `access.py` says which of its entries may be published,
   `shortcodes.py` tells WordPress's shortcodes from words in brackets.
3. Tables of rules (`rules.py`) decide what each block is: `titles.py`, `article_header.py`, `article_body.py`,
   `credits.py`, `captions.py`, `article_check.py`; `article.py` puts the article together. `labels.py`,
   `boilerplate.py`, `names.py` and `dates.py` know what portals write around an article.
4. `markdown.py` writes the article, `media.py` finds its pictures and documents.
5. `command.py` runs all of this in several processes; `conversion_log.py` remembers what was written, so that a second
   run overwrites nothing that an editor has changed.

The package is independent of the generator: all that it hands on are files in content/.
"""
