"""The pages of the desk, /soan/: the list of articles, the form for one, and what its script asks for."""

from __future__ import annotations

import asyncio
import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from plugins import i18n
from plugins.i18n import translate
from plugins.markdown_reader import stem_and_lang
from plugins.portal.ended_addresses import Ended
from plugins.problems import ContentError, Problem
from plugins.problems.files import why_unwritable

from . import fields, git, listing, pasting, uploads
from .checking import LONGEST, Checking
from .documents import ConflictError, Documents, Opened
from .files import PathError
from .filing import Filing
from .git import Commit
from .guard import POLICY, Guard, new_token
from .history import Version
from .listing import Question
from .office import Office
from .publishing import Publishing, Runner
from .responses import ADDRESS, editor, length, refused
from .reviewing import Reviewing
from .reviews import Reviews
from .rich_text import RichText

HERE = Path(__file__).parent


class Typed(NamedTuple):
    """What becomes of a text that is being written.

    Attributes:
        problems: What is wrong with it.
        html: Its page, "" if there can be none.
        address: That of its page, "" if it is not known.
    """

    problems: list[Problem]
    html: str
    address: str


class Reader(Protocol):
    """Reads texts that are being written: the preview's builder."""

    def read_typed(self, path: str, text: str) -> Typed | None:
        """Return what becomes of a text; None where that is not possible now."""


@dataclass(frozen=True)
class Services:
    """What the desk asks the rest of the program for.

    Attributes:
        reader: Checks and shows a text that is being written.
        langs: The portal's languages, the default one first.
        choices: Returns what the form of a file suggests by name of the key, such as the categories.
        create: Makes the file of a new article of a title, and returns its path below the content folder.
        theme: The folder of the theme, whose colours and type the desk has.
        problems: Returns what the last build has found (line, message, level), by path below the content folder.
        page_headers: Returns the headers with which the portal's pages are sent.
        published: Returns the address of each file that readers find.
        ended: Returns the published addresses that would end with what is there now.
        runner: Publishes.
        file_at: Returns the file at an address of the preview.
        office: Shows drafts in the office's network, if the desk was told to.
    """

    reader: Reader
    langs: Sequence[str]
    choices: Callable[[str], Mapping[str, Sequence[str]]]
    create: Callable[[str], str]
    theme: Path
    problems: Callable[[], Mapping[str, Sequence[tuple[int, str, str]]]]
    page_headers: Callable[[], Mapping[str, str]]
    published: Callable[[], Mapping[str, str]]
    ended: Callable[[], Sequence[Ended]]
    runner: Runner
    file_at: Callable[[str], Path | None]
    office: Office | None = None


