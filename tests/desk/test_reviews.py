"""A draft is shown to whoever signs it, and what they say is noted for the text that they have seen, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import requests

from plugins.desk import handout, office
from plugins.desk.documents import Documents
from plugins.desk.office import ANSWER_MARK, Office
from plugins.desk.reviews import AGREED, CHANGES, Answer, Reviews, version_of
from plugins.markdown_reader.front_matter import HeaderKeys
from plugins.preview.server import PreviewServer
from tests import editors

PATH = "articles/2026/bai.md"
TEXT = "---\ntitle: Bài\nstatus: draft\n---\n\nNội dung.\n"
NOW = datetime(2026, 11, 30, 8, 0)


@pytest.fixture
def reviews(tmp_path: Path) -> Reviews:
    editors.write_file(tmp_path, f"content/{PATH}", TEXT)
    return Reviews(tmp_path / "content")


@pytest.fixture
def shown(reviews: Reviews, tmp_path: Path) -> Iterator[tuple[Office, str]]:
    """What the office sees, and the address of a draft."""
    reviews.ask(PATH, "v1", f"<body><main>Bản nháp</main>{ANSWER_MARK}</body>", "Lan", NOW)
    (tmp_path / "site").mkdir()
    shown = Office(reviews, 0, lambda: NOW)
    server = PreviewServer(tmp_path / "site", 8850, routes=shown.application().routes)
    server.start()
    yield shown, f"http://127.0.0.1:{server.port}{office.ADDRESS}/{reviews.of(PATH).token}/"
    server.stop()


def post(session: requests.Session, address: str, **form: str) -> requests.Response:
    return session.post(address, form, headers={"Origin": re.match("https?://[^/]+", address)[0]})


def test_a_draft_opens_with_its_code_and_is_agreed_to(shown: tuple[Office, str], reviews: Reviews) -> None:
    (office_pages, address), session = shown, requests.Session()
    assert "Bản nháp</main>" not in session.get(address).text
    post(session, address, name="Kẻ lạ", verdict=AGREED)
    assert reviews.of(PATH).answers == []
    page = post(session, address, code=f" {office_pages.code[:3]} {office_pages.code[3:]}")
    assert "Bản nháp</main>" in page.text and 'name="verdict"' in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    page = post(session, address, name=" Trần  Bình ", verdict=AGREED, note="<b>Tốt</b>")
    assert "Trần Bình" in page.text and "&lt;b&gt;Tốt" in page.text
    assert reviews.of(PATH).answers == [Answer("Trần Bình", "2026-11-30T08:00:00", AGREED, "<b>Tốt</b>", "v1")]
    assert reviews.open_paths() == set()


def test_nobody_guesses_a_code_or_an_address(shown: tuple[Office, str]) -> None:
    office_pages, address = shown
    wrong = f"{(int(office_pages.code) + 1) % 10**6:06}"
    statuses = [post(requests.Session(), address, code=wrong).status_code for _ in range(office.MOST_MISTAKES + 1)]
    assert statuses == [403] * office.MOST_MISTAKES + [429]
    assert post(requests.Session(), address, code=office_pages.code).status_code == 429
    missing = requests.get(address[:-3] + "x/")
    assert missing.status_code == 404 and "Không có bản nháp nào ở địa chỉ này" in missing.text
    foreign = requests.post(address, {"code": "1"}, headers={"Origin": "http://other.example"})
    assert foreign.status_code == 403 and "không gửi từ trang bản nháp" in foreign.text
    assert requests.post(address, {"code": "1"}).status_code == 403


def test_an_answer_is_for_the_words_that_were_seen(reviews: Reviews) -> None:
    documents = Documents(reviews.folder.parent, {"articles": HeaderKeys("article")}, lambda: NOW)

    def version(text: str) -> str:
        return version_of(documents, documents.open(PATH)._replace(text=text))

    same = TEXT.replace("status: draft", "status: published\ndate: 2026-12-01")
    assert version(same) == version(TEXT)
    assert version(TEXT.replace("Nội", "Nôi")) != version(TEXT) != version(TEXT.replace("Bài", "Bài 2"))


def test_answers_follow_a_file_and_outlive_a_broken_line(reviews: Reviews) -> None:
    reviews.ask(PATH, "v1", "<p>1</p>", "Lan", NOW)
    with (reviews.folder / f"{PATH}.jsonl").open("a") as stream:
        stream.write('{"name": "bị ng')
    reviews.answer(PATH, Answer("Bình", NOW.isoformat(), CHANGES, "", "v1"))
    token = reviews.of(PATH).token
    assert reviews.ask(PATH, "v2", "<p>2</p>", "Lan", NOW).token == token and reviews.open_paths() == {PATH}
    reviews.follow(PATH, "articles/2027/moi.md")
    assert reviews.of(PATH) is None
    moved = reviews.find(token)
    assert (moved.path, moved.version, moved.answers[0].name) == ("articles/2027/moi.md", "v2", "Bình")
    assert reviews.page_file(moved.path).read_text() == "<p>2</p>"


def test_what_is_handed_over_needs_no_other_file_and_runs_nothing(tmp_path: Path) -> None:
    editors.write_file(tmp_path, "theme/a.css", "@font-face { src: url(x) } p { color: red }</style><b>")
    editors.write_file(tmp_path, "anh.png", "PNG")
    page = (
        '<html lang="vi"><head><title>Bài</title><link rel="stylesheet" href="/tinh/theme/a.css"></head><body>'
        "<nav>x</nav><main><h1>Bài</h1>"
        '<picture><source srcset="/tinh/a.avif"><img src="/tinh/anh.png" srcset="/b 2x" alt="Chợ"></picture>'
        '<img src="/tinh/../../etc/passwd" alt="mất"><a href="/tinh/kia/">kia</a><a href="https://x.example/">ngoài</a>'
        "<form><input></form><script>x()</script></main></body></html>"
    )
    file = handout.self_contained(page, handout.finder(tmp_path, "/tinh/"), "<p>Bản nháp</p>", "<hr>")
    assert 'src="data:image/png;base64,UE5H"' in file and 'alt="mất"' in file and "root:" not in file
    assert (
        file.count("</style>") == 2
        and "<a>kia</a>" in file
        and 'href="https://x.example/"' in file
        and "color: red" in file
    )
    for gone in ("<script", "<form", "srcset", "<link", "font-face", "<nav"):
        assert gone not in file
    assert "default-src 'none'" in file
