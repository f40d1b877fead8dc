"""Documents as LibreOffice really writes them, where it is installed: each kind is read as the others are."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from plugins.convert import old_word_file
from tests.convert.test_documents import REPORT, convert
from tests.convert.test_word_files import TEXTS, plain

PROGRAM = next(filter(None, map(shutil.which, old_word_file.PROGRAMS)), "")


@pytest.mark.skipif(not PROGRAM, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt", "html", "docx"])
def test_a_report_is_read_alike_from_every_kind_of_document(kind: str, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "a.docx").write_bytes(REPORT)
    command = [PROGRAM, f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", "made", "a.docx"],
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path)},
        check=True,
        capture_output=True,
    )
    row, text = convert((tmp_path / "made" / f"a.{kind}").read_bytes(), f"a.{kind}", tmp_path)
    assert (row["title"], row["date"]) == ("Báo cáo Kết quả nghiệm thu kè suối", "2020-11-20")
    assert "SỞ NÔNG NGHIỆP" in row["source_name"] and "123/BC-SNN" in text
    assert all(each in plain(text) for each in TEXTS)
