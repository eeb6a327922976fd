"""Read an export's datasets into a draft: keys, items, roles, exclusions, in one pass of bounded memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from .counting_draft import Draft
from .counting_plan import Plan
from .identity_keys import Keys


class Readable(Protocol):
    """A dataset as `sources.open_source` gives it."""

    @property
    def name(self) -> str:
        """The dataset's name, as in `SourcePlan.name`."""
        ...

    @property
    def schema(self) -> Any:
        """Its Arrow schema."""
        ...

    def batches(self, columns: list[str] | None = None, batch_rows: int = 65536) -> Iterator[Any]:
        """Yield record batches."""
        ...


def read(plan: Plan, datasets: Sequence[Readable], keys: Keys) -> Draft:
    """Read `datasets` (those of `plan.sources` and `plan.crosswalks`, by name) and return their persons' draft."""
    raise NotImplementedError
