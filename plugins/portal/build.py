"""The build: Pelican's run, that publishes all or nothing."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader
from pelican import Pelican, signals

from plugins import features
from plugins.checks import ContentError, Problem
from plugins.features import assets

from . import filters, links, reading
from .editions import editions
from .generators import NewsGenerator, NewsPages
from .tree import Changes, publish


class Portal(Pelican):
    """Reads, checks and renders everything beside the published site, then brings the changes over.

    After `run()`: `changes` (files), `articles` (number), `notes` (warnings and open reviews), `seconds`.
    """

    changes: Changes
    articles: int
    documents: set[str]
    notes: list[Problem]
    seconds: float

    def run(self) -> None:
        """Build and publish. Raises ContentError, with the published site as it was."""
        begun = time.monotonic()
        cache = Path(self.settings["CACHE_PATH"])
        cache.mkdir(parents=True, exist_ok=True)
        published, self.output_path = Path(self.output_path), tempfile.mkdtemp(dir=cache, prefix="build-")
        try:
            self._generate()
            manifest = published.with_name(published.name + ".files")
            self.changes = publish(Path(self.output_path), published, manifest)
        finally:
            shutil.rmtree(self.output_path, ignore_errors=True)
            self.output_path = str(published)
        self.seconds = time.monotonic() - begun

    def check(self) -> list[Problem]:
        """Read everything and write nothing: all problems, warnings and open reviews."""
        try:
            self._read()
        except ContentError as error:
            return error.problems
        return self.notes

    def _generate(self) -> None:
        generators = self._read()
        writer = self._get_writer()
        for generator in generators:
            if hasattr(generator, "generate_output"):
                generator.generate_output(writer)
        shutil.copytree(Path(self.theme) / "static", self.output_path, dirs_exist_ok=True)
        for document in sorted(self.documents):
            self._write(document, (Path(self.path) / document).read_bytes())
        for address, data in self.context["assets"].files.items():
            self._write(address, data)
        self._write("_headers", self.context["assets"].headers.encode())
        signals.finalized.send(self)

    def _read(self) -> list[Any]:
        self.context = self._context()
        generators = [
            kind(
                context=self.context,
                settings=self.settings,
                path=self.path,
                theme=self.theme,
                output_path=self.output_path,
            )
            for kind in self._get_generator_classes()
        ]
        for generator in generators:
            _fit(generator, self.context["features"])
            generator.generate_context()
        contents = [content for generator in generators[:2] for content in generator.published]
        self.documents = links.documents(contents)
        problems = self.context["problems"]
        problems += links.resolve(contents)
        signals.all_generators_finalized.send(generators)
        if any(problem.level == "error" for problem in problems):
            raise ContentError(problems)
        self.notes = sorted(problems)
        self.articles = len(generators[0].published)
        return generators

    def _context(self) -> dict[str, Any]:
        active = features.features_of(self.plugins)
        return {
            **self.settings,
            "generated_content": {},
            "localsiteurl": "",
            "problems": [],
            "now": reading.now(self.settings),
            "editions": editions(self.settings),
            "features": active,
            "slots": features.slots(active),
            "assets": assets.build(Path(self.theme), active),
        }

    def _get_generator_classes(self) -> list[type]:
        stock = super()._get_generator_classes()
        return [NewsGenerator, NewsPages, *stock[2:-1]]  # without the static files: see _generate

    def _write(self, address: str, data: bytes) -> None:
        target = Path(self.output_path) / address
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _fit(generator: Any, active: list[features.Feature]) -> None:
    """Give a generator's templates the features' fragments and the portal's filters."""
    rooms = PrefixLoader({feature.name: FileSystemLoader(feature.room) for feature in active})
    generator.env.loader = ChoiceLoader([rooms, generator.env.loader])
    generator.env.filters.update(filters.FILTERS)
