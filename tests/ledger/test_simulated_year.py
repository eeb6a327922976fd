"""A year played at random against a world whose truth is known: reserve, commit, release, void, send again, check."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, precondition, rule
from ledger_world import KEY, NOW, TODAY, Table, draft_of, plan_of, reserve

from exportgate.scanner import ledger
from exportgate.scanner.counting import Exclusion, Role
from exportgate.scanner.ledger.model import Counts

PEOPLE = 12
PHONES = [f"1391111{n % 4:04d}" for n in range(PEOPLE)]
"""Phones are shared by three persons each: they may never join or split anybody."""


def row_of(person: int, shows: tuple[bool, bool], kind: str, role: str, way: str) -> dict[str, Any]:
    """One row of a person who always shows a document or a member number, perhaps a phone."""
    return {
        "id": f"35020319800101{person:03d}1",
        "mid": f"M{person:03d}" if shows[0] else None,
        "phone": PHONES[person] if shows[1] else None,
        "note": "x" if kind != "ill" else None,
        "ill": "I10" if kind != "note" else None,
        "job": role,
        "way": way,
    }


rows = st.lists(
    st.builds(
        row_of,
        st.integers(0, PEOPLE - 1),
        st.tuples(st.booleans(), st.booleans()),
        st.sampled_from(["note", "ill", "both"]),
        st.sampled_from(["subject", "hcp"]),
        st.sampled_from(["counted", "contract"]),
    ),
    min_size=1,
    max_size=8,
)
PARTS = {
    "sector": "pharma",
    "row": "trial-subjects",
    "roles": (Role("hcp", "job = 'hcp'"),),
    "exclusions": (Exclusion("5(1)(i)", "way = 'contract'", {"contract": "x"}),),
}


def truth(exports: list[list[dict[str, Any]]], row: str | None = None) -> tuple[int, int, int]:
    """Count the persons with a non-sensitive, a sensitive, any item."""
    counted = [r for export in exports for r in export if r["way"] == "counted"]
    counted = [r for r in counted if row is None or ("hcp" if r["job"] == "hcp" else "trial-subjects") == row]
    non, sensitive = ({r["id"] for r in counted if r[name]} for name in ("note", "ill"))
    return len(non), len(sensitive), len(non | sensitive)


class Year(RuleBasedStateMachine):
    """The book beside a plain list of what was sent."""

    waiting = Bundle("waiting")
    sent = Bundle("sent")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.book = ledger.open_ledger(Path(self.folder.name) / "y.duckdb", KEY)
        self.committed: dict[str, list[dict[str, Any]]] = {}
        self.open: dict[str, list[dict[str, Any]]] = {}
        self.number = 0

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(target=waiting, rows=rows)
    def reserve(self, rows: list[dict[str, Any]]) -> str:
        self.number += 1
        draft = draft_of(self.book, rows, **PARTS)
        seen = self.book.project(ledger.Export("probe", TODAY), draft, TODAY)
        everything = [*self.committed.values(), *self.open.values()]
        assert self.figures(seen.handler) == truth([*everything, rows])
        assert self.figures(seen.this_export) == truth([rows])
        assert seen.new_persons.any == truth([*everything, rows])[2] - truth(everything)[2]
        placed = reserve(self.book, f"e{self.number}", draft)
        self.open[placed.id] = rows
        return placed.id

    @rule(target=sent, name=consumes(waiting))
    def commit(self, name: str) -> str:
        self.book.commit(name, TODAY, now=NOW)
        self.committed[name] = self.open.pop(name)
        return name

    @rule(name=consumes(waiting))
    def release(self, name: str) -> None:
        self.book.release(name, "called off", now=NOW)
        del self.open[name]

    @rule(name=consumes(sent))
    def void(self, name: str) -> None:
        self.book.void(name, "never left", {"ticket": 1}, now=NOW)
        del self.committed[name]

    @precondition(lambda self: self.committed)
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.committed)))
        draft = draft_of(self.book, list(reversed(self.committed[name])), **PARTS)
        booked = self.book.booking(name)
        again = self.book.reserve(ledger.Export(booked.export, TODAY), draft, TODAY, NOW, now=NOW)
        assert (again.id, again.created) == (name, False)

    @invariant()
    def counts_are_the_truth(self) -> None:
        status = self.book.status(2026, TODAY, now=NOW)
        sent = list(self.committed.values())
        assert self.figures_of(status["handler"]) == truth(sent)
        for counter in status["counters"]:
            assert self.figures_of(counter) == truth(sent, counter["row"])
            assert counter["lower"]["any"] <= truth(sent, counter["row"])[2]
        assert self.figures_of(status["handler_with_reservations"]) == truth([*sent, *self.open.values()])

    @invariant()
    def verify_is_clean(self) -> None:
        found = self.book.verify()
        assert found.ok, found.problems

    @staticmethod
    def figures(counts: Counts) -> tuple[int, int, int]:
        return counts.non_sensitive, counts.sensitive, counts.any

    @staticmethod
    def figures_of(counts: dict[str, Any]) -> tuple[int, int, int]:
        return counts["non_sensitive"], counts["sensitive"], counts["any"]


Year.TestCase.settings = settings(
    max_examples=8, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck)
)
TestYear = Year.TestCase


def test_the_world_is_what_the_plan_reads() -> None:
    table = Table([row_of(1, (True, True), "both", "hcp", "counted")])
    assert set(plan_of(table).sources[0].identity) == {"cn_resident_id", "member_id", "phone"}
