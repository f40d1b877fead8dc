"""Stage: articles as PDF documents to print and to archive, PDF/A-3a and PDF/UA-1 at once.

- exporter.py decides which PDFs a build needs and which of them are cached.
- print_html.py, document.html and pdf.css turn an article into an HTML document for print.
- render.py lays it out with WeasyPrint, in a worker process (plugins/jobs). The worker reads only the files that
  fetcher.py allows, and shows only characters that the typefaces have (glyphs.py): those of this package, and those of
  the system that the owner asks for (faces.py).
- layout.py looks at the pages and lays out again what is too wide (wide_tables.py) or too tall (tall_rows.py);
  boxes_on_pages.py finds what it looks at, drawn_text.py compares it with the article, notices.py says what is not
  as it should be.
- structure_tree.py, table_structure.py and structure_nodes.py repair the structure that assistive technology reads.
- weasyprint_patches/ holds everything that is replaced in WeasyPrint and pydyf.

The reader's download button is the feature plugins/pdf_export.
"""
