"""Every command on a poor machine: another console, a Vietnamese user name, no fork, no rights, no Pango, no network.

The machine is imitated by another_machine/sitecustomize.py, the console by what Python takes for its encoding. The
project is a copy below a folder with blanks and Vietnamese letters, set up for the level "write".
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

import environment
from environment import stamp
from tests import editors, portals

CONSOLES = ("cp1258", "cp1252", "cp437", "ascii")
MACHINE = Path(__file__).with_name("another_machine")
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".cache", "output", "output.*", "node_modules", "tests", "*.log", "__pycache__"
)
ARTICLE = "bai-viet/cho-ban-lenh-hop-lai"
ENGLISH = re.compile(r"Traceback|UnicodeEncodeError|No idea what|Error:|did not receive|Set-up|Usage")
PAGE = "<html><head><title>Chợ phiên</title></head><body><h1>Chợ phiên Bản Lềnh họp lại</h1>" + (
    "<p>Sáng 20/11/2026, chợ phiên Bản Lềnh họp lại sau ba tháng. Bà con mang rau, gà và vải đến từ sáng sớm.</p>" * 4
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with its demonstration, and with .venv, but without pip."""
    root = tmp_path_factory.mktemp("C") / "Người dùng/Nguyễn Văn Á/cổng tin"
    shutil.copytree(environment.ROOT, root, ignore=LEFT_OUT)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(root / ".venv")], check=True)
    packages = next((root / ".venv").glob("lib/python3.*/site-packages"))
    (packages / "borrowed.pth").write_text(str(Path(pytest.__file__).parents[1]), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for name, path in (("ROOT", root), ("HERE", root / "environment"), ("VENV", root / ".venv")):
            patch.setattr(environment, name, path)
        patch.setattr(environment, "PYTHON", root / ".venv/bin/python")
        stamp.write("write")
    return root


def variables(console: str) -> dict[str, str]:
    """Return the environment of a console of that encoding, on the imitated machine."""
    old = {"PYTHONUTF8": "0", "PYTHONIOENCODING": console, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    return {"PATH": os.environ["PATH"], "HOME": str(MACHINE), "PYTHONPATH": str(MACHINE), **old}


def run(project: Path, console: str, *arguments: str, status: int = 0) -> str:
    """Run a command that ends with a status, and return what it says, which must be UTF-8 and in Vietnamese."""
    command = [sys.executable, str(project / "tasks.py"), *arguments]
    done = subprocess.run(command, cwd=project, env=variables(console), capture_output=True, timeout=portals.PATIENCE)
    said = (done.stdout + done.stderr).decode("utf-8")
    assert done.returncode == status and not ENGLISH.search(said), said
    return said


@pytest.mark.parametrize("console", CONSOLES)
def test_what_an_editor_does(project: Path, console: str) -> None:
    assert "Dựng cổng" in run(project, console)
    assert "Cách dùng" in run(project, console, "build", "--help")
    assert "bản nháp" in run(project, console, "new", "Chợ", "ở", "Bản", "Lềnh", console)
    said = run(project, console, "new", f"Chợ ở Bản Lềnh {console}", status=1)
    assert said.count("\n") == 1 and "đã có rồi" in said
    assert "0 lỗi" in run(project, console, "check")
    given = ("--name", "Bình Sơn", "--owner", "Ủy ban nhân dân xã Bình Sơn", "--sections", "Tin tức; Văn bản")
    assert "Cổng mới ở" in run(project, console, "init", str(project.parent / f"cổng mới {console}"), *given)
    page = editors.write_file(project.parent, f"trang cũ {console}.html", PAGE)
    run(project, console, "convert", str(page), "--into", str(project.parent / f"bài {console}"))


@pytest.mark.parametrize("console", CONSOLES)
def test_what_an_owner_does(project: Path, console: str) -> None:
    output = str(project.parent / f"bản dựng {console}")
    for _ in range(2):
        assert run(project, console, "build", "--output", output).count("Pango,") == 1
    assert (Path(output) / ARTICLE / "index.html").exists() and not list((Path(output) / "bai-viet").rglob("*.pdf"))
    run(project, console, "due", "--output", output)
    assert "bản phát hành" in run(project, console, "rollback", "--output", output, status=1)
    log = editors.write_file(project.parent, f"nhật ký {console}.log", "")
    run(project, console, "stats", str(log), "--output", output)
    run(project, console, "status", "--output", output)
    run(project, console, "publish", str(project.parent / f"nơi đăng {console}"), "--output", output)


@pytest.mark.parametrize("console", CONSOLES)
def test_the_preview_is_built_and_served(project: Path, console: str) -> None:
    command = [sys.executable, str(project / "tasks.py"), "serve", "--output", f"xem thử {console}"]
    with subprocess.Popen(command, cwd=project, env=variables(console), stdout=subprocess.PIPE) as serving:
        assert serving.stdout
        try:
            said = ""
            while not (address := re.search(r"http://[^ ]+", said)):
                line = serving.stdout.readline().decode("utf-8")
                assert line, said
                said += line
            assert "bài viết" in said
            page = urllib.request.urlopen(f"{address[0]}{ARTICLE}/").read().decode("utf-8")
            assert "<h1" in page
        finally:
            serving.send_signal(signal.SIGINT)


@pytest.mark.parametrize("console", CONSOLES)
@pytest.mark.parametrize("line", ["buld", "check --kofig x", "publish", "build --jobs x", "--help không-có"])
def test_what_is_not_understood_is_told_in_one_line(project: Path, console: str, line: str) -> None:
    assert run(project, console, *line.split(), status=2).count("\n") == 1


def test_a_test_needs_what_is_missing_and_says_so(project: Path) -> None:
    assert "thiếu Pango" in run(project, "cp1258", "test", status=1)
