"""Every PDF of the portal is valid, and has the article's structure, text and data."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pikepdf
import pypdf
import pytest

from plugins.pdf.headline import COLUMN, balanced_width, count_lines, length
from plugins.pdf.print_html import strip_editorial_notes
from tests import editors, portals
from tests.pdf import structure, torture, verapdf

SNAPSHOT = Path(__file__).with_name("torture.tree.txt")
PATIENT = f"PDF_EXPORT_SECONDS = {portals.PATIENCE}"  # of a busy machine


@pytest.fixture(scope="module")
def torture_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portal of the torture article."""
    folder = tmp_path_factory.mktemp("hard")
    result = portals.build(folder / "output", torture.content(folder / "content"), pdf=True, settings=PATIENT)
    assert (result.returncode, result.stderr) == (0, "")
    return folder / "output"


@pytest.fixture(scope="module")
def article(torture_site: Path) -> Path:
    return torture_site / "bai-viet/bai-kho/bai-kho.pdf"


def test_each_pdf_passes_verapdf_as_pdf_ua_1_and_as_pdf_a_3a(site: Path, torture_site: Path) -> None:
    files = [
        path
        for output in (site, torture_site)
        for path in sorted(output.rglob("*.pdf"))
        if "documents" not in path.parts
    ]
    assert len(files) > 40
    assert verapdf.failures(files) == {}


def test_an_abbreviation_is_explained_on_paper_too(site: Path) -> None:
    text = pypdf.PdfReader(next(site.glob("bai-viet/kiem-tra-nhiem-vu-*/*.pdf"))).pages[0].extract_text()
    assert text.count("UBND (Ủy ban nhân dân)") == 1 < text.count("UBND")


def test_a_single_correction_has_a_place_of_its_own_on_paper(site: Path) -> None:
    text = pypdf.PdfReader(next(site.glob("bai-viet/ho-tro-lai-suat-*/*.pdf"))).pages[0].extract_text()
    lines = [line.strip() for line in text.splitlines()]
    assert "Đính chính" in lines  # alone, as the heading of a list


def test_the_lines_of_a_headline_are_about_equally_long(site: Path) -> None:
    text = pypdf.PdfReader(next(site.glob("bai-viet/duong-len-deo-may-*/*.pdf"))).pages[0].extract_text()
    lines = text[text.index("Đường lên") : text.index("Ngày đăng")].split("\n")
    assert " ".join(" ".join(lines).split()) == "Đường lên đèo Mây thông xe sau mười ngày sạt lở"
    assert [len(line) > 18 for line in lines if line.strip()] == [True, True]


@pytest.mark.parametrize("headline", ["", "Một dòng", "Ẩm" * 60, "Quyết định ban hành Quy chế phối hợp " * 6])
def test_a_balanced_headline_needs_no_morecount_lines(headline: str) -> None:
    width, words = balanced_width(headline), [length(word) for word in headline.split()]
    assert 0 < width <= COLUMN
    if words and max(words) <= COLUMN:
        assert count_lines(words, width) == count_lines(words, COLUMN)


def test_no_sheet_is_needed_for_twocount_lines(site: Path) -> None:
    """Two lines of this article would stand on a fourth sheet, if it were not set a little tighter."""
    pages = pypdf.PdfReader(next(site.glob("bai-viet/duong-len-deo-may-*/*.pdf"))).pages
    assert len(pages) == 3 and "Đây là tin mẫu" in pages[-1].extract_text()


def test_verapdf_finds_faults(article: Path, tmp_path: Path) -> None:
    with pikepdf.open(article) as pdf:
        del pdf.Root.MarkInfo
        pdf.save(tmp_path / "bad.pdf")
    assert any("PDFUA-1" in text for text in verapdf.failures([tmp_path / "bad.pdf"])["bad.pdf"])


def test_every_article_and_page_offers_its_pdf_and_says_how_large_it_is(site: Path) -> None:
    offered = set()
    for address, page in editors.read_pages(site).items():
        links = page.find_all("a", string=re.compile("^(Xuất PDF|Export PDF)")) or page.select(
            ".acts a[type='application/pdf']"
        )
        if page.select(".acts"):
            (link,) = links
            file = site / link["href"].lstrip("/")
            assert file.parent == (site / address).parent and file.stem == file.parent.name
            label = re.fullmatch(
                r"(?:Xuất|Export) PDF \(PDF, (\d+) KB\)", " ".join(link.select_one(".lb").get_text().split())
            )
            assert label and abs(int(label[1]) * 1000 - file.stat().st_size) <= 500
            offered.add(file)
        else:
            assert not links
    assert offered == {path for path in site.rglob("*.pdf") if "documents" not in path.parts}


