"""The desk answers its own pages only, and never loses what was typed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
import requests
from starlette.routing import Mount

from plugins import corrections, redirects
from plugins.desk import ADDRESS, Typed, handout
from plugins.desk.app import Desk, Services
from plugins.desk.documents import Documents
from plugins.desk.publishing import Runner
from plugins.incremental.state import state_folder
from plugins.markdown_reader.front_matter import HeaderKeys
from plugins.monitoring import journal
from plugins.portal.ended_addresses import Ended, Published
from plugins.preview.server import PreviewServer
from plugins.problems import Problem
from tests import editors, portals

PATH = "articles/2026/bai.md"
GONE = "articles/2026/cho-phien.md"  # deleted by another program
TEXT = '---\ntitle: "Bài"\ndate: 2026-11-20\ncategory: Xã hội\n---\n\nNội dung.\n'


class Reader:
    """Stands for the preview's builder."""

    def read_typed(self, path: str, text: str) -> Typed:
        slug = re.search(r"^slug: (.+)$", text, re.M)
        address = f"/bai-viet/{slug[1] if slug else Path(path).stem}/"
        return Typed([Problem("", 7, "chỗ này", "warning")], f"<main>{text}</main>", address)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PreviewServer]:
    """The desk of a content folder, which `server` fills for each test."""
    tmp_path = tmp_path_factory.mktemp("desk")
    (tmp_path / "site").mkdir()
    keys = {"articles": HeaderKeys("article", (*redirects.feature.keys, *corrections.feature.keys))}
    documents = Documents(tmp_path / "content", keys, lambda: datetime(2026, 11, 30, 8, 0))
    services = Services(
        Reader(),
        ["vi"],
        lambda path: {"category": ["Xã hội", "Kinh tế"]},
        lambda title: PATH,
        portals.ROOT / "theme",
        lambda: {PATH: [(7, "chỗ cần sửa", "error")]},
        lambda: {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"},
        lambda: {PATH: "/bai-viet/bai/", "articles/2026/khac.md": "/bai-viet/khac/"},
        lambda: [Ended(Published("/bai-viet/cho-phien/", "article", "vi", GONE, "", "", "", ""), "", "")],
        Runner(tmp_path / "content", tmp_path / "site", ""),
        handout.finder(tmp_path / "site", "/"),
    )
    desk = Desk(documents, services)
    server = PreviewServer(tmp_path / "site", 8800, routes=[Mount(ADDRESS, desk.application())])
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(started: PreviewServer) -> PreviewServer:
    content = started.folder.parent / "content"
    shutil.rmtree(content, ignore_errors=True)
    editors.write_file(content, PATH, TEXT)
    return started


@pytest.fixture
def session(server: PreviewServer) -> requests.Session:
    """What a page of the desk sends."""
    session = requests.Session()
    page = session.get(f"{server.desk_address}bai/{PATH}").text
    session.headers["X-Desk-Token"] = re.search(r'name="desk-token" content="([^"]+)"', page)[1]
    return session


def version_in(server: PreviewServer) -> str:
    page = requests.get(f"{server.desk_address}bai/{PATH}").text
    return re.search(r'name="version" value="(\w+)"', page)[1]


def file_text(server: PreviewServer) -> str:
    return (server.folder.parent / "content" / PATH).read_text(encoding="utf-8")


def test_a_form_is_made_of_the_header(server: PreviewServer) -> None:
    page = requests.get(f"{server.desk_address}bai/{PATH}").text
    assert "<option selected>Xã hội</option><option>Kinh tế</option>" in page
    assert 'name="title" value="Bài"' in page and ">Nội dung.\n</textarea>" in page
    assert 'value="published" checked' in page


def test_only_what_was_changed_is_saved(server: PreviewServer, session: requests.Session) -> None:
    form = {"version": version_in(server), "title": "Bài", "status": "published", "category": "Kinh tế"}
    answer = session.post(f"{server.desk_address}bai/{PATH}", form | {"body": "Nội dung.\r\n"})
    assert answer.status_code == 200
    assert file_text(server) == TEXT.replace("Xã hội", "Kinh tế")
    form = {"version": answer.json()["version"], "status": "draft", "body": "Nội dung mới.\r\n\r\nĐoạn hai.\r\n"}
    assert session.post(f"{server.desk_address}bai/{PATH}", form).status_code == 200
    assert file_text(server).endswith("status: draft\n---\n\nNội dung mới.\n\nĐoạn hai.\n")


def test_of_two_editors_none_loses_a_word(server: PreviewServer, session: requests.Session) -> None:
    version = version_in(server)
    first = {"version": version, "body": "Của người thứ nhất."}
    assert session.post(f"{server.desk_address}bai/{PATH}", first).status_code == 200
    answer = session.post(f"{server.desk_address}bai/{PATH}", {"version": version, "body": "Của người thứ hai."})
    assert answer.status_code == 409 and "Của người thứ nhất." in file_text(server)
    said = answer.json()
    assert {"-Của người thứ nhất.", "+Của người thứ hai."} <= set(said["changes"])
    answer = session.post(f"{server.desk_address}bai/{PATH}", {"version": said["version"], "body": "Của cả hai."})
    assert answer.status_code == 200 and file_text(server).endswith("Của cả hai.\n")


def test_a_text_is_tried_and_shown_without_being_saved(server: PreviewServer, session: requests.Session) -> None:
    answer = session.post(f"{server.desk_address}thu/{PATH}", {"body": "Đang viết."})
    (finding,) = answer.json()["findings"]
    assert (finding["message"], finding["field"], finding["line"]) == ("chỗ này", "body", 1)
    assert file_text(server) == TEXT
    page = requests.get(f"{server.desk_address}trang/{PATH}")
    assert "Đang viết." in page.text and page.headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")


def test_one_finding_is_mended_or_all(server: PreviewServer, session: requests.Session) -> None:
    form = {"title": "“Bài”", "body": "•Họp dân\n\nXem www.vanson.example.\n"}
    found = session.post(f"{server.desk_address}thu/{PATH}", form).json()["findings"]
    (bullet,) = [each["key"] for each in found if each["code"] == "bullet"]
    said = session.post(f"{server.desk_address}sua/{PATH}", form | {"finding": bullet}).json()
    assert said["fields"] == {"body": "- Họp dân\n\nXem www.vanson.example.\n"}
    assert said["changes"] == [["•Họp dân", "- Họp dân"]]
    said = session.post(f"{server.desk_address}sua/{PATH}", form).json()
    assert "](https://www.vanson.example)" in said["fields"]["body"] and len(said["changes"]) == 2
    assert said["fields"].keys() == {"body"}
    assert file_text(server) == TEXT


def test_no_published_address_ends_without_an_answer(server: PreviewServer, session: requests.Session) -> None:
    content = server.folder.parent / "content"
    move = {"version": version_in(server), "slug": "ten-moi", "folder": "2026"}
    answer = session.post(f"{server.desk_address}chuyen/{PATH}", move)
    assert answer.status_code == 409 and answer.json()["present"] == "/bai-viet/ten-moi/"
    assert file_text(server) == TEXT
    answer = session.post(f"{server.desk_address}chuyen/{PATH}", move | {"old": "keep"})
    assert answer.json()["address"] == f"{ADDRESS}/bai/articles/2026/ten-moi.md"
    text = (content / "articles/2026/ten-moi.md").read_text("utf-8")
    assert text == TEXT.replace("\n---\n\n", '\naliases:\n  - "/bai-viet/bai/"\n---\n\n')
    assert not (content / PATH).exists()


def test_a_deleted_article_leads_to_another_or_is_gone(server: PreviewServer, session: requests.Session) -> None:
    content = server.folder.parent / "content"
    (content / "articles/2026/khac.md").write_text(TEXT.replace("Bài", "Bài khác"), "utf-8")
    form = {"version": version_in(server)}
    answer = session.post(f"{server.desk_address}xoa/{PATH}", form)
    assert answer.status_code == 409 and answer.json()["others"] == [["/bai-viet/khac/", "Bài khác"]]
    assert session.post(f"{server.desk_address}xoa/{PATH}", form | {"old": "gone"}).status_code == 200
    assert not (content / PATH).exists() and (content / "da-go.txt").read_text() == "/bai-viet/bai/\n"
    assert PATH in requests.get(f"{server.desk_address}?loai=deleted").text
    assert session.post(f"{server.desk_address}lay-lai/{PATH}").status_code == 200 and file_text(server) == TEXT
    to = {"old": "keep", "to": "/bai-viet/khac/"}
    assert session.post(f"{server.desk_address}xoa/{PATH}", form | to).status_code == 200
    assert "/bai-viet/bai/" in (content / "articles/2026/khac.md").read_text("utf-8")


def test_an_address_whose_file_is_gone_leads_where_its_editor_says(
    server: PreviewServer, session: requests.Session
) -> None:
    content = server.folder.parent / "content"
    editors.write_file(content, "articles/2026/khac.md", TEXT.replace("Bài", "Chợ phiên họp lại"))
    page = requests.get(server.desk_address).text
    assert page.index('<option value="/bai-viet/khac/">Chợ phiên') < page.index('<option value="/bai-viet/bai/">')
    form = {"address": "/bai-viet/cho-phien/", "old": "keep"}
    refused = session.post(f"{server.desk_address}dia-chi/", form | {"to": "/bai-viet/khong-co/"})
    assert refused.status_code == 422 and "/bai-viet/khong-co/" in refused.json()["message"]
    answer = session.post(f"{server.desk_address}dia-chi/", form | {"to": "https://xa.example/bai-viet/khac/?x#y"})
    assert answer.status_code == 200
    assert "/bai-viet/cho-phien/" in (content / "articles/2026/khac.md").read_text("utf-8")
    assert session.post(f"{server.desk_address}dia-chi/", {"address": "/a/", "old": "gone"}).status_code == 422


def test_who_withdraws_an_article_says_why_and_the_day_is_added(
    server: PreviewServer, session: requests.Session
) -> None:
    form = {"version": version_in(server), "status": "withdrawn", "body": "Nội dung."}
    found = session.post(f"{server.desk_address}thu/{PATH}", form).json()["findings"]
    assert ("reason", "error") in [(each["field"], each["level"]) for each in found]
    form |= {"reason": "Nhầm số liệu: sai ba xã."}
    assert session.post(f"{server.desk_address}bai/{PATH}", form).status_code == 200
    assert 'status: withdrawn\nreason: "30/11/2026: Nhầm số liệu: sai ba xã."\n' in file_text(server)
    assert f"{ADDRESS}/bai/{PATH}" in requests.get(f"{server.desk_address}?loai=withdrawn").text


def test_another_slug_keeps_the_address_by_one_press(server: PreviewServer, session: requests.Session) -> None:
    form = {"slug": "ten-moi", "body": "Nội dung.\n"}
    found = session.post(f"{server.desk_address}thu/{PATH}", form).json()["findings"]
    assert (found[0]["field"], found[0]["level"]) == ("slug", "error") and "/bai-viet/ten-moi/" in found[0]["message"]
    said = session.post(f"{server.desk_address}sua/{PATH}", form | {"finding": found[0]["key"]}).json()
    assert said["fields"] == {"aliases": "/bai-viet/bai/"}
    found = session.post(f"{server.desk_address}thu/{PATH}", form | said["fields"]).json()["findings"]
    assert [each["message"] for each in found] == ["chỗ này"]


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Desk-Token": ""},
        {"X-Desk-Token": "đoán".encode()},
        {"Origin": "http://other.example"},
        {"Origin": "null"},
        {"Host": "other.example"},
    ],
)
@pytest.mark.parametrize(
    "address",
    [
        "moi/",
        "dan/",
        "dia-chi/",
        *(f"{each}/{PATH}" for each in ("bai", "tep", "thu", "sua", "chuyen", "xoa", "lay-lai")),
    ],
)
def test_others_cannot_write(
    server: PreviewServer, session: requests.Session, address: str, headers: dict[str, str]
) -> None:
    answer = session.post(f"{server.desk_address}{address}", {"body": "Xấu"}, headers=headers)
    assert answer.status_code in (400, 403) and file_text(server) == TEXT


