"""Brings pip into .venv where Python comes without it, as on Debian and Ubuntu, where only root could install it.

It is the pip that audit.txt pins, from the registry that pip would use (PIP_INDEX_URL, PIP_CERT), checked by its hash.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import ssl
import urllib.request
import zipfile
from html import unescape
from urllib.error import URLError
from urllib.parse import urljoin

import environment
from environment.messages import translate

REGISTRY = "https://pypi.org/simple"
SECONDS = 60  # that an answer may take


def install() -> None:
    """Unpack the pinned pip into .venv. Raises CommandError if it cannot be had."""
    version, hashes = pinned((environment.HERE / "audit.txt").read_text("utf-8"))
    try:
        page = f"{os.environ.get('PIP_INDEX_URL', REGISTRY).rstrip('/')}/pip/"
        wheel = _read(urljoin(page, address(_read(page).decode("utf-8", "replace"), version)))
    except (URLError, OSError, LookupError) as error:
        text = translate("pip cannot be downloaded ({reason}); connect this machine to the Internet", reason=error)
        raise environment.CommandError(text + ", " + translate("then run the same command again.")) from error
    if hashlib.sha256(wheel).hexdigest() not in hashes:
        raise environment.CommandError(translate("the downloaded pip is not the one that was locked; report it."))
    packages = next(environment.VENV.glob("lib/python3.*/site-packages"), environment.VENV / "Lib/site-packages")
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        archive.extractall(packages)


def pinned(lock: str) -> tuple[str, set[str]]:
    """Return the version of pip in the text of a lock, and the SHA-256 of its files in hexadecimal digits."""
    version, rest = re.findall(r"^pip==(\S+)((?:.*\n)*?)(?=^\S|\Z)", lock, re.MULTILINE)[0]
    return version, set(re.findall(r"sha256:(\w{64})", rest))


def address(page: str, version: str) -> str:
    """Return where the wheel is, by the registry's page on pip (simple repository API). Raises LookupError."""
    name = f"pip-{version}-py3-none-any.whl"
    for link in re.findall(r'href="([^"]+)"', page):
        if unescape(link).partition("#")[0].endswith(name):
            return unescape(link)
    raise LookupError(name)


def _read(address: str) -> bytes:
    context = ssl.create_default_context(cafile=os.environ.get("PIP_CERT"))
    with urllib.request.urlopen(address, timeout=SECONDS, context=context) as answer:
        content: bytes = answer.read()
        return content
