"""Which articles are offered beside an article."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.related import MAX_RELATED, WINDOW, Entry, RelatedFinder, related_paths, similarity, terms


@dataclass
class Article:
    """An article, with only what the feature uses."""

    path: str
    title: str = ""
    summary_text: str = ""
    tag_slugs: tuple[str, ...] = ()
    published_at: int = 0
    slug: str = field(init=False)

    def __post_init__(self) -> None:
        self.slug = self.path.removesuffix(".md")

    @property
    def tags(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(slug=slug) for slug in self.tag_slugs]

    @property
    def card_digest(self) -> str:
        return repr((self.slug, self.title, self.summary_text, self.tag_slugs, self.published_at))

    @property
    def sort_key(self) -> tuple[int, str, str]:
        return -self.published_at, self.slug, self.path


def finder(articles: list[Article]) -> RelatedFinder:
    ordered = sorted(articles, key=lambda a: a.sort_key)
    by_tag: dict[str, list[Article]] = {}
    for article in ordered:
        for slug in dict.fromkeys(article.tag_slugs):
            by_tag.setdefault(slug, []).append(article)
    return RelatedFinder(ordered, by_tag, 1)


def offered_articles(articles: list[Article], remembered: dict[str, str] | None = None) -> dict[str, list[str]]:
    return {path: related_paths(entry) for path, entry in finder(articles).update(remembered or {}).items()}


def articles_with_tags(count: int, *tags: str) -> list[Article]:
    """Return articles with the same tags, one after another: bai-00 is the oldest."""
    return [Article(f"bai-{n:02}.md", tag_slugs=tags, published_at=n) for n in range(count)]


# --- similarity ---


def test_letters_are_compared_without_case_and_words_in_pairs() -> None:
    assert terms("Cửa KHẨU mới!", "Đường-đèo", ["x"]).pairs == {"cửa khẩu", "khẩu mới", "đường đèo"}


def test_nothing_in_common_is_zero_and_the_same_words_are_one() -> None:
    a = terms("Mưa lũ lớn ở Khau Muồi", "", ["a"])
    assert similarity(a, terms("Tiêm chủng cho trẻ", "", ["b"])) == 0
    assert similarity(a, terms("Mưa lũ lớn ở Khau Muồi", "", [])) == pytest.approx(1)
    assert similarity(a, a) == pytest.approx(2)
    assert similarity(terms("", "", []), terms("", "", [])) == 0


def test_a_shared_tag_counts_more_than_shared_words() -> None:
    a = terms("Mưa lũ lớn ở Khau Muồi", "Nước lên", ["lu-lut", "khau-muoi"])
    words = terms("Mưa lũ lớn ở Khau Muồi", "Nước rút", [])
    one, two = terms("Khác hẳn", "", ["lu-lut"]), terms("Khác hẳn", "", ["lu-lut", "khau-muoi"])
    assert 0 < similarity(a, words) < similarity(a, one) == 1 < similarity(a, two) == 2
    assert similarity(a, one) < similarity(a, terms("Mưa lũ", "", ["lu-lut"]))


tags = st.lists(st.sampled_from("abc"), max_size=3)
words = st.lists(st.sampled_from(["hạn", "hán", "lũ", "lụt", "cửa"]), max_size=5).map(" ".join)


@given(words, words, tags, words, words, tags)
def test_similarity_is_symmetric_and_never_negative(t1: str, l1: str, g1: list, t2: str, l2: str, g2: list) -> None:
    a, b = terms(t1, l1, g1), terms(t2, l2, g2)
    assert similarity(a, b) == similarity(b, a) >= 0
    assert similarity(a, b) <= len(set(g1) & set(g2)) + 1 + 1e-9


# --- what is shown ---


def test_the_most_similar_come_first_then_the_newest() -> None:
    articles = [
        Article("khac.md", "Tiêm chủng cho trẻ", "", ("lu-lut",), 1),
        Article("hai-the.md", "Bóng chuyền nữ", "", ("lu-lut", "khau-muoi"), 2),
        Article("giong.md", "Mưa lũ lớn ở Khau Muồi", "", ("lu-lut",), 3),
        Article("khac-2.md", "Bầu trưởng bản", "", ("lu-lut",), 4),
        Article("nguoi-la.md", "Mưa lũ lớn ở Khau Muồi", "", ("khac",), 5),
        Article("bai.md", "Mưa lũ lớn ở Khau Muồi", "", ("lu-lut", "khau-muoi"), 6),
    ]
    assert offered_articles(articles)["bai.md"] == ["giong.md", "hai-the.md", "khac-2.md"]
    assert offered_articles(articles)["nguoi-la.md"] == []


def test_equally_similar_articles_come_newest_first() -> None:
    assert offered_articles(articles_with_tags(10, "a"))["bai-09.md"] == ["bai-08.md", "bai-07.md", "bai-06.md"]


def test_articles_beyond_the_window_are_not_compared() -> None:
    articles = articles_with_tags(WINDOW + 2, "a")
    articles[0].title = articles[1].title = articles[-1].title = "Mưa lũ lớn ở Khau Muồi"
    assert offered_articles(articles)["bai-21.md"][0] == "bai-01.md"
    assert "bai-00.md" not in offered_articles(articles)["bai-21.md"]


def test_the_first_articles_are_joined_by_those_after_them() -> None:
    offered = offered_articles(articles_with_tags(6, "a"))
    assert offered["bai-00.md"] == ["bai-01.md", "bai-02.md", "bai-03.md"]
    assert offered["bai-01.md"] == ["bai-00.md", "bai-02.md", "bai-03.md"]
    assert offered["bai-02.md"] == ["bai-01.md", "bai-00.md", "bai-03.md"]
    assert offered["bai-03.md"] == ["bai-02.md", "bai-01.md", "bai-00.md"]


def test_a_new_article_changes_nothing_beside_articles_that_have_enough() -> None:
    before, after = offered_articles(articles_with_tags(30, "a")), offered_articles(articles_with_tags(31, "a"))
    assert {path for path in before if before[path] != after[path]} == set()


def test_without_tags_or_articles_nothing_is_shown() -> None:
    assert offered_articles([]) == {}
    assert offered_articles([Article("a.md", "Một tên"), Article("b.md", "Một tên")]) == {"a.md": [], "b.md": []}


shelves = st.lists(
    st.builds(
        Article, st.sampled_from([f"bai-{n:02}.md" for n in range(40)]), words, words,
        st.lists(st.sampled_from(["a", "b", "c"]), max_size=2, unique=True).map(tuple), st.integers(0, 6),
    ),
    max_size=40, unique_by=lambda article: article.path,
)  # fmt: skip


@settings(deadline=None)
@given(shelves)
def test_no_article_is_offered_beside_itself_nor_twice_nor_one_without_a_common_tag(articles: list[Article]) -> None:
    by_path = {article.path: article for article in articles}
    offered = offered_articles(articles)
    assert offered.keys() == by_path.keys()
    for path, others in offered.items():
        assert path not in others
        assert len(others) == len(set(others)) <= MAX_RELATED
        assert all(set(by_path[other].tag_slugs) & set(by_path[path].tag_slugs) for other in others)


@settings(deadline=None)
@given(shelves, st.randoms(use_true_random=False))
def test_the_order_in_which_articles_are_read_does_not_matter(articles: list[Article], rng: random.Random) -> None:
    other = list(articles)
    rng.shuffle(other)
    assert offered_articles(other) == offered_articles(articles)


# --- from one build to the next ---


def test_remembered_articles_are_not_compared_again(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = articles_with_tags(60, "a")
    before = finder(articles).update({})
    compared: list[str] = []
    compare = RelatedFinder._entry
    monkeypatch.setattr(RelatedFinder, "_entry", lambda self, path: compared.append(path) or compare(self, path))
    assert finder(articles).update(before) == before
    assert compared == []
    articles.append(Article("moi.md", tag_slugs=("a",), published_at=100))
    finder(articles).update(before)
    assert set(compared) == {"moi.md", "bai-00.md", "bai-01.md", "bai-02.md"}  # it, and the first ones
    compared.clear()
    articles[30].title = "Một tên khác"
    finder(articles).update(before)
    assert len(compared) <= WINDOW + 5


def test_an_entry_is_packed_and_unpacked() -> None:
    others = [Article("một bài.md"), Article("xa.md", tag_slugs=("a", "b"), published_at=-5)]
    packed = finder([*articles_with_tags(30, "lua"), *others]).update({})
    entries = {path: Entry.unpack(text) for path, text in packed.items()}
    assert {path: entry.pack() for path, entry in entries.items()} == packed
    assert entries["bai-29.md"].sort_key("bai-29.md") == (-29, "bai-29", "bai-29.md")
    assert entries["xa.md"].sort_key("xa.md") == (5, "xa", "xa.md")
    assert related_paths(packed["một bài.md"]) == []


def test_a_tag_that_gets_another_address_is_followed() -> None:
    """The address of a tag may change because of others; then a later change must still find its neighbours."""
    old = articles_with_tags(30, "lua")
    remembered = finder(old).update({})
    for article in old:
        article.tag_slugs = ("lua-12ab",)
    cards = {path: Entry.unpack(text).card_digest for path, text in remembered.items()}

    class Kept(Article):
        card_digest = property(lambda self: cards[self.path])  # the article itself is as it was
        tag_names = ("Lúa",)

    new = [Kept(a.path, a.title, a.summary_text, a.tag_slugs, a.published_at) for a in old]
    renamed = finder(new).update(remembered, {"Lúa"})
    assert {Entry.unpack(text).tags for text in renamed.values()} == {"lua-12ab"}
    remaining = [article for article in new if article.path != "bai-20.md"]
    assert finder(remaining).update(renamed) == finder(remaining).update({})


TAGS = ["a", "b", "c"]
changes = st.tuples(
    st.sampled_from(["add", "remove", "retag", "retitle", "redate", "rename"]),
    st.integers(0, 10_000),
    st.integers(0, 60),
)


def change(articles: list[Article], kind: str, choice: int, variant: int) -> None:
    if kind == "add" or not articles:
        name = f"them-{choice % 500}.md"
        if name not in {article.path for article in articles}:
            articles.append(
                Article(
                    name,
                    f"Mưa lũ {variant % 4}",
                    "",
                    tuple(dict.fromkeys((TAGS[variant % 3], TAGS[choice % 3]))),
                    variant,
                )
            )
        return
    article = articles[choice % len(articles)]
    if kind == "remove":
        articles.remove(article)
    elif kind == "retag":
        article.tag_slugs = tuple(TAGS[: variant % 4])
    elif kind == "retitle":
        article.title = f"Mưa lũ lớn {variant % 4}"
    elif kind == "redate":
        article.published_at = variant
    elif kind == "rename":
        article.slug = f"khac-{variant}"


@settings(deadline=None)
@given(builds=st.lists(st.lists(changes, max_size=6), min_size=1, max_size=8), count=st.integers(0, 60))
def test_an_incremental_result_equals_a_fresh_one(builds: list[list[tuple]], count: int) -> None:
    articles = [
        Article(
            f"bai-{n:02}.md", f"Mưa lũ {n % 5}", "Ở bản" if n % 3 else "", (TAGS[n % 3], TAGS[n % 2])[: 1 + n % 2], n
        )
        for n in range(count)
    ]
    remembered = finder(articles).update({})
    for edits in builds:
        for kind, choice, variant in edits:
            change(articles, kind, choice, variant)
        remembered = finder(articles).update(remembered)
        assert remembered == finder(articles).update({})
