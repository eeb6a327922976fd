"""Roles, exclusions, under-14s, crosswalks: whose item counts, where, and what takes it out."""

from __future__ import annotations

from typing import Any

import pytest
from ledger_world import NOW, TODAY, Table, counts, project, send

from exportgate.scanner import counting, ledger
from exportgate.scanner.counting import Crosswalk, Exclusion, Role, Situation
from exportgate.scanner.errors import UsageError

BY_CONTRACT = Exclusion("5(1)(i)", "channel = 'cross_border'", {"contract": "terms 4.2", "necessity": "delivery"})


def test_an_excluded_row_links_and_counts_nobody(book: ledger.Book) -> None:
    rows = [
        {"mid": "M1", "phone": "13911110001", "channel": "cross_border", "note": "x"},
        {"mid": "M2", "phone": "13911110002", "channel": "shop", "note": "x"},
        {"mid": None, "phone": "13911110001", "channel": None, "note": "x"},
    ]
    seen = project(book, rows, exclusions=(BY_CONTRACT,))
    assert seen.this_export.any == 2
    assert [(e.basis, e.persons, e.rows) for e in seen.excluded] == [("5(1)(i)", 1, 1)]
    send(book, "a", rows, exclusions=(BY_CONTRACT,))
    assert project(book, [{"mid": "M1", "note": "y"}]).new_persons.any == 0


def test_a_person_with_one_item_that_is_not_excluded_counts(book: ledger.Book) -> None:
    rows = [{"mid": "M1", "channel": channel, "note": "x"} for channel in ("cross_border", "shop")]
    assert project(book, rows, exclusions=(BY_CONTRACT,)).this_export.any == 1


@pytest.mark.parametrize("channel", [None, "unknown"])
def test_only_true_excludes(book: ledger.Book, channel: str | None) -> None:
    exclusion = Exclusion("5(1)(i)", "channel <> 'unknown'", {"contract": "x"})
    assert project(book, [{"mid": "M1", "channel": channel, "note": "x"}], exclusions=(exclusion,)).this_export.any == 1


SHOP = Situation(rows=("membership",), personal_columns=("phone",))
REFUSED: list[tuple[str, dict[str, Any], Situation, str]] = [
    ("5(1)(iv)", {"x": 1}, SHOP, "is no exclusion"),
    ("5(1)(v)", {"x": 1}, SHOP, "no such basis"),
    ("5(1)(i)", {}, SHOP, "needs evidence"),
    ("5(1)(i)", {"contract": ""}, SHOP, "needs evidence"),
    ("4", {"contract": "x"}, SHOP, "needs evidence of origin"),
    ("3", {"statement": "x"}, SHOP, "asserts a dataset without personal information"),
    ("6", {"row": "other"}, SHOP, "needs evidence of number"),
    ("6", {"number": "F-1", "row": "membership"}, SHOP, "below the floor"),
    ("6", {"number": "F-1"}, Situation(("membership",), unofficial_columns=("phone",)), "not confirmed"),
]


@pytest.mark.parametrize(("basis", "evidence", "situation", "why"), REFUSED)
def test_what_a_basis_may_not_take_out(basis: str, evidence: dict[str, Any], situation: Situation, why: str) -> None:
    with pytest.raises(UsageError, match=why) as error:
        counting.rule([Exclusion(basis, "", evidence)], situation)
    assert error.value.where.startswith("exclusions[0]")


@pytest.mark.parametrize(
    ("basis", "article"),
    [(basis, "CBDF Art. 5(2)") for basis in ("5(1)(i)", "5(1)(ii)", "5(1)(iii)")] + [("4", "CBDF Art. 4")],
)
def test_important_data_voids_the_exemptions(basis: str, article: str) -> None:
    """What Art. 4 exempts is gone as well: nothing domestic, and no important data, may have been brought in."""
    exclusion = Exclusion(basis, "", {"contract": "x", "origin": "x"})
    present = counting.rule([exclusion], Situation(("membership",), important_data="present"))
    assert (present.applied, [v.article for v in present.void]) == ((), [article])
    suspected = counting.rule([exclusion], Situation(("membership",), important_data="suspected"))
    assert suspected.review == (exclusion,)


