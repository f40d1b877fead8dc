"""The builder process of the preview: see builder.py."""

import sys

from .builder import answer, once

if "--once" in sys.argv:
    sys.exit(once(*sys.argv[1:3]))
answer(*sys.argv[1:3])
