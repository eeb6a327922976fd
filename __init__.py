"""exportgate: the gate a dataset passes before it leaves China through the Fujian Free Trade Zone.

>>> import exportgate
>>> facts = {"sector": "retail", "scenario": "membership",
...          "handler": {"ftz_area": "xiamen", "exports_from_ftz": True, "ciio": False},
...          "as_of": "2026-11-23", "counts": {"non_sensitive": 499999, "sensitive": 0, "any": 499999}}
>>> exportgate.evaluate(facts).to_dict()["tier"]
0

`scan` looks at one dataset, `check` judges an export, `guard` books it around the transfer, `evaluate` applies the tier
rules to given counts, `open_ledger` opens the year's person ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["check", "evaluate", "guard", "open_ledger", "scan"]

if TYPE_CHECKING:
    from .pipelines.api import check, evaluate, open_ledger, scan
    from .pipelines.guarded import guard


def __getattr__(name: str) -> Any:
    """Import a part of the face when it is first used."""
    if name in __all__:
        from .pipelines import api, guarded

        return getattr(guarded if name == "guard" else api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
