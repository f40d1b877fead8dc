"""Hostile documents: nothing outside is read or requested, each ends within its limits, all others are rendered.

Most of this cannot come out of an article, whose HTML is sanitised, and is given to the worker directly.
"""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pikepdf
import pypdf
import pytest

from plugins import jobs
from plugins.pdf.render import ConformanceError, PdfJob, RenderedPdf, prepare, render
from tests import editors
from tests.pdf import torture

SECONDS, MEMORY = 20, 768 << 20  # as in the portal's settings; enough for the good ones on a busy machine too
SECRET = "SECRET-7781"


class Listener:
    """A server on loopback that records the requests it gets."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.requests.append(self.path)
                self.send_error(404)

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.server.shutdown()
    listener.server.server_close()


def documents(secret: Path, pictures: Path, web: str) -> dict[str, tuple[str, dict[str, str]]]:
    """Return name -> body (or whole document) and the pictures it may read."""
    file = secret.as_uri()
    svg = f"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="50" height="50">
<title>x</title><script>fetch('{web}/script')</script><image xlink:href="{file}" width="9" height="9"/>
<image href="{web}/svg.png" width="9" height="9"/><use href="{file}#a"/><rect width="9" height="9"/></svg>"""
    entity = f'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e SYSTEM "{file}">]>{svg.replace("<title>x", "<title>&e;")}'
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
        + ']><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>&j;</title><text>&j;</text></svg>'
    )
    editors.write_file(pictures, "entity.svg", entity)
    editors.write_file(pictures, "bomb.svg", bomb)
    editors.write_file(pictures, "inside.svg", svg)
    editors.write_file(pictures, "huge.png", editors.huge_png(20_000, 20_000))
    editors.write_file(pictures, "heavy.jpg", torture.photo(1) + b"\0" * (50 << 20))
    editors.write_file(pictures, "broken.jpg", b"\xff\xd8\xff" + b"x" * 100)
    (pictures / "link.jpg").symlink_to(secret)
    rows = "<tr><td>a<td>b<td>c</tr>" * 60_000
    image = '<img src="{}" alt="x">'.format

    def own(name: str) -> tuple[str, dict[str, str]]:
        return image(f"portal:{name}"), {f"portal:{name}": str(pictures / name)}

    plain = {
        "image of a file": image(file),
        "image of the passwords": image("file:///etc/passwd"),
        "image over http": image(f"{web}/a.png"),
        "image over https": image("https://127.0.0.1:9/a.png"),
        "image over ftp": image("ftp://127.0.0.1/a.png"),
        "image in the document": image("data:image/png;base64,iVBORw0KGgo="),
        "image relative": image("../../../../etc/passwd"),
        "image with two slashes": image("//127.0.0.1/a.png"),
        "stylesheet of a file": f'<link rel="stylesheet" href="{file}">',
        "stylesheet over http": f'<link rel="stylesheet" href="{web}/a.css">',
        "style imports": f"<style>@import '{web}/b.css'; @import '{file}';</style>",
        "style with a typeface": f"<style>@font-face {{ font-family: x; src: url({web}/x.woff2), url({file}) }}"
        "p { font-family: x }</style>",
        "style with a background": f'<p style="background: url({web}/c.png)">a</p>',
        "style with content": f"<style>p::before {{ content: url({file}) }}</style><p>a</p>",
        "style with a list": f'<ul style="list-style: url({web}/d.png)"><li>a</li></ul>',
        "attachment in the head": f'<link rel="attachment" href="{file}">',
        "attachment as a link": f'<a rel="attachment" href="{file}">a</a>',
        "attachment over http": f'<a rel="attachment" href="{web}/e">a</a>',
        "object": f'<object data="{file}" type="image/svg+xml"></object><embed src="{web}/f.svg">',
        "iframe": f'<iframe src="{file}"></iframe><video src="{web}/g" poster="{web}/h"></video>',
        "base": f'<base href="{web}/"><img src="i.png" alt="x">',
        "svg in the page": svg,
        "metadata": f'<link rel="schema.x" href="{file}"><meta http-equiv="refresh" content="0;url={web}/j">',
        "deep nesting": "<div>" * 4_000 + "a",
        "deep quotations": "<blockquote>" * 1_500 + "a",
        "a table of 60,000 rows": f"<table>{rows}</table>",
        "wide spans": "<table><tr><td colspan=1000 rowspan=60000>a</td></tr>" + "<tr><td>b" * 300 + "</table>",
        "a style that loops": "<style>.f{display:flex;flex-wrap:wrap} "
        ".g{display:grid;grid-template-columns:repeat(9999,1fr)} "
        ".c{columns:500} </style>" + "<div class=f><div class=g><div class=c>" * 60 + "a" + "</div></div></div>" * 60,
        "a page without space": "<style>@page{size:1mm;margin:2mm} p{break-after:page;height:9999mm}</style>"
        + "<p>a b c</p>" * 300,
        "a counter without end": "<style>p::before{counter-increment:x 2147483647;"
        "content:counter(x,lower-roman)}</style>" + "<p>a" * 200,
        "one endless word": "ẫ" * 2_000_000,
    }
    own_files = ("entity.svg", "bomb.svg", "inside.svg", "huge.png", "heavy.jpg", "broken.jpg", "link.jpg")
    return {name: (body, {}) for name, body in plain.items()} | {name: own(name) for name in own_files}


