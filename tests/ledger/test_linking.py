"""Who is one person: the table of identity strengths, case by case, and against a world whose truth is known."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_world import TODAY, Table, draft_of, project, send

from exportgate.scanner import ledger
from exportgate.scanner.ledger import folding

A, B, C = "350203199003071235", "350203198511112222", "350203197702023333"
Row = dict[str, Any]

CASES: list[tuple[str, list[Row], int, int]] = [
    ("two numbers of one document kind are two persons", [{"id": A}, {"id": B}], 2, 2),
    ("they are not merged by a phone", [{"id": A, "phone": "1"}, {"id": B, "phone": "1"}], 1, 2),
    (
        "different documents in one row are one person",
        [{"id": A, "passport": "E1"}, {"passport": "E1"}, {"id": A}],
        1,
        1,
    ),
    ("nor by another document", [{"id": A, "passport": "E1"}, {"id": B, "passport": "E1"}], 1, 2),
    ("two accounts of one document are one person", [{"id": A, "mid": "M1"}, {"id": A, "mid": "M2"}], 1, 1),
    ("two accounts without a document are two", [{"mid": "M1", "phone": "1"}, {"mid": "M2", "phone": "1"}], 1, 2),
    ("an account of two documents joins neither", [{"id": A, "mid": "M1"}, {"id": B, "mid": "M1"}], 1, 2),
    ("a phone joins a document and an account", [{"id": A, "phone": "1"}, {"mid": "M1", "phone": "1"}], 1, 1),
    (
        "a chain of two weak keys does not join two documents",
        [{"id": A, "phone": "1"}, {"phone": "1", "email": "a@b.cn"}, {"email": "a@b.cn", "id": B}],
        1,
        3,
    ),
    (
        "nor through an account between them",
        [
            {"id": A, "phone": "1"},
            {"phone": "1", "mid": "M1"},
            {"mid": "M1", "email": "a@b.cn"},
            {"email": "a@b.cn", "id": B},
        ],
        1,
        3,
    ),
    (
        "a phone of three persons, one without anything else",
        [{"id": A, "phone": "1"}, {"id": B, "phone": "1"}, {"phone": "1"}],
        1,
        3,
    ),
    (
        "numbers of two systems in one row are one person",
        [{"mid": "M1", "sid": "S1"}, {"sid": "S1"}, {"mid": "M1"}],
        1,
        1,
    ),
    ("a subject of two members joins neither", [{"mid": "M1", "sid": "S1"}, {"mid": "M2", "sid": "S1"}], 1, 2),
    (
        "a row whose two accounts belong to two documents joins nobody",
        [{"id": A, "mid": "M1"}, {"id": B, "sid": "S1"}, {"mid": "M1", "sid": "S1"}],
        1,
        3,
    ),
    (
        "name and birth date link what has nothing better",
        [{"name": "Li Wei", "birth": "1990-03-07"}, {"name": "LI  WEI", "birth": "19900307"}],
        1,
        1,
    ),
    (
        "and never what has",
        [
            {"name": "Li Wei", "birth": "1990-03-07", "mid": "M1"},
            {"name": "Li Wei", "birth": "1990-03-07", "mid": "M2"},
            {"name": "Li Wei", "birth": "1990-03-07", "mid": None},
        ],
        1,
        3,
    ),
    ("a dummy phone is nobody's", [{"mid": "M1", "phone": "13800000000"}, {"mid": "M2", "phone": "13800000000"}], 2, 2),
    ("rows without identity are a person each, or none", [{"mid": None}, {"mid": "M1"}, {"mid": "N/A"}], 1, 3),
    ("15 and 18 digits are one number", [{"id": "350203900307123"}, {"id": "35020319900307123X"}], 1, 1),
]


def written(rows: list[Row]) -> list[Row]:
    """Make the short numbers of the table look like numbers; the check digit of the 18-digit ID is right."""
    import pyarrow as pa

    from exportgate.scanner.identity_values import normalise

    made = []
    for given_row in rows:
        row = {**given_row, "note": "x"}
        if row.get("phone") == "1":
            row["phone"] = "13911110001"
        if row.get("passport") == "E1":
            row["passport"] = "E12345670"
        if row.get("id") == "35020319900307123X":
            row["id"] = normalise("cn_resident_id", pa.array(["350203900307123"]))[0].as_py()
        made.append(row)
    return made


@pytest.mark.parametrize(("what", "rows", "lower", "upper"), CASES, ids=[case[0] for case in CASES])
def test_links_between_rows(embedded: ledger.Book, what: str, rows: list[Row], lower: int, upper: int) -> None:
    seen = project(embedded, written(rows)).this_export
    assert (seen.lower.any, seen.upper.any) == (lower, upper), what


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
@pytest.mark.parametrize("backwards", [False, True])
def test_links_between_exports(embedded: ledger.Book, case: Any, backwards: bool) -> None:
    book = embedded
    what, rows, lower, upper = case
    rows = written(rows)
    names = dict.fromkeys(name for row in rows for name in row)
    for number, row in enumerate(reversed(rows) if backwards else rows):
        send(book, f"e{number}", [{**names, **row, "note": f"{number}"}])
    handler = book.status(2026, TODAY)["handler"]
    assert (handler["lower"]["any"], handler["upper"]["any"]) == (lower, upper), what
    assert book.verify().ok


class World:
    """Persons with documents, accounts, phones and mails; rows show some of them."""

    def __init__(self, seed: int, *, shared: float, people: int = 25) -> None:
        chance = random.Random(seed)
        self.people = []
        for n in range(people):
            phone = chance.randrange(people) if chance.random() < shared else people + n
            self.people.append(
                {
                    "id": f"35020319{chance.randrange(50, 99)}0307{n:03d}1",
                    "mid": f"M{n:04d}",
                    "phone": f"139{phone:08d}",
                    "email": f"p{n}@mail.cn",
                }
            )
        self.chance = chance

    def rows(self, count: int, *, always: str) -> list[tuple[int, Row]]:
        found = []
        for _ in range(count):
            n = self.chance.randrange(len(self.people))
            shown = {k: v if k == always or self.chance.random() < 0.6 else None for k, v in self.people[n].items()}
            found.append((n, {**shown, "note": "x"}))
        return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**6), st.sampled_from(["id", "mid"]), st.floats(0, 0.6))
def test_persons_with_a_telling_key_in_every_row_are_counted_to_the_person(
    seed: int, always: str, shared: float
) -> None:
    rows = World(seed, shared=shared).rows(80, always=always)
    truth = len({n for n, _ in rows})
    own = folding.draft_alone(_draft([row for _, row in rows]))
    seen = own.year.histogram(own.tally, []).handler()
    assert seen.lower.any <= truth == seen.upper.any


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_bounds_hold_when_shared_keys_come_with_something_stronger(seed: int) -> None:
    world = World(seed, shared=0.5)
    rows = world.rows(60, always="id") + [
        (n, {"id": None, "mid": world.people[n]["mid"], "phone": None, "email": world.people[n]["email"], "note": "y"})
        for n in range(0, 25, 3)
    ]
    known = {n for n, row in rows if row["id"] and (row["mid"] or row["email"])}
    rows = [(n, row) for n, row in rows if row["id"] or n in known]
    truth = len({n for n, _ in rows})
    own = folding.draft_alone(_draft([row for _, row in rows]))
    seen = own.year.histogram(own.tally, []).handler()
    assert seen.lower.any <= truth <= seen.upper.any


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(seed: int, chance: random.Random) -> None:
    rows = [row for _, row in World(seed, shared=0.8).rows(60, always="")]
    first = _counted(rows)
    chance.shuffle(rows)
    assert _counted(rows) == first


def _counted(rows: list[Row]) -> Any:
    own = folding.draft_alone(_draft(rows))
    return own.tally.to_dict(), own.year.histogram(own.tally, []).handler()


def _draft(rows: list[Row]) -> Any:
    class Unbooked:
        def keys(self, year: int) -> Any:
            return ledger.Keys.derive(bytes(32), year)

    return draft_of(Unbooked(), Table(rows))  # type: ignore[arg-type]
