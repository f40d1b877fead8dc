"""A limit on the CPU time of a piece of work.

What may be converted is decided by counts: letters, elements, blocks, lines. The limit only guards against a fault,
such as a regular expression that backtracks without end. It counts CPU time, so that a busy machine decides nothing,
and is far above what the largest page takes that the counts allow.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from .errors import SourceError

REPEAT = 0.3  # seconds of CPU time after which a limit is signalled again, should something swallow the exception


class _CpuLimitError(BaseException):
    """Not an Exception, so that no `except Exception` on the way swallows it."""


@contextmanager
def cpu_limit(seconds: float) -> Iterator[None]:
    """Raise SourceError if the `with` block takes more CPU time of this process.

    Outside of the main thread, and on systems without such timers, there is no limit.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise _CpuLimitError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, REPEAT)
    try:
        yield
    except _CpuLimitError:
        raise SourceError("slow") from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
