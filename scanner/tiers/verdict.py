"""The verdict: frozen, cited, and exactly the document ``exportgate.verdict/1``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import ExitCode
from ..showing import Shown


@dataclass(frozen=True)
class Verdict(Shown):
    """What the rules say of one export. `held` are the routes that the rows which need them hold."""

    regime: str
    tier: int | None
    path: str
    paths: tuple[str, ...]
    fallback: Mapping[str, Any]
    usable: bool
    allowed: bool
    undecided: bool
    reasons: tuple[Mapping[str, Any], ...]
    headroom: Mapping[str, Any] | None
    duties: tuple[str, ...]
    warnings: tuple[str, ...]
    review: tuple[Mapping[str, Any], ...]
    held: tuple[str, ...] = ()
    may_go_if_read_so: bool = False

    def exit_code(self) -> ExitCode:
        """Return what a gate answers: 1 when no reading lets it go, 4 when readings differ, else 0."""
        if self.undecided and (self.allowed or self.may_go_if_read_so):
            return ExitCode.REVIEW
        return ExitCode.MAY_GO if self.allowed and not self.undecided else ExitCode.MUST_NOT_GO

    def to_dict(self) -> dict[str, Any]:
        """Return the ``exportgate.verdict/1`` document."""
        return {
            "schema": "exportgate.verdict/1",
            "regime": self.regime,
            "tier": self.tier,
            "path": self.path,
            "paths": list(self.paths),
            "fallback": dict(self.fallback),
            "usable": self.usable,
            "allowed": self.allowed,
            "undecided": self.undecided,
            "reasons": [dict(reason) for reason in self.reasons],
            "headroom": dict(self.headroom) if self.headroom else None,
            "duties": list(self.duties),
            "warnings": list(self.warnings),
            "review": [dict(entry) for entry in self.review],
            "held": list(self.held),
        }
