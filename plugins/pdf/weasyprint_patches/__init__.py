"""All that is replaced in WeasyPrint and pydyf, and where to look when a new version of one of them is taken.

`install` does it, in the worker that renders; importing changes nothing. Every name is looked for first, with its
parameters, and PatchError tells of one that is not as it was. Two kinds:

- CORRECTNESS: without it a PDF is not what it claims to be. One name: which HTML element each element of the structure
  tree comes from (structure.py), for plugins/pdf/structure_tree.py.
- SPEED: the PDF is the same to the byte without; tests/pdf/test_patches.py renders with and without them, and counts
  that each is called. Lines (lines.py), styles and boxes (boxes.py), the style sheet of HTML (stylesheet.py), the
  bytes of the file (writing.py).

Each is offered to be taken out again when WeasyPrint does it by itself: run the tests without it, and measure with
`python3 tasks.py bench pdf`.
"""

from __future__ import annotations

from typing import Any

from plugins import patching

from .libraries import PYDYF, WEASYPRINT


def install(speed: bool | None = None) -> None:
    """Replace what is to be replaced, in this process. Raises PatchError where a library is not as expected.

    speed: whether what only saves time is replaced too; None: what PORTAL_SPEED_PATCHES says. May be called again,
    with another answer.
    """
    if speed is None:
        speed = patching.speed_patches_wanted()
    try:
        from weasyprint.document import DocumentMetadata

        from . import structure

        for library in (WEASYPRINT, PYDYF):
            library.restore()
        WEASYPRINT.replace(structure.tags, "_build_box_tree", structure.build_box_tree)
        # render.py has it say that a file is PDF/UA too, and has no attachments but ours
        WEASYPRINT.require(DocumentMetadata, "generate_rdf_metadata", "self", "variant", "version", "conformance")
        WEASYPRINT.require(DocumentMetadata(), "attachments")
        if speed:
            _for_speed()
    except (ImportError, AttributeError) as error:  # a module, a class or a constant that is not there
        raise WEASYPRINT.mismatch_error(str(error)) from error


def _for_speed() -> None:
    import pydyf
    from weasyprint import HTML
    from weasyprint.css import ComputedStyle
    from weasyprint.draw import text as drawing
    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.layout import absolute, block, inline, page, preferred, table
    from weasyprint.pdf import fonts
    from weasyprint.text.line_break import Layout

    from . import boxes, lines, stylesheet, writing

    replace = WEASYPRINT.replace
    replace(Layout, "setup", lines.set_up)
    replace(Layout, "deactivate", lines.keep)
    replace(Layout, "reactivate", lines.take_up)
    replace(inline, "strut", lines.strut)
    replace(inline, "split_first_line", lines.split)
    replace(preferred, "split_first_line", lines.measure)
    replace(drawing, "draw_first_line", lines.draw)
    replace(ComputedStyle, "__missing__", boxes.computed)
    for module in (absolute, block, inline, page, table):
        replace(module, "resolve_percentages", boxes.resolve_percentages)
    for module in (block, inline):
        replace(module, "avoid_collisions", boxes.avoid_collisions)
    replace(Box, "is_in_normal_flow", boxes.is_in_normal_flow)
    replace(HTML, "_ua_stylesheets", stylesheet.ua_stylesheets)
    replace(fonts, "ffi", writing.Arrays())
    PYDYF.replace(pydyf, "_to_bytes", writing.to_bytes)


def finish(pdf: Any) -> None:
    """Make a document that is complete ready to be written: its streams packed, its objects written once."""
    from . import writing

    writing.pack(pdf)
    if PYDYF.replaced:
        writing.write_once(pdf)
