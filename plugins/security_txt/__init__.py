"""Feature: tells whoever has found a weakness where to report it (https://www.rfc-editor.org/rfc/rfc9116).

The file is /.well-known/security.txt. It must say until when it holds, at most a year; so it is renewed twice a year,
by the build that `python3 tasks.py due` asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from plugins.features import Feature
from plugins.portal.stories import digest

if TYPE_CHECKING:
    from plugins.portal.outputs import BuildContext, Outputs

FILE = ".well-known/security.txt"


def half_year_after(now: datetime, halves: int) -> datetime:
    """Return the beginning of a half-year. halves: 1 for the next one, 2 for the one after that."""
    begun = now.year * 2 + (now.month > 6) + halves
    return now.replace(begun // 2, 7 if begun % 2 else 1, 1, 0, 0, 0, 0)


class SecurityTxt(Feature):
    """Publishes the file if there is somebody to write to."""

    settings: Mapping[str, Any] = {"SECURITY_CONTACT": ""}  # an address of the web, or mailto:…; "" for AGENCY's email

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Add the file."""
        contact = self._contact(build)
        if contact:
            addresses, languages = build.addresses, ", ".join(build.editions)
            expires = half_year_after(build.now, 2).isoformat()
            text = f"Contact: {contact}\nExpires: {expires}\nPreferred-Languages: {languages}\n"
            if addresses.origin:  # below a path, the host's own folder should lead here
                text += "".join(
                    f"Canonical: {url}\n"
                    for url in dict.fromkeys((addresses.absolute(FILE), f"{addresses.origin}/{FILE}"))
                )
            outputs.add_file(FILE, digest(text), text.encode)

    def next_changes(self, build: BuildContext) -> Iterable[datetime]:
        """When it is renewed."""
        if self._contact(build):
            yield half_year_after(build.now, 1)

    @staticmethod
    def _contact(build: BuildContext) -> str:
        agency = next(iter(build.editions.values())).agency
        email = agency.get("email", "")
        return str(build.settings["SECURITY_CONTACT"] or (f"mailto:{email}" if email else ""))


feature = SecurityTxt(__file__)
register = feature.register