class Desk:
    """The editors' desk.

    Args:
        documents: The files that editors write.
        services: What the desk asks the rest of the program for.
    """

    def __init__(self, documents: Documents, services: Services) -> None:
        self.documents, self.services, self.reviews = documents, services, Reviews(documents.content)
        self.reviewing, self.filing = Reviewing(self), Filing(self)
        self.rich_text = RichText(documents.content)
        self.token = new_token()
        self.pages = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        words = i18n.translations(i18n.editors_language())
        self.pages.install_gettext_translations(words, newstyle=False)  # type: ignore[attr-defined]  # of the extension
        self.pages.globals.update(address=ADDRESS, token=self.token, lang=i18n.editors_language(), quote=quote)

    def application(self) -> Starlette:
        """Return the desk as an application, to be mounted at ADDRESS."""
        return Starlette(
            routes=[
                Route("/", self.list_page),
                Route("/mot-trang/", self.sheet),
                Route("/moi/", self.new, methods=["POST"]),
                Route("/bai/{path:path}", self.article_page, methods=["GET"]),
                Route("/bai/{path:path}", self.save, methods=["POST"]),
                *Checking(self).routes(),
                *self.filing.routes(),
                *Publishing(self).routes(),
                *self.reviewing.routes(),
                *self.rich_text.routes(),
                Route("/dan/", self.paste, methods=["POST"]),
                Route("/tep/{path:path}", self.upload, methods=["POST"]),
                Route("/ban-cu/{path:path}", self.earlier_version),
                Route("/tokens.css", FileResponse(self.services.theme / "css" / "tokens.css")),
                Mount("/static", StaticFiles(directory=HERE / "static")),
            ],
            exception_handlers={HTTPException: self.missing},
            middleware=[Middleware(Guard, token=self.token, limit=uploads.LARGEST + 10_000)],
        )

    def missing(self, _request: Request, error: Exception) -> Response:
        """Say that there is no such page, or that it takes no such request."""
        status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.NOT_FOUND
        return PlainTextResponse(translate("The desk has no such page. Go back to the list of articles."), status)

    # --- pages ---------------------------------------------------------------------------------------

    async def list_page(self, request: Request) -> Response:
        """Show all articles, or those that are asked for."""
        question = Question.of(request.query_params)
        history = self.documents.history
        is_of_deleted = question.loai == listing.DELETED
        return self.page(
            "list.html",
            found=await asyncio.to_thread(self._listed, question),
            question=question,
            states=listing.STATES,
            newest=listing.NEWEST,
            deleted_list=listing.DELETED,
            ended=self.services.ended(),
            likely=self.filing.likely_successors,
            deleted=await asyncio.to_thread(history.deleted, self.documents.content) if is_of_deleted else [],
        )

    def _listed(self, question: Question) -> listing.Listed:
        return listing.listed(self.rows(), question)

    def rows(self) -> list[listing.Row]:
        """Return all articles as rows of the list, those changed last first."""
        problems, asked, now = self.services.problems(), self.reviews.open_paths(), self.documents.clock()
        return [
            listing.row_of(entry, problems.get(entry.path, ()), now, entry.path in asked)
            for entry in self.documents.entries.all()
        ]

    async def sheet(self, _request: Request) -> Response:
        """Show how to work here, on one page to be printed."""
        return self.page("sheet.html")

    async def article_page(self, request: Request) -> Response:
        """Show the form for an article."""
        path = request.path_params["path"]
        try:
            opened = await asyncio.to_thread(self.documents.open, path)
        except (PathError, OSError):
            return self.page("gone.html", HTTPStatus.NOT_FOUND, path=path)
        except UnicodeDecodeError:
            return self.page("gone.html", HTTPStatus.UNSUPPORTED_MEDIA_TYPE, path=path)
        try:
            values, body, broken = self.documents.values(opened), self.documents.body(opened), ""
        except ContentError as error:
            values, body, broken = {}, opened.text, "\n".join(map(str, error.problems))
        return self.page(
            "article.html",
            opened=opened,
            form=[] if broken else fields.form(self.documents.keys_of(path), values, self.services.choices(path)),
            body=body,
            broken=broken,
            is_rich=self.rich_text.script is not None,
            versions=await asyncio.to_thread(self._versions, path),
            review=await asyncio.to_thread(self.reviewing.shown, path),
            slug=stem_and_lang(path, self.services.langs)[0],
            folders=self.documents.folders(path),
        )

    def page(self, template: str, status: int = HTTPStatus.OK, **values: object) -> Response:
        html = self.pages.get_template(template).render(**values)
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Referrer-Policy": "same-origin"}
        return HTMLResponse(html, status, headers)

    # --- what the script asks for --------------------------------------------------------------------

    async def new(self, request: Request) -> Response:
        """Create the draft of a new article, and answer with the address of its form."""
        title = str((await request.form()).get("title", ""))
        if not title.strip():
            return refused(translate("type the title of the article"))
        try:
            path = await asyncio.to_thread(self.services.create, title)
        except ContentError as error:
            return refused(error.problems[0].message)
        return JSONResponse({"address": f"{ADDRESS}/bai/{quote(path)}"})

    async def save(self, request: Request) -> Response:
        """Save an article: the fields and the body of the form, or its whole text."""
        path, form = request.path_params["path"], await request.form(max_part_size=LONGEST)
        try:
            text = await asyncio.to_thread(self.text_of, path, form)
            saved = await asyncio.to_thread(
                self.documents.save, path, text, str(form.get("version", "")), editor(request)
            )
        except ConflictError as error:
            return await self._conflict(path, form, error.current)
        except ContentError as error:
            return refused(error.problems[0].message)
        except PathError:
            return refused(translate("there is no such article"))
        except UnicodeDecodeError as error:
            return refused(translate("not saved: {reason}", reason=str(error)))
        except OSError as error:
            return refused(translate("not saved: {reason}", reason=why_unwritable(error)))
        return JSONResponse({"version": saved.version, "text": saved.text})

    async def _conflict(self, path: str, form: Any, current: Opened | None) -> Response:  # noqa: ANN401  # of Starlette
        """Answer that somebody else has changed the file, with what they have changed."""
        if current is None:
            message = translate(
                "The file is gone: somebody has renamed or deleted it. Copy your text before you leave."
            )
            return JSONResponse({"message": message}, HTTPStatus.CONFLICT)
        mine = await asyncio.to_thread(self.text_of, path, form, current)
        lines = difflib.unified_diff(current.text.splitlines(), mine.splitlines(), lineterm="", n=1)
        message = translate(
            "Somebody else has saved this article meanwhile. Nothing is lost: choose which text to keep."
        )
        answer = {"message": message, "version": current.version, "text": current.text, "changes": list(lines)[2:]}
        return JSONResponse(answer, HTTPStatus.CONFLICT)

    def text_of(self, path: str, form: Mapping[str, Any], current: Opened | None = None) -> str:
        """Return the text of an article as the form has it. Raises what `Documents.open` and `with_changes` do."""
        if "text" in form:
            return str(form["text"]).replace("\r\n", "\n")
        opened = current or self.documents.open(path)
        keys = self.documents.keys_of(path)
        values = {}
        for field in fields.form(keys, self.documents.values(opened), {}):
            typed = str(form.get(field.name, field.value)).replace("\r\n", "\n").strip()
            if typed != field.value.strip():  # also where a file says the same in other words, or by leaving it out
                values[field.name] = fields.value_of(typed, keys.by_name[field.name], self.documents.clock())
        return self.documents.with_changes(opened, values, str(form["body"]).replace("\r\n", "\n"))

    async def paste(self, request: Request) -> Response:
        """Answer with the Markdown of HTML from the clipboard."""
        if length(request.headers) > LONGEST:
            return refused(translate("the text is too long to be pasted at once; the end is missing"))
        html = (await request.body()).decode("utf-8", "replace")
        pasted = await asyncio.to_thread(pasting.markdown_of, html)
        return JSONResponse({"markdown": pasted.markdown, "notes": pasted.notes})

    async def upload(self, request: Request) -> Response:
        """Put a file into the content folder, and answer with its path as an article writes it."""
        path = request.path_params["path"]
        file = (await request.form()).get("file")
        if not isinstance(file, UploadFile):
            return refused(translate("the file is empty"))
        data = await file.read()
        now, content = self.documents.clock(), self.documents.content
        try:
            stored = await asyncio.to_thread(uploads.store, content, file.filename or "", data, now)
        except uploads.UploadError as error:
            return refused(str(error))
        except OSError as error:
            return refused(translate("not saved: {reason}", reason=why_unwritable(error)))
        return JSONResponse({"path": "../" * path.count("/") + stored.path, "isPicture": stored.is_picture})

    async def earlier_version(self, request: Request) -> Response:
        """Answer with the text of an earlier version."""
        path, name = request.path_params["path"], request.query_params.get("ban", "")
        try:
            return PlainTextResponse(await asyncio.to_thread(self._version, path, name))
        except KeyError:
            return refused(translate("there is no such article"))

    def _versions(self, path: str) -> list[Version | Commit]:
        """Return the earlier versions of a file, the newest first."""
        found: list[Version | Commit] = [
            *self.documents.history.versions(path),
            *self.services.runner.git.versions(path),
        ]
        return sorted(found, key=lambda version: version.replaced_at, reverse=True)

    def _version(self, path: str, name: str) -> str:
        """Return the text of an earlier version. Raises KeyError if there is none of this name."""
        if name.startswith(git.MARK):
            return self.services.runner.git.read(path, name)
        return self.documents.history.read(path, name).decode("utf-8-sig", "replace").replace("\r\n", "\n")
