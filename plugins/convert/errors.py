"""Why a source cannot be converted, in the editor's language."""

from __future__ import annotations

from plugins.i18n import say


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
        "missing": say("there is no such file or folder; check the name"),
        "unknown": say("this kind of file is not known; save the page as .html, .txt or .docx"),
        "old-word": say("this kind of document cannot be read; open it in Word and save it as .docx"),
        "unreadable": say("the file cannot be read; check that you may open it"),
        "large": say("the file is too large for an article"),
        "nested": say("the page is nested too deeply to be a real one"),
        "slow": say("the page takes too long to read; copy its text into a .txt file"),
        "word": say("this is no Word file that can be read; open it in Word and save it as .docx again"),
        "xml": say("this is no WordPress export, RSS or Atom file, or it is broken"),
        "entities": say("the file defines entities of its own, which is not safe"),
        "zip": say("the archive is broken or protected by a password; unpack it and give the folder"),
        "bomb": say("the archive unpacks to far more than it should"),
        "outside": say("the file in the archive wants to lie outside of it"),
    }[kind]
