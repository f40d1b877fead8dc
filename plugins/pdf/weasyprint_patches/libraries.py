"""The two libraries that this package patches."""

from plugins.patching import Library

WEASYPRINT = Library("weasyprint")
PYDYF = Library("pydyf")
