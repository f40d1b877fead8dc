"""Stage: a new portal, `tasks.py init`: a content folder with a portal.toml and pages that its owner fills.

`questions.py` asks what is not given, `pages/` has the pages in the languages that there are texts for.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plugins import i18n, owner_settings
from plugins.i18n import translate
from plugins.languages import language_name
from plugins.markdown_reader.header_values import slug_of
from plugins.owner_settings.reading import OwnerFile
from plugins.owner_settings.schema import toml
from plugins.problems import ContentError, Problem, display_path

HERE = Path(__file__).parent
PAGES = ("gioi-thieu", "lien-he", "tro-nang", "quyen-rieng-tu")
TEXTS = ("vi", "en")  # languages in which there are pages
FOLDERS = ("articles", "pages", "images", "documents")


@dataclass(frozen=True)
class Answers:
    """What is known of a new portal; texts are in its first language.

    Attributes:
        name: The name of the place, such as "Bình Sơn".
        portal: What stands before it, such as "Trang thông tin điện tử xã".
        owner: The agency.
        languages: Codes, the first language first.
        sections: Names of the sections.
        address: The public address; "" if there is none yet.
        phone, email, place, responsible: "" if not known.
    """

    name: str
    portal: str
    owner: str
    languages: tuple[str, ...]
    sections: tuple[str, ...]
    address: str = ""
    phone: str = ""
    email: str = ""
    place: str = ""
    responsible: str = ""


def create(folder: Path, answers: Answers, today: date) -> None:
    """Create a content folder.

    Args:
        folder: It must not exist, or be empty.
        answers: What is known of the portal.
        today: The date of its pages.

    Raises:
        ContentError: An answer cannot stand in portal.toml, or the folder has files (.git is none).
        OSError: Nothing can be written there.
    """
    if os.path.lexists(folder) and (
        not folder.is_dir() or any(not name.startswith(".") for name in os.listdir(folder))
    ):
        text = translate("there are files already; name a new folder")
        raise ContentError([Problem(display_path(folder), 0, text)])
    settings = portal_toml(answers)
    file = OwnerFile(folder / owner_settings.FILE_NAME, settings, tomllib.loads(settings))
    problems = owner_settings.problems(file, ())
    if problems:
        raise ContentError(problems)
    for name in FOLDERS:
        (folder / name).mkdir(parents=True)
    file.path.write_text(settings, encoding="utf-8", newline="\n")
    for name, text in pages(answers, today).items():
        (folder / "pages" / name).write_text(text, encoding="utf-8", newline="\n")


def portal_toml(answers: Answers) -> str:
    """Return the file of settings of a new portal."""
    values = {
        "address": toml(answers.address),
        "languages": toml(answers.languages),
        "agency": "".join(_agency(answers, lang) for lang in answers.languages),
        "sections": "".join(_sections(answers)),
        "section": slug_of(answers.sections[0]),
        "lang": answers.languages[0],
        "footer": toml(PAGES if answers.languages[0] in TEXTS else ()),
    }
    template = (HERE / "portal.toml").read_text(encoding="utf-8")
    return re.sub(r"\{(\w+)\}", lambda name: values[name[1]], template)


def _agency(answers: Answers, lang: str) -> str:
    words = i18n.translations(lang if lang in TEXTS else i18n.EDITORS_LANG)
    block: Mapping[str, str] = {
        "language": language_name(lang),
        "portal": answers.portal,
        "name": answers.name,
        "description": words.gettext("News and information from {owner}.").format(owner=answers.owner),
        "owner": answers.owner,
        "licence": "",
        "responsible": answers.responsible,
        "address": answers.place,
        "phone": answers.phone,
        "email": answers.email,
        "reuse": words.gettext("Please name the portal as your source."),
    }
    lines = "".join(f"{key} = {toml(value)}\n" for key, value in block.items())
    if language_name(lang) == lang:  # the CLDR has no name for Tày, Nùng, Mông, …
        lines = lines.replace("\n", '  # hãy ghi tên của ngôn ngữ, chẳng hạn "Tiếng Tày"\n', 1)
    remark = "" if lang == answers.languages[0] else f"# hãy dịch các dòng dưới đây sang {language_name(lang)}\n"
    return f"\n# --- {language_name(lang)} ---\n{remark}\n[agency.{lang}]\n{lines}"


def _sections(answers: Answers) -> Iterator[str]:
    for name in answers.sections:
        slug = slug_of(name)
        documents = "documents = true\n" if slug in ("van-ban", "documents") else ""
        yield f"\n[[sections]]\nslug = {toml(slug)}\n{documents}{answers.languages[0]} = {toml({'name': name})}\n"


def pages(answers: Answers, today: date) -> dict[str, str]:
    """Return the pages of a new portal by the names of their files."""
    found = {}
    first = answers.languages[0]
    for lang in answers.languages if first in TEXTS else ():
        suffix = "" if lang == first else f".{lang}"
        for name in PAGES if lang in TEXTS else ():
            text = (HERE / "pages" / f"{name}.{lang}.md").read_text(encoding="utf-8")
            found[f"{name}{suffix}.md"] = text.replace("{today}", today.isoformat()).replace("{suffix}", suffix)
    return found
