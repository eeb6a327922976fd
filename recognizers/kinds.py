"""Kinds of personal information: the closed vocabulary, its class under a standard, its power to identify.

A *kind* is the word a column verdict ends in. What a kind means in law is data (`data/kinds.yaml`): whether it is
personal or sensitive under a profile and which clause says so, how far it identifies a person, and whether it counts
among the accounts and diagnosis data that the unified volume rule names.

* GB/T 45574-2025, Annex A (profile ``gbt45574``)
* GB/T 35273-2020, Annex B (profile ``gbt35273``)

>>> KINDS["cn_resident_id"].pi("gbt45574"), KINDS["cn_resident_id"].pi("gbt35273")
('personal', 'sensitive')
>>> KINDS["phone"].identity
'weak'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from .data_files import read_yaml

PI_CLASSES = ("none", "personal", "sensitive")
IDENTITY_STRENGTHS = ("strong", "scoped", "weak", "composite", "none")
DEFAULT_PROFILE: Final = "gbt45574"


@dataclass(frozen=True)
class Kind:
    """One word of the vocabulary. `entity` is the Presidio entity a column of this kind reports by default."""

    id: str
    entity: str
    identity: str
    accounts_or_diagnosis: bool
    classes: Mapping[str, str]
    citations: Mapping[str, str]

    def pi(self, profile: str = DEFAULT_PROFILE) -> str:
        """Return ``none``, ``personal`` or ``sensitive`` under `profile`; ValueError for a profile we do not have."""
        return self.classes[known_profile(profile)]

    def citation(self, profile: str = DEFAULT_PROFILE) -> str:
        """Return the clause behind `pi`."""
        return self.citations[known_profile(profile)]


def known_profile(profile: str) -> str:
    """Return `profile` when it is one of ours, else raise ValueError naming those that are."""
    if profile not in PROFILES:
        raise ValueError(f"no such profile: {profile}; known: {', '.join(PROFILES)}")
    return profile


def graver(first: str, second: str) -> str:
    """Return the graver of two classes.

    >>> graver("personal", "sensitive")
    'sensitive'
    """
    return max(first, second, key=PI_CLASSES.index)


@cache
def _document() -> dict[str, Any]:
    return read_yaml("kinds.yaml")


def _read() -> Mapping[str, Kind]:
    document = _document()
    kinds = {
        name: Kind(
            id=name,
            entity=row["entity"],
            identity=row["identity"],
            accounts_or_diagnosis=row["accounts_or_diagnosis"],
            classes=MappingProxyType(row["pi"]),
            citations=MappingProxyType(document["citations"][row["citation"]]),
        )
        for name, row in document["kinds"].items()
    }
    return MappingProxyType(kinds)


PROFILES: tuple[str, ...] = tuple(_document()["profiles"])
KINDS: Mapping[str, Kind] = _read()