def test_persons_of_another_row_count_there(book: ledger.Book) -> None:
    rows = [{"mid": f"M{i}", "job": "investigator" if i < 3 else "subject", "note": "x"} for i in range(10)]
    roles = (Role("hcp", "job = 'investigator'"),)
    seen = project(book, rows, sector="pharma", row="trial-subjects", roles=roles)
    assert {slot[1]: c.any for slot, c in seen.rows.items()} == {"trial-subjects": 7, "hcp": 3}
    assert seen.sectors["pharma"].any == seen.handler.any == seen.this_export.any == 10
    both = seen.union({("pharma", "hcp"): ("sensitive",), ("pharma", "trial-subjects"): ("non_sensitive",)})
    assert both.any == 7


@pytest.mark.parametrize(("birth", "sensitive"), [("2012-11-23", 0), ("2012-11-24", 1), ("2020-01-01", 1), ("?", 0)])
def test_every_item_of_a_person_under_14_is_sensitive(book: ledger.Book, birth: str, sensitive: int) -> None:
    send(book, "a", [{"mid": "M1", "birth": birth, "note": "x"}])
    assert (counts(book)["sensitive"], counts(book)["non_sensitive"]) == (sensitive, 1 - sensitive)


def test_a_resident_id_tells_that_a_person_is_under_14_wherever_they_appear(book: ledger.Book) -> None:
    send(book, "a", [{"phone": "13911110001", "note": "x"}])
    assert counts(book)["sensitive"] == 0
    send(book, "b", [{"id": "350203201803071236", "phone": "13911110001", "note": "x"}])
    assert (counts(book)["sensitive"], counts(book)["non_sensitive"], counts(book)["any"]) == (1, 0, 1)


def test_a_crosswalk_links_and_counts_nobody(book: ledger.Book) -> None:
    send(book, "a", [{"mid": f"M{i}", "note": "x"} for i in range(4)])
    send(book, "b", [{"phone": f"1391111000{i}", "note": "x"} for i in range(4)])
    assert counts(book)["any"] == 8
    walk = Table([{"mid": f"M{i}", "phone": f"1391111000{i}"} for i in range(4)], "walk")
    crosswalk = Crosswalk("walk", {"member_id": "mid", "phone": "phone"}, "crm")
    seen = project(book, [{"mid": "M0", "note": "x"}], crosswalks=(crosswalk,), datasets=[walk])
    assert (seen.year_to_date.any, seen.new_persons.any, seen.this_export.any) == (4, -4, 1)


@pytest.mark.parametrize(
    "where", ["1=1; drop table x", "note = (select 1)", "sleep(9)", "note = 'x' -- y", "1 or 1 union"]
)
def test_injections_are_bad_usage(book: ledger.Book, where: str) -> None:
    with pytest.raises(UsageError, match="unexpected"):
        project(book, [{"mid": "M1", "note": "x"}], exclusions=(Exclusion("5(1)(i)", where, {"a": 1}),))


def test_a_predicate_on_a_missing_column_names_the_nearest(book: ledger.Book) -> None:
    with pytest.raises(UsageError, match=r"exclusions\[0\]\.where: no such column: chanel"):
        project(book, [{"mid": "M1", "channel": "x", "note": "x"}], exclusions=(Exclusion("4", "chanel='x'", {}),))


def test_persons_with_both_and_unlinked_are_the_callers_choice(book: ledger.Book) -> None:
    rows = [{"mid": "M1", "note": "x", "ill": "I10"}, {"mid": "M2", "note": "x", "ill": None}, {"mid": "", "note": "x"}]
    from ledger_world import draft_of

    draft = draft_of(book, rows)
    found = {}
    for both in ("both", "sensitive-only"):
        for side in ("upper", "lower"):
            export = ledger.Export("a", TODAY, persons_with_both=both, unlinked=side)
            found[both, side] = book.project(export, draft, NOW.date()).year_to_date.non_sensitive
    assert found == {
        ("both", "upper"): 3,
        ("both", "lower"): 2,
        ("sensitive-only", "upper"): 2,
        ("sensitive-only", "lower"): 1,
    }
