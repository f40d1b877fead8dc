"""What a newcomer gets from `python3 tasks.py`: one set-up, none after that, and one line if it cannot be done."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from invoke import Collection, task

import environment
import tasks
from environment import browser, installing, pip_wheel, stamp, system

posix = pytest.mark.skipif(os.name == "nt", reason="uses symbolic links and shell scripts")
RELEASES = {"debian": 'NAME="Debian GNU/Linux"\nID=debian\n', "ubuntu": "ID=ubuntu\nID_LIKE=debian\n"}


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the set-up in a folder of its own, with a bare .venv (no pip: that takes seconds)."""
    root = tmp_path / "portal"
    ignore = shutil.ignore_patterns("node_modules", "*.log", "__pycache__")
    shutil.copytree(environment.HERE, root / "environment", ignore=ignore)
    shutil.copy(environment.ROOT / "tasks.py", root)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(root / ".venv")], check=True)
    monkeypatch.setattr(environment, "ROOT", root)
    monkeypatch.setattr(environment, "HERE", root / "environment")
    monkeypatch.setattr(environment, "VENV", root / ".venv")
    monkeypatch.setattr(environment, "PYTHON", root / environment.PYTHON.relative_to(environment.PYTHON.parents[2]))
    monkeypatch.setattr(environment, "LOG", root / "environment/setup.log")
    return root


# The stamp


def test_a_stamp_covers_its_level_and_those_below(portal: Path) -> None:
    assert not stamp.is_current("write")
    stamp.write("test")
    assert stamp.is_current("write") and stamp.is_current("publish")
    assert stamp.is_current("test")
    assert not stamp.is_current("audit")


@pytest.mark.parametrize("name", stamp.INPUTS)
def test_a_changed_lock_requires_a_new_set_up(portal: Path, name: str) -> None:
    stamp.write("audit")
    with (portal / "environment" / name).open("a") as file:
        file.write("\n")
    assert not stamp.is_current("write")


def test_a_truncated_stamp_does_not_count(portal: Path) -> None:
    stamp.write("audit")
    stamp.path().write_text(stamp.path().read_text()[:30])
    assert not stamp.is_current("write")


