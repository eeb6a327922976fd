"""The suite: Great Expectations asserts what the rules computed.

`validate` turns a computed check into measures (counts), holds them against lines read from the edition of the list a
second time, and returns what each expectation concluded. It does not look at the verdict's `allowed`: where the two
disagree, `disagreement` says so, and nothing may be concluded.

Great Expectations takes seconds to import: it is imported when the suite is first used, or ahead of time by `warm_up`.
"""

from __future__ import annotations

from .computed import disagreement, findings, validate, warm_up

__all__ = ["disagreement", "findings", "validate", "warm_up"]
