"""A store in trouble: the contract's answer in one sentence, and the ledger as it was."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ledger_world import KEY, NOW, TODAY, Table, counts, draft_of, members, open_book, project, reserve, send

from exportgate.scanner import ledger
from exportgate.scanner.errors import LedgerError


def people(start: int, stop: int) -> Table:
    return Table(members(start, stop, mid="M{:07d}", phone="139{:08d}"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three megabytes."""
    place = tmp_path / "small"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "none", place], check=False, capture_output=True)
    if made.returncode:
        pytest.skip("mounting a small file system needs more rights")
    yield place
    subprocess.run(["umount", "-l", place], check=False)


def test_a_full_disk_is_one_sentence_and_the_ledger_is_as_before(small_disk: Path) -> None:
    path = small_disk / "year.duckdb"
    book = ledger.open_ledger(path, KEY)
    booked = 0
    with pytest.raises(LedgerError, match="could not be used") as full:
        for n in range(1000):
            send(book, f"e{n}", people(n * 4000, n * 4000 + 4000))
            booked += 1
    assert len(str(full.value)) < 400
    (small_disk / "ballast").unlink(missing_ok=True)
    shutil.copytree(small_disk, small_disk.parent / "roomy")
    again = ledger.open_ledger(small_disk.parent / "roomy" / "year.duckdb", KEY)
    assert booked
    assert counts(again)["any"] == booked * 4000
    assert again.verify().ok
    send(again, "more", people(0, 10))


def test_a_disk_that_fills_up_inside_a_commit_loses_nothing(small_disk: Path) -> None:
    path = small_disk / "year.duckdb"
    book = ledger.open_ledger(path, KEY)
    waiting = reserve(book, "a", draft_of(book, people(0, 3000)))
    free = os.statvfs(small_disk)
    (small_disk / "ballast").write_bytes(b"0" * (free.f_bavail * free.f_bsize - 4096))
    try:
        book.commit(waiting.id, TODAY, now=NOW)
    except LedgerError as error:
        assert "could not be used" in str(error)
    (small_disk / "ballast").unlink()
    book = ledger.open_ledger(path, KEY)
    assert book.booking(waiting.id).state in ("open", "committed")
    assert book.commit(waiting.id, TODAY, now=NOW).state == "committed"
    assert (counts(book)["any"], book.verify().ok) == (3000, True)


def test_a_read_only_file_system_is_one_sentence(small_disk: Path) -> None:
    book = ledger.open_ledger(small_disk / "year.duckdb", KEY)
    send(book, "a", people(0, 10))
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    for use in (lambda: ledger.open_ledger(small_disk / "year.duckdb", KEY), lambda: project(book, people(0, 10))):
        with pytest.raises(LedgerError, match="could not be used"):
            use()
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    assert counts(book)["any"] == 10


def test_a_ledger_that_is_gone_is_not_begun_anew(embedded: ledger.Book) -> None:
    """With its lock still there a ledger was here: a new one would count the year from nobody."""
    path = Path(embedded.store.name)
    send(embedded, "a", people(0, 10))
    path.rename(path.with_suffix(".away"))
    for use in (lambda: project(embedded, people(0, 3)), lambda: ledger.open_ledger(path, KEY)):
        with pytest.raises(LedgerError, match="was here and is gone"):
            use()
    assert not path.exists()
    path.with_suffix(".away").rename(path)
    assert counts(embedded)["any"] == 10


def test_the_folder_deleted_is_one_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    book = ledger.open_ledger(folder / "year.duckdb", KEY)
    shutil.rmtree(folder)
    with pytest.raises(LedgerError, match="No such file or directory"):
        project(book, people(0, 3))


@pytest.mark.parametrize("left", ["exportgate ledger\n", "", "12345\n"])
def test_a_lock_left_behind_by_the_dead_holds_nobody(tmp_path: Path, left: str) -> None:
    path = tmp_path / "year.duckdb"
    book = ledger.open_ledger(path, KEY)
    Path(f"{path}.lock").write_text(left, encoding="ascii")
    started = time.monotonic()
    send(book, "a", people(0, 3))
    assert time.monotonic() - started < 60
    assert counts(book)["any"] == 3


