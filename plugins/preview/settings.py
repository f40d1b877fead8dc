"""Settings of the preview: those of pelicanconf.py, with drafts and future articles, and without what takes long."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pelicanconf import *  # noqa: F403  Pelican's way to derive settings

PUBLISHED_PATH = OUTPUT_PATH  # noqa: F405  # what readers have; the preview has a folder of its own
SHOW_DRAFTS = True
PDF_EXPORT = False
READ_ALOUD_NEWEST = 20  # older articles get their recordings when the portal is built
RELEASES = 0
PRECOMPRESSED = []
SEARCH_INDEX = False  # an edit would have its whole year indexed again
