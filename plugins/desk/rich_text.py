"""What the rich-text view asks the desk: the blocks of a text, the text of blocks, and pictures.

The view itself is Tiptap, which `django-prose-editor` brings as one script. Without it there is the text area alone.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from plugins.i18n import translate

from . import blocks, view_html, writing
from .responses import refused
from .writing import Part

PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".svg"}
_NO_SCRIPTS = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}  # of an SVG
_T = TypeVar("_T")
_SCRIPT = "static/django_prose_editor/editor.js"


def script() -> Path | None:
    """Return the path of the editor's script; None if it is not installed."""
    package = find_spec("django_prose_editor")  # it is not imported: that would want Django
    folders = package.submodule_search_locations if package else None
    path = Path(next(iter(folders)), _SCRIPT) if folders else None
    return path if path and path.is_file() else None


class RichText:
    """Answers the rich-text view. content: the content folder."""

    def __init__(self, content: Path) -> None:
        self.content, self.script = content, script()
        self._lock = asyncio.Lock()

    def routes(self) -> Sequence[Route]:
        """Return the routes below the desk's address."""
        return [
            Route("/khoi/", _of_json(self.blocks_of_text), methods=["POST"]),
            Route("/giu/", _of_json(self.are_same), methods=["POST"]),
            Route("/viet/", _of_json(self.text_of_blocks), methods=["POST"]),
            Route("/tranh/{path:path}", self.picture),
            Route("/rich-text/editor.js", self.editor),
        ]

    async def editor(self, request: Request) -> Response:
        """Answer with the editor's script."""
        if self.script is None:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        return FileResponse(self.script, media_type="text/javascript")

    async def blocks_of_text(self, text: str) -> object:
        """Return the blocks of a text: source, gap, HTML, and whether the view may change it."""
        return await self._reading(_read, text)

    async def are_same(self, pairs: Sequence[tuple[str, str]]) -> object:
        """Return of pairs of HTML, the desk's and the view's, whether they say the same."""
        return [view_html.canonical(shown) == html for html, shown in pairs]

    async def text_of_blocks(self, asked: Mapping[str, Any]) -> object:
        """Return the text of blocks of which some were changed, see `writing.body`."""
        parts = [Part(**part) for part in asked["parts"]]
        return (await self._reading(writing.body, asked["lead"], parts))._asdict()

    async def _reading(self, work: Callable[..., _T], *arguments: object) -> _T:
        """Do what reads Markdown in a thread; one at a time, as the reader wants it."""
        async with self._lock:
            return await asyncio.to_thread(work, *arguments)

    async def picture(self, request: Request) -> Response:
        """Answer with a picture of the content folder."""
        path = Path(self.content, request.path_params["path"]).resolve()
        if not path.is_relative_to(self.content.resolve()) or path.suffix.lower() not in PICTURES or not path.is_file():
            return Response(status_code=HTTPStatus.NOT_FOUND)
        return FileResponse(path, headers=_NO_SCRIPTS)


def _of_json(act: Callable[[Any], Awaitable[object]]) -> Callable[[Request], Awaitable[Response]]:
    """Return a route that answers what JSON asks for; what the desk's own script does not send is refused."""

    async def respond(request: Request) -> Response:
        try:
            return JSONResponse(await act(json.loads(await request.body())))
        except (AttributeError, KeyError, TypeError, ValueError):
            return refused(translate("the desk does not understand this; load the page again"))

    return respond


def _read(text: str) -> dict[str, object]:
    body = blocks.read(text)
    shown = [
        {
            "source": block.source,
            "gap": block.gap,
            "html": block.html,
            "isKept": writing.is_kept(block.source, body.definitions),
        }
        for block in body.blocks
    ]
    return {"lead": body.lead, "blocks": shown}
