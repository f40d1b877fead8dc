"""The builder process of the preview, see builder.py: `python -m plugins.preview CONTENT OUTPUT [SITE] [--once]`."""

import sys

from .builder import build_once, serve_requests

arguments = [argument for argument in sys.argv[1:] if argument != "--once"]
if "--once" in sys.argv:
    sys.exit(build_once(*arguments))
serve_requests(*arguments)
