"""What the operating system must bring: nothing to write, Pango for PDFs, and for tests Chromium, nginx and two fonts.

Only missing packages are requested. Root on a system with apt gets them installed; everybody else gets one line to run.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import environment
from environment import browser
from environment.messages import translate


class Requirement(NamedTuple):
    """Something that the system must bring; `packages` names it for each package manager that has it."""

    name: str
    is_present: Callable[[], bool]
    packages: dict[str, str]


# Where WeasyPrint looks on Windows, and where Homebrew installs.
LIBRARY_FOLDERS = (r"C:\msys64\ucrt64\bin", r"C:\msys64\mingw64\bin", "/opt/homebrew/lib", "/usr/local/lib")
FONT_FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts",  # Linux
    "/Library/Fonts", "~/Library/Fonts",  # macOS
    r"C:\Windows\Fonts", r"~\AppData\Local\Microsoft\Windows\Fonts",
)  # fmt: skip
# In the old and the new shell of Windows; only Pango is ever required there.
WINDOWS_COMMAND = (
    'cmd /c "winget install MSYS2.MSYS2'
    r' && C:\msys64\usr\bin\pacman -S --noconfirm mingw-w64-ucrt-x86_64-pango"'
)


def has_library(linux: str, mac: str, windows: str) -> bool:
    """Return whether the shared library can be loaded by one of the names that WeasyPrint tries."""
    name = {"darwin": mac, "win32": windows}.get(sys.platform, linux)
    for candidate in (name, *(os.path.join(folder, name) for folder in LIBRARY_FOLDERS)):
        try:
            ctypes.CDLL(candidate)
            return True
        except OSError:
            pass
    return False


def has_font(family: str) -> bool:
    """Return whether a font folder has the upright or variable font file of `family` ("NotoSerif")."""
    wanted = re.compile(re.escape(family) + r"(-Regular|-VF|\[)[^/]*\.(ttf|otf|ttc)$", re.IGNORECASE)
    folders = [os.path.expanduser(folder) for folder in FONT_FOLDERS]
    return any(wanted.match(file) for folder in folders for _, _, files in os.walk(folder) for file in files)


PANGO = {"dnf": "pango", "brew": "pango"}
PUBLISH = (
    Requirement(
        "Pango",
        lambda: has_library("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
        {"apt": "libpango-1.0-0", **PANGO},
    ),
    Requirement(
        "PangoFT2",
        lambda: has_library("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
        {"apt": "libpangoft2-1.0-0", **PANGO},
    ),
    # Without it PDFs still come out, four times slower.
    Requirement(
        "HarfBuzz subset",
        lambda: has_library("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
        {"apt": "libharfbuzz-subset0", "dnf": "harfbuzz", "brew": "pango"},
    ),
)
# Tests look at pages in these. A build draws with the typefaces of plugins/pdf only.
FONTS = (
    Requirement(
        "Noto Sans",
        lambda: has_font("NotoSans"),
        {"apt": "fonts-noto-core", "dnf": "google-noto-sans-fonts", "brew": "font-noto-sans"},
    ),
    Requirement(
        "Noto Serif",
        lambda: has_font("NotoSerif"),
        {"apt": "fonts-noto-core", "dnf": "google-noto-serif-fonts", "brew": "font-noto-serif"},
    ),
)
# Playwright's own Node is linked to it, and a bare Debian leaves it out.
LIBATOMIC = Requirement(
    "libatomic",
    lambda: sys.platform != "linux" or has_library("libatomic.so.1", "", ""),
    {"apt": "libatomic1", "dnf": "libatomic"},
)
CHROMIUM = Requirement(
    "Chromium", lambda: browser.find() is not None, {"apt": "chromium-headless-shell", "dnf": "chromium-headless"}
)
# Tests run the portal under the configuration in deploy/nginx/.
NGINX = Requirement("nginx", lambda: nginx() is not None, {"apt": "nginx", "dnf": "nginx-core", "brew": "nginx"})


# And publish it through a real server of SSH.
SSHD = Requirement(
    "sshd",
    lambda: shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin") is not None,
    {"apt": "openssh-server", "dnf": "openssh-server"},
)


def nginx() -> str | None:
    """Return the path of nginx, or None. Debian keeps it where only root looks for programs."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def requirements(level: str, manager: str) -> tuple[Requirement, ...]:
    """Return what `level` requires of a system with this package manager.

    It includes Chromium only on Debian and Fedora, which package it. Elsewhere (Ubuntu's is a snap) Playwright
    downloads its own once .venv is there.
    """
    if level in ("write", "publish"):
        return PUBLISH if level == "publish" else ()
    packaged = manager == "dnf" or (manager == "apt" and is_debian())
    tests = PUBLISH if manager == "windows" else (*PUBLISH, *FONTS, LIBATOMIC, NGINX, SSHD)
    return (*tests, CHROMIUM) if packaged else tests


