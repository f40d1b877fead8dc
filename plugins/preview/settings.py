"""Settings of the preview: those of pelicanconf.py, with drafts and future articles shown and without PDFs, that nobody waits for."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pelicanconf import *  # noqa: F403

SHOW_DRAFTS = True
PDF_EXPORT = False
READ_ALOUD_NEWEST = 20  # an editor waits for the preview; older articles get their recordings when the portal is built
SEARCH_INDEX = False  # an edit would have its whole year indexed again