@pytest.mark.parametrize("cut", [1, 4096, 20_000, -4096, -1])
def test_a_truncated_file_is_one_sentence_or_whole(embedded: ledger.Book, cut: int) -> None:
    path = Path(embedded.store.name)
    for n in range(3):
        send(embedded, f"e{n}", people(n * 100, n * 100 + 100))
    path.write_bytes(path.read_bytes()[:cut])
    try:
        book = ledger.open_ledger(path, KEY)
        assert book.verify().ok
        assert counts(book)["any"] == 300
    except LedgerError as error:
        assert len(str(error)) < 400


def test_only_the_owner_reads_the_files(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        book = ledger.open_ledger(tmp_path / "year.duckdb", KEY)
        seen = []
        with book.store.transaction() as session:
            session.run("create table spill as select range from range(500000)")
            seen += [(p.name, stat.S_IMODE(p.stat().st_mode)) for p in tmp_path.iterdir()]
        seen += [(p.name, stat.S_IMODE(p.stat().st_mode)) for p in tmp_path.iterdir()]
        assert all(mode & 0o077 == 0 for _, mode in seen), seen
        assert os.umask(0o022) == 0o022, "the process keeps its own mask"
    finally:
        os.umask(before)


def test_threads_take_turns(book: ledger.Book, ledger_url: str) -> None:
    def work(first: int) -> None:
        mine = open_book(ledger_url)
        for n in range(3):
            send(mine, f"{first}-{n}", people(first * 10 + n, first * 10 + n + 5))

    threads = [threading.Thread(target=work, args=(k,)) for k in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts(book)["any"] == 21
    assert book.verify().ok


class TestPostgres:
    """What only a server can do to a ledger."""

    @pytest.mark.parametrize("level", ["serializable", "repeatable read"])
    def test_its_default_isolation_does_not_matter(self, postgres_url: str, level: str) -> None:
        """Under a snapshot taken before the lock, two writers would both have been first."""
        import psycopg

        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute(f"alter role exportgate set default_transaction_isolation = '{level}'")
        try:
            book = open_book(postgres_url)
            errors: list[Exception] = []

            def work(first: int) -> None:
                try:
                    mine = open_book(postgres_url)
                    for n in range(4):
                        send(mine, f"{first}-{n}", people(n * 5, n * 5 + 10))
                except Exception as error:
                    errors.append(error)

            threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert not errors
            assert counts(book)["any"] == 25
            assert book.verify().ok
        finally:
            with psycopg.connect(postgres_url, autocommit=True) as connection:
                connection.execute("alter role exportgate reset default_transaction_isolation")

    def test_a_role_with_the_documented_rights_is_enough_and_sees_nothing_else(self, postgres_url: str) -> None:
        import psycopg

        with psycopg.connect(postgres_url, autocommit=True) as connection:
            for statement in (
                "drop table if exists public.elsewhere",
                "create table public.elsewhere as select 1 as secret",
                "drop role if exists gate",
                "create role gate login",
                "create schema exportgate authorization gate",
                "revoke all on schema public from public",
                "grant temporary on database postgres to gate",
            ):
                connection.execute(statement)
        url = postgres_url.replace("exportgate@", "gate@")
        try:
            book = open_book(url)
            done = send(book, "a", people(0, 10))
            book.rekey("fresh", now=NOW)
            book.void(done.id, "never left", {"ticket": 1}, now=NOW)
            assert book.verify().ok
            with psycopg.connect(url) as gate, pytest.raises(psycopg.errors.InsufficientPrivilege):
                gate.execute("select * from public.elsewhere")
        finally:
            with psycopg.connect(postgres_url, autocommit=True) as connection:
                connection.execute("grant all on schema public to public")
                connection.execute("drop table public.elsewhere")
                connection.execute("drop owned by gate cascade")
                connection.execute("drop role gate")

    def test_a_role_that_may_not_make_the_schema_is_told_so(self, postgres_url: str) -> None:
        import psycopg

        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute("drop role if exists nobody_much")
            connection.execute("create role nobody_much login")
        try:
            with pytest.raises(LedgerError, match="InsufficientPrivilege"):
                open_book(postgres_url.replace("exportgate@", "nobody_much@"))
        finally:
            with psycopg.connect(postgres_url, autocommit=True) as connection:
                connection.execute("drop role nobody_much")

    def test_a_connection_that_breaks_in_the_middle_leaves_nothing(self, postgres_url: str) -> None:
        import psycopg

        book = open_book(postgres_url)
        send(book, "a", people(0, 10))

        def break_off(_: Any) -> bool:
            with psycopg.connect(postgres_url, autocommit=True) as other:
                other.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() "
                    "and query like '%%' and state = 'idle in transaction'"
                )
            return True

        with pytest.raises(LedgerError, match="could not be used"):
            reserve(book, "b", draft_of(book, people(5, 20)), decide=break_off)
        assert [b.export for b in book.bookings()] == ["a"]
        assert book.verify().ok
        send(book, "b", people(5, 20))
        assert counts(book)["any"] == 20

    def test_a_server_that_is_away_is_one_sentence_without_the_password(self) -> None:
        with pytest.raises(LedgerError, match="could not be used") as away:
            open_book("postgresql://me:s3cret-pass@127.0.0.1:9/none?password=s3cret-pass")
        assert "s3cret-pass" not in str(away.value)

    def test_no_raw_value_in_any_table(self, postgres_url: str) -> None:
        import psycopg

        book = open_book(postgres_url)
        rows = [{"id": "35020319900307123X", "phone": "13959876543", "email": "canary.bird@nest.cn", "note": "secret"}]
        booked = send(book, "a", rows)
        book.rekey("fresh", now=NOW)
        book.void(booked.id, "never left", {"ticket": 1}, now=NOW)
        send(book, "a", rows)
        with psycopg.connect(postgres_url) as connection:
            tables = connection.execute("select tablename from pg_tables where schemaname = 'exportgate'").fetchall()
            text = "".join(
                str(connection.execute(f"select array_agg(t::text) from exportgate.{name} t").fetchone())
                for (name,) in tables
            )
            kept = connection.execute("select pg_current_wal_lsn()").fetchone()
        assert len(tables) == 4
        assert kept
        hexed = [raw.encode().hex() for raw in ("13959876543", "35020319900307123", "canary.bird")]
        for raw in ("35020319900307123", "13959876543", "canary.bird", "secret", "19900307", KEY, *hexed):
            assert raw not in text


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ("1", "format 1, of an earlier version of exportgate; this one keeps format"),
        ("999", "format 999, of a later version of exportgate; this one keeps format"),
        ("x", "does not say its format"),
    ],
)
def test_a_ledger_of_another_format_is_refused_and_says_the_way_out(
    ledger_url: str, book: ledger.Book, found: str, says: str
) -> None:
    with book.store.transaction() as session:
        session.set_meta("format", found)
        session.set_meta("keyring", "{}")  # what another version keeps there cannot be read
    with pytest.raises(LedgerError, match=says) as refused:
        ledger.open_ledger(book.store, KEY)
    assert refused.value.hint


def test_what_a_killed_transaction_spilled_is_gone_when_the_ledger_is_used_again(tmp_path: Path) -> None:
    path = tmp_path / "year.duckdb"
    book = ledger.open_ledger(path, KEY)
    send(book, "a", people(0, 20))
    spill = tmp_path / "year.duckdb.tmp"
    spill.mkdir()
    (spill / "duckdb_temp_storage_DEFAULT-0.tmp").write_bytes(b"wrapped keys")
    assert counts(book)["any"] == 20
    assert sorted(file.name for file in tmp_path.iterdir()) == ["year.duckdb", "year.duckdb.lock"]
