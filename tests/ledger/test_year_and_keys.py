"""New Year, remote access, closing, keys, incidents, tampering, and a ledger that cannot be used."""

from __future__ import annotations

import os
import random
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from ledger_world import KEY, LATER, NOW, TODAY, Table, counts, draft_of, members, project, reserve, send

from exportgate.scanner import ledger
from exportgate.scanner.errors import LedgerError, UsageError

NEW_YEAR = date(2027, 1, 1)
IN_2027 = datetime(2027, 1, 2, 12, tzinfo=UTC)


def people(start: int, stop: int) -> Table:
    return Table(members(start, stop, mid="M{:06d}", phone="139{:08d}"))


def any_in(book: ledger.Book, year: int, day: date) -> int:
    return int(book.status(year, day)["handler"]["any"])


def test_the_transfer_date_decides_the_year_and_the_persons_move(book: ledger.Book) -> None:
    send(book, "a", people(0, 10))
    waiting = reserve(book, "b", draft_of(book, people(5, 20)))
    done = book.commit(waiting.id, NEW_YEAR, now=IN_2027)
    assert (done.year, any_in(book, 2026, NEW_YEAR), any_in(book, 2027, NEW_YEAR)) == (2027, 10, 15)
    following = draft_of(book, people(0, 20), transfer_on=NEW_YEAR)
    assert book.project(ledger.Export("c", NEW_YEAR), following, NEW_YEAR).new_persons.any == 5
    assert book.verify().ok


def test_an_expired_reservation_keeps_its_headroom_and_is_loud(book: ledger.Book) -> None:
    waiting = reserve(book, "a", draft_of(book, people(0, 10)))
    late = LATER + timedelta(days=3)
    status = book.status(2026, late.date(), now=late)
    assert [(r["state"], r["export"]) for r in status["reservations"]] == [("expired", "a")]
    assert [alert["kind"] for alert in status["alerts"]] == ["expired"]
    assert project(book, people(5, 15)).year_to_date.any == 15
    assert book.commit(waiting.id, TODAY, now=late).state == "committed"
    assert book.history()[-1].body["expired"] is True


def grant(book: ledger.Book, data: Table, on: date, now: datetime, name: str = "crm-view", **more: Any) -> Any:
    """Open a remote access, or audit it again."""
    draft = draft_of(book, data, transfer_on=on)
    export = ledger.Export(name, on, **{"mode": "remote-access", **more})
    placed = book.reserve(export, draft, on, now + timedelta(days=1), now=now)
    return placed if placed.state == "committed" else book.commit(placed.id, on, now=now)


def test_remote_access_is_booked_again_each_new_year_until_it_ends(book: ledger.Book) -> None:
    access: dict[str, Any] = {"mode": "remote-access", "grant_ends": date(2028, 6, 30)}

    def audit(stop: int, on: date, now: datetime) -> ledger.Reservation:
        return grant(book, people(0, stop), on, now, **access)

    audit(1200, TODAY, NOW)
    assert counts(book)["any"] == 1200
    second = audit(1250, TODAY, NOW)
    assert (second.version, counts(book)["any"]) == (2, 1250)
    assert any_in(book, 2027, date(2026, 12, 31)) == 0
    assert any_in(book, 2027, NEW_YEAR) == 1250
    same = draft_of(book, people(0, 1250), transfer_on=NEW_YEAR)
    assert book.project(ledger.Export("other", NEW_YEAR), same, NEW_YEAR).new_persons.any == 0
    assert any_in(book, 2028, date(2028, 3, 1)) == 1250
    assert any_in(book, 2029, date(2029, 1, 1)) == 0
    assert [e.body["year"] for e in book.history() if e.kind == "renewed"] == [2027, 2027, 2028, 2028]
    assert book.verify().ok


def test_an_ended_grant_books_nobody(book: ledger.Book) -> None:
    export = ledger.Export("crm-view", TODAY, mode="remote-access")
    placed = book.reserve(export, draft_of(book, people(0, 5)), TODAY, LATER, now=NOW)
    book.commit(placed.id, TODAY, now=NOW)
    book.end_grant("crm-view", date(2026, 12, 20), "account closed", now=NOW)
    assert any_in(book, 2027, NEW_YEAR) == 0
    with pytest.raises(UsageError, match="no remote access of that name"):
        book.end_grant("crm-veiw", date(2026, 12, 20), "typo", now=NOW)


