"""A portal in Vietnamese, English, Tày and Mông, three articles in each; the last two have one block of settings."""

from __future__ import annotations

from pathlib import Path

from tests.portals import write_article

LANGS = ("vi", "en", "tyz", "hmv")
FALLBACK_LANGS = ("tyz", "hmv")  # neither the CLDR nor any catalogue has a word for these codes
# All words of these editions begin with zwq, so that any other word is a fallback.
TITLES = {"vi": "Phiên chợ", "en": "Market day", "tyz": "Zwqa zwqi", "hmv": "Zwqo zwqu"}
BODIES = {
    "vi": "Chợ họp **năm** ngày một lần.\n\n## Giờ mở\n\nTừ sáng sớm.",
    "en": "The market is held every *fifth* day.\n\n## Hours\n\nFrom early morning.",
    "tyz": "Zwqa zwqe **zwqi**.[^1]\n\n## Zwqo\n\n| Zwqa | Zwqe |\n|---|---|\n| 1 | 2 |\n\n[^1]: Zwqu zwqa.",
    "hmv": "Zwqo zwqu *zwqa*.\n\n## Zwqe\n\nZwqi zwqo.",
}
CATEGORIES = {"vi": "Xã hội", "en": "Society", "tyz": "Xã hội", "hmv": "Nông nghiệp"}


def block(lang: str) -> dict[str, str]:
    """Return the block of AGENCY for a language; portal and name are the same in both."""
    return {
        "language": f"Zwq{lang}", "portal": "Zwqportal", "name": "Zwqname", "description": "Zwqa zwqe zwqi.",
        "owner": "Zwqowner", "licence": "Zwqlicence 00", "responsible": "Zwqresponsible", "address": "Zwqaddress 1",
        "phone": "0200 000 0000", "reuse": "Zwqreuse.",
    }  # fmt: skip


def settings(cache: Path) -> str:
    """Return the lines of settings that such a portal needs: one block per language, and nothing more."""
    blocks = "".join(f"AGENCY[{lang!r}] = {block(lang)!r}\n" for lang in FALLBACK_LANGS)
    return f"CACHE_PATH = {str(cache)!r}\nSITEURL = 'https://van-son.example'\n{blocks}"


def write(content: Path) -> None:
    """Write three articles in each language; the first has a topic, an author and a date of change."""
    for lang in LANGS:
        for number in (1, 2, 3):
            more = {"tags": "[Zwqtag]", "authors": "[Zwqauthor]", "modified": "2026-02-03"} if number == 1 else {}
            ending = "" if lang == "vi" else f".{lang}"
            write_article(
                content, f"bai-{number}{ending}.md", BODIES[lang], title=f"{TITLES[lang]} {number}",
                date=f"2026-0{number}-0{number + 1}", category=CATEGORIES[lang], summary=f"{TITLES[lang]}.", **more,
            )  # fmt: skip
