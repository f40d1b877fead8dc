"""What must stay secret beside the figures, and is thrown away soon: keys of hashes, halves of cut lines.

One file that only its owner may read, replaced by one rename. It is not in the database, so that a copy of that says
nothing of anybody; once a key is gone, nothing leads from a hash back to an address.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

FRAGMENTS = 200  # so many halves at most wait for their other half


@dataclass
class Secrets:
    """salts: by period, "2026-11-25" or "2026-11", hexadecimal. heads, tails: halves of lines and the day of each."""

    file: Path
    salts: dict[str, str] = field(default_factory=dict)
    heads: dict[bytes, str] = field(default_factory=dict)
    tails: dict[bytes, str] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> Secrets:
        """The file's content; nothing where there is none. Raises ValueError where it is damaged."""
        try:
            known = json.loads(file.read_bytes())
            halves = {
                name: {bytes.fromhex(half): day for half, day in known[name].items()} for name in ("heads", "tails")
            }
            return cls(file, dict(known["salts"]), **halves)
        except FileNotFoundError:
            return cls(file)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{file} is damaged") from error

    def salt(self, period: str) -> str:
        """The key of a period, made on first use; to be saved before anything hashed with it is."""
        return self.salts.setdefault(period, secrets.token_urlsafe(16))

    def keep(self, heads: Iterable[bytes], tails: Iterable[bytes], day: str) -> None:
        """Add halves of lines, that came on a day."""
        for kept, new in ((self.heads, heads), (self.tails, tails)):
            kept.update((half, day) for half in new if half not in kept)
            for half in list(kept)[:-FRAGMENTS]:
                del kept[half]

    def forget(self, before: str) -> None:
        """Throw away what belongs to the days before this one ("2026-11-25") and to the months that ended before it."""
        self.salts = {period: salt for period, salt in self.salts.items() if period >= before[: len(period)]}
        self.heads = {half: day for half, day in self.heads.items() if day >= before}
        self.tails = {half: day for half, day in self.tails.items() if day >= before}

    def save(self) -> None:
        """Write the file, on the disk when this returns."""
        known = {"salts": self.salts}
        known |= {name: {half.hex(): day for half, day in getattr(self, name).items()} for name in ("heads", "tails")}
        new = self.file.with_name(self.file.name + ".new")
        new.unlink(missing_ok=True)
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            json.dump(known, stream)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(new, self.file)
