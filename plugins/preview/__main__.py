"""The builder process of the preview, see builder.py: `python -m plugins.preview CONTENT OUTPUT [--once]`."""

import sys

from .builder import build_once, serve_requests

if "--once" in sys.argv:
    sys.exit(build_once(*sys.argv[1:3]))
serve_requests(*sys.argv[1:3])
