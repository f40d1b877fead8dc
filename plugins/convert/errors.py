"""Why a source cannot be read: kinds that the command tells in the editor's language."""

from __future__ import annotations


class SourceError(Exception):
    """A source that is refused. kind: see `command.reason`; detail: what it is about."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(kind, detail)
        self.kind, self.detail = kind, detail