def test_each_pdf_has_the_data_of_its_article(site: Path) -> None:
    for path in sorted(site.rglob("*.pdf")):
        if "documents" in path.parts:
            continue
        page = editors.read_page(path.with_name("index.html"))
        with pikepdf.open(path) as pdf:
            assert str(pdf.docinfo.Title) == page.h1.get_text()
            assert str(pdf.Root.Lang) == page.html["lang"]
            assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle) and bool(pdf.Root.MarkInfo.Marked)
            with pdf.open_metadata() as xmp:
                assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("3", "A", "1")
                assert xmp["dc:title"] == page.h1.get_text() and xmp["dc:description"]
            with pdf.open_outline() as outline:
                assert outline.root[0].title == page.h1.get_text()
            (source,) = pdf.attachments.values()
            assert source.filename == f"{path.stem}.md"
            text = source.get_file().read_bytes()
            assert text and b"{{" not in text


def test_data_of_one_article(article: Path) -> None:
    with pikepdf.open(article) as pdf:
        assert str(pdf.docinfo.Author) == "Ban Biên tập"
        assert str(pdf.docinfo.Subject) == "Sapo có “ngoặc” & dấu."
        assert str(pdf.docinfo.Keywords) == "thử, khó"
        assert str(pdf.docinfo.CreationDate).startswith("D:20260102")
        (source,) = pdf.attachments.values()
        assert source.get_file().read_bytes().decode().endswith("[^hai]: Chú thích thứ hai.\n\n")
        with pdf.open_outline() as outline:
            (first,) = outline.root
            assert [item.title for item in first.children] == [
                "Chữ có dấu chồng",
                "Danh sách lồng nhau",
                "Bảng dài",
                "Ảnh",
                "Liên kết",
                "Liên kết trong bài",
            ]


def test_the_structure_is_the_outline_of_the_article_also_over_pages(article: Path) -> None:
    lines = structure.tree(article)
    if os.environ.get("SNAPSHOT"):
        SNAPSHOT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == SNAPSHOT.read_text(encoding="utf-8").splitlines()
    kinds = Counter(line.split()[0] for line in lines)
    with pikepdf.open(article) as pdf:
        assert len(pdf.pages) > 10
    assert (kinds["Table"], kinds["THead"], kinds["TBody"], kinds["BlockQuote"]) == (1, 1, 1, 1)
    assert kinds["TR"] == torture.ROWS + 2
    assert (kinds["Figure"], kinds["Caption"]) == (torture.FIGURES, torture.FIGURES + 1)
    # lists with bullets, two in each of its items; with numbers; terms; notes; links
    assert kinds["L"] == 1 + 18 * 2 + 1 + 1 + 1 + 1
    assert not {"NonStruct", "Figure"} & {line.split()[0] for line in lines if "Figure" in line and "Alt=" not in line}


