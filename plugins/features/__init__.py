"""What a reader's feature is, and how the theme gets it without knowing it by name.

A feature is a folder under plugins/ whose `__init__.py` holds `feature = Feature(...)`. What it
brings is told by the names of its files, all optional:

    head.html, toolbar.html, masthead.html, article_actions.html, article_end.html, sidebar.html,
    footer.html
                    a fragment for the slot of that name
    style.css       its styles, on every page;  article.css, listing.css  only on such pages
    script.js       its behaviour; runs once, deferred, with `display` (preferences.js) at hand
    vi.po           its words in Vietnamese

and `on_demand` names files (scripts, styles) that a page fetches only when the reader asks for them;
their addresses are `assets.on_demand["ROOM/FILE"]` in templates.

Order on the page is the order of PLUGINS. A feature that is not in PLUGINS leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from types import ModuleType
from typing import Any

from .hooks import Feature, Key, Kind, Status, Value, header_value

__all__ = [
    "SLOTS",
    "Feature",
    "Key",
    "Kind",
    "Status",
    "Value",
    "features_of",
    "fragments",
    "header_value",
    "slots",
    "apply_default_settings",
    "urls",
]

SLOTS = ("head", "toolbar", "masthead", "article_actions", "article_end", "sidebar", "footer")


def features_of(plugins: Iterable[ModuleType]) -> list[Feature]:
    """The features among the loaded plugins, in the order of PLUGINS."""
    return [plugin.feature for plugin in plugins if isinstance(getattr(plugin, "feature", None), Feature)]


def apply_default_settings(settings: MutableMapping[str, Any], features: Iterable[Feature]) -> None:
    """Give features' own settings what they are where the owner says nothing."""
    for feature in features:
        for name, value in feature.settings.items():
            settings.setdefault(name, value)


def urls(features: Iterable[Feature]) -> dict[str, str]:
    """The settings that name features' addresses, and what they are where the owner says nothing."""
    found: dict[str, str] = {}
    for feature in features:
        found |= feature.urls
        for kind in feature.kinds:
            found |= kind.urls
    return found


def fragments(features: Iterable[Feature]) -> dict[str, str]:
    """The templates that fill the slots, by name: the fragments one after the other, each with names of its own.

    One template for all of a slot, because to include one takes as long as to render it.
    """
    filled: dict[str, str] = {}
    for feature in features:
        for slot in SLOTS:
            text = feature.read_text(f"{slot}.html")
            if text:
                name = f"slots/{slot}.html"
                mine = f"mine = about['{feature.name}'](item) if item is defined else none" if _speaks(feature) else ""
                filled[name] = (
                    filled.get(name, "") + f"{{% with {mine} %}}" + text.removesuffix("\n") + "{% endwith %}\n"
                )
    return filled


def fragment_at(features: Iterable[Feature], name: str, line: int) -> str:
    """Where a line of a slot's template comes from: "FEATURE/SLOT.html:LINE"."""
    slot, before = name.removeprefix("slots/"), 0
    for feature in features:
        text = feature.read_text(slot).removesuffix("\n")
        if text and line <= before + text.count("\n") + 1:
            return f"{feature.name}/{slot}:{line - before}"
        before += text.count("\n") + 1 if text else 0
    return slot


def _speaks(feature: Feature) -> bool:
    """Whether it has something to say of an article, for its fragments on that one's page."""
    return type(feature).article_context is not Feature.article_context


def slots(filled: Mapping[str, str]) -> dict[str, str]:
    """For each slot the name of the template that fills it, for Jinja's `include`; "" where no feature does."""
    return {slot: name if (name := f"slots/{slot}.html") in filled else "" for slot in SLOTS}
