"""Checks the header of a content file by the keys that it may have: KEYS and those that features declare.

All problems of a header are reported together.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import plugins
from plugins.features.hooks import ALL, ARTICLES, Key
from plugins.i18n import translate
from plugins.problems import ContentError, Problem
from plugins.unicode_text import normalize

from . import header_values
from .header_parser import Field

# The Vietnamese names are those that an editor would write; `HeaderKeys.find` reads them in any spelling.
KEYS = (
    Key("title", header_values.text, ALL, required=ALL, synonyms=("tiêu đề", "tựa đề", "tên bài")),
    Key("short_title", header_values.text, ALL, synonyms=("tiêu đề ngắn",)),
    Key("date", header_values.date_time, required=ARTICLES, synonyms=("ngày", "ngày đăng", "ngày giờ")),
    Key("category", header_values.text, required=ARTICLES, synonyms=("categories", "chuyên mục")),
    Key("tags", header_values.text, separators=(";", ","), synonyms=("tag", "keywords", "chủ đề", "từ khóa")),
    Key("authors", header_values.text, separators=(";", ","), synonyms=("author", "tác giả")),
    Key(
        "summary",
        header_values.text,
        ALL,
        synonyms=("description", "excerpt", "tóm tắt", "lời dẫn", "sa-pô", "sapo", "mô tả"),
    ),
    Key("slug", header_values.slug, ALL),
    Key("lang", header_values.lang, ALL, synonyms=("language", "ngôn ngữ", "tiếng")),
    Key("status", header_values.status, ALL, internal=True, synonyms=("trạng thái",)),
    Key("modified", header_values.date_time, ALL, synonyms=("updated", "lastmod", "ngày sửa", "cập nhật")),
    Key("source", header_values.text, synonyms=("nguồn",)),
    Key("source_url", header_values.web_address, synonyms=("địa chỉ nguồn",)),
    Key("cover", header_values.text, ALL, synonyms=("image", "thumbnail", "ảnh bìa", "ảnh đại diện")),
    Key("cover_alt", header_values.text, ALL, synonyms=("mô tả ảnh bìa",)),
    Key("cover_caption", header_values.text, ALL, synonyms=("chú thích ảnh bìa",)),
    Key("featured", header_values.flag, synonyms=("nổi bật",)),
    Key("review", header_values.text, ALL, separators=("\n",), internal=True, synonyms=("cần xem lại", "xem lại")),
    Key("converted_from", header_values.text, internal=True, machine=True),
)
# By which other programs keep a text from being published: Hugo, Jekyll, Hexo, Obsidian
_HIDING_KEYS = ("draft", "published", "publish", "hidden", "private", "unlisted")
_LAST_WORD = re.compile(r"(?<=[a-z])[A-Z][a-z]+$|(?<=[_ -])[^\W_]+$")
MISSING = "missing-"  # begins the code of a problem with a key that a header lacks
ARTICLE_ONLY_KEYS = ("category", "featured", "tags")  # which kinds of content that features declare do not have


class HeaderKeys:
    """The keys that the header of one kind of content may have: by name, by spelling (synonyms too), and required.

    A key is known by its letters: `Tiêu đề`, `tieu_de` and `TIÊU ĐỀ` are one, so `by_spelling` has slugs.

    Args:
        kind: "article", "page", or the name of a feature's kind.
        feature_keys: keys that features declare for any kind.
        kind_keys: keys of this kind alone.
        dated_by: the key that stands for `date` where a header has none, see `Kind.dated_by`.
        complete: adds to a checked header what follows from other keys, see `Kind.complete`.
        problems: yields what is wrong between keys, see `Kind.problems`.

    Attributes:
        by_name, by_spelling, required: the keys; names of keys.
        dated_by, complete: as above.
    """

    def __init__(
        self,
        kind: str,
        feature_keys: Iterable[Key] = (),
        kind_keys: Iterable[Key] = (),
        dated_by: str = "date",
        complete: Callable[[dict[str, Any]], None] = lambda header: None,
        problems: Callable[[Mapping[str, Any], str], Iterable[tuple[str, str, str]]] = lambda header, body: (),
    ) -> None:
        is_extra_kind = kind not in ("article", "page")
        names = {kind, "article"} if is_extra_kind else {kind}  # a feature's kinds have the keys of articles too
        keys = (key for key in (*KEYS, *feature_keys, *kind_keys) if names.intersection(key.kinds))
        self.by_name = {key.name: key for key in keys if not (is_extra_kind and key.name in ARTICLE_ONLY_KEYS)}
        own = self.by_name.values()  # a name counts before a synonym of another key
        self.by_spelling = {header_values.slug_of(name): key for key in own for name in key.synonyms}
        self.by_spelling |= {header_values.slug_of(key.name): key for key in own}
        self.required = [key.name for key in self.by_name.values() if names.intersection(key.required)]
        if dated_by != "date":
            self.required.remove("date")
        self.dated_by, self.complete, self.problems = dated_by, complete, problems

    def find(self, spelling: str) -> Key | None:
        """Return the key that an editor means by a name, in whatever case, with or without marks."""
        return self.by_spelling.get(header_values.slug_of(spelling))

    def field(self, fields: Mapping[str, Field], name: str) -> Field:
        """Return the field of a header that has the key of this name; an empty one in line 1 if there is none."""
        return next((field for spelling, field in fields.items() if self._is(spelling, name)), Field("", 1))

    def _is(self, spelling: str, name: str) -> bool:
        key = self.find(spelling)
        return key is not None and key.name == name


@cache
def keys_of_all_features() -> frozenset[str]:
    """Slugs of all spellings of the keys that this project's features declare, whether they are loaded or not.

    A key of a feature that an owner has removed from PLUGINS is ignored, so that the articles need not change. This
    imports every feature: call it only for keys that are not known otherwise.
    """
    names: set[str] = set()
    for package in pkgutil.iter_modules(plugins.__path__, "plugins."):
        feature = getattr(importlib.import_module(package.name), "feature", None)
        names |= {header_values.slug_of(name) for key in getattr(feature, "keys", ()) for name in key.spellings}
    return frozenset(names)


def check_fields(fields: Mapping[str, Field], keys: HeaderKeys, complete: bool = True) -> dict[str, Any]:
    """Check the fields of a header and return their values by the name of the key.

    Args:
        fields: as `split_document` returns them.
        keys: the keys that the header may have.
        complete: whether a missing required key is a problem.

    Raises:
        ContentError: with every problem of the header.
    """
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    spellings: dict[str, str] = {}  # by name, as they are written
    for spelling, field in fields.items():
        key = keys.find(spelling)
        if key and (other := spellings.setdefault(key.name, spelling)) != spelling:
            text = translate("{key} and {other} say the same; keep one", key=spelling, other=other)
            problems.append(Problem("", field.line, text))
            continue
        if key is None:
            if header_values.slug_of(spelling) not in keys_of_all_features():
                problems.append(Problem("", field.line, _unknown_key(spelling, keys)))
        elif field.value or key.name in keys.required:  # an empty optional key is as good as none
            try:
                values[key.name] = _check_value(key, field.value)
            except ValueError as error:
                problems.append(Problem("", field.line, f"{spelling}: {error}"))
            except Exception as error:  # a bug in the check that a feature brings
                reason = f"{type(error).__name__}: {error}"
                text = translate("{key}: the check of this key has failed: {reason}", key=spelling, reason=reason)
                problems.append(Problem("", field.line, text))
    if complete:
        present = {key.name for key in map(keys.find, fields) if key}
        problems += [
            Problem(
                "", 1, translate("{key} is missing; add a line {key}: … to the header", key=name), code=MISSING + name
            )
            for name in keys.required
            if name not in present
        ]
    if problems:
        raise ContentError(problems)
    return values


def _unknown_key(spelling: str, keys: HeaderKeys) -> str:
    if spelling.lower() in _HIDING_KEYS:
        return translate("unknown key {key}; write status: draft, or leave it out", key=spelling)
    slug = header_values.slug_of(spelling)
    last_word = _LAST_WORD.search(spelling)  # publishDate, meta_title
    key = _similar(slug, keys, 0.8) or (keys.find(last_word[0]) if last_word else None) or _similar(slug, keys, 0.6)
    if key:
        hint = translate("did you mean {key}?", key=key.name)
    else:
        hint = translate("the keys are: {keys}", keys=", ".join(keys.by_name))
    return translate("unknown key {key}; {hint}", key=spelling, hint=hint)


def _similar(slug: str, keys: HeaderKeys, likeness: float) -> Key | None:
    similar = difflib.get_close_matches(slug, keys.by_spelling, 1, likeness)
    return keys.by_spelling[similar[0]] if similar else None


def _check_value(key: Key, value: str | list[str]) -> object:
    """The value of a key as its check returns it; a list without duplicates for a key that has separators."""
    if key.separators:
        items = value if isinstance(value, list) else _split_items(value, key.separators)
        return list(dict.fromkeys(key.check(normalize(item)) for item in items if item.strip()))
    if isinstance(value, list):
        raise ValueError(translate("must be one value, not a list"))
    checked: object = key.check(normalize(value))
    return checked


def _split_items(text: str, separators: Iterable[str]) -> list[str]:
    """Split at the first of the separators that occurs: `Lê Dũng; Ban Biên tập, Văn phòng` are two items."""
    return text.split(next((separator for separator in separators if separator in text), "\n"))
