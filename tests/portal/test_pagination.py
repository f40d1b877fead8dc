"""Lists over several pages: an article stays on the page where readers may have linked to it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.portal.pagination import ListPage, paginate, paginate_some

lengths = st.integers(0, 400)
sizes = st.integers(1, 25)


def pages_of_list(length: int, size: int) -> list[ListPage[int]]:
    """Return the pages of a list of the articles 1 (oldest) to `length`."""
    return paginate("chuyen-muc/xa-hoi/", range(length, 0, -1), size)


@given(lengths, sizes)
def test_every_article_is_listed_once_and_the_newest_first(length: int, size: int) -> None:
    assert [item for page in pages_of_list(length, size) for item in page.items] == list(range(length, 0, -1))


@given(lengths, sizes)
def test_the_first_page_is_never_nearly_empty_and_the_others_are_full(length: int, size: int) -> None:
    newest, *older = pages_of_list(length, size)
    assert all(len(page.items) == size for page in older)
    assert len(newest.items) < 2 * size
    assert len(newest.items) >= min(length, size)


@given(lengths, sizes, st.integers(1, 60))
def test_full_pages_keep_address_articles_and_offered_neighbours(length: int, size: int, added: int) -> None:
    after = {page.number: page for page in pages_of_list(length + added, size)}
    for page in pages_of_list(length, size):
        if page.newest:
            continue
        later = after[page.number]
        assert (list(later.items), later.url) == (list(page.items), page.url)
        assert later.older == page.older
        if page.number + 1 < page.count:  # its newer neighbour is full too
            assert later.newer == page.newer
            offered = [n for n in page.nearby if n != page.count]
            assert [n for n in later.nearby if n != later.count] == offered
            assert [page.address(n) for n in offered if n] == [later.address(n) for n in offered if n]


@given(lengths, sizes)
def test_each_page_has_an_address_of_its_own_and_the_newest_has_the_lists(length: int, size: int) -> None:
    pages = pages_of_list(length, size)
    assert len({page.url for page in pages}) == len(pages)
    assert pages[0].url == "chuyen-muc/xa-hoi/"
    assert [page.url for page in pages[1:]] == [f"chuyen-muc/xa-hoi/trang-{n}/" for n in range(len(pages) - 1, 0, -1)]


@given(lengths, sizes)
def test_the_pages_link_from_the_newest_to_the_oldest_and_back(length: int, size: int) -> None:
    pages = pages_of_list(length, size)
    assert [page.older for page in pages] == [*(page.url for page in pages[1:]), None]
    assert [page.newer for page in pages] == [None, *(page.url for page in pages[:-1])]


@given(lengths, sizes)
def test_offered_numbers_lead_to_pages_and_appear_once_in_order(length: int, size: int) -> None:
    pages = pages_of_list(length, size)
    addresses = {page.url for page in pages}
    for page in pages:
        numbers = [n for n in page.nearby if n is not None]
        assert numbers == sorted(set(numbers), reverse=True)
        assert page.number in numbers and 1 in numbers and page.count in numbers
        assert {page.address(n) for n in numbers} <= addresses


@given(lengths, sizes)
def test_a_gap_appears_only_where_numbers_are_left_out(length: int, size: int) -> None:
    for page in pages_of_list(length, size):
        offered = page.nearby
        for before, current, after in zip(offered, offered[1:], offered[2:], strict=False):
            if current is None and before is not None and after is not None:
                assert before - after > 1 or before == page.count


def test_an_empty_list_is_one_empty_page() -> None:
    (page,) = pages_of_list(0, 10)
    assert (page.newest, list(page.items), page.older, page.newer) == (True, [], None, None)


def test_forty_five_articles_in_pages_of_ten() -> None:
    assert [(page.number, len(page.items)) for page in pages_of_list(45, 10)] == [(4, 15), (3, 10), (2, 10), (1, 10)]


@given(lengths, sizes, st.data())
def test_what_is_withdrawn_is_missing_on_its_page_and_no_other_page_changes(
    length: int, size: int, data: st.DataObject
) -> None:
    gaps = data.draw(st.sets(st.integers(1, max(length, 1))))
    before = pages_of_list(length, size)
    after = paginate(before[0].root, before[0].all_items, size, gaps.__contains__)
    assert [(page.url, page.nearby) for page in after] == [(page.url, page.nearby) for page in before]
    assert [page.items for page in after] == [[item for item in page.items if item not in gaps] for page in before]
    for page in after:
        assert all(page.ends_of(number) for number in page.nearby if number and length)


members = st.integers(1, 400).flatmap(
    lambda count: st.tuples(st.just(count), st.sets(st.integers(1, count), min_size=1))
)


@given(members, sizes)
def test_some_of_many_are_listed_once_on_pages_that_lead_to_each_other(some: tuple[int, set[int]], size: int) -> None:
    count, shown = some
    pages = paginate_some("hieu-luc/", range(count, 0, -1), size, shown.__contains__)
    assert [item for page in pages for item in page.items] == sorted(shown, reverse=True)
    assert all(page.items for page in pages) and pages[0].url == "hieu-luc/"
    assert [page.older for page in pages] == [*(page.url for page in pages[1:]), None]
    assert [page.newer for page in pages] == [None, *(page.url for page in pages[:-1])]
    addresses = {page.url for page in pages}
    for page in pages:
        numbers = [n for n in page.nearby if n is not None]
        assert numbers == sorted(set(numbers), reverse=True) and page.number in numbers
        assert {page.address(n) for n in numbers} <= addresses and all(page.ends_of(n) for n in numbers)


def test_one_that_leaves_the_middle_changes_its_page_alone() -> None:
    def pages(shown: set[int]) -> dict[str, list[int]]:
        cut = paginate_some("hieu-luc/", range(5000, 0, -1), 10, shown.__contains__)
        return {page.url: list(page.items) for page in cut}

    in_force = {number for number in range(1, 5001) if number % 9}
    for before, after in ((in_force, in_force - {2500}), ({*range(4, 900, 7)}, {*range(4, 900, 7), 600})):
        pages_before, pages_after = pages(before), pages(after)
        assert pages_before.keys() == pages_after.keys()
        assert sum(pages_before[url] != pages_after[url] for url in pages_before) == 1
