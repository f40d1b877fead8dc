"""Reading aloud the longest article that anybody may paste takes bounded memory."""

from __future__ import annotations

import resource
from pathlib import Path

from tests import editors
from tests.incremental import builds
from tests.read_aloud.test_published_recordings import cues

WORDS = 40_000


def test_forty_thousand_words_are_read_from_first_to_last_in_bounded_memory(tmp_path: Path) -> None:
    sentence = "Tỉnh giải ngân được 42.119 triệu đồng, đạt 41% kế hoạch vốn đầu tư công trong năm 2026. "
    body = "\n\n".join([sentence * 20] * (WORDS // (20 * len(sentence.split())) + 1))
    editors.write_article(tmp_path / "content", "dai.md", body, title="Bài dài")
    built = builds.build(tmp_path / "output", tmp_path / "content", tmp_path / "cache", AUDIO=True)
    assert built.status == 0, built.complaints + built.crash
    folder = tmp_path / "output/bai-viet/dai"
    all_cues = cues(folder)
    assert len(all_cues) == 3 + body.count("Tỉnh giải ngân")
    assert 2.5 * 3600 < all_cues[-1][2] < 8 * 3600
    size = (folder / "dai.mp3").stat().st_size
    assert abs(size - all_cues[-1][2] * 4000) < 40_000  # 32 kbit/s
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_000_000  # KB