def test_nothing_is_untagged_and_everything_has_its_place(article: Path) -> None:
    """Each piece of content is in exactly one element, or is an artifact; each page's list of parents agrees."""
    with pikepdf.open(article) as pdf:
        parents = dict(zip(*[iter(pdf.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))
        listed = set()
        for page in pdf.pages:
            marks = [
                (op.operands, str(op.operator))
                for op in pikepdf.parse_content_stream(page)
                if str(op.operator) in ("BDC", "BMC")
            ]
            mcids = [int(operands[1].MCID) for operands, name in marks if name == "BDC" and "/MCID" in operands[1]]
            owners = parents[int(page.StructParents)]
            assert len(mcids) == len(set(mcids))
            assert all(owners[mcid].S is not None for mcid in mcids)
            kinds = Counter(str(operands[1].get("/Type")) for operands, name in marks if name == "BDC")
            assert kinds["/Pagination"] >= 2  # at least the footer
            listed |= {(page.index, mcid) for mcid in mcids}
        assert sum(1 for _ in _contents(pdf.Root.StructTreeRoot.K, pdf)) == len(listed)


def _contents(kids: object, pdf: pikepdf.Pdf):
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _contents(kid.get("/K", pikepdf.Array()), pdf)
        elif not isinstance(kid, pikepdf.Dictionary) or "/MCID" in kid:
            yield kid


def test_table_cells_know_their_heads_on_every_page(article: Path) -> None:
    with pikepdf.open(article) as pdf:
        ids, cells = set(), []
        for element in pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/TH" and "/ID" in element:
                ids.add(bytes(element.ID))
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/TD":
                cells.append([bytes(head) for head in element.A.get("/Headers", [])])
        assert len(cells) == torture.ROWS * 3
        assert all(len(heads) >= 2 and set(heads) <= ids for heads in cells)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_copied_text_is_the_text_of_the_article_in_order_in_nfc(site: Path, article: Path) -> None:
    running = re.compile(
        r"^(Cổng thông tin điện tử tỉnh Vân Sơn|Web portal of the province of Vân Sơn).*\n?"
        r"|^https://\S+\n?|(Trang|Page) \d+/\d+\n?",
        re.M,
    )
    checked = 0
    for path in [article, *sorted(site.glob("bai-viet/*/*.pdf"))[:12], *sorted(site.glob("en/bai-viet/*/*.pdf"))[:2]]:
        page = editors.read_page(path.with_name("index.html"))
        body = page.select_one(".body")
        for head in body.select("thead"):
            head.decompose()  # repeated on every page of its table
        captions = [words(figure.extract().get_text(" ")) for figure in body.select("figure")]
        copied = "\n".join(running.sub("", pdf_page.extract_text()) for pdf_page in pypdf.PdfReader(path).pages)
        assert unicodedata.is_normalized("NFC", copied), path
        expected, copied_words = words(f"{page.h1.get_text()} {body.get_text(' ')}"), words(copied)
        place = 0
        for word in expected:
            try:
                place = copied_words.index(word, place) + 1
            except ValueError:
                pytest.fail(f"{path.name}: {word} is missing after {copied_words[place - 8 : place]}")
        for caption in captions:  # text may fill the page before a figure
            starts = [start for start, word in enumerate(copied_words) if caption[:1] == [word]]
            assert not caption or any(copied_words[start : start + len(caption)] == caption for start in starts), path
        checked += len(expected)
    assert checked > 5000


def test_no_editors_note_is_in_a_pdf(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    review = '\n  - "hỏi lại ông A về con số"\n  - "ảnh chưa có phép"'
    editors.write_article(
        content,
        "co-ghi-chu.md",
        "Chữ.\n\n<!-- MẬT: đừng đăng số điện thoại -->\n\nHết.",
        review=review,
        converted_from="cu/123.docx",
    )
    assert portals.build(tmp_path / "output", content, pdf=True).returncode == 0
    with pikepdf.open(tmp_path / "output/bai-viet/co-ghi-chu/co-ghi-chu.pdf") as pdf:
        (source,) = pdf.attachments.values()
        text = source.get_file().read_bytes().decode()
    assert "Chữ." in text and "title: Bài viết co-ghi-chu" in text
    assert not re.search("MẬT|hỏi lại|ảnh chưa|123|review|converted", text)


@pytest.mark.parametrize(
    "header",
    [
        "---\n{}---\n\n",
        "--- \n{}--- \n\n",
        "\n---\t\n{}---\u00a0\n",
        "---\n{}...\n",
        "{}\n",  # Pelican's own
    ],
)
def test_notes_are_taken_out_of_every_header_that_is_read(header: str) -> None:
    values = "title: Một bài\ndate: 2026-01-02\ncategory: Xã hội\n"
    notes = "Review: hỏi lại ông A\nCần xem lại =\n  - hỏi bà B\nTRẠNG THÁI：đăng\n"
    text = header.format(values + notes) + "Chữ.<!-- MẬT -->\n"
    printed = strip_editorial_notes(text, ("review", "cần xem lại", "status", "trạng thái"))
    assert printed == text.replace(notes, "").replace("<!-- MẬT -->", "")


def test_the_closing_block_is_never_alone_on_a_page(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    lines = (
        "Dòng {} của một bài dài, nói về nhiều việc khác nhau ở các xã vùng cao của tỉnh Vân Sơn "
        "trong năm nay và năm sau."
    )
    for count in range(22, 34):  # on to the third page
        editors.write_article(content, f"dai-{count}.md", "\n\n".join(map(lines.format, range(count))))
    assert portals.build(tmp_path / "output", content, pdf=True).returncode == 0
    pages = {}
    for path in (tmp_path / "output/bai-viet").glob("dai-*/*.pdf"):
        *_, last = pages[path.stem] = pypdf.PdfReader(path).pages
        assert "Trên mạng" in last.extract_text() and "Dòng" in last.extract_text(), path
    assert {len(numbers) for numbers in pages.values()} == {2, 3}
