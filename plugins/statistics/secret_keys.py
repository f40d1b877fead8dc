"""Short-lived secrets of the visit counter: the keys of its hashes, and fragments of log lines cut in two.

They are kept in one file that only its owner may read, apart from the database, so that a copy of the database reveals
nothing about a visitor. Once a key is deleted, no hash made with it can be traced back to a network address.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

MAX_FRAGMENTS = 200  # of each kind; the oldest are dropped


@dataclass
class Secrets:
    """The content of the secrets file.

    Args:
        file: Where it is stored.
        salts: The key of each period, a day ("2026-11-25") or a month ("2026-11").
        heads: Ends of lines found at the beginning of a log file, each with the day it was found.
        tails: Beginnings of lines found at the end of a log file, each with the day it was found.
    """

    file: Path
    salts: dict[str, str] = field(default_factory=dict)
    heads: dict[bytes, str] = field(default_factory=dict)
    tails: dict[bytes, str] = field(default_factory=dict)

    @classmethod
    def load(cls, file: Path) -> Secrets:
        """Read the file; a missing one has no secrets yet. Raises ValueError if it is damaged."""
        try:
            values = json.loads(file.read_bytes())
            fragments = {
                name: {bytes.fromhex(fragment): day for fragment, day in values[name].items()}
                for name in ("heads", "tails")
            }
            return cls(file, dict(values["salts"]), **fragments)
        except FileNotFoundError:
            return cls(file)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{file} is damaged") from error

    def salt(self, period: str) -> str:
        """Return the key of a period, a new one on first use.

        The caller must `save()` a new key before storing anything hashed with it.
        """
        return self.salts.setdefault(period, secrets.token_urlsafe(16))

    def add_fragments(self, heads: Iterable[bytes], tails: Iterable[bytes], day: str) -> None:
        """Add fragments of lines found on a day ("2026-11-25"); at most MAX_FRAGMENTS of each kind are kept."""
        for stored, found in ((self.heads, heads), (self.tails, tails)):
            stored.update((fragment, day) for fragment in found if fragment not in stored)
            for fragment in list(stored)[:-MAX_FRAGMENTS]:
                del stored[fragment]

    def delete_before(self, day: str) -> None:
        """Delete the keys and fragments of earlier days, and the keys of months that ended before this day's month."""
        self.salts = {period: salt for period, salt in self.salts.items() if period >= day[: len(period)]}
        self.heads = {fragment: found for fragment, found in self.heads.items() if found >= day}
        self.tails = {fragment: found for fragment, found in self.tails.items() if found >= day}

    def delete_after(self, day: str) -> None:
        """Delete the keys of days after this one, and of months after its month."""
        self.salts = {period: salt for period, salt in self.salts.items() if period <= day[: len(period)]}

    def save(self) -> None:
        """Replace the file in one rename; its content is on the disk when this returns."""
        values = {"salts": self.salts}
        values |= {
            name: {fragment.hex(): day for fragment, day in getattr(self, name).items()} for name in ("heads", "tails")
        }
        new = self.file.with_name(self.file.name + ".new")
        new.unlink(missing_ok=True)
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
            json.dump(values, stream)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(new, self.file)
