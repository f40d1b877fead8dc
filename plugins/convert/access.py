"""Who may read an entry of an export: only what everybody could read on the old portal is published.

What a draft says is in content/, and so with everybody who has the files of the portal: an entry that only some could
read is not written at all, unless the editor asks for it.

An entry is public only if the export says so and nothing else in it restricts its readers. A status that is not known
here is none that says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from plugins.i18n import translate


class Verdict(Enum):
    """What becomes of an entry: an article, a draft that an editor decides about, a draft if asked for, or nothing."""

    PUBLIC = "public"
    DRAFT = "draft"
    RESTRICTED = "restricted"
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class Access:
    """Who may read an entry.

    Args:
        verdict: what becomes of it.
        notes: why it is not published, for the article's `review` or, if it is left out, for the report.
    """

    verdict: Verdict
    notes: tuple[str, ...] = ()


PUBLIC = Access(Verdict.PUBLIC)
# Statuses of WordPress, Blogger and Ghost, in lower case. A feed has none: whoever publishes it lets everybody read it.
_PUBLIC = frozenset({"", "publish", "published", "live"})
_LEFT_OUT = frozenset({"trash", "soft_trashed", "trashed", "auto-draft", "inherit"})
_UNFINISHED = frozenset({"draft", "pending", "future", "scheduled"})
_EVERYBODY = frozenset({"", "public"})  # values of Ghost's `visibility`
# Keys of what membership plugins store with a post, names of shortcodes and blocks that hide a part of it. A word, not
# the name of a plugin: `_members_access_role`, `restrict_content`, `is_protected`, `wp:premium-content/container`.
_RESTRICTS = re.compile(
    r"(?:^|[\W_])(?:members?|membership|private|protect(?:ed)?|restrict(?:ed|ion)?|paywall|premium|subscribers?"
    r"|logged[-_]?in|access)(?:$|[\W_])",
    re.I,
)
_NO_VALUE = re.compile(r"\s*(?:|0|no|none|off|false|null|public|everyone|all|a:0:\{\})\s*", re.I)
LONGEST_VALUE = 60  # letters of a value that is quoted


def access_of(status: str, *, has_password: bool = False, visibility: str = "", fields: dict[str, str]) -> Access:
    """Return who may read an entry.

    Args:
        status: its status, as the export writes it; "" if the export has none, as a feed.
        has_password: whether a password protects it.
        visibility: for whom it is, if the export says so apart from the status.
        fields: further fields of the entry, by key.
    """
    status = status.strip().lower()
    if status in _LEFT_OUT:
        return Access(Verdict.LEFT_OUT, (_left_out_note(status),))
    notes = [] if status in _PUBLIC else [_status_note(status)]
    if has_password:
        notes.append(translate("Readers: a password protected this post on the old portal."))
    if visibility.strip().lower() not in _EVERYBODY:
        notes.append(
            translate("Readers: this post was only for {readers} on the old portal.", readers=visibility.strip())
        )
    notes += [_field_note(key, value) for key, value in fields.items() if restricts(key, value)]
    if not notes:
        return PUBLIC
    is_unfinished = status in _UNFINISHED and len(notes) == 1
    return Access(Verdict.DRAFT if is_unfinished else Verdict.RESTRICTED, tuple(notes))


def restricts(key: str, value: str = "yes") -> bool:
    """Return whether a field of an entry, or a shortcode or block of that name, restricts who may read it."""
    return _RESTRICTS.search(key) is not None and not _NO_VALUE.fullmatch(value)


def not_written_note() -> str:
    """Return the note for the report about an entry that is restricted and not asked for."""
    return translate(
        "not written, because everybody who has the files of the portal could read it; convert with --restricted to "
        "get it as a draft"
    )


def restricted_part_note(name: str) -> str:
    """Return the note for an entry in which a shortcode or block hides a part from some readers."""
    return translate("Readers: [{name}] hid a part of this post from some readers of the old portal.", name=name)


def _status_note(status: str) -> str:
    """Return the note for an entry that was not public."""
    if status == "draft":
        return translate("Readers: this was a draft on the old portal, and is one here.")
    if status == "pending":
        return translate("Readers: this post waited for approval on the old portal; it is a draft here.")
    if status in ("future", "scheduled"):
        return translate("Readers: this post was scheduled for later on the old portal; it is a draft here.")
    if status == "private":
        return translate("Readers: this post was private on the old portal.")
    return translate(
        "Readers: the status of this post on the old portal, {status}, does not say that everybody could read it.",
        status=status,
    )


def _left_out_note(status: str) -> str:
    if status in ("auto-draft", "inherit"):
        return translate("left out: the old portal stored this by itself while somebody was writing")
    return translate("left out: this post was in the bin of the old portal")


def _field_note(key: str, value: str) -> str:
    return translate(
        "Readers: the field {key} ({value}) of this post may restrict who may read it.",
        key=key,
        value=" ".join(value.split())[:LONGEST_VALUE],
    )
