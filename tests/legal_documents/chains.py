"""Invented registers: documents in chains, each replacing the one before, with slips whose place is known."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from plugins.legal_documents.numbers import TYPES
from plugins.legal_documents.register import Document

ISSUERS = {"UBND": "Ủy ban nhân dân tỉnh", "HĐND": "Hội đồng nhân dân tỉnh", "SNV": "Sở Nội vụ"}
FIELDS = ("Đất đai", "Giáo dục", "Y tế", "Nông nghiệp", "Tiếp công dân", "Tài chính")
LISTS = ("replaces", "amends", "based_on", "guides", "fields")


@dataclass
class Chains:
    """A register as headers of files by path, and what is wrong in it.

    Attributes:
        headers: The header of each file; `slips`: path and key of each slip.
    """

    headers: dict[str, dict[str, object]] = field(default_factory=dict)
    slips: list[tuple[str, str]] = field(default_factory=list)

    def documents(self) -> list[Document]:
        """Return the documents that a build reads of the headers."""
        return [
            Document.of(path, "vi", {key: str(v) if isinstance(v, date) else v for key, v in header.items()})
            for path, header in self.headers.items()
        ]

    def write(self, content: Path) -> None:
        """Write all files into a content folder."""
        for path, header in self.headers.items():
            file = content / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text_of(header), encoding="utf-8")


def text_of(header: dict[str, object], body: str = "**Điều 1.** Ban hành quy định.") -> str:
    """Return the text of a file."""
    lines = [f'title: "Ban hành quy định {header.get("slug", "")} về việc số {header["number"]}"']
    for key, value in header.items():
        lines += [f"{key}:", *(f"  - {item}" for item in value)] if isinstance(value, list) else [f"{key}: {value}"]
    return "\n".join(["---", *lines, "---", "", body, ""])


class Maker:
    """Makes a register of so many documents in so many chains. The same seed makes the same one."""

    def __init__(self, size: int, chains: int, seed: int = 1) -> None:
        self.random, self.result = random.Random(seed), Chains()
        self.serials: dict[tuple[int, str], Iterator[int]] = {}
        self.chains = [self._chain() for _ in range(chains)]
        while len(self.result.headers) < size:
            self.add(self._day())

    def add(self, issued: date, short: str = "QĐ", symbol: str = "", **more: object) -> str:
        """Add a document and return its path."""
        symbol = symbol or self.random.choice(list(ISSUERS))
        serial = next(self.serials.setdefault((issued.year, f"{short}-{symbol}"), count(1)))
        number = f"{serial:02}/{issued.year}/{short}-{symbol}"
        path = f"van-ban/{issued.year}/{len(self.result.headers):05}.md"
        header: dict[str, object] = {"number": number, "type": TYPES[short], "issuer": ISSUERS[symbol]}
        header |= {"issued": issued, "effective": issued + timedelta(days=10), "fields": [self.random.choice(FIELDS)]}
        self.result.headers[path] = header | more
        return path

    def _day(self) -> date:
        return date(2012, 1, 10) + timedelta(days=self.random.randrange(11 * 365))

    def number(self, path: str) -> str:
        """Return the number of a document."""
        return str(self.result.headers[path]["number"])

    def _chain(self) -> list[str]:
        day, symbol = date(2012, 1, 10) + timedelta(days=self.random.randrange(900)), self.random.choice(list(ISSUERS))
        paths = [self.add(day, symbol=symbol)]
        for _ in range(self.random.randrange(2, 6)):
            if self.random.random() < 0.5:
                self.add(day + timedelta(days=40), symbol=symbol, amends=[self.number(paths[-1])])
            if self.random.random() < 0.5:
                self.add(
                    day + timedelta(days=60), "KH", based_on=[self.number(paths[-1]), "31/2024/QH15 (Luật Đất đai)"]
                )
            day += timedelta(days=self.random.randrange(200, 800))
            paths.append(self.add(day, symbol=symbol, replaces=[self.number(paths[-1])]))
        return paths

    def slip(self, which: int) -> None:
        """Add documents with one slip, in the order of `which`, and note the file and key that is to be told."""
        day, headers = self._day(), self.result.headers
        a = self.add(day, symbol="UBND")
        b = self.add(day + timedelta(days=300), symbol="UBND", replaces=[self.number(a)])
        alone, between = self._slip_alone, self._slip_between
        self.result.slips.append((alone if which % 2 else between)(which // 2, a, b, headers[a], headers[b], day))

    def _slip_alone(
        self, which: int, a: str, b: str, old: dict[str, object], new: dict[str, object], day: date
    ) -> tuple[str, str]:
        """Make a slip that one header shows; return the path and the key that are told."""
        match which % 7:
            case 0:
                new["effective"] = day + timedelta(days=299)
                return b, "effective"
            case 1:  # the number says another type
                new["type"] = "Chỉ thị"
                return b, "number"
            case 2:
                new["number"] = f"7{which:04}/{day.year - 1}/QĐ-UBND"
                return b, "number"
            case 3:
                new["guides"] = [self.number(b)]
                return b, "guides"
            case 4:
                new["expires"] = day + timedelta(days=310)
                return b, "expires"
            case 5:  # since when?
                new.pop("effective")
                return b, "replaces"
        new["normative"] = "true"
        new.pop("replaces")
        new.pop("effective")
        return b, "normative"

    def _slip_between(
        self, which: int, a: str, b: str, old: dict[str, object], new: dict[str, object], day: date
    ) -> tuple[str, str]:
        """Make a slip that only other documents show; return the path and the key that are told."""
        match which % 7:
            case 0:  # a target that is not there
                new["amends"] = [f"999{which}/{day.year}/QĐ-UBND"]
                return b, "amends"
            case 1:  # a circle
                old["based_on"] = [self.number(b)]
                return a, "based_on"
            case 2:  # both in force
                old["expires"] = day + timedelta(days=900)
                return b, "replaces"
            case 3:  # the same number again
                issued = day + timedelta(days=300)
                new["number"] = f"8{which:04}/{issued.year}/QĐ-UBND"
                return self.add(issued, symbol="UBND", number=new["number"], slug=f"lai-{which}"), "number"
            case 4:  # the older one names the newer one
                new.pop("replaces")
                old["guides"] = [self.number(b)]
                return a, "guides"
            case 5:
                new["amends"] = [self.number(a)]
                return b, "amends"
        return self.add(day + timedelta(days=700), based_on=[self.number(a)]), "based_on"  # its basis is gone
