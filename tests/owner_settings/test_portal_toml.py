"""Whatever is wrong in portal.toml is told with its line and what to write, and nothing ends in a traceback."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pelicanconf
from plugins import owner_settings
from plugins.owner_settings import formats, positions, reading, schema
from plugins.problems import ContentError
from tests import portals

GUIDE = (portals.ROOT / "docs/lam-cong-moi.md").read_text("utf-8")
EXAMPLE = re.findall(r"^```toml\n(.*?)^```$", GUIDE, re.M | re.S)[0]
LINES = EXAMPLE.split("\n")
PAIR = re.compile(r"(?P<key>[A-Za-z_]+) = (?P<value>.*?)(?P<remark>  #.*)?$")
MENU = next(line for line in LINES if line.startswith("[[menu]]"))
ANY_NAME = ("fax", "STATIC_PATHS")  # keys that their table may call as it likes


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content folder with the files that the guide's example names."""
    folder = tmp_path_factory.mktemp("owner") / "portal"
    (folder / "images").mkdir(parents=True)
    for name in ("ban-do.geojson", "images/podcast.png", "images/dich-vu-cong.png", "images/bieu-trung.png"):
        (folder / name).write_text("")
    return folder


def told(folder: Path, text: str | bytes) -> list[tuple[int, str]]:
    """Return the lines and messages of what is wrong with a file of settings."""
    (folder / "portal.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        file = reading.read(folder)
        assert file
        problems = owner_settings.problems(file, pelicanconf.PLUGINS)
    except ContentError as error:
        problems = error.problems
    assert all(problem.level == "error" and "\n" not in problem.message for problem in problems)
    return [(problem.line, problem.message) for problem in problems]


def test_the_guides_example_is_right_and_has_every_key(folder: Path) -> None:
    assert told(folder, EXAMPLE) == []

    def keys(part: dict[str, Any]) -> set[str]:
        part = {**schema.schema()["$defs"].get(part.get("$ref", "").rpartition("/")[2], {}), **part}
        below = [*part.get("properties", {}).items()]
        nested = [part[name] for name in ("items", "additionalProperties") if isinstance(part.get(name), dict)]
        return {name for name, _ in below}.union(*map(keys, [*dict(below).values(), *nested]))

    assert {key for key in keys(schema.schema()) if not re.search(rf"\b{key}\b", EXAMPLE)} == set()


def test_the_demonstrations_file_is_right() -> None:
    file = reading.read(portals.ROOT / "content")
    assert file and owner_settings.problems(file, pelicanconf.PLUGINS) == []


@pytest.mark.parametrize("wrong", ["type", "typo"])
def test_a_wrong_type_and_a_wrong_name_of_every_key_are_told_in_their_line(folder: Path, wrong: str) -> None:
    untold, count = [], 0
    for number, line in enumerate(LINES, start=1):
        pair = PAIR.match(line)
        if not pair or pair["key"] in ANY_NAME or pair["value"] == "[":
            continue
        value = pair["value"] if wrong == "typo" else "7.5" if "schema" not in pair["key"] else ""
        key = f"{pair['key']}x" if wrong == "typo" else pair["key"]
        changed = "\n".join([*LINES[: number - 1], f"{key} = {value}", *LINES[number:]])
        count += 1
        if number not in [found for found, _ in told(folder, changed)]:
            untold.append(line)
    assert untold == [] and count > 60


def test_every_required_key_that_is_missing_is_told_by_its_name(folder: Path) -> None:
    required = schema.schema()["$defs"]["agency"]["required"]
    for key in required:
        [line, *_] = [number for number, text in enumerate(LINES) if text.startswith(f"{key} = ")][-1:]
        found = told(folder, "\n".join([*LINES[:line], *LINES[line + 1 :]]))
        assert [message for _, message in found if message.startswith(f"{key}: còn thiếu; hãy viết {key} = ")], key


MISTAKES = {  # what is in the example, what is typed instead, and what is told in the line of the change
    "no scheme": (
        'address = "https://binhson.gov.vn"',
        'address = "binhson.gov.vn"',
        'hãy viết "https://binhson.gov.vn"',
    ),
    "scheme": ('address = "https://binhson.gov.vn"', 'address = "ftp://binhson.gov.vn"', "phải là https://"),
    "blank": ('address = "https://binhson.gov.vn"', 'address = "https://binh son.vn"', "phải là https://"),
    "query": ('address = "https://binhson.gov.vn"', 'address = "https://binhson.vn/?a=1"', "phải là https://"),
    "language": ('languages = ["vi", "en"]', 'languages = ["vn", "en"]', "mục 1 của languages: đây không phải mã"),
    "languages as text": ('languages = ["vi", "en"]', 'languages = "vi"', "phải là danh sách"),
    "no language": ('languages = ["vi", "en"]', "languages = []", "danh sách còn trống"),
    "twice": ('languages = ["vi", "en"]', 'languages = ["vi", "en", "vi"]', "có hai lần"),
    "time zone": ('"Asia/Ho_Chi_Minh"', '"Asia/Hanoi"', "không có múi giờ này"),
    "host": ('["binhson.laocai.gov.vn"]', '["https://binhson.laocai.gov.vn/"]', 'hãy viết "binhson.laocai.gov.vn"'),
    "contact": ('"mailto:attt@binhson.gov.vn"', '"attt@binhson.gov.vn"', 'hãy viết "mailto:attt@binhson.gov.vn"'),
    "empty name": ('name = "Bình Sơn"', 'name = ""', "name: còn trống"),
    "blank name": ('name = "Bình Sơn"', 'name = "  "', "name: còn trống"),
    "phone": ('phone = "0214 3 840 034"', 'phone = "hỏi Văn phòng"', "không phải số điện thoại"),
    "two phones": ('phone = "0214 3 840 034"', 'phone = "02143840034 - 02143840035"', "không phải số điện thoại"),
    "phone as number": ('phone = "0214 3 840 034"', "phone = 2143840034", "phải là chữ đặt trong dấu nháy"),
    "email": ('email = "banbientap@binhson.gov.vn"', 'email = "banbientap"', "không phải địa chỉ thư"),
    "link without /": ('link = "/lien-he/"', 'link = "lien-he"', 'hãy viết "/lien-he/"'),
    "link without scheme": (
        'link = "https://dichvucong.gov.vn/"',
        'link = "dichvucong.gov.vn"',
        'viết "https://dichvucong',
    ),
    "a pair as a list": ('{ name = "Liên hệ", link = "/lien-he/" }', '["Liên hệ", "/lien-he/"]', "phải là bảng"),
    "no link": ('{ name = "Liên hệ", link = "/lien-he/" }', '{ name = "Liên hệ" }', "link: còn thiếu"),
    "slug": ('slug = "tin-tuc"', 'slug = "Tin Tức"', 'hãy viết "tin-tuc"'),
    "same slug": ('slug = "van-ban"', 'slug = "tin-tuc"', "chuyên mục thứ 1 đã có địa chỉ này"),
    "name alone": ('vi = { name = "Văn bản" }', 'vi = "Văn bản"', "phải là bảng gồm các khóa"),
    "same name": ('vi = { name = "Văn bản" }', 'vi = { name = "Tin tức" }', "chuyên mục thứ 1 đã có tên này"),
    "other language": ('en = { name = "News" }', 'lo = { name = "ຂ່າວ" }', 'hãy thêm "lo" vào languages'),
    "flag as text": ("documents = true", 'documents = "true"', "phải là true (có) hoặc false"),
    "capital flag": ("documents = true", "documents = True", "bằng chữ thường"),
    "zero": ("articles_per_page = 10", "articles_per_page = 0", "phải từ 1 trở lên"),
    "too many": ("articles_per_page = 10", "articles_per_page = 5000", "nhiều nhất là 100"),
    "no such file": ('file = "ban-do.geojson"', 'file = "bando.geojson"', "không có tệp này"),
    "date": ("date = 2026-01-01", 'date = "01/01/2026"', "không phải ngày tháng"),
    "choice": ('log_addresses = "network"', 'log_addresses = "none"', 'hãy viết một trong "network", "whole"'),
    "days as text": ("log_days = 7", 'log_days = "7"', "phải là số nguyên"),
    "feature": ('off = ["rating"]', 'off = ["ratings"]', "có phải bạn muốn ghi rating?"),
    "encoding": ('precompressed = ["gz", "br"]', 'precompressed = ["zip"]', 'một trong "gz", "br"'),
    "address": ('article = "tin/{slug}/"', 'articel = "tin/{slug}/"', "có phải bạn muốn ghi article?"),
    "small setting": ("STATIC_PATHS = []", "static_paths = []", "hãy viết STATIC_PATHS"),
    "no quotes": ('name = "Bình Sơn"', "name = Bình Sơn", "dấu nháy kép thẳng"),
    "curly quotes": ('name = "Bình Sơn"', "name = “Bình Sơn”", "hãy dùng dấu nháy kép thẳng"),
    "open quote": ('name = "Bình Sơn"', 'name = "Bình Sơn', "thiếu một dấu nháy"),
    "colon": ('name = "Bình Sơn"', 'name: "Bình Sơn"', "sau khóa là dấu ="),
    "nothing": ('name = "Bình Sơn"', "name =", "sau dấu = chưa có gì"),
    "marks in a key": ('name = "Bình Sơn"', 'tên = "Bình Sơn"', "khóa chỉ gồm chữ a đến z"),
    "words": ('name = "Bình Sơn"', "Bình Sơn", "dòng này không phải thiết lập"),
    "comma": ('{ name = "Liên hệ", link = "/lien-he/" }', '{ name = "Liên hệ" link = "/lien-he/" }', "thiếu dấu phẩy"),
    "head": ("[agency.vi]", "[agency.vi", "tên của bảng kết thúc bằng ]"),
    "head twice": ("[agency.en]", "[agency.vi]", "có hai lần trong tệp"),
    "guillemets": ('name = "Bình Sơn"', "name = «Bình Sơn»", "hãy dùng dấu nháy kép thẳng"),
    "comma decimal": ("articles_per_page = 10", "articles_per_page = 10,5", "số chỉ gồm chữ số"),
    "unit": ("memory = 1024", "memory = 1024 MB", "số chỉ gồm chữ số"),
    "day first": ("date = 2026-01-01", "date = 01/01/2026", "ngày viết năm, tháng rồi ngày"),
    "no such day": ("date = 2026-01-01", "date = 2026-02-30", "và phải có thật"),
    "JSON": ('name = "Bình Sơn"', '"name": "Bình Sơn",', "sau khóa là dấu ="),
    "comma at the end": ('name = "Bình Sơn"', 'name = "Bình Sơn",', "sau giá trị không viết gì nữa"),
    "remark as in C": ('name = "Bình Sơn"', 'name = "Bình Sơn" // xã', "sau giá trị không viết gì nữa"),
    "two equals signs": ('name = "Bình Sơn"', 'name == "Bình Sơn"', "chỉ có một dấu ="),
    "colour as remark": ('accent = "#8c1d18"', "accent = #8c1d18", "dấu # mở lời ghi chú"),
    "colour by name": ('accent = "#8c1d18"', 'accent = "màu đỏ"', "không phải mã màu"),
    "list without brackets": ('languages = ["vi", "en"]', 'languages = "vi", "en"', "danh sách đặt trong ngoặc vuông"),
    "semicolons": ('languages = ["vi", "en"]', 'languages = ["vi"; "en"]', "các mục cách nhau bằng dấu phẩy"),
    "capital language": ('languages = ["vi", "en"]', 'languages = ["VI", "en"]', 'chẳng hạn "vi"'),
    "two brackets": ("[pdf]", "[[pdf]]", "hãy viết [pdf]"),
    "page as file": ('{ page = "gioi-thieu" }', '{ page = "gioi-thieu.md" }', 'hãy viết "gioi-thieu"'),
    "plugin": ('off = ["rating"]', 'off = ["plugins.rating"]', "có phải bạn muốn ghi rating?"),
    "page as address": (
        'address = "https://binhson.gov.vn"',
        'address = "https://binhson.gov.vn/xa/index.html"',
        'hãy viết "https://binhson.gov.vn/xa"',
    ),
    "port": ('address = "https://binhson.gov.vn"', 'address = "https://binhson.gov.vn:99999"', "phải là https://"),
    "no emblem": ('emblem = "images/bieu-trung.png"', 'emblem = "bieu-trung.png"', 'ghi "images/bieu-trung.png"?'),
    "emblem elsewhere": (
        'emblem = "images/bieu-trung.png"',
        "emblem = 'C:\\Users\\An\\bieu-trung.png'",
        'rồi viết "images/bieu-trung.png"',
    ),
    "emblem of Windows": (
        'emblem = "images/bieu-trung.png"',
        "emblem = 'images\\bieu-trung.png'",
        'ghi "images/bieu-trung.png"?',
    ),
    "block of the front page": ('front_page = ["lead"', 'front_page = ["Tin tức"', "có phải bạn muốn ghi tin-tuc?"),
    "word without quotes": ('"Tìm kiếm" = "Tra cứu"', 'Tìm kiếm = "Tra cứu"', "đặt cả cụm trong dấu nháy kép"),
    "setting of Pelican": ("STATIC_PATHS = []", "STATIC_PATH = []", "có phải bạn muốn ghi STATIC_PATHS?"),
    "engine": ('engine = "espeak"', 'engine = "google"', 'hãy viết một trong "espeak", "piper"'),
    "speed": ("speed = 140", 'speed = "nhanh"', "phải là số nguyên"),
    "region": ('languages = ["vi", "en"]', 'languages = ["vi-VN", "en"]', 'hãy viết "vi", như ở [agency.vi]'),
    "own value in a list": ('off = ["rating"]', 'off = "share"', 'hãy viết off = ["share"]'),
    "all of a list": ('off = ["rating"]', 'off = "*"', 'hãy viết off = ["rating", "visit_counter"]'),
    "own value as a number": ("log_days = 7", 'log_days = "30"', "hãy viết log_days = 30"),
    "own value as a text": ('phone = "0214 3 840 034"', "phone = 1900", 'hãy viết phone = "1900"'),
    "own value as a flag": ("documents = true", 'documents = "không"', "hãy viết documents = false"),
    "own value as a name": ('vi = { name = "Văn bản" }', 'vi = "Văn bản"', 'hãy viết vi = { name = "Văn bản" }'),
    "texts of no language": ("[agency.vi]", "[agency]", "hãy viết [agency.vi] thay cho [agency]"),
    "words of no language": ("[words.vi]", "[words]", "hãy viết [words.vi] thay cho [words]"),
    "name of no language": (
        'vi = { name = "Văn bản" }',
        'name = "Văn bản"',
        'hãy viết vi = { name = "Văn bản" }',
    ),
    "key of others": ("entries = [", "children = [", "ở đây chỉ có section, page, link, entries và mã ngôn ngữ"),
    "number under a language": ('section = "tin-tuc"', "weight = 10", "ở đây chỉ có section"),
    "leads nowhere": (f'{MENU}\nsection = "tin-tuc"', f'{MENU}\nvi = "Tin"', 'chẳng hạn { section = "tin-tuc" }'),
    "leads to two": (MENU, f'{MENU}\npage = "lien-he"', "hãy giữ một"),
    "scheme of e-mail": ('email = "banbientap@', 'email = "mailto:banbientap@', '"banbientap@binhson.gov.vn"'),
    "capitals": ('"https://binhson.gov.vn"', '"HTTPS://BinhSon.GOV.vn"', 'chẳng hạn "https://binhson.gov.vn"'),
    "letters with marks": ('"https://binhson.gov.vn"', '"https://bìnhsơn.vn"', '"https://xn--bnhsn-tsa48j.vn"'),
    "half a scheme": ('"https://binhson.gov.vn"', '"https:/binhson.vn"', '"https://binhson.vn"'),
    "colour of CSS": ('accent = "#8c1d18"', 'accent = "rgb(140, 29, 24)"', 'hãy viết "#8c1d18"'),
    "script by its name": ('scripts = ["lo"]', 'scripts = ["Lào"]', "không phải mã ngôn ngữ hay tệp phông chữ"),
    "target": ('"portal@may-chu.example:/srv/www/portal"', '"ftp://may-chu.example/www"', "s3://kho/thư-mục"),
    "key of this file": ("STATIC_PATHS = []", 'SITEURL = "https://x.vn"', "tệp này có khóa address"),
    "list of this file": ("STATIC_PATHS = []", "DEFAULT_PAGINATION = 5", "tệp này có khóa lists.articles_per_page"),
    "quotes in a text": ('owner = "Ủy ban nhân dân xã Bình Sơn"', 'owner = "Ủy ban "xã""', "viết “ và ”"),
    "braces over lines": ('{ name = "Liên hệ", link', '{ name = "Liên hệ",\n link', "phải nằm trên một dòng"),
    "comma before a brace": ('link = "/lien-he/" }', 'link = "/lien-he/", }', "không có dấu phẩy"),
    "value and table": ("[agency.vi]", "[languages.vi]", "dòng 2 đã gán giá trị cho tên này"),
    "section by its address": ('section = "tin-tuc"', 'section = "chuyen-muc/tin-tuc"', 'hãy viết "tin-tuc"'),
    "e-mail as a link": ('link = "/lien-he/"', 'link = "a@binhson.gov.vn"', 'hãy viết "mailto:a@binhson.gov.vn"'),
    "list of one": ('email = "banbientap@binhson.gov.vn"', 'email = ["a@b.vn"]', 'hãy viết email = "a@b.vn"'),
    "repository": ('"portal@may-chu.example:/srv/www/portal"', '"git@github.com:xa/trang.git"', "s3://kho/thư-mục"),
    "folder": ('emblem = "images/bieu-trung.png"', 'emblem = "images"', "không có tệp này"),
    "path from the top": ('emblem = "images/', 'emblem = "/images/', 'có phải bạn muốn ghi "images/bieu-trung.png"?'),
    "list of Pelican": ("STATIC_PATHS = []", 'STATIC_PATHS = "tep"', 'hãy viết STATIC_PATHS = ["tep"]'),
    "long name": ('name = "Bình Sơn"', f'name = "{"Bình Sơn " * 12}"', "dài 107 chữ cái, nhiều nhất là 100"),
    "path of Windows": (
        'cover = "images/podcast.png"',
        r'cover = "images\podcast.png"',
        r"hãy viết / hoặc \\ thay cho \ ",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_in_its_line_with_what_to_write(folder: Path, name: str) -> None:
    before, after, expected = MISTAKES[name]
    assert before in EXAMPLE, "the guide's example has changed"
    line = EXAMPLE[: EXAMPLE.index(before)].count("\n") + 1
    found = told(folder, EXAMPLE.replace(before, after, 1))
    assert [message for number, message in found if number == line and expected.strip() in message], found


def test_two_forms_of_one_list_are_told(folder: Path) -> None:
    found = told(folder, EXAMPLE.replace("[[menu]]", "[[menu.main]]", 1))
    assert ["trong tệp còn có [[menu.main]]" in message for _, message in found] == [True]


def test_every_format_explains_what_it_refuses() -> None:
    for name, check in formats.FORMATS.items():
        assert check("" if name == "text" else "\x00 ?"), name
        for example in _examples(schema.schema(), name):
            assert check(example) == "", (name, example)


@pytest.mark.parametrize("written", ["máy lẻ 12", "(số máy lẻ 101)", ", nhánh 5", "– Số lẻ: 7", "ext. 12"])
def test_a_telephone_number_may_have_an_extension_but_no_second_number(written: str) -> None:
    assert formats.phone(f"0205 3812 345 {written}") == ""
    assert formats.phone(f"12 {written}")
    assert formats.phone(f"0205 3812 345 hoặc {written}")


def _examples(part: Any, name: str) -> list[str]:
    if not isinstance(part, dict):
        return []
    own = [each for each in part.get("examples", ()) if part.get("format") == name]
    return own + [each for below in part.values() for each in _examples(below, name)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ('name = "Bình"'.encode("utf-16"), "bảng mã UTF-8"),
        ('a = 1\nname = "Bình"'.encode("latin-1"), "bảng mã UTF-8"),
        (b"a = " + b"[" * 5000, "TOML"),
        (b"", "address: "),
        (b"\xef\xbb\xbf[agency", "tên của bảng"),
    ],
)
def test_a_file_that_is_none_is_told(folder: Path, data: bytes, expected: str) -> None:
    assert [message for _, message in told(folder, data) if expected in message]


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(folder: Path) -> None:
    (folder / "portal.toml").write_bytes(b"\xef\xbb\xbf" + EXAMPLE.replace("\n", "\r\n").encode())
    file = reading.read(folder)
    assert file and owner_settings.problems(file, pelicanconf.PLUGINS) == []


KEYS = st.sampled_from(["a", "b-1", "vi", '"c.d"', "'é'", "x.y", "x.z"])
SCALARS = st.sampled_from(
    ["1", "-2.5", '"a # ]"', "'[x]'", "true", "1979-05-27 07:32:00", '"""\nb\n"q"\n"""', "'''\n'''"]
)
VALUES = st.recursive(
    SCALARS,
    lambda below: (
        st.lists(below, max_size=3).map(lambda items: "[\n" + ",\n # r]\n".join(items) + "\n]")
        | st.lists(st.tuples(st.sampled_from("pqr"), SCALARS.filter(lambda text: "\n" not in text)), max_size=2).map(
            lambda pairs: "{ " + ", ".join(f"{key} = {value}" for key, value in pairs) + " }"
        )
    ),
    max_leaves=5,
)
PARTS = st.tuples(st.sampled_from(["{key} = {value}", "[{key}]", "[[{key}]]", "# {key}", ""]), KEYS, VALUES)


@given(st.lists(PARTS, max_size=8))
@settings(max_examples=150, deadline=None)
def test_every_key_and_item_of_any_file_has_its_line(parts: list[tuple[str, str, str]]) -> None:
    text = "\n".join(form.format(key=key, value=value) for form, key, value in parts)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    lines = positions.lines_of(text)

    def paths(value: object, path: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        return [each for key, below in items for each in ((*path, key), *paths(below, (*path, key)))]

    assert set(lines) == set(paths(tables, ()))
    for path, line in lines.items():
        if isinstance(path[-1], str):
            assert str(path[-1]) in text.split("\n")[line - 1]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(["vi", "name", "slug", "x"]), below),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*schema.schema()["properties"], "x"]), JSON))
@settings(max_examples=150, deadline=None)
def test_whatever_the_tables_hold_is_checked_without_failing(tables: dict[str, Any]) -> None:
    file = reading.OwnerFile(Path("portal.toml"), "", tables)
    assert owner_settings.problems(file, pelicanconf.PLUGINS)  # all of it lacks something
