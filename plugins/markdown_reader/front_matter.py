"""Checks the header of a content file by the keys that it may have: KEYS and those that features declare.

All problems of a header are reported together.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import plugins
from plugins.features.hooks import ALL, ARTICLES, Key
from plugins.i18n import translate
from plugins.problems import ContentError, Problem
from plugins.unicode_text import normalize

from . import header_values
from .header_parser import Field

KEYS = (
    Key("title", header_values.text, ALL, required=ALL),
    Key("short_title", header_values.text, ALL),
    Key("date", header_values.date_time, required=ARTICLES),
    Key("category", header_values.text, required=ARTICLES, synonyms=("categories",)),
    Key("tags", header_values.text, separators=(";", ","), synonyms=("tag", "keywords")),
    Key("authors", header_values.text, separators=(";", ","), synonyms=("author",)),
    Key("summary", header_values.text, ALL, synonyms=("description", "excerpt")),
    Key("slug", header_values.slug, ALL),
    Key("lang", header_values.lang, ALL),
    Key("status", header_values.status, ALL, internal=True),
    Key("modified", header_values.date_time, ALL, synonyms=("updated", "lastmod")),
    Key("source", header_values.text),
    Key("source_url", header_values.web_address),
    Key("cover", header_values.text, ALL, synonyms=("image", "thumbnail")),
    Key("cover_alt", header_values.text, ALL),
    Key("cover_caption", header_values.text, ALL),
    Key("featured", header_values.flag),
    Key("review", header_values.text, separators=("\n",), internal=True),
    Key("converted_from", header_values.text, internal=True, machine=True),
)
ARTICLE_ONLY_KEYS = ("category", "featured")  # which kinds of content that features declare do not have


class HeaderKeys:
    """The keys that the header of one kind of content may have: by name, by spelling (synonyms too), and required.

    Args:
        kind: "article", "page", or the name of a feature's kind.
        feature_keys: keys that features declare for any kind.
        kind_keys: keys of this kind alone.
        dated_by: the key that stands for `date` where a header has none, see `Kind.dated_by`.
    """

    def __init__(
        self, kind: str, feature_keys: Iterable[Key] = (), kind_keys: Iterable[Key] = (), dated_by: str = "date"
    ) -> None:
        is_extra_kind = kind not in ("article", "page")
        names = {kind, "article"} if is_extra_kind else {kind}  # a feature's kinds have the keys of articles too
        keys = (key for key in (*KEYS, *feature_keys, *kind_keys) if names.intersection(key.kinds))
        self.by_name = {key.name: key for key in keys if not (is_extra_kind and key.name in ARTICLE_ONLY_KEYS)}
        self.by_spelling = self.by_name | {name: key for key in self.by_name.values() for name in key.synonyms}
        self.required = [key.name for key in self.by_name.values() if names.intersection(key.required)]
        if dated_by != "date":
            self.required.remove("date")


@cache
def keys_of_all_features() -> frozenset[str]:
    """All spellings of the keys that this project's features declare, whether they are loaded or not.

    A key of a feature that an owner has removed from PLUGINS is ignored, so that the articles need not change. This
    imports every feature: call it only for keys that are not known otherwise.
    """
    names: set[str] = set()
    for package in pkgutil.iter_modules(plugins.__path__, "plugins."):
        feature = getattr(importlib.import_module(package.name), "feature", None)
        names |= {name for key in getattr(feature, "keys", ()) for name in (key.name, *key.synonyms)}
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
        key = keys.by_spelling.get(spelling)
        if key and (other := spellings.setdefault(key.name, spelling)) != spelling:
            text = translate("{key} and {other} say the same; keep one", key=spelling, other=other)
            problems.append(Problem("", field.line, text))
            continue
        if key is None:
            if spelling not in keys_of_all_features():
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
        present = {keys.by_spelling[spelling].name for spelling in fields if spelling in keys.by_spelling}
        problems += [
            Problem("", 1, translate("{key} is missing; add a line {key}: … to the header", key=name))
            for name in keys.required
            if name not in present
        ]
    if problems:
        raise ContentError(problems)
    return values


def _unknown_key(spelling: str, keys: HeaderKeys) -> str:
    if spelling.lower() == "draft":  # of Hugo and Jekyll
        return translate("unknown key {key}; write status: draft, or leave it out", key=spelling)
    similar = difflib.get_close_matches(spelling.lower(), keys.by_spelling, n=1)
    if similar:
        hint = translate("did you mean {key}?", key=similar[0])
    else:
        hint = translate("the keys are: {keys}", keys=", ".join(keys.by_name))
    return translate("unknown key {key}; {hint}", key=spelling, hint=hint)


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
