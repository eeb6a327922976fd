"""What a value looks like. Knows nothing of datasets or law.

* `cells`: the vectorised engine: every cell of a column, on Arrow buffers.
* one module per identifier: `compact`, `validate`, `is_valid`, `match`.
* `register(engine)`: adds the pack to anyone's Presidio `AnalyzerEngine`; `analyzer`: an engine without a model.
* `canary()`: proves that planted identifiers are found.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine, EntityRecognizer


def canary() -> None:
    """Find planted identifiers, or raise `planted.CanaryError`."""
    from .planted import canary as look

    look()


def register(engine: AnalyzerEngine, languages: Sequence[str] = ()) -> tuple[EntityRecognizer, ...]:
    """Add the pack to anyone's Presidio engine, for the languages given or all of the engine's; return what was added.

    From then on a regular expression that times out raises instead of being passed over.
    """
    from .analyzer import without_network
    from .presidio import register as add

    without_network()
    return add(engine, languages)