def job_for(name: str, body: str, files: dict[str, str], folder: Path) -> PdfJob:
    head = f"<head><title>{name}</title></head>"
    html = f'<!DOCTYPE html><html lang="vi">{head}<body><h1>{name}</h1><p>a</p>{body}</body></html>'
    return PdfJob(
        html, files, "https://vanson.example/", "a.md", "nguồn", datetime(2026, 1, 1), str(folder / f"{name}.pdf")
    )


SLOW = {
    "a table of 60,000 rows",
    "one endless word",
    "a page without space",
    "deep nesting",
    "deep quotations",
    "a style that loops",
}


def render_hostile(tmp_path: Path, listener: Listener, left_out: set[str]) -> dict[str, object]:
    """Give hostile documents and good ones to two workers; return the result of each hostile one."""
    secret = tmp_path / "outside" / "secret.svg"
    editors.write_file(
        secret.parent, secret.name, f'<svg xmlns="http://www.w3.org/2000/svg"><text>{SECRET}</text></svg>'
    )
    folder, pictures = tmp_path / "pdf", tmp_path / "pictures"
    folder.mkdir()
    hostile = {n: d for n, d in documents(secret, pictures, listener.address).items() if n not in left_out}
    good = {f"bài {number}": (f"<p>{torture.WORDS}</p>", {}) for number in range(20)}
    pdf_jobs = [job_for(name, body, files, folder) for name, (body, files) in [*hostile.items(), *good.items()]]
    pdf_jobs = pdf_jobs[::2] + pdf_jobs[1::2]  # good ones among them
    results = {}
    limits = jobs.Limits(SECONDS, MEMORY)
    for process, result in jobs.run(render, pdf_jobs, "x", 2, limits=limits, prepare=partial(prepare, folder)):
        results[Path(process.target).name.removesuffix(".pdf")] = result
    assert results.keys() == {*hostile, *good}
    assert listener.requests == []
    assert {
        name: result for name, result in results.items() if name in good and not isinstance(result, RenderedPdf)
    } == {}
    expected = (RenderedPdf, ConformanceError, jobs.ItemTimeoutError, jobs.WorkerLostError, MemoryError, RecursionError)
    assert {name: result for name, result in results.items() if not isinstance(result, expected)} == {}
    for path in folder.glob("*.pdf"):
        assert SECRET not in pypdf.PdfReader(path).pages[0].extract_text()
        with pikepdf.open(path) as pdf:
            assert not any(SECRET.encode() in o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream))
            assert list(pdf.attachments) == ["a.md"], path
    return {name: results[name] for name in hostile}


def test_hostile_documents_cost_only_themselves(tmp_path: Path, listener: Listener) -> None:
    results = render_hostile(tmp_path, listener, SLOW)
    assert len(results) >= 25
    for name in (
        "image of a file",
        "image over http",
        "svg in the page",
        "entity.svg",
        "huge.png",
        "heavy.jpg",
        "link.jpg",
    ):
        assert isinstance(results[name], ConformanceError), f"{name}: {results[name]}"


def test_an_error_in_a_document_is_reported(tmp_path: Path) -> None:
    for body in ('<img src="portal:none.jpg" alt="x">', '<img src="https://x.example/a.jpg" alt="x">'):
        with pytest.raises(ConformanceError, match=r"portal:none|x\.example"):
            render(job_for("a", body, {}, tmp_path))
    assert not list(tmp_path.glob("*.pdf"))
