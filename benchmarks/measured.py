"""What a process of its own costs: CPU seconds, and its peak memory without that of the process that started it.

A system that makes a process out of another counts the other's memory as the new one's peak. So a command is started by
a small process that does nothing else, and a part of the benchmark reads its own peak where the system tells it.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_STATUS = Path("/proc/self/status")
_STARTER = """if True:
    import json, os, sys, time
    start = time.perf_counter()
    process = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
    status, usage = os.wait4(process, 0)[1:]
    spent = {"wall": time.perf_counter() - start, "cpu": usage.ru_utime + usage.ru_stime}
    spent |= {"peak_mib": usage.ru_maxrss / 1024, "exit": os.waitstatus_to_exitcode(status)}
    os.write(int(sys.argv[1]), json.dumps(spent).encode())"""


def spent(command: Sequence[str], **how: Any) -> dict[str, Any]:
    """Run a command as `subprocess.run` does, and return its wall and CPU seconds, peak MiB and exit code."""
    reading, writing = os.pipe()
    try:
        starter = [sys.executable, "-I", "-S", "-c", _STARTER, str(writing)]
        subprocess.run([*starter, *command], check=True, pass_fds=(writing,), **how)
    finally:
        os.close(writing)
    with os.fdopen(reading) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def own_peak_mib() -> float:
    """Return the peak of this process's memory so far."""
    if _STATUS.exists():
        return int(_STATUS.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
