"""Stage: everything that was read becomes one portal of editions, lists, a front page and pages.

The run: build.py is Pelican's run, with generator_context.py, publishing.py and build_lock.py as its parts.
command.py has the commands, last_build.py what commands between builds need.

Reading: kinds.py declares articles and pages, reading.py reads what has changed, stories.py holds it, view.py is what
a story says, editions.py sorts stories into lists (name_spellings.py finds names that are the same), content_checks.py
and links.py find problems.

Pages: generators.py adds all pages to the site, with edition_pages.py (what all pages share), story_pages.py,
list_pages.py, front_page.py, pagination.py and cards.py. outputs.py is what features get and add to. theme.py and
filters.py are for the theme.

Settings used: AGENCY, CATEGORIES, DEFAULT_PAGINATION, FOOTER_PAGES, SHOW_DRAFTS.
"""

from .build import Portal

__all__ = ["Portal"]
