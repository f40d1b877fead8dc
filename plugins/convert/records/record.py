"""What a source says of one thing, before anything of it is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..blocks import Block


@dataclass
class Record:
    """What a source says of one thing.

    Args:
        values: Texts by the name of the key, or of another label that the kind's `Conversion` declares. Those of lists
            have a line for each item.
        headings: What may be its title, the likeliest first.
        files: The addresses of its files.
        blocks: Its text.
        sign: Where it is within the source, such as "#3"; "" for a source that has one only.
        doubts: What an editor must check.
        remarks: What an editor may want to know.
    """

    values: dict[str, str] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    sign: str = ""
    doubts: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """Its text, paragraph by paragraph."""
        return [block.text for block in self.blocks if block.text]

    def set_default(self, values: Mapping[str, str]) -> None:
        """Set values that it does not have yet."""
        for name, value in values.items():
            if value and not self.values.get(name):
                self.values[name] = value
