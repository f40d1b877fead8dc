"""TEMPLATE_PAGES: a template in the content folder becomes a page, with all that the theme's templates have.

Its template gets what every page of the portal gets (`edition`, `editions`, `slots`, `assets`, `SITEURL`, the words,
the filters, `header` and `footer` for {% extends "base.html" %}), and besides Pelican's names: the settings, and what
lists.py provides (`articles`, `pages`, `categories`, …). The edition is that of the page's address.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, Environment, FunctionLoader, TemplateNotFound, TemplateSyntaxError

from plugins.i18n import translate
from plugins.problems import ContentError, Problem, display_path

from . import lists

if TYPE_CHECKING:
    from plugins.portal.generators import NewsGenerator

    from .staging import StagedSite, WritingSite


class TemplatePages:
    """Generates the pages of the setting TEMPLATE_PAGES.

    Args:
        context: What all generators of the build share.
        settings: Pelican's settings.
        path: The content folder.
        options: What Pelican gives its generators besides.
    """

    def __init__(self, context: dict[str, Any], settings: dict[str, Any], path: str, **options: object) -> None:
        self.context, self.settings, self.path = context, settings, path
        self.pages: dict[str, str] = {
            source: target.replace(os.sep, "/") for source, target in settings["TEMPLATE_PAGES"].items()
        }

    def generate_context(self) -> None:
        """Report missing templates, and add the pages to the sitemap."""
        for source in self.pages:
            if not os.path.isfile(os.path.join(self.path, source)):
                text = translate("TEMPLATE_PAGES: there is no such file")
                self.context["problems"].append(self._problem(source, 0, text))
        self.context["news"].build.sitemap_urls.extend(
            url_of(target) for target in self.pages.values() if target.endswith(".html")
        )

    def generate_output(self, writer: WritingSite | StagedSite) -> None:
        """Render every page and write it. Nobody knows beforehand what one shows, so each build renders it."""
        news: NewsGenerator = self.context["news"]
        names = {**lists.template_names(self.context), **vars(lists.build_lists(news))}
        for source, target in self.pages.items():
            try:
                template = self._environment(news.env).get_template(source)
                values = {**names, "kind": "template", **news.frame_values(url_of(target))}
                writer.write_file(target, template, values, override_output=True, url=url_of(target))
            except ContentError:
                raise
            except Exception as error:
                raise ContentError([self._template_problem(source, error)]) from error

    def _environment(self, env: Environment) -> Environment:
        """Return an environment that finds the templates of the pages first."""

        def load(name: str) -> tuple[str, str, None] | None:
            file = Path(self.path) / name
            return (file.read_text(encoding="utf-8"), str(file), None) if name in self.pages else None

        loaders = [FunctionLoader(load), env.loader]
        return env.overlay(loader=ChoiceLoader([loader for loader in loaders if loader]), bytecode_cache=None)

    def _template_problem(self, source: str, error: Exception) -> Problem:
        """Return what is wrong with a template that raised an exception, and in which line."""
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
    """Return the address of a file of the site, without the leading slash."""
    is_index = target == "index.html" or target.endswith("/index.html")
    return target.removesuffix("index.html") if is_index else target