def test_looking_ahead_books_nothing(book: ledger.Book) -> None:
    """A status of next year shows who would be booked on 1 January, and leaves no trace: the grant may end before."""
    grant(book, people(0, 5), TODAY, NOW)
    before = book.history()
    assert book.status(2027, NEW_YEAR, now=NOW)["handler"]["any"] == 5
    seen = book.project(ledger.Export("x", NEW_YEAR), draft_of(book, people(0, 9), transfer_on=NEW_YEAR), NEW_YEAR)
    assert (seen.year_to_date.any, seen.new_persons.any) == (9, 4)
    assert book.history() == before
    assert book.status(2027, NEW_YEAR, now=IN_2027)["handler"]["any"] == 5
    assert [entry.kind for entry in book.history()[len(before) :]] == ["renewed"]


def test_who_was_booked_ahead_is_taken_back_when_the_grant_ended_before(book: ledger.Book) -> None:
    grant(book, people(0, 5), TODAY, NOW)
    ahead = draft_of(book, people(3, 9), transfer_on=NEW_YEAR)
    waiting = book.reserve(ledger.Export("next", NEW_YEAR), ahead, NEW_YEAR, LATER, now=NOW)
    assert any_in(book, 2027, NEW_YEAR) == 5
    book.end_grant("crm-view", date(2026, 12, 20), "account closed", now=NOW)
    assert any_in(book, 2027, NEW_YEAR) == 0
    book.commit(waiting.id, NEW_YEAR, now=IN_2027)
    assert any_in(book, 2027, NEW_YEAR) == 6
    assert book.verify().ok


def test_the_last_end_said_of_a_grant_holds_for_all_its_audits(book: ledger.Book) -> None:
    grant(book, people(0, 5), TODAY, NOW)
    grant(book, people(0, 7), TODAY, NOW, grant_ends=date(2026, 12, 15))
    assert any_in(book, 2027, NEW_YEAR) == 0


@pytest.mark.parametrize("last", [date(2026, 12, 15), date(2027, 6, 30)])
def test_the_same_members_with_another_end_change_the_end(book: ledger.Book, last: date) -> None:
    first = grant(book, people(0, 5), TODAY, NOW, grant_ends=date(2027, 3, 1))
    again = grant(book, people(0, 5), TODAY, NOW, grant_ends=last)
    assert (again.id, again.created) == (first.id, False)
    grant(book, people(0, 5), TODAY, NOW, grant_ends=last)
    assert [entry.kind for entry in book.history()].count("grant-changed") == 1
    assert any_in(book, 2027, NEW_YEAR) == (5 if last >= NEW_YEAR else 0)


def test_an_ended_grant_given_again_is_booked_again(book: ledger.Book) -> None:
    grant(book, people(0, 5), TODAY, NOW)
    book.end_grant("crm-view", TODAY - timedelta(days=1), "account closed", now=NOW)
    grant(book, people(0, 5), TODAY, NOW)
    assert any_in(book, 2027, NEW_YEAR) == 5


def test_a_grant_goes_on_when_the_keys_of_its_first_year_were_dropped(book: ledger.Book) -> None:
    grant(book, people(0, 5), TODAY, NOW)
    book.status(2027, NEW_YEAR, now=IN_2027)
    book.close_year(2026, now=IN_2027)
    in_2030 = datetime(2030, 1, 2, tzinfo=UTC)
    book.drop_keys(2026, "order 7 of the board", now=in_2030)
    assert [any_in(book, year, in_2030.date()) for year in (2026, 2027, 2028, 2029, 2030)] == [5] * 5
    assert any_in(book, 2031, date(2031, 1, 1)) == 5
    assert book.verify().ok


def test_a_closed_year_takes_no_late_booking_until_it_is_reopened(book: ledger.Book) -> None:
    send(book, "a", people(0, 10))
    with pytest.raises(UsageError, match="is not over"):
        book.close_year(2026, now=NOW)
    book.close_year(2026, now=IN_2027)
    with pytest.raises(UsageError, match="the year 2026 is closed") as refused:
        reserve(book, "late", draft_of(book, people(10, 12)))
    assert "--reopen" in refused.value.hint
    book.reopen_year(2026, "a December file was found", now=IN_2027)
    send(book, "late", people(10, 12))
    assert book.verify().ok


