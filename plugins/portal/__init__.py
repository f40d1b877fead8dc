"""Stage: everything that was read becomes one portal: editions, lists, front page, pages.

build.py is the run, kinds.py declares articles and pages, reading.py collects the sources, stories.py holds them,
view.py is what they say, editions.py sorts them (name_spellings.py: when two names are one), listings.py cuts lists into pages,
front_page.py chooses, links.py resolves links, generators.py asks for every page. Settings used: AGENCY, CATEGORIES,
DEFAULT_PAGINATION, FOOTER_PAGES, SHOW_DRAFTS.
"""

from .build import Portal

__all__ = ["Portal"]
