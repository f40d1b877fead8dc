"""Settings of the preview: those of pelicanconf.py, with drafts and future articles shown."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pelicanconf import *  # noqa: F403

SHOW_DRAFTS = True
SEARCH_INDEX = False  # an edit would have its whole year indexed again
