"""Python-Markdown extension: code between lines of ``` or ~~~ (https://spec.commonmark.org/0.31.2/#fenced-code-blocks).

Python-Markdown's own `fenced_code` takes seconds for ten thousand opening lines, or for one line with many spaces
after the fence; this extension looks at each line once. A fence that is never closed is text, as in `fenced_code`.
"""

from __future__ import annotations

import re
from html import escape

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^`]*)$")


class FencesExtension(Extension):
    """Registers the preprocessor before raw HTML is set aside, so that HTML between fences is code."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the name of Markdown's hook
        md.preprocessors.register(_FencesPreprocessor(md), "fences", 25)


class _FencesPreprocessor(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        result: list[str] = []
        unclosed = {"`": 1 << 60, "~": 1 << 60}  # fences of this length or longer have no closing line ahead
        index = 0
        while index < len(lines):
            opening = _FENCE.match(lines[index])
            fence = opening[1] if opening else ""
            end = None
            if fence and len(fence) < unclosed[fence[0]]:
                end = _find_closing(lines, index + 1, fence)
                if end is None:
                    unclosed[fence[0]] = len(fence)
            if end is None:
                result.append(lines[index])
                index += 1
            else:
                code = "".join(line + "\n" for line in lines[index + 1 : end])
                placeholder = self.md.htmlStash.store(f"<pre><code>{escape(code, quote=False)}</code></pre>")
                result += ["", placeholder, ""]
                index = end + 1
        return result


def _find_closing(lines: list[str], start: int, fence: str) -> int | None:
    """The index of the first line from `start` on that is only the fence's character, at least as often."""
    for index in range(start, len(lines)):
        line = lines[index].strip(" ")
        if line.startswith(fence) and not line.strip(fence[0]):
            return index
    return None
