"""What is to be counted: columns, identity, roles, exclusions and crosswalks of one export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Item:
    """A column of personal information that leaves.

    `pi` is ``personal`` or ``sensitive``; `accounts_or_diagnosis` marks the sensitive kinds of Part B's unified rule.
    """

    column: str
    kind: str
    pi: str
    accounts_or_diagnosis: bool = False


@dataclass(frozen=True)
class SourcePlan:
    """One dataset of the export.

    `items` are the PI columns that leave. `identity` maps an identity kind to its column, whether it leaves or not
    (``name_birth_date`` to two columns joined by ``+``: ``"name+birth_date"``). `scope` is the namespace of member,
    subject, account and pseudonymous ids; empty means the dataset's own name. `birth_date` is a column that tells
    under-14s; a resident ID in `identity` is used as well. `further` marks a second reading of a dataset for persons
    whom its rows name beside their own: it counts them, and no row twice.
    """

    name: str
    items: tuple[Item, ...] = ()
    identity: Mapping[str, str] = field(default_factory=dict)
    scope: str = ""
    birth_date: str | None = None
    further: bool = False


@dataclass(frozen=True)
class Role:
    """Rows whose persons count under another threshold row."""

    row: str
    where: str


@dataclass(frozen=True)
class Exclusion:
    """Rows that do not count: basis, predicate (empty: every row) and the evidence held."""

    basis: str
    where: str
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Crosswalk:
    """A dataset inside China that links identifiers. It is not exported and counts nobody."""

    name: str
    identity: Mapping[str, str]
    scope: str = ""


@dataclass(frozen=True)
class Plan:
    """Everything that decides how an export is counted.

    `where` in roles and exclusions is the language of `expressions`. `transfer_on` (Asia/Shanghai) decides the year
    and who is under 14. The first role whose predicate is true takes the row; otherwise `row`.
    """

    sector: str
    row: str
    sources: tuple[SourcePlan, ...]
    transfer_on: date
    roles: tuple[Role, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    crosswalks: tuple[Crosswalk, ...] = ()