def is_debian(release: Path = Path("/etc/os-release")) -> bool:
    """Return whether this is Debian itself, not a system derived from it."""
    try:
        return re.search(r'^ID="?debian"?$', release.read_text("utf-8"), re.MULTILINE) is not None
    except OSError:
        return False


def package_manager(which: Callable[[str], str | None] = shutil.which) -> str:
    """Return one of "apt", "dnf", "brew", "windows" and "none"."""
    if environment.WINDOWS:
        return "windows"
    programs = {"apt": "apt-get", "dnf": "dnf", "brew": "brew"}
    return next((name for name, program in programs.items() if which(program)), "none")


def is_root() -> bool:
    """Return whether this user may install packages for everybody."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def remedy_for_pdfs() -> str:
    """Return what to do so that PDFs can be made on this machine; "" if they can."""
    missing = [each for each in PUBLISH if not each.is_present()]
    return advice(missing, package_manager(), is_root()) if missing else ""


def install_missing(
    required: Iterable[Requirement], manager: str, root: bool, run: Callable[[Sequence[str]], None]
) -> None:
    """Install what is missing, if this is root on a system with apt.

    Args:
        required: what the system must have.
        manager: its package manager, see `package_manager`.
        root: whether packages may be installed.
        run: runs a command line.

    Raises:
        CommandError: with the line to run by hand, or with the names of what is still missing.
    """
    missing = [each for each in required if not each.is_present()]
    if not missing:
        return
    if not (root and manager == "apt"):
        raise environment.CommandError(advice(missing, manager, root))
    # Finishes an interrupted earlier run; otherwise does nothing.
    run(["dpkg", "--configure", "-a"])
    run(["apt-get", "-o", "DPkg::Lock::Timeout=120", "update"])
    run(_apt(missing))
    still_missing = [each.name for each in missing if not each.is_present()]
    if still_missing:
        names = ", ".join(still_missing)
        text = translate("{names} still missing after installing; see {log}", names=names, log=environment.LOG)
        raise environment.CommandError(text)


def advice(missing: Sequence[Requirement], manager: str, root: bool) -> str:
    """Return the line that tells how to install what is missing."""
    names = ", ".join(each.name for each in missing)
    if manager == "none":
        return translate(
            "missing: {names}. Install it with the package manager of this system, then run the same command again.",
            names=names,
        )
    sudo = "" if root or manager == "brew" else "sudo "
    if manager == "apt":
        first, program = f"{sudo}apt-get update && ", "apt-get"
    else:
        first, program = "", manager
    command = f"{first}{sudo}{program} install {' '.join(_packages(missing, manager))}"
    if manager == "windows":
        command = WINDOWS_COMMAND
    return translate("missing: {names}. Run `{command}`, then the same command again.", names=names, command=command)


def _packages(missing: Sequence[Requirement], manager: str) -> list[str]:
    return sorted({each.packages[manager] for each in missing if manager in each.packages})


def _apt(missing: Sequence[Requirement]) -> list[str]:
    options = ["-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120", "-o", "Dpkg::Use-Pty=0"]
    return ["apt-get", "install", *options, *_packages(missing, "apt")]