def test_a_year_with_an_open_reservation_cannot_be_closed(book: ledger.Book) -> None:
    reserve(book, "a", draft_of(book, people(0, 10)))
    with pytest.raises(UsageError, match="1 reservations of 2026 are open"):
        book.close_year(2026, now=IN_2027)


def test_keys_are_dropped_only_by_order_and_after_the_record_duty(book: ledger.Book) -> None:
    send(book, "a", people(0, 10))
    book.close_year(2026, now=IN_2027)
    with pytest.raises(UsageError, match="kept until 2030-01-01"):
        book.drop_keys(2026, "order 7 of the board", now=datetime(2029, 12, 31, tzinfo=UTC))
    book.drop_keys(2026, "order 7 of the board", now=datetime(2030, 1, 2, tzinfo=UTC))
    assert any_in(book, 2026, date(2030, 1, 2)) == 10
    assert book.verify().ok


def test_rekey_changes_every_stored_key_and_no_count(embedded: ledger.Book) -> None:
    book = embedded
    send(book, "a", people(0, 50))
    with book.store.transaction() as session:
        before = session.everything(2026)[0].keys.copy()
    book.rekey("fresh random text", now=NOW)
    with book.store.transaction() as session:
        after = session.everything(2026)[0].keys
    assert not (before == after).all(axis=1).any()
    again = ledger.open_ledger(Path(book.store.name), KEY)
    assert project(again, people(0, 60)).new_persons.any == 10
    assert again.verify().ok


def test_a_remote_access_carried_over_a_new_master_key_is_an_alert(embedded: ledger.Book) -> None:
    """Its persons have another form than those of the new key's year: counted twice at worst, and never silently."""
    export = ledger.Export("grant", TODAY, mode="remote-access", grant_ends=None)
    placed = embedded.reserve(export, draft_of(embedded, people(0, 10)), TODAY, LATER, now=NOW)
    embedded.commit(placed.id, TODAY, now=NOW)
    embedded.change_master("ab" * 32, 2027, now=NOW)
    new = ledger.open_ledger(Path(embedded.store.name), "ab" * 32)
    send(new, "b", people(5, 15), on=NEW_YEAR)
    status = new.status(2027, NEW_YEAR)
    assert status["handler"]["any"] == 20  # the five in both count twice
    assert [(alert["kind"], alert["export"]) for alert in status["alerts"]] == [("master-key", "grant")]
    assert new.status(2026, TODAY)["alerts"] == []


def test_a_new_master_key_takes_effect_on_1_january(embedded: ledger.Book) -> None:
    book = embedded
    send(book, "a", people(0, 10))
    with pytest.raises(UsageError, match="takes effect on a 1 January"):
        book.change_master("ab" * 32, 2026, now=NOW)
    book.change_master("ab" * 32, 2027, now=NOW)
    path = Path(book.store.name)
    old, new = ledger.open_ledger(path, KEY), ledger.open_ledger(path, "ab" * 32)
    assert old.keys(2026) == new.keys(2026)
    with pytest.raises(LedgerError, match="a new master key is in force from 2027"):
        old.keys(2027)
    send(new, "b", people(5, 15), on=NEW_YEAR)
    assert (any_in(new, 2026, TODAY), any_in(new, 2027, NEW_YEAR)) == (10, 10)
    assert new.verify().ok


def test_an_order_suspends_until_it_is_lifted(book: ledger.Book) -> None:
    book.suspend("CAC-2026-9", {"rows": ["membership"]}, now=NOW)
    assert [order["order"] for order in book.suspensions()] == ["CAC-2026-9"]
    with pytest.raises(UsageError, match="no such order"):
        book.lift("CAC-2026-8", "typo", now=NOW)
    book.lift("CAC-2026-9", "letter of 3 December", now=NOW)
    assert book.suspensions() == ()
    book.incident("a laptop was lost", export="a", suspend=True, now=NOW)
    assert [entry.body["what"] for entry in book.incidents()] == ["a laptop was lost"]
    assert len(book.suspensions()) == 1


def test_a_past_day_counts_the_transfers_up_to_it(book: ledger.Book) -> None:
    send(book, "a", people(0, 10))
    later = NOW + timedelta(days=2)
    placed = book.reserve(ledger.Export("b", TODAY), draft_of(book, people(5, 30)), TODAY, LATER, now=later)
    book.commit(placed.id, later.date(), now=later)
    assert [any_in(book, 2026, day) for day in (date(2026, 11, 22), TODAY, later.date())] == [0, 10, 30]
    assert len(book.history(TODAY)) == 2


