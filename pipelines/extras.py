"""Optional parts: a missing one is a sentence that names what to install."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..scanner.errors import ComponentError


class MissingExtraError(ComponentError, ImportError):
    """An optional dependency is not installed."""


@contextmanager
def need(extra: str) -> Iterator[None]:
    """Turn an import that fails inside the block into one sentence naming the extra.

    >>> with need("airflow"):
    ...     import no_such_orchestrator
    Traceback (most recent call last):
        ...
    exportgate.pipelines.extras.MissingExtraError: this part needs the extra: pip install 'exportgate[airflow]'
    """
    try:
        yield
    except ModuleNotFoundError:
        raise MissingExtraError(f"this part needs the extra: pip install 'exportgate[{extra}]'") from None