def test_a_moved_folder_is_set_up_anew(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp.write("write")
    monkeypatch.setattr(environment, "ROOT", portal.parent / "elsewhere")
    assert not stamp.is_current("write")
    monkeypatch.setattr(environment, "VENV", (portal / ".venv").rename(portal.parent / ".venv"))
    assert not installing.venv_is_sound()


@posix
def test_a_python_that_is_gone_is_noticed(portal: Path) -> None:
    stamp.write("write")
    for link in (portal / ".venv/bin").glob("python*"):
        link.unlink()
        link.symlink_to(portal / "no-python")
    assert not stamp.is_current("write")
    assert not installing.venv_is_sound()


@posix
def test_npm_packages_of_another_folder_are_left_alone(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = portal / "environment/node_modules"
    link.symlink_to(portal.parent)
    monkeypatch.setattr(environment, "NODE_MODULES", link)
    monkeypatch.setattr(environment, "npm", lambda: ["npm"])
    seen: list[bool] = []
    monkeypatch.setattr(installing, "run", lambda *arguments, **options: seen.append(link.is_symlink()))
    installing.install_npm_packages("test")
    assert seen == [False] and portal.is_dir()


def test_an_interrupted_installation_makes_the_folder_unsound(portal: Path) -> None:
    pip = next((portal / ".venv").glob("lib/python3.*/site-packages"), portal / ".venv/Lib/site-packages") / "pip"
    pip.mkdir()
    (pip / "__init__.py").touch()
    assert installing.venv_is_sound()
    (portal / ".venv" / installing.IN_PROGRESS).touch()
    assert not installing.venv_is_sound()


@posix
def test_a_second_start_runs_nothing_but_the_task(portal: Path, tmp_path: Path) -> None:
    """With every program on PATH failing and no pip in .venv, the task still runs."""
    stamp.write("test")
    # Invoke, from the environment that these tests run in.
    packages = next((portal / ".venv").glob("lib/python3.*/site-packages"))
    (packages / "borrowed.pth").write_text(str(Path(pytest.__file__).parents[1]))
    (portal / "tasks.py").write_text(
        (portal / "tasks.py").read_text("utf-8") + '\n\n@task\ndef hello(c):\n    print("hello from", sys.prefix)\n'
    )
    trap = tmp_path / "trap"
    trap.mkdir()
    for program in ("pip", "npm", "node", "apt-get", "dpkg", "python3"):
        (trap / program).write_text(f"#!/bin/sh\necho {program} >> {tmp_path}/called\nexit 1\n")
        (trap / program).chmod(0o755)
    before = sorted(portal.rglob("*.log"))
    result = subprocess.run(
        [sys.executable, str(portal / "tasks.py"), "hello"],
        env={"PATH": str(trap), "HOME": str(tmp_path)}, capture_output=True, text=True,
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"hello from {portal / '.venv'}\n"
    assert not (tmp_path / "called").exists()
    assert sorted(portal.rglob("*.log")) == before


# Which level a command needs

NEEDS = {"build": "publish", "test": "test", "audit": "audit"}


@pytest.mark.parametrize(
    ("arguments", "level"),
    [("", "write"), ("--list", "write"), ("new build", "publish"), ("check", "write"), ("serve", "write"),
     ("build --no-pdf", "publish"), ("test", "test"), ("build test", "test"), ("test audit", "audit"),
     ("test -- audit", "test"), ("nonsense", "write")],
)  # fmt: skip
def test_the_level_follows_from_the_tasks(arguments: str, level: str) -> None:
    assert environment.required_level(arguments.split(), NEEDS) == level


# What the system must provide


def need(name: str, present: Iterator[bool]) -> system.Requirement:
    return system.Requirement(name, lambda: next(present), {"apt": f"lib{name}", "dnf": name, "brew": name})


def test_root_on_debian_gets_only_what_is_missing_installed() -> None:
    commands: list[Sequence[str]] = []
    needs = [need("pango", iter([False, True])), need("font", iter([True]))]
    system.install_missing(needs, "apt", True, commands.append)
    assert [command[0] for command in commands] == ["dpkg", "apt-get", "apt-get"]
    assert commands[-1][-1] == "libpango"
    assert "libfont" not in commands[-1]


def test_a_complete_system_gets_no_message() -> None:
    def forbidden(command: Sequence[str]) -> None:
        pytest.fail(f"ran {command}")

    for manager in ("apt", "dnf", "brew", "windows", "none"):
        system.install_missing([need("pango", iter([True]))], manager, False, forbidden)


@pytest.mark.parametrize(
    ("manager", "root", "line"),
    [
        ("apt", False, "`sudo apt-get update && sudo apt-get install libpango`"),
        ("dnf", False, "`sudo dnf install pango`"),
        ("dnf", True, "`dnf install pango`"),
        ("brew", False, "`brew install pango`"),
        ("windows", False, "winget install MSYS2.MSYS2 && C:\\msys64\\usr\\bin\\pacman -S"),
        ("none", False, "trình quản lý gói của hệ điều hành"),
    ],
)
def test_without_the_right_to_install_one_line_says_what_to_run(manager: str, root: bool, line: str) -> None:
    with pytest.raises(environment.CommandError) as stopped:
        system.install_missing(
            [need("pango", iter([False]))], manager, root, lambda command: pytest.fail(f"ran {command}")
        )
    assert line in str(stopped.value)
    assert "thiếu pango" in str(stopped.value)
    assert "\n" not in str(stopped.value)


def test_what_apt_could_not_install_is_named() -> None:
    with pytest.raises(environment.CommandError, match="vẫn thiếu pango"):
        system.install_missing([need("pango", iter([False, False]))], "apt", True, lambda command: None)


def test_every_need_has_a_package_for_apt() -> None:
    for each in system.requirements("audit", "apt"):
        assert each.packages["apt"]


def test_only_tests_need_fonts_of_the_system() -> None:
    for manager in ("apt", "dnf", "brew", "windows"):
        assert not [each.name for each in system.requirements("publish", manager) if "Noto" in each.name]


def test_to_write_needs_nothing_of_the_system() -> None:
    for manager in ("apt", "dnf", "brew", "windows", "none"):
        assert system.requirements("write", manager) == ()


@pytest.fixture
def without_pango(portal: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A machine without Pango whose user may install nothing; returns the levels whose packages are installed."""
    monkeypatch.setattr(system, "has_library", lambda *names: False)
    monkeypatch.setattr(system, "is_root", lambda: False)
    installed: list[str] = []
    monkeypatch.setattr(installing, "install_packages", installed.append)
    return installed


def test_without_pango_and_without_rights_one_can_build_all_the_same(without_pango: list[str]) -> None:
    environment.prepare("publish")
    assert stamp.is_current("write") and not stamp.is_current("publish")
    environment.prepare("publish")
    assert without_pango == ["write"]


def test_when_pango_has_come_nothing_else_is_installed(
    without_pango: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stamp.write("write")
    monkeypatch.setattr(system, "has_library", lambda *names: True)
    environment.prepare("publish")
    assert stamp.is_current("publish")
    assert (without_pango, capsys.readouterr().err) == ([], "")


def test_tests_need_pango(without_pango: list[str]) -> None:
    with pytest.raises(environment.CommandError, match="Pango"):
        environment.prepare("test")


def test_pip_comes_from_the_lock_where_python_lacks_it(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Debian without its package for that: a registry with a pip that is another one, and the right one."""
    version, _ = pip_wheel.pinned((portal / "environment/audit.txt").read_text("utf-8"))
    wheel = portal / f"pip-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("pip/__init__.py", "")
    (portal / "simple/pip").mkdir(parents=True)
    (portal / "simple/pip/index.html").write_text(f'<a href="../../{wheel.name}#sha256=0">pip</a>')
    pages = {"/simple/pip/": portal / "simple/pip/index.html", f"/{wheel.name}": wheel}
    monkeypatch.setattr(pip_wheel, "_read", lambda address: pages[urlsplit(address).path].read_bytes())
    monkeypatch.setenv("PIP_INDEX_URL", "https://registry.example/simple")
    with pytest.raises(environment.CommandError, match="pip"):
        pip_wheel.install()
    monkeypatch.setattr(pip_wheel, "pinned", lambda lock: (version, {sha256(wheel.read_bytes()).hexdigest()}))
    pip_wheel.install()
    assert installing.venv_is_sound()


@pytest.mark.parametrize(("name", "expected"), [("debian", True), ("ubuntu", False)])
def test_only_debian_itself_counts_as_debian(tmp_path: Path, name: str, expected: bool) -> None:
    (tmp_path / "os-release").write_text(RELEASES[name])
    assert system.is_debian(tmp_path / "os-release") is expected
    assert system.is_debian(tmp_path / "none") is False


def test_the_package_manager_is_recognised() -> None:
    if environment.WINDOWS:
        assert system.package_manager() == "windows"
        return
    assert system.package_manager(lambda program: program if program == "brew" else None) == "brew"
    assert system.package_manager(lambda program: None) == "none"


def test_only_the_upright_font_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "FONT_FOLDERS", (str(tmp_path),))
    (tmp_path / "NotoSerif-Bold.ttf").touch()
    (tmp_path / "NotoSerifThai-Regular.ttf").touch()
    assert not system.has_font("NotoSerif")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper/NotoSerif[wdth,wght].ttf").touch()
    assert system.has_font("NotoSerif")


# The browser


def test_chromium_may_be_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/opt/mine")
    assert environment.chromium() == "/opt/mine"


def test_the_newest_download_of_playwright_is_found(tmp_path: Path) -> None:
    for revision in (999, 1255):
        folder = tmp_path / f"chromium_headless_shell-{revision}/chrome-headless-shell-linux64"
        folder.mkdir(parents=True)
        (folder / "chrome-headless-shell").touch()
    assert "1255" in str(browser.from_playwright(tmp_path))
    assert browser.from_playwright(tmp_path / "none") is None


# Failures


@pytest.mark.parametrize(
    ("output", "remedy"),
    [
        ("OSError: [Errno 28] No space left on device", "đĩa đã đầy"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "không phải tệp đã chốt"),
        ("npm error code EINTEGRITY", "không phải tệp đã chốt"),
        # pip's last words without network are misleading: the cause must be found in the lines before.
        ("a new connection: NewConnectionError\nERROR: No matching distribution found", "không có mạng"),
        ("npm error code ENOTFOUND", "không có mạng"),
        ("Temporary failure resolving 'deb.example'", "không có mạng"),
        ("ERROR: No matching distribution found for nh3==0.3.8", "Python từ 3.11 đến 3.14"),
        ("E: Could not get lock /var/lib/dpkg/lock-frontend", "một chương trình khác"),
        ("npm error odd thing\nat once", "“npm error odd thing”"),
        ("", "không có lời báo nào"),
    ],
)
def test_a_failure_says_what_to_do(output: str, remedy: str) -> None:
    assert remedy in installing.remedy_for(output)
    assert "\n" not in installing.remedy_for(output)


def test_the_full_output_of_a_failure_is_kept(portal: Path) -> None:
    with pytest.raises(environment.CommandError) as stopped:
        installing.run("step", [sys.executable, "-c", "print('one\\ntwo'); raise SystemExit(3)"])
    assert str(environment.LOG) in str(stopped.value)
    assert "\n" not in str(stopped.value)
    assert "one\ntwo" in environment.LOG.read_text()


# The locks

LOCKS = list(dict.fromkeys(environment.LOCKS.values()))


def locked(name: str) -> dict[str, str]:
    """Return every requirement of a lock with its text: options, hashes, comments."""
    text = (environment.HERE / name).read_text("utf-8")
    parts = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE | re.IGNORECASE)[1:]
    return {re.split(r"[=\[ ;]", part)[0]: part for part in parts}


def direct(level: str) -> set[str]:
    lines = (environment.HERE / f"{level}.in").read_text("utf-8").splitlines()
    return {match[0].replace(".", "-") for line in lines if (match := re.match(r"[a-z0-9][a-z0-9.-]*", line))}


@pytest.mark.parametrize("level", LOCKS)
def test_every_locked_package_is_pinned_and_hashed(level: str) -> None:
    packages = locked(f"{level}.txt")
    assert packages
    for name, text in packages.items():
        assert re.match(rf"{re.escape(name)}==\S+", text), name
        assert "--hash=sha256:" in text, name


@pytest.mark.parametrize("level", LOCKS)
def test_each_level_has_its_packages_and_all_of_the_one_below(level: str) -> None:
    names = set(locked(f"{level}.txt"))
    for lower in LOCKS[: LOCKS.index(level) + 1]:
        assert direct(lower) <= names
    assert {name: text.split()[0] for name, text in locked("build.txt").items()}.items() <= {
        name: text.split()[0] for name, text in locked(f"{level}.txt").items()
    }.items()


@pytest.mark.parametrize("level", LOCKS)
def test_every_direct_package_has_a_reason(level: str) -> None:
    for line in (environment.HERE / f"{level}.in").read_text("utf-8").splitlines():
        assert not line or line.startswith(("#", "-r ")) or "  # " in line, line


@pytest.mark.parametrize("name", ["build.txt", "test.txt", "audit.txt", "package-lock.json"])
def test_no_lock_names_a_registry(name: str) -> None:
    text = (environment.HERE / name).read_text("utf-8")
    assert not re.search(r'"resolved"|--index-url|--find-links|registry\.|https?://[^"]*\.(whl|tgz|tar\.gz)', text)


def test_every_npm_package_has_its_integrity() -> None:
    import json

    packages = json.loads((environment.HERE / "package-lock.json").read_text("utf-8"))["packages"]
    assert packages.pop("")["dependencies"]
    assert all(package.get("integrity", "").startswith("sha512-") for package in packages.values())


# The command line


def run_tasks(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(environment.ROOT / "tasks.py"), *arguments]
    return subprocess.run(command, env={**os.environ, **variables}, capture_output=True, text=True, encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "lang", "says"),
    [([], "vi", "Dựng cổng"), (["--list"], "en", "Build the portal"), (["--help"], "vi", "Dựng cổng")],
)
def test_without_a_task_the_tasks_are_listed(arguments: list[str], lang: str, says: str) -> None:
    result = run_tasks(*arguments, PORTAL_LANG=lang)
    assert result.returncode == 0
    assert re.search(rf"^  build +{says}", result.stdout, re.MULTILINE)


def test_the_version_is_the_newest_one_of_the_changelog() -> None:
    newest = re.search(
        r"^## \[(\d+\.\d+\.\d+)\] - ", (environment.ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    assert newest
    assert run_tasks("--version").stdout == f"portal {newest[1]}\n"


def test_the_version_needs_no_set_up(tmp_path: Path) -> None:
    shutil.copytree(environment.HERE, tmp_path / "environment", ignore=shutil.ignore_patterns("node_modules"))
    for name in ("tasks.py", "pyproject.toml"):
        shutil.copy(environment.ROOT / name, tmp_path)
    result = subprocess.run([sys.executable, str(tmp_path / "tasks.py"), "--version"], capture_output=True, text=True)
    assert (result.returncode, result.stdout, result.stderr) == (0, f"portal {environment.version()}\n", "")
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("console", ["cp1258", "ascii"])
def test_an_unknown_task_is_reported_in_one_line_of_utf_8_on_any_console(console: str) -> None:
    old = {"PYTHONUTF8": "0", "PYTHONIOENCODING": console, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    result = run_tasks("chợ-phiên", **old)
    assert result.returncode == 2
    assert "chợ-phiên" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_task_may_take_several_words() -> None:
    from environment import program

    @task(positional=["source"], iterable=["source"])
    def convert(c, source, into="", report=False):  # type: ignore[no-untyped-def]
        """Convert."""

    words = ["convert", "a", "b", "--into", "d", "--report", "c"]
    expected = ["convert", "--source=a", "--source=b", "--into", "d", "--report", "--source=c"]
    assert program.spread_positionals(words, Collection(convert)) == expected
    assert program.spread_positionals(["other", "a"], Collection(convert)) == ["other", "a"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("buld", "có phải bạn muốn gõ build?"),
        ("check --contnt a", "có phải bạn muốn gõ --content?"),
        ("check --config", "--config cần có giá trị"),
        ("check --echo", "không có tùy chọn --echo"),
        ("build --jobs nhiều", "'nhiều', nhưng phải là số"),
        ("--help chợ", "không có lệnh chợ"),
    ],
)
def test_a_command_line_that_is_not_understood_is_told_in_one_line(
    line: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from environment import program

    assert program.run(line.split()) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert says in err


def test_a_title_needs_no_quotation_marks() -> None:
    from environment import program

    title = ["Chợ", "họp", "-", "lại", "-5", "độ"]
    words = program.spread_positionals(["new", *title, "--content", "x"], Collection(tasks.new))
    assert words == ["new", *(f"--words={word}" for word in title), "--content", "x"]


def test_the_folder_of_a_new_portal_need_not_be_given(capsys: pytest.CaptureFixture[str]) -> None:
    from environment import program

    words = program.spread_positionals(["init", "--name", "Mù Cả", "Cổng tin", "b"], Collection(tasks.init))
    assert words == ["init", "--name", "Mù Cả", "--folder=Cổng tin", "b"]
    assert program.run(["init"]) == 1  # nobody can be asked
    assert "init: thiếu --name" in capsys.readouterr().err


def test_every_command_takes_another_portal_and_none_asks_for_a_word_in_vain() -> None:
    for name, command in vars(tasks).items():
        options = {each.name: each for each in getattr(command, "get_arguments", list)()}
        if options.keys() & {"output", "source", "words"}:
            assert "content" in options, name
        assert all(each.default is not None for each in options.values() if each.positional), name


def test_a_new_article_without_a_title_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    from environment import program

    assert program.run(["new"]) == 1
    assert capsys.readouterr().err == "new: hãy viết tiêu đề của bài sau lệnh\n"


def test_an_owner_with_other_settings_can_check_them(capsys: pytest.CaptureFixture[str]) -> None:
    from environment import program

    assert program.run(["check", "--config", "x.py"]) == 1
    assert capsys.readouterr().err == "x.py: không có tệp cài đặt này\n"


@posix
def test_a_reader_that_closes_the_pipe_early_ends_the_program_silently() -> None:
    code = (
        "from invoke import Collection, task\nfrom environment import exit_now, program\n"
        "@task\ndef talk(c):\n    '''Talk.'''\n    for _ in range(100_000): print('a line of output')\n"
        "program.Portal.load_collection = lambda self: setattr(self, 'collection', Collection(talk))\n"
        "exit_now(program.run(['talk']))\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", code], cwd=environment.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert running.stdout.readline() == "a line of output\n"
    running.stdout.close()
    assert running.stderr.read() == ""
    assert running.wait() == 141


@posix
def test_nothing_is_dropped_while_somebody_reads(capfd: pytest.CaptureFixture[str]) -> None:
    from environment import program

    assert not program.reader_is_gone()
    print("still heard")
    assert capfd.readouterr().out == "still heard\n"
