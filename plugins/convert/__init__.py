"""Stage: an old portal's archive to Markdown articles.

A source (saved page, copied text, Word file, export; also in folders and ZIP archives: sources.py) becomes a row of
blocks (saved_page.py with a template's profile, text_page.py, word.py, exports.py), the rules that any page shares
make an article of it (article.py, captions.py, dates.py, phrases.py), and it is written as Markdown (markdown.py) with
its pictures and documents (media.py). conversion_log.py remembers what was written, so that no editor's change is overwritten.

Stands apart from the generator: what it hands on is files in content/.
"""
