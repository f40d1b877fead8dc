"""TEMPLATE_PAGES: a template in the content folder becomes a page, with all that the theme's templates have.

A template gets what every page of the portal gets (`edition`, `editions`, `slots`, `assets`, `SITEURL`, the words, the
filters, `header` and `footer` for {% extends "base.html" %}), and beside it Pelican's names: the settings and what
`lists.py` gives (`articles`, `pages`, `categories`, …). The edition is that of the page's address.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FunctionLoader, TemplateNotFound, TemplateSyntaxError

from plugins.i18n import translate
from plugins.problems import ContentError, Problem, display_path

from . import lists


class TemplatePages:
    """A generator for the pages of the setting TEMPLATE_PAGES."""

    def __init__(self, context: dict[str, Any], settings: dict[str, Any], path: str, **_: Any) -> None:
        self.context, self.settings, self.path = context, settings, path
        self.pages: dict[str, str] = {
            source: target.replace(os.sep, "/") for source, target in settings["TEMPLATE_PAGES"].items()
        }

    def generate_context(self) -> None:
        """Have search engines told of the pages."""
        for source in self.pages:
            if not os.path.isfile(os.path.join(self.path, source)):
                self.context["problems"].append(
                    self._problem(source, 0, translate("TEMPLATE_PAGES: there is no such file"))
                )
        self.context["news"].build.sitemap_urls.extend(
            url_of(target) for target in self.pages.values() if target.endswith(".html")
        )

    def generate_output(self, writer: Any) -> None:
        """Render every page and ask for it. What one shows cannot be known beforehand, so each build renders it."""
        news = self.context["news"]
        names = {**lists.public(self.context), **vars(lists.build_lists(news))}
        for source, target in self.pages.items():
            try:
                template = self._environment(news.env).get_template(source)
                values = {**names, "kind": "template", **news.frame_values(url_of(target))}
                writer.write_file(target, template, values, override_output=True, url=url_of(target))
            except ContentError:
                raise
            except Exception as error:
                raise ContentError([self._explained(source, error)]) from error

    def _environment(self, env: Environment) -> Environment:
        def load(name: str) -> tuple[str, str, Any] | None:
            file = Path(self.path) / name
            return (file.read_text(encoding="utf-8"), str(file), None) if name in self.pages else None

        return env.overlay(loader=ChoiceLoader([FunctionLoader(load), env.loader]), bytecode_cache=None)

    def _explained(self, source: str, error: Exception) -> Problem:
        """What is wrong with a template, and in which line."""
        file = os.path.join(self.path, source)
        if isinstance(error, TemplateNotFound):
            return self._problem(source, 0, translate("there is no template {name}", name=error.name))
        line = error.lineno if isinstance(error, TemplateSyntaxError) and error.filename == file else 0
        traceback = error.__traceback__
        while traceback and not isinstance(error, TemplateSyntaxError):
            if traceback.tb_frame.f_code.co_filename == file:
                line = traceback.tb_lineno
            traceback = traceback.tb_next
        return self._problem(source, line, f"{type(error).__name__}: {error}")

    def _problem(self, source: str, line: int, text: str) -> Problem:
        return Problem(display_path(os.path.join(self.path, source)), line, text)


def url_of(target: str) -> str:
    """The address of a file of the site, without the leading slash."""
    return target.removesuffix("index.html") if target.endswith(("/index.html",)) or target == "index.html" else target