def test_demotion_that_raises_the_count_is_an_alert(book: ledger.Book) -> None:
    a, b = "350203199003071235", "350203198511112222"
    send(book, "1", [{"id": a, "phone": "13911110001", "note": "x"}])
    send(book, "2", [{"phone": "13911110001", "email": "p@mail.cn", "note": "x"}])
    assert counts(book)["any"] == 1
    seen = project(book, [{"id": b, "phone": "13911110001", "note": "x"}])
    assert (seen.new_persons.any, seen.newly_demoted) == (2, 1)
    voided = send(book, "3", [{"id": b, "phone": "13911110001", "note": "x"}])
    status = book.status(2026, TODAY)
    assert (status["demoted_keys"], [alert["kind"] for alert in status["alerts"]]) == (1, ["demotion"] * 2)
    assert [(a["counter"], a["before"], a["after"]) for a in status["alerts"]] == [
        ("non_sensitive", 1, 2),
        ("any", 1, 2),
    ]
    assert counts(book)["any"] == 3
    book.void(voided.id, "it never left", {"ticket": 3}, now=NOW)
    assert counts(book)["any"] == 1
    assert book.status(2026, TODAY)["alerts"] == []
    assert book.verify().ok


def test_what_a_commitment_undoes_is_the_same_whether_it_was_foretold_or_counted_again(tmp_path: Path) -> None:
    """A reservation says what it will undo; what was booked in between makes the commitment count again."""
    told = []
    for between in (False, True):
        chance, book = random.Random(11), ledger.open_ledger(tmp_path / f"{between}.duckdb", KEY)
        said = []
        for n in range(25):
            rows: list[dict[str, Any]] = [
                {
                    "id": f"35020319900307{chance.randrange(30):04d}" if chance.random() < 0.5 else None,
                    "phone": f"139111100{chance.randrange(20):02d}",
                    "email": f"p{chance.randrange(30)}@mail.cn" if chance.random() < 0.5 else None,
                    "note": "x",
                }
                for _ in range(3)
            ]
            placed = reserve(book, str(n), draft_of(book, rows))
            if between:
                other = reserve(book, f"other {n}", draft_of(book, [{"phone": "13922220000", "note": "x"}]))
                book.release(other.id, "not needed", now=NOW)
            book.commit(placed.id, TODAY, now=NOW)
            said.append(book.history()[-1].body["raised"])
        told.append((said, counts(book)))
        assert book.verify().ok
    assert told[0] == told[1]
    assert any(told[0][0])


def test_voiding_a_link_is_an_alert(book: ledger.Book) -> None:
    send(book, "1", [{"mid": "M1", "note": "x"}])
    send(book, "2", [{"phone": "13911110001", "note": "x"}])
    link = send(book, "3", [{"mid": "M1", "phone": "13911110001", "note": "x"}])
    assert counts(book)["any"] == 1
    book.void(link.id, "it never left", {"ticket": 3}, now=NOW)
    assert counts(book)["any"] == 2
    assert [alert["kind"] for alert in book.status(2026, TODAY)["alerts"]] == ["void"] * 2


TAMPERING = {
    "an entry edited": (
        "update entry set body = replace(body, '\"version\":1', '\"version\":2') where seq = 1",
        "edited",
    ),
    "an entry made unreadable": ("update entry set body = 'x' where seq = 1", "entry 1 was edited"),
    "an entry without a body": ("update entry set body = null where seq = 2", "entry 2 was edited"),
    "an entry removed": ("delete from entry where seq = 2", "missing"),
    "an entry repeated": ("insert into entry select * from entry where seq = 2", "out of order"),
    "entries swapped": ("update entry set seq = 7 - seq where seq in (3, 4)", "order|follow"),
    "the tail cut": ("delete from entry where seq = 4", "head is not in the history"),
    "a fact removed": ("delete from fact_2026 where first = 3", "not those that were booked"),
    "a fact repeated": ("insert into fact_2026 select * from fact_2026 where first = 3", "not those that were booked"),
    "a fact added": ("insert into fact_2026 select 99, first, rest, mask, basis from fact_2026", "no booking"),
    "a link cut": ("update fact_2026 set rest = null where first = 3", "not those that were booked|otherwise"),
    "a node removed": ("delete from node_2026 where id = 3", "missing"),
    "a key taken for another": (
        "update node_2026 set key = (select key from node_2026 where id = 4) where id = 3",
        "not those that were booked",
    ),
    "a component moved": ("update node_2026 set comp = 0", "linked otherwise"),
    "an item added": ("update fact_2026 set mask = 2 where first = 3", "do not follow"),
    "an exclusion slipped in": ("update fact_2026 set basis = 1 where first = 3", "do not follow"),
    "a count edited": ("update meta set body = replace(body, ': 15', ': 9') where name = 'year/2026'", "were edited"),
    "the year's state made unreadable": ("update meta set body = '' where name = 'year/2026'", "were edited"),
    "the year's state gone": ("delete from meta where name = 'year/2026'", "not those of the bookings"),
}


