"""Count persons: what is to be read from an export, and what the reading found.

A `Plan` says which columns leave and what they are, which columns identify a person, whose rows are another threshold
row's (roles) and which rows do not count (exclusions). `read` turns datasets into a `Draft`: keyed identifiers, the
items of each distinct row, nothing raw. The ledger links drafts to natural persons.
"""

from __future__ import annotations

from .counting_draft import Draft, sharing
from .counting_exclusions import Ruling, Situation, Void, rule
from .counting_plan import Crosswalk, Exclusion, Item, Plan, Role, SourcePlan
from .counting_read import Readable, read

__all__ = [
    "Crosswalk",
    "Draft",
    "Exclusion",
    "Item",
    "Plan",
    "Readable",
    "Role",
    "Ruling",
    "Situation",
    "SourcePlan",
    "Void",
    "read",
    "rule",
    "sharing",
]