def test_no_other_site_can_show_or_read_the_desk(server: PreviewServer) -> None:
    answer = requests.get(server.desk_address)
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert requests.get(server.desk_address, headers={"Host": "other.example"}).status_code == 400


@pytest.mark.parametrize("path", ["articles/../../x.md", "..%2f..%2fx.md", "articles/2026/khong-co.md", "pages/x.md"])
def test_what_is_no_article_is_told(server: PreviewServer, session: requests.Session, path: str) -> None:
    assert requests.get(f"{server.desk_address}bai/{path}").status_code == 404
    assert session.post(f"{server.desk_address}bai/{path}", {"body": "x"}).status_code in (404, 405, 422)


@pytest.mark.parametrize("name", ["con.md", "LPT1.vi.md", "a:b.md", "hỏi?.md", "nul/x.md"])
def test_no_file_is_made_that_windows_cannot_have(server: PreviewServer, session: requests.Session, name: str) -> None:
    answer = session.post(f"{server.desk_address}bai/articles/2026/{quote(name)}", {"text": "x", "version": ""})
    assert answer.status_code == 422 and "Windows không cho đặt tên tệp" in answer.json()["message"]


def test_what_the_desk_does_not_know_is_refused_in_words(server: PreviewServer, session: requests.Session) -> None:
    for page in (f"{server.desk_address}khong-co/", f"{server.desk_address}moi/", f"{server.desk_address}static/x.js"):
        answer = requests.get(page)
        assert answer.status_code in (404, 405) and "Bàn biên tập không có trang này" in answer.text
    for address, data in (("viet/", "{"), ("viet/", "[1]"), ("giu/", '{"a": 1}'), ("khoi/", "[]")):
        answer = session.post(f"{server.desk_address}{address}", data=data)
        assert answer.status_code == 422 and "không hiểu yêu cầu này" in answer.json()["message"]
    assert "hãy gõ tiêu đề" in session.post(f"{server.desk_address}moi/", {"title": " "}).json()["message"]
    assert "chỉ phục vụ ngay trên máy này" in requests.get(server.desk_address, headers={"Host": "x.example"}).text


