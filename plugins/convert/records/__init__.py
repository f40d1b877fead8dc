"""`convert --as KIND`: what an old portal says of things that have a record, such as documents, to files of their kind.

The keys of a kind declare by which labels they are known (`Key.synonyms`, `Conversion.labels`), so every kind with a
`Conversion` can be converted. `labels.py` matches labels, `fields.py` finds labelled values on a page and `tables.py`
the lists that have a thing in each row, `sheets.py` reads CSV and Excel files, `pages.py` makes records of a source,
`writing.py` makes files of records, and `command.py` does it all.
"""
