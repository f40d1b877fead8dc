"""Stage: everything that was read becomes one portal: editions, lists, front page, pages on disk.

build.py is the run, reading.py collects the sources, editions.py sorts them, listings.py cuts
lists into pages, generators.py renders them, tree.py publishes what changed. Settings used:
AGENCY, CATEGORIES, DEFAULT_PAGINATION, RESERVED, SHOW_DRAFTS.
"""

from .build import Portal

__all__ = ["Portal"]
