"""`python launch.py SECONDS LOG COMMAND…`: run a command, then print what it took, as JSON.

A process of its own, because the kernel counts the memory of whoever starts a command as the command's.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time

if __name__ == "__main__":
    limit, log, *command = sys.argv[1:]
    with open(log, "wb") as output:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)

    def stop(*_):
        """End the command with all its processes."""
        os.killpg(process.pid, signal.SIGKILL)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    clock = threading.Timer(float(limit), stop)
    clock.start()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    clock.cancel()
    unit = 1_000_000 if sys.platform == "darwin" else 1_000  # of ru_maxrss: bytes there, kilobytes elsewhere
    cost = {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / unit}
    print(json.dumps({"status": os.waitstatus_to_exitcode(status), "cost": cost}))
