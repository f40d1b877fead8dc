"""Proofreads the files of a content folder, each only once until it changes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from plugins import jobs
from plugins.i18n import translate
from plugins.incremental.state import State
from plugins.markdown_reader import MAX_SIZE
from plugins.problems import Edit, Problem
from plugins.problems.files import UnreadableError, read_bytes

from . import language_of, proofread
from .mending import BOM

_TOPIC = "proofreading"  # of what the state stores


def proofread_files(
    content: str, stamps: Mapping[str, str], langs: Sequence[str], state: State, processes: int | None = None
) -> list[Problem]:
    """Return what there is to say of content files. What was said of unchanged ones comes from the state.

    Args:
        content: The content folder.
        stamps: The stamp of each file (plugins/problems/files.py), by its path in that folder.
        langs: The portal's languages, the default one first.
        state: What an earlier call knew; it gets what is new.
        processes: How many work; by default all cores.
    """
    stored = state.feature_values(_TOPIC)
    stale = sorted(path for path, stamp in stamps.items() if not stored.get(path, "").startswith(f"{stamp}\n"))
    new = {}
    proofread_one = partial(_proofread_file, content, langs=langs)
    for path, result in jobs.run_forked(proofread_one, stale, translate("Proofreading"), processes):
        if isinstance(result, Exception):
            raise result
        new[path] = f"{stamps[path]}\n{json.dumps(result, ensure_ascii=False) if result else ''}"
    state.store_feature_values(_TOPIC, new, stored.keys() - stamps.keys())
    packed = ((path, text.partition("\n")[2]) for path, text in (stored | new).items() if path in stamps)
    return [problem for path, text in packed if text for problem in _unpack(os.path.join(content, path), text)]


def _proofread_file(content: str, path: str, langs: Sequence[str]) -> list[tuple[object, ...]]:
    """The findings of a file, packed; none where it cannot be read, which the reader tells."""
    try:
        text = read_bytes(os.path.join(content, path), MAX_SIZE).removeprefix(BOM).decode("utf-8")
    except (UnreadableError, UnicodeDecodeError):
        return []
    found = proofread(text, language_of(path, text, langs))
    return [(p.line, p.message, p.level, p.code, p.column, p.end_column, p.edits) for p in found]


def _unpack(path: str, text: str) -> Iterable[Problem]:
    for line, message, level, code, column, end_column, edits in json.loads(text):
        spans = tuple(Edit(*edit) for edit in edits)
        yield Problem("", line, message, level, code, column, end_column, spans).in_file(path)


def without_repetitions(problems: Iterable[Problem], found: Iterable[Problem]) -> list[Problem]:
    """Return problems and findings, without what the reader only says of a mark that a finding mends."""
    found = list(found)
    mended = {(problem.path, problem.line) for problem in found if problem.edits}
    return [*(p for p in problems if p.code != "visible-mark" or (p.path, p.line) not in mended), *found]
