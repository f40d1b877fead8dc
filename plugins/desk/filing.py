"""Moves and deletes articles, puts them back, and asks what becomes of their published addresses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from heapq import nlargest
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from plugins.i18n import translate
from plugins.markdown_reader import stem_and_lang
from plugins.markdown_reader.header_values import is_slug, slug_of
from plugins.portal.ended_addresses import Ended, Published
from plugins.problems import ContentError, Problem
from plugins.problems.files import why_unwritable
from plugins.redirects.answers import answer

from . import moving
from .addresses import aliases_of, published_addresses, with_alias
from .documents import ConflictError, Documents, Opened
from .entries import Entry
from .files import PathError
from .responses import ADDRESS, editor, refused

if TYPE_CHECKING:
    from .app import Desk

KEEP, GONE = "keep", "gone"  # what may become of an address: it leads on, or it is gone for good
MOST_SUCCESSORS = 6


class QuestionError(Exception):
    """Something that is not done before somebody has said what becomes of a published address.

    Args:
        address: The address that would end.
        present: That of the same article afterwards, "" if there is none.
    """

    def __init__(self, address: str, present: str = "") -> None:
        super().__init__(address)
        self.address, self.present = address, present


class Filing:
    """What becomes of the files of a desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.documents, self.services = desk, desk.documents, desk.services

    def routes(self) -> Sequence[Route]:
        """Return the routes below the desk's address."""
        return [
            Route("/chuyen/{path:path}", self._route(self._move), methods=["POST"]),
            Route("/xoa/{path:path}", self._route(self._delete), methods=["POST"]),
            Route("/lay-lai/{path:path}", self._route(self._restore), methods=["POST"]),
            Route("/dia-chi/", self._route(self._answer), methods=["POST"]),
        ]

    def _route(self, act: Callable[[str, Mapping[str, Any], str], dict[str, object]]) -> Callable[[Request], Any]:
        """Return a route that does something with a file: given its path, the form, and who sends it."""

        async def respond(request: Request) -> Response:
            path, form = request.path_params.get("path", ""), await request.form()
            try:
                return JSONResponse(await asyncio.to_thread(act, path, form, editor(request)))
            except QuestionError as question:
                return JSONResponse(await asyncio.to_thread(self._question, question, path), HTTPStatus.CONFLICT)
            except moving.TakenError:
                return refused(translate("there is another article at that address; choose another one"))
            except ConflictError:
                return refused(translate("Somebody else has saved this article meanwhile. Load the page again."))
            except (PathError, UnicodeDecodeError):
                return refused(translate("there is no such article"))
            except ContentError as error:
                return refused(error.problems[0].message)
            except OSError as error:
                return refused(translate("not saved: {reason}", reason=why_unwritable(error)))

        return respond

    def likely_successors(self, path: str) -> list[tuple[str, str]]:
        """Return address and title of the published articles that are most like a file, see below."""
        return likely_successors(self.documents, path, self.services.published())

    def _question(self, question: QuestionError, path: str) -> dict[str, object]:
        address, present = question.address, question.present
        if present:
            text = translate("{old} is published. Shall it lead to {new} from now on?", old=address, new=present)
        else:
            text = translate("{old} is published. What will those find who come there?", old=address)
        others = [] if present else self.likely_successors(path)
        return {"message": text, "address": address, "present": present, "others": others}

    # --- what is done -------------------------------------------------------------------------------

    def _move(self, path: str, form: Mapping[str, Any], name: str) -> dict[str, object]:
        opened = self.documents.open(path)
        new, text = self._new_place(opened, form)
        published = self.services.published().get(path, "")
        if published and form.get("old") != GONE and published not in aliases_of(self.documents, opened):
            typed = self.services.reader.read_typed(new, text)
            present = typed.address if typed else ""
            if present != published and form.get("old") != KEEP:
                raise QuestionError(published, present or new)
            if present != published:
                text = with_alias(self.documents, Opened(path, text, ""), published)
        relinked = moving.move(self.documents, path, new, str(form.get("version", "")), text, name)
        self.desk.reviews.follow(path, new)
        if published and form.get("old") == GONE:
            self._end(published)
        return {"address": f"{ADDRESS}/bai/{quote(new)}", "relinked": relinked}

    def _new_place(self, opened: Opened, form: Mapping[str, Any]) -> tuple[str, str]:
        """Return the path that a form asks for, and the text of the file there: with another slug if it names one."""
        old = PurePosixPath(opened.path)
        stem, _ = stem_and_lang(opened.path, self.services.langs)
        slug = slug_of(str(form.get("slug", "")))
        if not is_slug(slug):
            name = str(form.get("slug", ""))
            text = translate("{name} makes no address; use letters or digits", name=name)
            raise ContentError([Problem(opened.path, 0, text)])
        root = self.documents.folder_of(opened.path)
        below = slug_of(str(form.get("folder", "")))
        new = PurePosixPath(root, below, slug + old.name.removeprefix(stem))
        named = self.documents.values(opened).get("slug", "")
        changes = {"slug": slug} if named and named != slug else {}
        return new.as_posix(), self.documents.with_changes(opened, changes, None)

    def _delete(self, path: str, form: Mapping[str, Any], name: str) -> dict[str, object]:
        published = published_addresses(self.documents, self.documents.open(path), self.services.published())
        successor, old = str(form.get("to", "")), form.get("old")
        if published and not (old == GONE or (old == KEEP and successor)):
            raise QuestionError(", ".join(published))
        for address in published if old == KEEP else ():
            self._lead_on(address, self._path_of(successor))
        moving.delete(self.documents, path, str(form.get("version", "")), name)
        for address in published if old == GONE else ():
            self._end(address)
        return {"address": f"{ADDRESS}/"}

    def _restore(self, path: str, _form: Mapping[str, Any], name: str) -> dict[str, object]:
        moving.restore(self.documents, path, name)
        return {"address": f"{ADDRESS}/bai/{quote(path)}"}

    def _answer(self, _path: str, form: Mapping[str, Any], _name: str) -> dict[str, object]:
        """Say what becomes of an address that the last build found to end."""
        address = str(form.get("address", ""))
        ended = next((each for each in self.services.ended() if each.before.url == address), None)
        if ended is None:
            raise PathError(address)
        if form.get("old") == GONE:
            self._end(address)
        elif form.get("to"):
            self._lead_on(address, self._path_of(str(form["to"])))
        else:
            self._written(ended, keep=True)
        return {"address": f"{ADDRESS}/"}

    def _path_of(self, place: str) -> str:
        """Return the path of an article, given that or its published address. Raises ContentError."""
        if place.endswith(".md"):
            return place
        wanted = urlsplit(place.strip()).path.rstrip("/")
        found = next((path for path, url in self.services.published().items() if url.rstrip("/") == wanted), "")
        if not found:
            text = translate("no published article has the address {address}; copy it from its page", address=place)
            raise ContentError([Problem("", 0, text)])
        return found

    def _lead_on(self, address: str, path: str) -> None:
        self.documents.open(path)  # raises what is wrong with it
        self._written(Ended(_published(address), address, path), keep=True)

    def _end(self, address: str) -> None:
        self._written(Ended(_published(address), "", ""), keep=False)

    def _written(self, ended: Ended, keep: bool) -> None:
        problems = list(answer([ended], self.documents.content, keep, not keep))
        if any(problem.level == "error" for problem in problems):
            raise ContentError(problems)


def _published(address: str) -> Published:
    return Published(address, "", "", "", "", "", "", "")


def likely_successors(documents: Documents, path: str, published: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the published articles whose titles have most words of that of a file, the likeliest first.

    Args:
        documents: All files.
        path: Of the file; its name stands for the title if it is gone.
        published: The address of each file that readers find.

    Returns:
        Address and title of each.
    """
    entries = {entry.path: entry for entry in documents.entries.all()}
    gone = entries.pop(path, None)
    words = set(slug_of(gone.title if gone else PurePosixPath(path).stem).split("-"))

    def likeness(entry: Entry) -> float:
        other = set(slug_of(entry.title).split("-"))
        return len(words & other) / (len(words | other) or 1)

    found = [entry for entry in entries.values() if entry.path in published]
    return [(published[entry.path], entry.title) for entry in nlargest(MOST_SUCCESSORS, found, key=likeness)]
