"""Checks and shows a text that is being written, and mends what can be mended without a question."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from plugins.i18n import translate
from plugins.problems import ContentError, Problem
from plugins.proofreading import language_of, proofread
from plugins.proofreading.mending import apply_edits, mend

from . import addresses, fields, findings
from .documents import Opened
from .files import PathError
from .responses import refused

if TYPE_CHECKING:
    from .app import Desk, Typed

KEEP = "keep-address"  # names the finding that a published address would end
LONGEST = 20_000_000  # bytes of a text that is typed or pasted
NO_FRAME, OWN_FRAME = "frame-ancestors 'none'", "frame-ancestors 'self'"  # of the portal's pages, and in the desk
_UNREADABLE = (PathError, OSError, UnicodeDecodeError)


class Mended(NamedTuple):
    """A mended text as the form shows it: the fields that differ, by name, and what each line said and says."""

    fields: dict[str, str]
    changes: list[tuple[str, str]]


class Checking:
    """What the form asks for while somebody types. desk: whose documents are checked."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._typed_pages: dict[str, str] = {}  # by path, as they were asked for last

    def routes(self) -> Sequence[Route]:
        """Return the routes below the desk's address."""
        return [
            Route("/thu/{path:path}", self.try_text, methods=["POST"]),
            Route("/sua/{path:path}", self.mend, methods=["POST"]),
            Route("/trang/{path:path}", self.typed_page),
        ]

    async def try_text(self, request: Request) -> Response:
        """Answer with what is wrong with a text that is not saved, and with its page."""
        path, form = request.path_params["path"], await request.form(max_part_size=LONGEST)
        try:
            text = await asyncio.to_thread(self.desk.text_of, path, form)
        except ContentError as error:
            return JSONResponse({"findings": [self._whole(problem) for problem in error.problems], "html": ""})
        except _UNREADABLE:
            return refused(translate("there is no such article"))
        typed = await asyncio.to_thread(self.desk.services.reader.read_typed, path, text)
        found = await asyncio.to_thread(self._findings, path, text, typed, form)
        html = typed.html if typed else ""
        if html:
            self._typed_pages[path] = html
        return JSONResponse({"findings": found, "html": html, "isChecked": typed is not None})

    def _findings(self, path: str, text: str, typed: Typed | None, form: Mapping[str, Any]) -> list[dict[str, object]]:
        documents, opened = self.desk.documents, Opened(path, text, "")
        problems = findings.checked(text, path, self.desk.services.langs, typed.problems if typed else [])
        problems = [*addresses.without_reason(documents, opened), *problems]
        found = findings.located(problems, text, documents.keys_of(path), form)
        published, present = self.desk.services.published().get(path, ""), typed.address if typed else ""
        for problem in addresses.ending(documents, opened, published, present):
            change = ("", f"{published} → {present}")
            found.insert(
                0, findings.Finding(problem.message, problem.level, addresses.CODE, "slug", 0, 0, 0, KEEP, change)
            )
        return [finding._asdict() for finding in found]

    def _whole(self, problem: Problem) -> dict[str, object]:
        """Return a problem that keeps the form from being read."""
        return findings.Finding(problem.message, problem.level, problem.code, "", 0, 0, 0, "", None)._asdict()

    async def mend(self, request: Request) -> Response:
        """Answer with the fields of the form as they are when one finding, or all that can be, are mended."""
        path, form = request.path_params["path"], await request.form(max_part_size=LONGEST)
        try:
            mended = await asyncio.to_thread(self._mended, path, form)
        except ContentError as error:
            return refused(error.problems[0].message)
        except _UNREADABLE:
            return refused(translate("there is no such article"))
        return JSONResponse(mended._asdict())

    def _mended(self, path: str, form: Mapping[str, Any]) -> Mended:
        text, wanted = self.desk.text_of(path, form), str(form.get("finding", ""))
        lang = language_of(path, text, self.desk.services.langs)
        if wanted == KEEP:
            new = addresses.with_alias(
                self.desk.documents, Opened(path, text, ""), self.desk.services.published()[path]
            )
        elif wanted:
            chosen = [problem for problem in proofread(text, lang) if findings.key_of(problem) == wanted]
            new = apply_edits(text, chosen)[0]
        else:
            new = mend(text, lang)[0]
        return Mended(self._fields(path, text, new, form), findings.changes(text, new))

    def _fields(self, path: str, text: str, new: str, form: Mapping[str, Any]) -> dict[str, str]:
        """Return the fields of the form that differ between two texts of a file, as they are in the new one."""
        if findings.SOURCE in form:
            return {findings.SOURCE: new} if new != text else {}
        documents, keys = self.desk.documents, self.desk.documents.keys_of(path)
        before, after = Opened(path, text, ""), Opened(path, new, "")
        values = {field.name: field.value for field in fields.form(keys, documents.values(before), {})}
        values[findings.BODY] = documents.body(before)
        mended = {field.name: field.value for field in fields.form(keys, documents.values(after), {})}
        mended[findings.BODY] = documents.body(after)
        return {name: value for name, value in mended.items() if value != values.get(name)}

    async def typed_page(self, request: Request) -> Response:
        """Answer with the page of a text as it was tried last, for the frame beside the form."""
        html = self._typed_pages.get(request.path_params["path"])
        if html is None:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        headers = self.desk.services.page_headers()
        own = {name: value.replace(NO_FRAME, OWN_FRAME) for name, value in headers.items()}
        return HTMLResponse(html, headers=own | {"Cache-Control": "no-store"})
