"""The browser tests of each kind of page, on further pages of the same kinds."""

from __future__ import annotations

import pytest

from tests.browser.conftest import (  # noqa: F401  # fixtures of the tests below
    all_readers,
    axe,
    browser,
    playwright,
    portal,
    reader_options,
    readers,
    sample_site,
    shown,
    shown_page,
)
from tests.browser.pages import SIMILAR_PAGES
from tests.browser.test_axe import test_a_page_has_no_violation_in_any_palette  # noqa: F401
from tests.browser.test_layout import (  # noqa: F401
    test_every_page_says_that_the_province_is_invented,
    test_every_target_is_large_enough_to_hit,
    test_no_page_scrolls_sideways,
    test_stacked_marks_are_not_cut_off,
)
from tests.browser.test_screen_reader import (  # noqa: F401
    test_a_list_is_announced_as_a_list,
    test_landmarks_have_names_of_their_own_and_everything_is_in_one,
    test_there_is_one_heading_of_the_first_level_and_no_level_is_skipped,
)


@pytest.fixture(scope="module", params=SIMILAR_PAGES)
def kind(request: pytest.FixtureRequest) -> str:
    return request.param