def tamper(url: str, *statements: str) -> None:
    """Edit the tables as somebody would who has the store and not the key."""
    if "://" in url:
        import psycopg

        with psycopg.connect(url) as connection:
            connection.execute("set search_path to exportgate")
            for statement in statements:
                connection.execute(statement)
        return
    with duckdb.connect(url) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize("what", TAMPERING)
def test_verify_finds_tampering(ledger_url: str, book: ledger.Book, what: str) -> None:
    statement, said = TAMPERING[what]
    send(book, "a", people(0, 10))
    send(book, "b", people(5, 15))
    head = book.history()[-1].mac
    assert book.verify(head).ok
    tamper(ledger_url, statement)
    found = book.verify(head)
    assert not found.ok
    assert any(re.search(said, problem) for problem in found.problems), found.problems


@pytest.mark.parametrize("edit", ['replace(body, \'"salt": "0"\', \'"salt": "1"\')', "'x'", "'{}'"])
def test_an_edited_keyring_opens_nothing(ledger_url: str, book: ledger.Book, edit: str) -> None:
    """Another salt would make a stranger of everybody who was ever booked."""
    send(book, "a", people(0, 10))
    tamper(ledger_url, f"update meta set body = {edit} where name = 'keyring'")
    with pytest.raises(LedgerError, match="keyring was edited"):
        project(book, people(0, 3))


def test_an_older_state_put_back_stops_the_gate(ledger_url: str, book: ledger.Book) -> None:
    send(book, "a", people(0, 10))
    with book.store.transaction() as session:
        older = session.meta("year/2026")
    send(book, "b", people(5, 15))
    tamper(ledger_url, f"update meta set body = '{older}' where name = 'year/2026'")
    with pytest.raises(LedgerError, match="an older state was put back"):
        project(book, people(0, 3))


def test_a_broken_chain_stops_everything_else(embedded: ledger.Book) -> None:
    book = embedded
    send(book, "a", people(0, 10))
    with duckdb.connect(book.store.name) as connection:
        connection.execute("update entry set moment = '2026-01-01T00:00:00+00:00' where seq = 1")
    with pytest.raises(LedgerError, match="entry 1 was edited"):
        project(book, people(0, 3))


def test_a_truncated_file_is_one_sentence(embedded: ledger.Book) -> None:
    book = embedded
    send(book, "a", people(0, 10))
    path = Path(book.store.name)
    path.write_bytes(path.read_bytes()[:4000])
    with pytest.raises(LedgerError, match="could not be used"):
        ledger.open_ledger(path, KEY)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(LedgerError, match="could not be used"):
        ledger.open_ledger(tmp_path / "x.duckdb", KEY)


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="No such file or directory"):
        ledger.open_ledger(tmp_path / "none" / "x.duckdb", KEY)


@pytest.mark.parametrize("key", ["", "xyz", "ab" * 31, b"short"])
def test_a_key_that_is_none_is_bad_usage(tmp_path: Path, key: str | bytes) -> None:
    with pytest.raises(UsageError, match="64 hexadecimal characters"):
        ledger.open_ledger(tmp_path / "x.duckdb", key)


def test_a_clock_set_back_is_recorded_and_said(book: ledger.Book) -> None:
    send(book, "a", people(0, 10))
    book.incident("test", now=NOW - timedelta(days=3))
    assert [alert["kind"] for alert in book.status(2026, TODAY)["alerts"]] == ["clock"]
    assert book.verify().ok
