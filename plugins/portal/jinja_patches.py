"""Everything that is replaced in Jinja, to render pages faster.

Half of the time of a clean build is templates, and much of that is small: text is escaped into an object that is only
joined to others, what a template calls is asked twice whether it wants the context, and the names that all templates
have are copied from a chain of mappings for each part of each page. The output is the same without these patches.
"""

from __future__ import annotations

from types import FunctionType, MethodType
from typing import Any

from jinja2 import Environment, runtime
from jinja2.runtime import Context, Macro
from markupsafe import Markup, _speedups, escape

from plugins import patching

JINJA = patching.Library("Jinja2")
MARKUPSAFE = patching.Library("MarkupSafe")
_PLAIN = (FunctionType, MethodType)  # that say in an attribute of their own whether they want the context


def install(env: Environment, speed: bool | None = None) -> None:
    """Patch the Jinja library, and an environment with all its global names; nothing if no speed is wanted.

    Args:
        env: The environment.
        speed: Whether to patch; by default, whether patches that save time are wanted.
    """
    if not (patching.speed_patches_wanted() if speed is None else speed):
        return
    if not JINJA.replaced:
        MARKUPSAFE.require(_speedups, "_escape_inner")
        JINJA.replace(runtime, "escape", _as_text)
    JINJA.require(Context, "call", "_Context__self", "_Context__obj", "args", "kwargs")
    env.context_class = _Context
    # a plain dictionary, where Jinja has a chain that follows later changes
    env.make_globals = lambda d: {**env.globals, **(d or {})}  # type: ignore[method-assign]
    if env.cache is not None:
        env.cache.clear()  # templates that were loaded before have fewer names


def _as_text(s: Any, /) -> str:  # noqa: ANN401  whatever a template shows
    """Escape what a compiled template shows. It joins the result to other text, so it need not be Markup."""
    kind = type(s)
    if kind is str:
        return _speedups._escape_inner(s)  # noqa: SLF001
    return s if kind is Markup else escape(s)


class _Context(Context):
    """The names that a template gets, and what calls their functions."""

    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  whatever a template calls
        """Call a function or a macro; what else wants the context, or may want it, is left to Jinja."""
        kind = type(obj)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind not in _PLAIN or hasattr(obj, "jinja_pass_arg"):
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        try:
            return obj(*args, **kwargs)
        except StopIteration:  # would end the template
            return self.environment.undefined("a callable raised a StopIteration exception")
