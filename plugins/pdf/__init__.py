"""Stage: articles as documents to print and to file, PDF/A-3a and PDF/UA-1 in one.

exporter.py says which PDFs a build needs and which of them are there already; print_html.py, document.html and pdf.css
make an article a document; render.py lays it out with WeasyPrint in a worker (plugins/jobs), which may read nothing
but what fetcher.py gives it and show no letter that glyphs.py does not know; structure_tree.py, table_structure.py and structure_nodes.py put
the structure right that assistive technology reads. The reader's control is plugins/pdf_export.
"""
