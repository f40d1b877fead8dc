"""Everything that is replaced in WeasyPrint and pydyf, and what to check when one of them is upgraded.

`install` does it, in the worker that renders; importing changes nothing. Every name is first checked to exist with the
expected parameters, and PatchError says which one does not. There are two kinds:

- Correctness: without it a PDF is not what it claims to be. One function records which HTML element each element of
  the structure tree comes from (element_origins.py), for plugins/pdf/structure_tree.py; another fills pages that would
  end in an empty space before a figure (figures.py).
- Speed: the PDF is the same to the byte without it. tests/pdf/test_patches.py renders with and without, and checks that
  each patch is called. Lines (lines.py), styles and boxes (boxes.py), the user agent style sheet (stylesheet.py), the
  bytes of the file (serialization.py).

A patch should go when WeasyPrint does the same by itself: run the tests without it, and measure with
`python3 tasks.py bench pdf`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins import patching

from .libraries import PYDYF, WEASYPRINT

if TYPE_CHECKING:
    import pydyf


def install(speed: bool | None = None) -> None:
    """Apply the patches in this process. May be called again with another argument.

    Raises PatchError where a library is not as expected.

    Args:
        speed: Whether to apply the patches that only save time. By default PORTAL_SPEED_PATCHES decides.
    """
    if speed is None:
        speed = patching.speed_patches_wanted()
    try:
        from weasyprint.document import DocumentMetadata
        from weasyprint.layout import block
        from weasyprint.pdf import tags

        from . import element_origins, figures

        for library in (WEASYPRINT, PYDYF):
            library.restore()
        WEASYPRINT.replace(tags, "_build_box_tree", element_origins.build_box_tree)
        WEASYPRINT.replace(block, "_in_flow_layout", figures.in_flow_layout)
        # render.py wraps the one to declare PDF/UA, and empties the other
        WEASYPRINT.require(DocumentMetadata, "generate_rdf_metadata", "self", "variant", "version", "conformance")
        WEASYPRINT.require(DocumentMetadata(), "attachments")
        if speed:
            _install_speed_patches()
    except (ImportError, AttributeError) as error:  # a module, a class or a constant that is missing
        raise WEASYPRINT.mismatch_error(str(error)) from error


def _install_speed_patches() -> None:
    import pydyf
    from weasyprint import HTML
    from weasyprint.css import ComputedStyle
    from weasyprint.draw import text as drawing
    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.layout import absolute, block, inline, page, preferred, table
    from weasyprint.pdf import fonts
    from weasyprint.text.line_break import Layout

    from . import boxes, lines, serialization, stylesheet

    replace = WEASYPRINT.replace
    replace(Layout, "setup", lines.setup_layout)
    replace(Layout, "deactivate", lines.keep_layout)
    replace(Layout, "reactivate", lines.reuse_layout)
    replace(inline, "strut", lines.strut)
    replace(inline, "split_first_line", lines.split_first_line)
    replace(preferred, "split_first_line", lines.measure_first_line)
    replace(drawing, "draw_first_line", lines.draw_first_line)
    replace(ComputedStyle, "__missing__", boxes.compute_property)
    for module in (absolute, block, inline, page, table):
        replace(module, "resolve_percentages", boxes.resolve_percentages)
    for module in (block, inline):
        replace(module, "avoid_collisions", boxes.avoid_collisions)
    replace(Box, "is_in_normal_flow", boxes.is_in_normal_flow)
    replace(HTML, "_ua_stylesheets", stylesheet.ua_stylesheets)
    replace(fonts, "ffi", serialization.OpenArrayFfi())
    PYDYF.replace(pydyf, "_to_bytes", serialization.to_bytes)


def prepare_for_writing(pdf: pydyf.PDF) -> None:
    """Compress the streams of a complete PDF; with the patches for speed, also serialize its objects once."""
    from . import serialization

    serialization.compress_streams(pdf)
    if PYDYF.replaced:
        serialization.serialize_objects(pdf)
