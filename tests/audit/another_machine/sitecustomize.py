"""Makes Python believe that it is on another machine: without fork, Pango, network and the rights of root.

Python imports it at its start from PYTHONPATH. What it imitates is what Windows, or an office's Linux, does not have.
"""

import ctypes
import multiprocessing
import multiprocessing.context
import os
import socket
from typing import Any

for name in ("fork", "forkpty"):
    if hasattr(os, name):
        delattr(os, name)
contexts: Any = multiprocessing.context
for name in ("fork", "forkserver"):
    contexts._concrete_contexts.pop(name, None)
contexts._default_context._default_context = contexts._concrete_contexts["spawn"]
multiprocessing.get_all_start_methods = lambda: ["spawn"]
os.geteuid = lambda: 1000


class _LibrariesWithoutPango(ctypes.CDLL):
    def __init__(self, name: str | None, *arguments: Any, **options: Any) -> None:
        if name and ("pango" in name or "harfbuzz" in name):
            raise OSError(f"{name}: cannot open shared object file")
        super().__init__(name, *arguments, **options)


class _LocalSocket(socket.socket):
    def connect(self, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise OSError(101, "Network is unreachable")
        super().connect(address)


ctypes.CDLL = _LibrariesWithoutPango  # type: ignore[misc]
socket.socket = _LocalSocket  # type: ignore[misc]
