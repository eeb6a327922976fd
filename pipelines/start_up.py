"""What lets a command answer sooner. For a process of our own only: nothing here is done to one that imports us.

Great Expectations imports the statistics of SciPy and a chart library, half of its import, for expectations that no
suite of ours has. They are loaded when somebody touches them, and never if nobody does.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

DEFERRED = frozenset({"scipy.stats", "altair"})
OBJECTS_BETWEEN_COLLECTIONS = 1 << 16
"""Start-up makes half a million objects that stay: looking for cycles among them after every 700 is waste."""


class Deferring(MetaPathFinder):
    """Finds the deferred modules, and gives them a loader that waits for their first use."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the lazy specification of a deferred module that is installed; None for any other."""
        found = PathFinder.find_spec(fullname, path, target) if fullname in DEFERRED else None
        if found and found.loader:
            found.loader = LazyLoader(found.loader)
        return found


def prepare() -> None:
    """Prepare this process to be one command of ours."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 10, 10)
    if not any(isinstance(finder, Deferring) for finder in sys.meta_path):
        sys.meta_path.insert(0, Deferring())


def leave() -> None:
    """Let the process end without looking for cycles among everything it holds: the system takes it back anyway."""
    gc.freeze()
