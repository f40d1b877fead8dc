"""Why a source cannot be converted, in the editor's language."""

from __future__ import annotations

from plugins.i18n import translate


class SourceError(Exception):
    """A source that cannot be converted.

    Args:
        kind: the reason, a key of `message_of`.
    """

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind

    @property
    def message(self) -> str:
        """The reason, and what to do about it."""
        return message_of(self.kind)


def message_of(kind: str) -> str:
    """Return why a source cannot be converted, with what to do. Raises KeyError for an unknown kind."""
    return {
        "missing": translate("there is no such file or folder; check the name"),
        "unknown": translate("this kind of file is not known; save the page as .html, .txt or .docx"),
        "old-word": translate(
            "a .doc file is read by LibreOffice, which is not installed; install it, or open the file in Word and save "
            "it as .docx"
        ),
        "old-word-broken": translate("LibreOffice cannot read this file; open it in Word and save it as .docx"),
        "document": translate("this document is broken; open it in the program that made it, and save it as .docx"),
        "encrypted": translate("the document is protected by a password; open it and save it without one"),
        "mhtml": translate("this is no page saved as a single file, or it is broken; save the page again as .html"),
        "mail": translate("this e-mail has no text; copy what you need into a .txt file"),
        "pdf": translate("this PDF is broken; open it, and copy its text into a .txt file"),
        "scan": translate(
            "this PDF has pictures of sheets and no text; type the text, or link to the PDF from an article"
        ),
        "empty": translate("the file is empty"),
        "deep": translate("this archive is within too many others; unpack it and give the folder"),
        "unreadable": translate("the file cannot be read; check that you may open it"),
        "large": translate("the file is too large for an article"),
        "nested": translate("the page is nested too deeply to be a real one"),
        "slow": translate("the page takes too long to read; copy its text into a .txt file"),
        "word": translate("this is no Word file that can be read; open it in Word and save it as .docx again"),
        "xml": translate("this is no WordPress export, RSS or Atom file, or it is broken"),
        "json": translate("this JSON file is no export of Ghost; export the posts again, or save the pages as .html"),
        "entities": translate("the file defines entities of its own, which is not safe"),
        "zip": translate("the archive is broken or protected by a password; unpack it and give the folder"),
        "bomb": translate("the archive unpacks to far more than it should"),
        "account": translate("the words of this page do not add up; send it to the makers of the portal"),
        "written": translate("words of this page would be lost in the article; send it to the makers of the portal"),
        "outside": translate("the file in the archive wants to lie outside of it"),
    }[kind]
