"""Shows an article to whoever signs it, as a file or in the office's network, and notes what they say."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from plugins.i18n import translate
from plugins.problems import ContentError

from . import handout
from .files import PathError
from .office import ANSWER_MARK
from .responses import ADDRESS, editor, refused
from .reviews import AGREED, CHANGES, LONGEST_NOTE, Answer, version_of

if TYPE_CHECKING:
    from .app import Desk

LONGEST_NAME = 80


class Reviewing:
    """What the desk does to have articles agreed to. desk: of which."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.documents, self.reviews = desk, desk.documents, desk.reviews

    def routes(self) -> Sequence[Route]:
        """Return the routes below the desk's address."""
        return [
            Route("/trinh/{path:path}", self.ask, methods=["POST"]),
            Route("/trinh/{path:path}", self.file, methods=["GET"]),
            Route("/tra-loi/{path:path}", self.note, methods=["POST"]),
        ]

    def shown(self, path: str) -> dict[str, Any]:
        """Return what the form of an article says of its review."""
        review, office = self.reviews.of(path), self.desk.services.office
        if review is None:
            return {"answers": [], "asked": False, "address": "", "code": "", "is_current": False}
        try:
            version = version_of(self.documents, self.documents.open(path))
        except (ContentError, OSError, UnicodeDecodeError):
            version = ""
        return {
            "asked": True,
            "answers": [(answer, answer.version == version) for answer in review.answers],
            "address": office.address_of(review.token) if office else "",
            "code": office.code if office else "",
            "is_current": review.version == version,
        }

    async def ask(self, request: Request) -> Response:
        """Write what is to be agreed to, as the file says it now."""
        path, name = request.path_params["path"], editor(request)
        try:
            opened = await asyncio.to_thread(self.documents.open, path)
            version = version_of(self.documents, opened)
        except ContentError as error:
            return refused(error.problems[0].message)
        except (PathError, OSError, UnicodeDecodeError):
            return refused(translate("there is no such article"))
        typed = await asyncio.to_thread(self.desk.services.reader.read_typed, path, opened.text)
        if not typed or not typed.html:
            return refused(translate("the page cannot be made yet; correct what is wrong, or wait for the portal"))
        now = self.documents.clock()
        asked = translate(
            "Draft, to be agreed to. Version {version} of {time}.", version=version, time=f"{now:%d/%m/%Y %H:%M}"
        )
        by = translate("Shown by {name}.", name=name) if name else ""
        first = f"<p><strong>{escape(asked)}</strong> {escape(by)}</p>"
        page = await asyncio.to_thread(
            handout.self_contained, typed.html, self.desk.services.file_at, first, ANSWER_MARK
        )
        await asyncio.to_thread(self.reviews.ask, path, version, page, name, now)
        return JSONResponse({"address": f"{ADDRESS}/bai/{quote(path)}#review"})

    async def file(self, request: Request) -> Response:
        """Answer with the file that is handed over."""
        path = request.path_params["path"]
        if self.reviews.of(path) is None:
            return refused(translate("there is no such article"))
        text = await asyncio.to_thread(self.reviews.page_file(path).read_text, encoding="utf-8")
        name = path.rpartition("/")[2].removesuffix(".md")
        return HTMLResponse(
            text.replace(ANSWER_MARK, ""),
            headers={
                "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}.html",
                "Content-Security-Policy": f"{handout.POLICY}; frame-ancestors 'none'",
                "Cache-Control": "no-store",
            },
        )

    async def note(self, request: Request) -> Response:
        """Write down what somebody has said to the editor."""
        path, form = request.path_params["path"], await request.form()
        review = self.reviews.of(path)
        name = " ".join(str(form.get("name", "")).split())[:LONGEST_NAME]
        verdict = str(form.get("verdict", ""))
        if review is None or verdict not in (AGREED, CHANGES):
            return refused(translate("there is no such article"))
        if not name:
            return refused(translate("write the name of whoever has answered"))
        note, now = str(form.get("note", "")).strip()[:LONGEST_NOTE], self.documents.clock()
        answer = Answer(name, now.isoformat(timespec="seconds"), verdict, note, review.version)
        await asyncio.to_thread(self.reviews.answer, path, answer)
        return JSONResponse({"address": f"{ADDRESS}/bai/{quote(path)}#review"})
