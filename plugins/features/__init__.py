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

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

SLOTS = ("head", "toolbar", "masthead", "article_actions", "article_end", "sidebar", "footer")


@dataclass(frozen=True)
class Feature:
    """A reader's feature.

    file: `__file__` of its `__init__.py`.
    preferences: what the reader can choose and the site remembers: name -> allowed values. A chosen
        value stands as `data-NAME` on <html>, before the first paint; without one the system decides.
    on_demand: files of its room that are published, but on no page from the start.
    lasting: folders of the site whose files never change under their name, to be cached for ever; in braces the
        places of plugins/addresses: "{search}chi-muc/".
    urls: settings that name addresses of its own, and what they are where the owner says nothing.
    """

    file: str
    preferences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    on_demand: tuple[str, ...] = ()
    lasting: tuple[str, ...] = ()
    urls: Mapping[str, str] = field(default_factory=dict)

    @property
    def room(self) -> Path:
        return Path(self.file).resolve().parent

    @property
    def name(self) -> str:
        return self.room.name

    def text(self, name: str) -> str:
        """One of its files, empty where it has none."""
        path = self.room / name
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def register(self) -> None:
        """Pelican's hook: nothing to connect, the portal asks its plugins for their feature."""


def features_of(plugins: Iterable[ModuleType]) -> list[Feature]:
    """The features among the loaded plugins, in the order of PLUGINS."""
    return [plugin.feature for plugin in plugins if isinstance(getattr(plugin, "feature", None), Feature)]


def urls(features: Iterable[Feature]) -> dict[str, str]:
    """The settings that name features' addresses, and what they are where the owner says nothing."""
    return {name: url for feature in features for name, url in feature.urls.items()}


def fragments(features: Iterable[Feature]) -> dict[str, str]:
    """The templates that fill the slots, by name: the fragments one after the other, each with names of its own.

    One template for all of a slot, because to include one takes as long as to render it.
    """
    filled: dict[str, str] = {}
    for feature in features:
        for slot in SLOTS:
            text = feature.text(f"{slot}.html")
            if text:
                name = f"slots/{slot}.html"
                filled[name] = filled.get(name, "") + "{% with %}" + text.removesuffix("\n") + "{% endwith %}"
    return filled


def slots(filled: Mapping[str, str]) -> dict[str, str]:
    """For each slot the name of the template that fills it, for Jinja's `include`; "" where no feature does."""
    return {slot: name if (name := f"slots/{slot}.html") in filled else "" for slot in SLOTS}
