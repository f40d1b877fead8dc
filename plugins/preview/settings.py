"""Settings of the preview: those of pelicanconf.py, with drafts and future articles shown."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pelicanconf import *  # noqa: F403

SHOW_DRAFTS = True
READ_ALOUD_LIMIT = 20  # an editor waits for the preview; older articles get their recordings with the next ones
