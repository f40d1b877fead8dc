"""Features: folders of plugins/ that add something for readers, without the theme knowing them by name.

A feature's `__init__.py` contains `feature = Feature(__file__, …)`; `hooks.py` is the reference of what it can declare.
What else it adds depends on the names of its files, all optional:

    head.html, banner.html, toolbar.html, masthead.html, front.html, card.html, article_actions.html,
    article_start.html, article_end.html, sidebar.html, not_found.html, footer.html
                    a template fragment for the slot of that name
    style.css       styles for every page; article.css, listing.css for pages of that kind only; print.css for paper
    script.js       behaviour for every page: runs once, deferred, and can use `display` (preferences.js)
    vi.po           Vietnamese translations; the source is in English

`Feature.on_demand` names further scripts and styles, which a page loads only when the reader needs them.

The order of PLUGINS is the order on the page. A feature that is removed from PLUGINS leaves nothing behind in the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from types import ModuleType
from typing import Any

from .hooks import Conversion, Feature, Grouping, Key, Kind, Statement, Status, Value, header_value

__all__ = [
    "SLOTS",
    "Conversion",
    "Feature",
    "Grouping",
    "Key",
    "Kind",
    "Statement",
    "Status",
    "Value",
    "apply_default_settings",
    "features_of",
    "fragment_at",
    "fragments",
    "header_value",
    "slots",
    "urls",
]

SLOTS = (
    "head",
    "banner",
    "toolbar",
    "masthead",
    "front",
    "card",
    "article_actions",
    "article_start",
    "article_end",
    "sidebar",
    "not_found",
    "footer",
)


def features_of(plugins: Iterable[ModuleType]) -> list[Feature]:
    """Return the features among loaded plugins, in the order of PLUGINS."""
    return [plugin.feature for plugin in plugins if isinstance(getattr(plugin, "feature", None), Feature)]


def apply_default_settings(settings: MutableMapping[str, Any], features: Iterable[Feature]) -> None:
    """Add the default values of features' settings that the owner has not set."""
    for feature in features:
        for name, value in feature.settings.items():
            settings.setdefault(name, value)


def urls(features: Iterable[Feature]) -> dict[str, str]:
    """Return the default values of all address settings of features and their kinds of content, by name."""
    found: dict[str, str] = {}
    for feature in features:
        found |= feature.urls
        for kind in feature.kinds:
            found |= kind.urls
    return found


def fragments(features: Iterable[Feature]) -> dict[str, str]:
    """Return the source of a template for each slot that has fragments, by template name ("slots/SLOT.html").

    The fragments of a slot are joined into one template, because an `include` takes as long as rendering a fragment.
    Each is in a block of its own for local variables.
    """
    templates: dict[str, str] = {}
    for feature in features:
        for slot in SLOTS:
            text = feature.read_text(f"{slot}.html")
            if text:
                name = f"slots/{slot}.html"
                fragment = f"{{% with {_data_variable(feature, slot)} %}}" + text.removesuffix("\n") + "{% endwith %}\n"
                templates[name] = templates.get(name, "") + fragment
    return templates


def _data_variable(feature: Feature, slot: str) -> str:
    """Return the assignment of what a feature's fragment in a slot gets from its feature; "" if there is nothing."""
    if slot == "banner":
        return f"banner_data = banners.get('{feature.name}')" if feature.overrides("banner_context") else ""
    if slot == "front":
        return f"front_data = front_contexts['{feature.name}']" if feature.overrides("front_context") else ""
    if slot == "card":
        return f"card_data = card_contexts['{feature.name}'](article)" if feature.overrides("card_context") else ""
    if feature.overrides("article_context"):
        return f"article_data = article_contexts['{feature.name}'](item) if item is defined else none"
    return ""


def fragment_at(features: Iterable[Feature], name: str, line: int) -> str:
    """Return where a line of a slot's template comes from, as "FEATURE/SLOT.html:LINE", for error messages.

    Args:
        features: Those that `fragments` was called with.
        name: Of the template: "slots/SLOT.html".
        line: In that template, from 1.
    """
    file_name, lines_before = name.removeprefix("slots/"), 0
    for feature in features:
        text = feature.read_text(file_name).removesuffix("\n")
        if not text:
            continue
        line_count = text.count("\n") + 1
        if line <= lines_before + line_count:
            return f"{feature.name}/{file_name}:{line - lines_before}"
        lines_before += line_count
    return file_name


def slots(templates: Mapping[str, str]) -> dict[str, str]:
    """Return the name of each slot's template for Jinja's `include`, "" for a slot without fragments.

    Args:
        templates: The result of `fragments`.
    """
    return {slot: name if (name := f"slots/{slot}.html") in templates else "" for slot in SLOTS}
