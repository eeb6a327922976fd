"""Two years played at random against a world whose truth is known, on both stores.

The world: twelve persons with a document (written in 15 or 18 digits), two accounts each, and phones shared by three.
Every row shows the document, or an account that a crosswalk in the same export ties to it. So identity is complete, and
the counts must be the truth, to the person, whatever was reserved, committed, released, voided, sent again, excluded,
booked in another role, granted for remote access or carried over New Year.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from ledger_world import Table, draft_of, open_book, plan_of

from exportgate.scanner import ledger
from exportgate.scanner.counting import Crosswalk, Exclusion, Role
from exportgate.scanner.identity_values import normalise
from exportgate.scanner.ledger.model import Counts

PEOPLE = 12
SHORT = [f"350203800101{n:03d}" for n in range(PEOPLE)]
LONG = [normalise("cn_resident_id", pa.array([text]))[0].as_py() for text in SHORT]
PHONES = [f"1391111{n % 4:04d}" for n in range(PEOPLE)]
"""Phones are shared by three persons each: they may never join or split anybody."""
WALK = Table([{"mid": f"M{n:03d}{account}", "id": LONG[n]} for n in range(PEOPLE) for account in "ab"], "walk")
CROSSWALK = Crosswalk("walk", {"member_id": "mid", "cn_resident_id": "id"}, "crm")

Rows = list[dict[str, Any]]


def row_of(person: int, shows: dict[str, Any], kind: str, role: str, way: str) -> dict[str, Any]:
    """One row of a person: a document in one of two forms, or an account; perhaps both, perhaps a phone."""
    return {
        "person": str(person),
        "id": {"short": SHORT[person], "long": LONG[person], "none": None}[shows["id"]],
        "mid": f"M{person:03d}{shows['account']}" if shows["mid"] or shows["id"] == "none" else None,
        "phone": PHONES[person] if shows["phone"] else None,
        "note": "x" if kind != "ill" else None,
        "ill": "I10" if kind != "note" else None,
        "job": role,
        "way": way,
    }


showing = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["short", "long", "none"]),
        "account": st.sampled_from("ab"),
        "mid": st.booleans(),
        "phone": st.booleans(),
    }
)
rows = st.lists(
    st.builds(
        row_of,
        st.integers(0, PEOPLE - 1),
        showing,
        st.sampled_from(["note", "ill", "both"]),
        st.sampled_from(["subject", "hcp"]),
        st.sampled_from(["counted", "contract", "contract?"]),
    ),
    min_size=1,
    max_size=8,
)
PARTS = {
    "sector": "pharma",
    "row": "trial-subjects",
    "roles": (Role("hcp", "job = 'hcp'"),),
    "exclusions": (Exclusion("5(1)(i)", "way = 'contract'", {"contract": "x"}),),
    "crosswalks": (CROSSWALK,),
}


def truth(exports: list[Rows], row: str | None = None) -> tuple[int, int, int]:
    """Count the persons with a non-sensitive, a sensitive, any item."""
    counted = [r for export in exports for r in export if r["way"] != "contract"]
    counted = [r for r in counted if row is None or ("hcp" if r["job"] == "hcp" else "trial-subjects") == row]
    non, sensitive = ({r["person"] for r in counted if r[name]} for name in ("note", "ill"))
    return len(non), len(sensitive), len(non | sensitive)


class Year(RuleBasedStateMachine):
    """The book beside a plain list of what was sent."""

    waiting = Bundle("waiting")
    sent = Bundle("sent")
    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.book = open_book(self.url)
        self.moment = datetime(2026, 11, 23, 4, tzinfo=UTC)
        self.committed: dict[str, tuple[int, Rows]] = {}
        self.open: dict[str, tuple[int, Rows]] = {}
        self.grants: dict[str, bool] = {}
        self.number = 0

    @property
    def today(self) -> date:
        return self.moment.date()

    def draft(self, rows: Rows) -> Any:
        shown = [{k: v for k, v in row.items() if k != "person"} for row in rows]
        return draft_of(self.book, shown, datasets=[WALK], transfer_on=self.today, **PARTS)

    @rule(target=waiting, rows=rows, grant=st.sampled_from([None, None, "ends", "goes on"]))
    def reserve(self, rows: Rows, grant: str | None) -> str:
        self.number += 1
        draft, year = self.draft(rows), self.today.year
        seen = self.book.project(ledger.Export("probe", self.today), draft, self.today)
        everything = [r for y, r in (*self.committed.values(), *self.open.values()) if y == year]
        assert self.figures(seen.handler) == truth([*everything, rows])
        assert self.figures(seen.this_export) == truth([rows])
        assert seen.new_persons.any == truth([*everything, rows])[2] - truth(everything)[2]
        ends = date(self.today.year, 12, 20) if grant == "ends" else None
        mode = "remote-access" if grant else "transfer"
        export = ledger.Export(f"e{self.number}", self.today, mode=mode, grant_ends=ends)
        placed = self.book.reserve(export, draft, self.today, self.moment + timedelta(days=1), now=self.moment)
        self.open[placed.id] = year, rows
        self.grants[placed.id] = grant == "goes on"
        return placed.id

    @rule(target=sent, name=consumes(waiting))
    def commit(self, name: str) -> str:
        self.book.commit(name, self.today, now=self.moment)
        self.committed[name] = self.today.year, self.open.pop(name)[1]
        return name

    @rule(name=consumes(waiting))
    def release(self, name: str) -> None:
        self.book.release(name, "called off", now=self.moment)
        del self.open[name]

    @rule(name=consumes(sent))
    def void(self, name: str) -> None:
        self.book.void(name, "never left", {"ticket": 1}, now=self.moment)
        del self.committed[name]

    @rule(name=consumes(sent), target=sent)
    def void_and_book_again(self, name: str) -> str:
        """A void, then the same export once more, restores the counts."""
        year, rows = self.committed[name]
        if year != self.today.year:
            return name
        before = self.book.status(year, self.today, now=self.moment)
        export = self.book.booking(name).export
        self.book.void(name, "never left", {"ticket": 1}, now=self.moment)
        draft = self.draft(rows)
        again = self.book.reserve(
            ledger.Export(export, self.today), draft, self.today, self.moment + timedelta(days=1), now=self.moment
        )
        self.book.commit(again.id, self.today, now=self.moment)
        after = self.book.status(year, self.today, now=self.moment)
        assert {c["row"]: c["any"] for c in after["counters"]} == {c["row"]: c["any"] for c in before["counters"]}
        assert after["handler"] == before["handler"]
        del self.committed[name]
        self.committed[again.id] = year, rows
        self.grants[again.id] = False
        return again.id

    @precondition(lambda self: any(year == self.today.year for year, _ in self.committed.values()))
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        """In another order it is the same export: nothing is booked, and the original comes back."""
        here = [n for n, (y, _) in self.committed.items() if y == self.today.year and not n.startswith("renewed")]
        here = [n for n in here if self.book.booking(n).transfer_on.year == self.today.year and not self.grants[n]]
        if not here:
            return
        name = data.draw(st.sampled_from(sorted(here)))
        booked = self.book.booking(name)
        if booked.mode != "transfer":
            return
        draft = self.draft(list(reversed(self.committed[name][1])))
        if draft.content != booked.content:
            return  # carried over New Year: its content is named after the year it was read in
        export = ledger.Export(booked.export, self.today)
        again = self.book.reserve(export, draft, self.today, self.moment, now=self.moment)
        assert (again.id, again.created) == (name, False)

    @precondition(lambda self: self.today.year == 2026)
    @rule()
    def new_year(self) -> None:
        """Open grants are booked again; reservations wait."""
        self.moment = datetime(2027, 1, 2, 4, tzinfo=UTC)
        self.book.status(2027, self.today, now=self.moment)
        for name in [n for n in self.committed if self.grants[n]]:
            self.committed[f"renewed {name}"] = 2027, self.committed[name][1]

    @invariant()
    def counts_are_the_truth(self) -> None:
        for year in range(2026, self.today.year + 1):
            status = self.book.status(year, self.today, now=self.moment)
            sent = [r for y, r in self.committed.values() if y == year]
            assert self.figures_of(status["handler"]) == truth(sent)
            for counter in status["counters"]:
                assert self.figures_of(counter) == truth(sent, counter["row"])
                assert counter["lower"]["any"] <= truth(sent, counter["row"])[2]
            reserved = [r for y, r in self.open.values() if y == year]
            assert self.figures_of(status["handler_with_reservations"]) == truth([*sent, *reserved])

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


@pytest.fixture(params=["embedded", "postgresql"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[type[Year]]:
    """A machine that starts each game on an empty ledger."""

    class Embedded(Year):
        def __init__(self) -> None:
            self.url = f"{tempfile.mkdtemp(dir=tmp_path)}/y.duckdb"
            super().__init__()

    if request.param == "embedded":
        yield Embedded
        return
    server = request.getfixturevalue("postgres_server")

    class Server(Year):
        url = server

        def __init__(self) -> None:
            import psycopg

            with psycopg.connect(server) as connection:
                connection.execute("drop schema if exists exportgate cascade")
            super().__init__()

    yield Server


GAMES = [pytest.param((5, 8), id="short"), pytest.param((60, 20), marks=pytest.mark.soak, id="soak")]


@pytest.mark.parametrize("game", GAMES)
@pytest.mark.timeout(3000)
def test_counts_are_the_truth_whatever_happens(machine: type[Year], game: tuple[int, int]) -> None:
    games, steps = game
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=games, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_the_world_is_what_the_plan_reads() -> None:
    shows = {"id": "short", "account": "b", "mid": True, "phone": True}
    table = Table([row_of(1, shows, "both", "hcp", "counted")])
    assert set(plan_of(table).sources[0].identity) == {"cn_resident_id", "member_id", "phone"}
    assert len(set(LONG)) == PEOPLE
