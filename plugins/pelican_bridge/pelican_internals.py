"""What this portal takes from the inside of Pelican, by name.

Pelican documents settings, signals, generators, writers and contents; those are imported where they are used. The names
below are not documented, so a new release may move them. Then one error says so when the portal starts, instead of a
wrong site later.
"""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

import pelican
import pelican.contents
import pelican.generators
import pelican.plugins._utils
import pelican.writers

from plugins.i18n import translate


class PelicanChangedError(ImportError):
    """This release of Pelican lacks a name that the portal needs."""


def internal(owner: object, path: str) -> Any:  # noqa: ANN401  # Pelican has no type information
    """Return an attribute of a module or class.

    Args:
        owner: The module or class.
        path: The name of the attribute, with dots for attributes of attributes.

    Raises:
        PelicanChangedError: There is no such attribute.
    """
    found = owner
    for name in path.split("."):
        try:
            found = getattr(found, name)
        except AttributeError:
            text = translate(
                "Pelican {version} has no {name}, which this portal needs; "
                "install the version that environment/build.txt names",
                version=pelican.__version__,
                name=f"{getattr(owner, '__name__', owner)}.{path}",
            )
            raise PelicanChangedError(text) from None
    return found


# pelican/__init__.py: overridden or called by plugins/portal/build.py
for _method in ("init_plugins", "_get_generator_classes", "_get_writer"):
    internal(pelican.Pelican, _method)
console = internal(pelican, "console")
_COMMANDS: dict[CodeType, str] = {internal(pelican, f"{name}.__code__"): name for name in ("main", "autoreload")}

# pelican/plugins/_utils.py
load_legacy_plugin: Callable[[str, list[str]], Any] = internal(pelican, "plugins._utils.load_legacy_plugin")
get_plugin_name: Callable[[object], str] = internal(pelican, "plugins._utils.get_plugin_name")

# pelican/generators.py: the generators that the portal's own replace
REPLACED: frozenset[type] = frozenset(
    internal(pelican.generators, f"{name}Generator")
    for name in ("Articles", "Pages", "TemplatePages", "SourceFile", "Static")
)
for _method in ("generate_context", "generate_output", "check_disabled_readers"):
    internal(pelican.generators.ArticlesGenerator, _method)
    internal(pelican.generators.StaticGenerator, _method)
update_context: Callable[[Any, tuple[str, ...]], None] = internal(pelican.generators.Generator, "_update_context")

# pelican/contents.py and writers.py: overridden by content_objects.py and staging.py
for _method in ("get_content", "get_summary", "get_relative_source_path"):
    internal(pelican.contents.Content, _method)
for _method in ("write_file", "write_feed"):
    internal(pelican.writers.Writer, _method)


def command_of(frame: FrameType | None) -> str:
    """Return the command of Pelican that a frame belongs to: "main" (`pelican`), "autoreload" (`pelican -r`) or ""."""
    return _COMMANDS.get(frame.f_code, "") if frame else ""
