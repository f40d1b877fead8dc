"""Settings of the preview: those of pelicanconf.py, with drafts and future articles shown."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pelicanconf import *  # noqa: E402, F403

OUTPUT_PATH = str(Path(__file__).resolve().parents[2] / ".cache" / "preview")
SHOW_DRAFTS = True
