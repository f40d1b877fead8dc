"""Python-Markdown extension: code between lines of ``` or ~~~ (https://spec.commonmark.org/0.31.2/#fenced-code-blocks).

Python-Markdown's own `fenced_code` takes seconds for ten thousand opening lines or for one with many
spaces after it; this looks at each line once. A fence that nobody closes is text, as there.
"""

from __future__ import annotations

import re
from html import escape

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^`]*)$")


class FencesExtension(Extension):
    """Register the preprocessor before raw HTML is set aside, so that HTML between fences is code."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.register(_Fences(md), "fences", 25)


class _Fences(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        result: list[str] = []
        unclosed = {"`": 1 << 60, "~": 1 << 60}  # from this length on nothing closes any more
        at = 0
        while at < len(lines):
            opening = _FENCE.match(lines[at])
            fence = opening[1] if opening else ""
            end = None
            if fence and len(fence) < unclosed[fence[0]]:
                end = _closing(lines, at + 1, fence)
                if end is None:
                    unclosed[fence[0]] = len(fence)
            if end is None:
                result.append(lines[at])
                at += 1
            else:
                code = "".join(line + "\n" for line in lines[at + 1 : end])
                held = self.md.htmlStash.store(f"<pre><code>{escape(code, quote=False)}</code></pre>")
                result += ["", held, ""]
                at = end + 1
        return result


def _closing(lines: list[str], start: int, fence: str) -> int | None:
    """The first line from `start` that has at least as many of the fence's sign, and nothing else."""
    for at in range(start, len(lines)):
        line = lines[at].strip(" ")
        if line.startswith(fence) and not line.strip(fence[0]):
            return at
    return None
