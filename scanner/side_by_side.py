"""Work on the pieces of a dataset side by side, in order: numpy and Arrow let other threads run while they compute."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")

MOST_THREADS = 8


def threads() -> int:
    """Return how many threads to use: one per processor, at most eight."""
    return min(os.cpu_count() or 1, MOST_THREADS)


def mapped(work: Callable[[Piece], Result], pieces: Iterable[Piece]) -> Iterator[Result]:
    """Yield ``work(piece)`` for every piece, in order; no more pieces than threads, and one, are under way.

    >>> list(mapped(abs, [-1, 2, -3]))
    [1, 2, 3]
    """
    count = threads()
    running: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(count, "exportgate") as pool:
        try:
            for piece in pieces:
                running.append(pool.submit(work, piece))
                if len(running) > count:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        finally:
            for task in running:
                task.cancel()
