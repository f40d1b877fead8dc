"""Portals with PDFs, built again and again."""

from __future__ import annotations

from pathlib import Path

from tests import artifacts, editors, portals
from tests.pdf import torture


def content(folder: Path, pictures: int = 6) -> Path:
    """Write a content folder with two articles without a picture, and as many with one as `pictures` says."""
    editors.write_small_content(folder)
    for number in range(1, pictures + 1):
        editors.write_file(folder, f"images/anh-{number}.jpg", torture.photo(number, 400, 300))
        body = f"Nội dung bài {number}. {torture.WORDS}\n\n![Một hình tròn](../../images/anh-{number}.jpg)\n"
        editors.write_article(folder, f"bai-{number}.md", body, title=f"Bài số {number}")
    return folder


class Portal:
    """A portal with a cache of its own, built again and again, by one worker unless the settings say otherwise."""

    def __init__(self, folder: Path, content: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.cache, self.output, self.content = folder / "cache", folder / "output", content

    def build(self, settings: str = "", env: dict[str, str] | None = None, code: int = 0) -> str:
        """Build; return what was printed to stderr."""
        lines = f"CACHE_PATH = {str(self.cache)!r}\nJOBS = 1\n{settings}"
        result = portals.build(
            self.output, self.content, pdf=True, settings=lines, env={**editors.ENGLISH, **(env or {})}
        )
        assert result.returncode == code, result.stderr
        return result.stderr

    def rendered(self) -> dict[str, int]:
        """Return the PDFs in the cache, and when they were made."""
        return artifacts.artifact_times(self.cache, "pdf")

    def new(self, settings: str = "", env: dict[str, str] | None = None) -> int:
        """Build again; return how many PDFs were rendered."""
        before = self.rendered()
        self.build(settings, env)
        return sum(before.get(name) != at for name, at in self.rendered().items())

    def pdfs(self) -> dict[str, str]:
        """Return the PDFs of the site, with a digest of each."""
        return {name: digest for name, digest in editors.file_digests(self.output).items() if name.endswith(".pdf")}
