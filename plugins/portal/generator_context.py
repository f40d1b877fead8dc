"""What all generators of a build share, and the environment of their templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemBytecodeCache, FileSystemLoader, PrefixLoader

from plugins import features, look, owner_settings
from plugins.addresses import URLS, Addresses
from plugins.features import Feature, assets, declaration_checks
from plugins.languages import own_words
from plugins.look.emblem import emblem
from plugins.markdown_reader.front_matter import KEYS
from plugins.problems import ContentError, Problem

from . import filters, kinds, reading, theme
from .editions import Edition, checked_addresses, editions
from .stories import digest

if TYPE_CHECKING:
    from plugins.artifacts import Cache
    from plugins.incremental.state import State


def generator_context(
    settings: Mapping[str, Any],
    theme_folder: Path,
    active: Sequence[Feature],
    state: State,
    artifacts: Cache,
    plugin_problems: Sequence[Problem],
    has_foreign_plugins: bool,
) -> dict[str, Any]:
    """Return the context of a build's generators: the settings, as in Pelican, and what the portal adds to them.

    Its "page_values" are what every template gets, its "problems" collect what is wrong with the content.

    Args:
        settings: Pelican's settings.
        theme_folder: The folder of the theme.
        active: The features, in the order of PLUGINS.
        state: What the last build knew; gets the addresses of this one.
        artifacts: The cache of files that are costly to make.
        plugin_problems: What went wrong with plugins before the build.
        has_foreign_plugins: Whether a plugin is loaded that was written for any Pelican site.

    Raises:
        ContentError: The theme, the settings or the declarations of features are wrong.
    """
    theme.check_theme(theme_folder, settings["THEME_TEMPLATES_OVERRIDES"])
    problems = owner_settings.located(settings, look.mistakes(theme_folder, settings))
    problems += owner_settings.located(settings, own_words.mistakes(settings))
    problems += declaration_checks.problems(active, settings, theme_folder, kinds.BUILT_IN, KEYS, URLS)
    if problems:
        raise ContentError(problems)
    addresses = checked_addresses(settings, features.urls(active))
    state.addresses = addresses.pack()
    rules = reading.ReadingRules(settings, addresses, active)
    fragments = features.fragments(active)
    editions_by_language = editions(settings, addresses, rules.values, rules.kinds)
    needed = {
        "menu_groups": any("entries" in row for row in settings.get("MENU") or ()),
        "languages": len(editions_by_language) > 2,
    }
    choices = assets.Choices(settings.get("ACCENT") or "", tuple(name for name in needed if needed[name]))
    for edition in editions_by_language.values():
        _ = edition.language.words  # loads the catalogue, so that a broken one is reported before anything else
    return {
        **settings,
        "generated_content": {},
        "static_content": {},
        "static_links": set(),
        "localsiteurl": settings["SITEURL"],
        # so far as in Pelican, from here on the portal's own
        "state": state,
        "has_foreign_plugins": has_foreign_plugins,
        "rendering_fingerprint": artifacts.build_fingerprint,
        "artifacts": artifacts,
        "problems": [*plugin_problems],
        "fragments": fragments,
        "now": reading.now(settings),
        "addresses": addresses,
        "rules": rules,
        "editions": editions_by_language,
        "page_values": {
            "SITEURL": settings["SITEURL"],
            "features": active,
            "slots": features.slots(fragments),
            "assets": assets.cached_assets(artifacts, theme_folder, active, addresses, choices),
            "vote": addresses.vote_url,
            "emblem": emblem(settings),
            "article_contexts": {feature.name: feature.article_context for feature in active},
            "card_contexts": {feature.name: feature.card_context for feature in active},
        },
    }


class _FragmentLoader(DictLoader):
    """Loads the fragments of slots, with names for tracebacks."""

    def get_source(  # type: ignore[override]  # as other loaders, it returns a file name, where DictLoader has None
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        source, _, is_fresh = super().get_source(environment, template)
        return source, template, is_fresh


def prepare_environment(env: Environment, context: Mapping[str, Any], jinja_options: object, cache: Path) -> None:
    """Give a generator's templates the features' fragments and the portal's filters, and keep them compiled.

    Args:
        env: The environment of a generator.
        context: What `generator_context` returns.
        jinja_options: The setting JINJA_ENVIRONMENT, on which the compiled code depends.
        cache: The folder of caches.
    """
    active: Sequence[Feature] = context["page_values"]["features"]
    in_features = PrefixLoader({feature.name: FileSystemLoader(feature.folder) for feature in active})
    addresses: Addresses = context["addresses"]
    # compiled templates have the results of filters for constants, such as {{ "a.css"|path }}
    compiled = cache / "templates" / digest(repr(jinja_options), addresses.base)[:8]
    compiled.mkdir(parents=True, exist_ok=True)
    loaders = [in_features, _FragmentLoader(context["fragments"]), env.loader]
    env.loader = ChoiceLoader([loader for loader in loaders if loader])
    env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    editions_by_language: Mapping[str, Edition] = context["editions"]
    languages = {lang: edition.language for lang, edition in editions_by_language.items()}
    links = {"path": addresses.path, "absolute": addresses.absolute, "href": addresses.href}
    env.filters.update(filters.FILTERS | filters.language_filters(languages) | links)
