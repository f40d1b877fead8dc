"""Scripts beside Latin: shown with the typefaces that the owner asks for, told where there is none."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from plugins.pdf.faces import find_faces
from plugins.pdf.notices import find_line
from tests import editors, portals
from tests.pdf import drawn, verapdf

SENTENCES = {
    "lo": "ສະບາຍດີ ຂອບໃຈ",
    "th": "สวัสดีครับ ขอบคุณ",
    "km": "សួស្តី អរគុណ",
    "zh": "中文汉字",
}
INSTALLED = [language for language in SENTENCES if find_faces([language])[0]]
BODY = "Mở đầu.\n\n## Chào nhau\n\n" + "\n\n".join(
    f"Tiếng `{language}` nói **{text}** ở *{text}* nhé." for language, text in SENTENCES.items()
)
PATIENT = f"PDF_EXPORT_SECONDS = {portals.PATIENCE}\n"  # of a busy machine


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content folder."""
    folder = tmp_path_factory.mktemp("faces")
    portals.write_article(folder, "chao.md", f"{BODY}\n\nXong 😀🎉.", title="Lời chào")
    return folder


def test_the_owner_names_scripts_by_a_language(folder: Path, tmp_path: Path) -> None:
    assert {"lo", "th", "km"} <= set(INSTALLED), "the tests need fonts-noto-core"
    settings = f"{PATIENT}PDF_SCRIPTS = {[*INSTALLED, 'xx', 'my-MM']}"
    result = portals.build(tmp_path / "output", folder, pdf=True, settings=settings, env=editors.ENGLISH)
    path = tmp_path / "output/bai-viet/loi-chao/loi-chao.pdf"
    path = path if path.exists() else next(tmp_path.glob("output/bai-viet/*/*.pdf"))
    text = drawn.letters("".join(sheet.text for sheet in drawn.sheets(path)))
    for language in INSTALLED:
        assert drawn.letters(SENTENCES[language]) <= text, language
    assert verapdf.failures([path]) == {}
    told = result.stderr.splitlines()
    assert 'pelicanconf.py: warning: PDF_SCRIPTS: "xx" is neither the code of a language nor a font file; ' in told[-1]
    assert any("in place of 😀🎉, which its typefaces lack" in line for line in told)
    assert not any(f'add "{language}"' in line for language in INSTALLED for line in told)


def test_without_a_typeface_each_script_is_told_once_with_its_line(folder: Path, tmp_path: Path) -> None:
    result = portals.build(tmp_path / "output", folder, pdf=True, settings=PATIENT)
    lines = BODY.split("\n")
    for language, text in SENTENCES.items():
        (told,) = [line for line in result.stderr.splitlines() if f'thêm "{language}" vào scripts' in line]
        line = next(number for number, line in enumerate(lines, 7) if text in line)
        assert f"chao.md:{line}: cảnh báo: PDF in □ thay cho chữ (Chữ " in told and text.split()[0] in told


def test_a_passage_is_found_among_marks() -> None:
    markdown = "---\ntitle: Ngân sách năm\n---\n\nMột *hai*.\n\nBảng: **Ngân sách** [mười](../x.md) năm\n"
    assert find_line(markdown, "Ngân sách mười năm") == 7
    assert find_line(markdown, "Ngân sách nào") == 2, "only its first words are there"
    assert find_line(markdown, "chín") == 0
    assert find_line(unicodedata.normalize("NFC", "a\n\nĐèo\n"), "Đèo") == 3
