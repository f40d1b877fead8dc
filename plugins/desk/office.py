"""The pages that others in the office see with `serve --office`: drafts, and nothing else of the desk or the portal.

Each draft has an address that nobody can guess, and opens with a code that the editor tells in another way. The code is
another one at each start.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import socket
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from plugins import i18n

from .handout import POLICY
from .reviews import AGREED, CHANGES, LONGEST_NOTE, Answer, Review, Reviews

ADDRESS = "/duyet"
THEME = Path(__file__).resolve().parents[2] / "theme"  # until the settings were read
ANSWER_MARK = "<!--answer-->"  # where the form stands in what is shown
COOKIE = "duyet"
LONGEST = 64_000  # bytes of an answer
LONGEST_NAME = 80
OPEN_FOR = 12 * 3600  # seconds, with one code
MOST_MISTAKES, MISTAKES_FOR = 5, 900  # wrong codes of one machine, within so many seconds
_HEADERS = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class Office:
    """Shows drafts to those who have their address and the code.

    Args:
        reviews: Of the content folder.
        port: At which it listens.
        clock: Returns the time now.
    """

    def __init__(self, reviews: Reviews, port: int, clock: Callable[[], datetime] = datetime.now) -> None:
        self.reviews, self.port, self.clock, self.theme = reviews, port, clock, THEME
        self.code = f"{secrets.randbelow(10**6):06}"
        self._secret = secrets.token_bytes(32)
        self._mistakes: defaultdict[str, list[float]] = defaultdict(list)  # by machine, when
        self._pages = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        lang = i18n.editors_language()
        self._pages.install_gettext_translations(i18n.translations(lang), newstyle=False)  # type: ignore[attr-defined]
        self._pages.globals.update(lang=lang)

    def address_of(self, token: str) -> str:
        """Return the address of a draft in the office's network."""
        return f"http://{own_address()}:{self.port}{ADDRESS}/{token}/"

    def application(self) -> Starlette:
        """Return the pages as an application."""
        return Starlette(
            routes=[
                Route(f"{ADDRESS}/{{token}}/", self.page, methods=["GET"]),
                Route(f"{ADDRESS}/{{token}}/", self.post, methods=["POST"]),
            ]
        )

    async def page(self, request: Request) -> Response:
        """Show a draft, or ask for the code."""
        review = self.reviews.find(request.path_params["token"])
        if review is None:
            return self._code_page("none", HTTPStatus.NOT_FOUND)
        if not hmac.compare_digest(request.cookies.get(COOKIE, ""), self._pass_of(review)):
            return self._code_page()
        text = self.reviews.page_file(review.path).read_text(encoding="utf-8")
        answers = [answer for answer in review.answers if answer.version == review.version]
        form = self._pages.get_template("office_answer.html").render(answers=answers, agreed=AGREED, changes=CHANGES)
        return self._response(text.replace(ANSWER_MARK, form))

    async def post(self, request: Request) -> Response:
        """Take a code or an answer."""
        review = self.reviews.find(request.path_params["token"])
        origin, length = request.headers.get("origin"), request.headers.get("content-length", "")
        is_own = origin is not None and origin.partition("://")[2] == request.headers.get("host")
        if review is None or not is_own:
            refused = ("none", HTTPStatus.NOT_FOUND) if review is None else ("foreign", HTTPStatus.FORBIDDEN)
            return self._code_page(*refused)
        if not length.isdigit() or int(length) > LONGEST:
            return self._code_page("long", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        form = await request.form()
        if "code" in form:
            return self._open(request, review, str(form["code"]))
        if not hmac.compare_digest(request.cookies.get(COOKIE, ""), self._pass_of(review)):
            return self._code_page()
        name = " ".join(str(form.get("name", "")).split())[:LONGEST_NAME]
        verdict = str(form.get("verdict", ""))
        if name and verdict in (AGREED, CHANGES):
            note = str(form.get("note", "")).strip()[:LONGEST_NOTE]
            at = self.clock().isoformat(timespec="seconds")
            self.reviews.answer(review.path, Answer(name, at, verdict, note, review.version))
        return RedirectResponse(f"{request.url.path}#tra-loi", HTTPStatus.SEE_OTHER)

    def _open(self, request: Request, review: Review, code: str) -> Response:
        """Let somebody see a draft who knows the code."""
        machine, now = request.client.host if request.client else "", time.monotonic()
        mistakes = self._mistakes[machine] = [at for at in self._mistakes[machine] if now - at < MISTAKES_FOR]
        if len(mistakes) >= MOST_MISTAKES:
            return self._code_page("many", HTTPStatus.TOO_MANY_REQUESTS)
        if not hmac.compare_digest("".join(code.split()).encode(), self.code.encode()):
            mistakes.append(now)
            return self._code_page("wrong", HTTPStatus.FORBIDDEN)
        response = RedirectResponse(request.url.path, HTTPStatus.SEE_OTHER)
        value = self._pass_of(review)
        response.set_cookie(COOKIE, value, OPEN_FOR, path=request.url.path, httponly=True, samesite="lax")
        return response

    def _pass_of(self, review: Review) -> str:
        return hmac.new(self._secret, review.token.encode(), hashlib.sha256).hexdigest()

    def _code_page(self, mistake: str = "", status: int = HTTPStatus.OK) -> Response:
        """Return the page that asks for the code, or says why that would be of no use."""
        tokens = (self.theme / "css" / "tokens.css").read_text(encoding="utf-8")  # nothing can be fetched here
        page = self._pages.get_template("office_code.html")
        return self._response(page.render(mistake=mistake, tokens=tokens), status)

    def _response(self, html: str, status: int = HTTPStatus.OK) -> Response:
        return HTMLResponse(html, status, _HEADERS)


def own_address() -> str:
    """Return the address of this machine in its network; nothing is sent to find it out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # of no machine (RFC 5737)
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
