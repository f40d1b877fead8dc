"""The two libraries that are patched here."""

from plugins.patching import Library

WEASYPRINT = Library("weasyprint")
PYDYF = Library("pydyf")
