"""What a value looks like. Knows nothing of datasets or law.

* `cells`: the vectorised engine: every cell of a column, on Arrow buffers.
* one module per identifier: `compact`, `validate`, `is_valid`, `match`.
* `register(engine)`: adds the pack to anyone's Presidio `AnalyzerEngine`; `analyzer`: an engine without a model.
* `canary()`: proves that planted identifiers are found.
"""

from __future__ import annotations


def canary() -> None:
    """Find planted identifiers, or raise `planted.CanaryError`."""
    from .planted import canary as look

    look()
