"""Feature: the portal without a line: a service worker keeps pages, readers save articles and recordings.

The worker (worker/, published as WORKER at the root of the portal, whose scope is the whole portal) keeps the newest
articles, the front page, the pages of the footer and the notices in force, what was read, and what a reader saves. With
a line it never answers for the server; without one, its copies say how old they are. `plan.py` writes for it what to
keep ahead, `manifest.py` what a phone needs to put the portal on its screen.

Pages ask for LOADER a second after they are loaded (script.js), the page of what is kept at once: it names the script
of this release (start.js), so that no page carries more than that line. There is no worker in a preview, which has no
public address.

A worker that finds its own file gone unregisters itself and deletes what it has kept: so a portal that takes this
feature out gets rid of it at each reader's next visit, without a byte left on the server.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from plugins import notices
from plugins.addresses import ASSETS, PICTURES
from plugins.features import Feature, Statement
from plugins.features.scripts import localized_script
from plugins.notices.banners import BANNERS
from plugins.portal.stories import digest

from . import manifest, plan, words

if TYPE_CHECKING:
    from plugins.languages import Language
    from plugins.portal.editions import Edition
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.problems import Problem

WORKER, LOADER = "service-worker.js", "ngoai-tuyen.js"  # at the root of the portal
PARTS = ("store.js", "pages.js", "sounds.js", "ahead.js", "jobs.js")  # files in worker/, in the order of the script


class Offline(Feature):
    """Publishes the worker, what it keeps ahead, the page of what is kept, and the manifests."""

    urls: Mapping[str, str] = {"SAVED_URL": "bai-da-luu/"}
    on_demand = ("article.js", "saved.js", "offline.css")
    policy = ("worker-src 'self'", "child-src 'self'")  # the second for Safari before 15.5
    statements = (
        Statement("tools", "reading without a connection"),
        Statement("needs_script", "saving articles, and reading without a connection"),
        Statement(
            "stored",
            "pages for reading without a connection: the twenty newest articles, the front page, notices and contacts, "
            "the last 40 pages that you opened (5 MB at most in all), and what you save yourself; or that nothing is "
            "to be kept. On a computer that others use too, they can see there what you have read",
        ),
        Statement(
            "erasing",
            "“Keep nothing on this device”, on the page of saved articles, deletes all that is kept for reading "
            "without a connection, and keeps nothing from then on.",
        ),
    )

    def finish(self, build: BuildContext) -> Iterable[Problem]:
        """Make the worker, and the script of each language."""
        self.files: dict[str, bytes] = {LOADER: b""}
        self.is_public = bool(build.settings["SITEURL"])
        if self.is_public:
            self._add_scripts(build)
        return ()

    def _add_scripts(self, build: BuildContext) -> None:
        addresses, editions = build.addresses, build.editions
        site = {
            "base": addresses.base,
            "files": addresses.path(ASSETS),
            "pictures": addresses.path(PICTURES),
            "languages": {lang: self._language(build, edition) for lang, edition in editions.items()},
        }
        code = "\n".join((Path(__file__).parent / "worker" / part).read_text(encoding="utf-8") for part in PARTS)
        _, self.files[WORKER] = localized_script(build.artifacts, "service-worker", {"SITE": site}, code)
        self.starts: dict[str, str] = {}
        for lang, edition in editions.items():
            own = {name: addresses.path(build.assets.on_demand[f"offline/{name}"]) for name in self.on_demand}
            constants: dict[str, object] = {
                "SITE": {
                    "worker": addresses.path(WORKER),
                    "saved": addresses.path(edition.url("saved")),
                    "style": own["offline.css"],
                    "article": own["article.js"],
                    "page": own["saved.js"],
                    "numbers": edition.language.formats_lang,
                },
                "WORDS": words.of_pages(edition.language),
            }
            address, data = localized_script(build.artifacts, f"start-{lang}", constants, self.read_text("start.js"))
            self.starts[lang], self.files[address] = address, data

    def _language(self, build: BuildContext, edition: Edition) -> dict[str, object]:
        """Return what the worker knows of an edition."""
        language: Language = edition.language
        return {
            "saved": build.addresses.path(edition.url("saved")),
            "manifest": build.addresses.path(manifest.address(build, edition.lang)),
            "plan": build.addresses.path(plan.address(build, edition.lang)),
            "numbers": language.formats_lang,
            "words": words.of_worker(language),
        }

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Add the page, the plan and the manifest of each edition, and the scripts."""
        if self.is_public:
            self.files[LOADER] = self._loader(build, outputs)
            for address, icon in manifest.icons(build.settings).items():
                outputs.add_file(address, digest(build.rendering_fingerprint, icon.fingerprint), icon.draw)
        for address, data in self.files.items():
            outputs.add_file(address, digest(data.decode()), partial(bytes, data))

    def _loader(self, build: BuildContext, outputs: Outputs) -> bytes:
        """Add what each edition has; return the script that leads to the script of this release."""
        loaded: dict[str, list[str]] = {}
        for lang, edition in build.editions.items():
            notice_list = _notice_list(build, edition)
            outputs.add_page(lang, "offline/page", "saved", [notice_list], notice_list=notice_list)
            style = build.assets.on_demand["offline/offline.css"]
            version, data = plan.plan(build, edition, [LOADER, *([BANNERS] if notice_list else [])], style)
            self.files[plan.address(build, lang)] = data
            self.files[manifest.address(build, lang)] = manifest.manifest(build, edition)
            loaded[lang] = [build.addresses.path(self.starts[lang]), version]
        names = json.dumps(loaded, separators=(",", ":"))
        return f"const s={names}[document.documentElement.lang];s&&import(s[0]).then(m=>m.default(s[1]))\n".encode()

    def template_globals(self, build: BuildContext) -> Mapping[str, object]:
        """`offline`: the address of the loader, and the name of a manifest below the address of its front page."""
        return {"offline": {"loader": LOADER, "manifest": manifest.NAME}}


def _notice_list(build: BuildContext, edition: Edition) -> str:
    """Return the address of an edition's list of notices, "" if there is none."""
    has_list = notices.feature in build.features and notices.NAME in edition.extra_kinds
    return edition.url(f"{notices.NAME}_list") if has_list else ""


feature = Offline(__file__)
register = feature.register
