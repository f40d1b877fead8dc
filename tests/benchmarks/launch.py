"""`python launch.py SECONDS LOG COMMAND…`: run a command, then print what it cost, as JSON.

This is a process of its own, because the kernel counts the memory of the process that starts a command as the
command's.
"""

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time

PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


def wait_for_children():
    """Wait for all processes that the command has left behind."""
    try:
        while True:
            os.wait()
    except ChildProcessError:
        return


if __name__ == "__main__":
    limit, log, *command = sys.argv[1:]
    with open(log, "wb") as output:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)

    def stop(*_):
        """End the command with all its processes."""
        os.killpg(process.pid, signal.SIGKILL)

    if sys.platform == "linux":  # otherwise processes that outlive the command would not be counted
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    clock = threading.Timer(float(limit), stop)
    clock.start()
    _, status = os.waitpid(process.pid, 0)
    wall = time.perf_counter() - begun
    wait_for_children()
    clock.cancel()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    unit = 1_000_000 if sys.platform == "darwin" else 1_000  # unit of ru_maxrss: bytes on macOS, kilobytes elsewhere
    cost = {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / unit}
    print(json.dumps({"status": os.waitstatus_to_exitcode(status), "cost": cost}))
