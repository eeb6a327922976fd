"""Read ahead: while one batch is worked on, the next ones are fetched, as far as a bound of batches allows."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from queue import Full, Queue
from typing import TypeVar

Item = TypeVar("Item")
BATCHES = 2
_END = object()
SECONDS = 0.2


def ahead(items: Iterator[Item], depth: int = BATCHES) -> Iterator[Item]:
    """Yield the items in order, read by a thread that is at most `depth` ahead; its errors are raised in their place.

    >>> list(ahead(iter(range(10))))
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    """
    queue: Queue[object] = Queue(depth)
    stopped = threading.Event()
    failed: list[BaseException] = []

    def put(item: object) -> bool:
        while not stopped.is_set():
            try:
                queue.put(item, timeout=SECONDS)
            except Full:
                continue
            return True
        return False

    def read() -> None:
        try:
            for item in items:
                if not put(item):
                    return
        except BaseException as error:  # raised where the reader stands, not here
            failed.append(error)
        put(_END)

    thread = threading.Thread(target=read, name="ahead", daemon=True)
    thread.start()
    try:
        while (item := queue.get()) is not _END:
            yield item  # type: ignore[misc]
        if failed:
            raise failed[0]
    finally:
        stopped.set()
        thread.join()