def test_the_list_shows_states_and_problems(server: PreviewServer) -> None:
    page = requests.get(server.desk_address).text
    assert "Đã đăng" in page and "chỗ cần sửa" in page
    assert f"{ADDRESS}/bai/{PATH}" in requests.get(f"{server.desk_address}?q=bai+xa+hoi").text
    assert f"{ADDRESS}/bai/{PATH}" not in requests.get(f"{server.desk_address}?loai=draft").text


def test_a_header_that_cannot_be_read_is_mended_in_its_source(server: PreviewServer, session: requests.Session) -> None:
    broken = TEXT.replace('"Bài"', '"Bài')
    (server.folder.parent / "content" / PATH).write_text(broken, encoding="utf-8")
    page = requests.get(f"{server.desk_address}bai/{PATH}").text
    assert 'name="text"' in page and "Không đọc được phần đầu" in page
    form = {"version": version_in(server), "text": TEXT}
    assert session.post(f"{server.desk_address}bai/{PATH}", form).status_code == 200 and file_text(server) == TEXT


@pytest.mark.parametrize("address", ["tep", "bai", "thu", "sua"])
def test_what_is_too_large_is_refused_before_it_is_read(
    server: PreviewServer, session: requests.Session, address: str
) -> None:
    headers = {"Content-Length": str(2_000_000_000), "Content-Type": "multipart/form-data; boundary=x"}
    request = requests.Request("POST", f"{server.desk_address}{address}/{PATH}", data=b"x").prepare()
    request.headers.update({**session.headers, **headers})
    answer = requests.Session().send(request, timeout=portals.PATIENCE)
    assert answer.status_code == 422 and "MB" in answer.json()["message"]
    answer = session.post(f"{server.desk_address}{address}/{PATH}", data=iter([b"x"]))  # does not say how long it is
    assert answer.status_code == 422


def test_what_was_changed_since_the_last_publication_is_named(server: PreviewServer) -> None:
    assert "Chưa đăng lần nào" in requests.get(f"{server.desk_address}dang/").text
    changed = datetime.fromtimestamp((server.folder.parent / "content" / PATH).stat().st_mtime).astimezone()
    state_folder(server.folder).mkdir()
    for hours, names in ((-1, 1), (1, 0)):
        journal.record(server.folder, "build", changed + timedelta(hours=hours))
        assert requests.get(f"{server.desk_address}dang/").text.count(f"bai/{PATH}") == names
    shutil.rmtree(state_folder(server.folder))
