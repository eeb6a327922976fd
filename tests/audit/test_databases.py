"""A table is a source: streamed, only the columns asked for, with its comments; no password in anything it says."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from exportgate.pipelines import addresses, api
from exportgate.scanner.errors import SourceError, UnavailableError, UsageError

NAMES = ["王芳", "李雷", "韩梅梅"]
IDS = ["11010519491231002X", "440308199901010012", None]


@pytest.fixture
def crm(postgres_server: str) -> str:
    import psycopg

    with psycopg.connect(postgres_server) as connection:
        connection.execute("drop schema if exists crm cascade; create schema crm")
        connection.execute(
            "create type crm.level as enum ('gold', 'silver');"
            "create table crm.members (n int, name text, id_no char(18), phones text[], spent numeric(20, 2), "
            "born date, level crm.level, extra jsonb)"
        )
        connection.execute(
            "comment on table crm.members is '会员表'; comment on column crm.members.id_no is '身份证号'"
        )
        for at, (name, id_no) in enumerate(zip(NAMES, IDS, strict=True)):
            connection.execute(
                "insert into crm.members values (%s, %s, %s, %s, 10.50, '1990-01-02', 'gold', '{\"a\": 1}')",
                (at, name, id_no, [f"1390000000{at}", f"1390000001{at}"]),
            )
    return postgres_server


def test_a_postgresql_table_is_read_with_comments_and_exact_text(crm: str) -> None:
    dataset = api.open_source(f"{crm}?table=crm.members")
    rows = [row for batch in dataset.batches() for row in batch.to_pylist()]
    assert [row["name"] for row in rows] == NAMES
    assert [row["id_no"] for row in rows] == IDS
    assert rows[0]["phones"] == "13900000000; 13900000010"
    assert (rows[0]["spent"], rows[0]["level"], rows[0]["born"].isoformat()) == ("10.50", "gold", "1990-01-02")
    described = {item.name: item.metadata or {} for item in dataset.schema}
    assert described["id_no"][b"comment"].decode() == "身份证号"
    assert described["id_no"][b"declared_type"] == b"character(18)"
    assert dataset.schema.metadata[b"comment"].decode() == "会员表"
    assert dataset.name == "members"


def test_all_readings_of_a_table_see_one_moment(crm: str) -> None:
    import psycopg

    dataset = api.open_source(f"{crm}?table=crm.members")
    assert sum(batch.num_rows for batch in dataset.batches(["n"])) == 3
    with psycopg.connect(crm) as connection:
        connection.execute("insert into crm.members (n) values (99)")
    assert sum(batch.num_rows for batch in dataset.batches()) == 3
    assert sum(batch.num_rows for batch in api.open_source(f"{crm}?table=crm.members").batches()) == 4


def test_a_query_is_a_source_and_is_not_shown(crm: str) -> None:
    dataset = api.open_source(f"{crm}?query=select name, id_no as cert from crm.members where id_no is not null")
    assert [row["cert"] for batch in dataset.batches(["cert"]) for row in batch.to_pylist()] == IDS[:2]
    assert dataset.label.endswith("?query=…")


def _duckdb(folder: Path) -> str:
    path = folder / "w.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table members (n int, name text, id_no text, big hugeint, tags text[])")
        connection.executemany(
            "insert into members values (?, ?, ?, 7, ['a', 'b'])", list(zip(range(3), NAMES, IDS, strict=True))
        )
        connection.execute("comment on column members.id_no is '身份证号'; comment on table members is '会员表'")
    return str(path)


def _sqlite(folder: Path) -> str:
    path = folder / "w.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("create table members (n integer, name text, id_no varchar(18), mixed integer)")
        rows = list(zip(range(3), NAMES, IDS, [1, "x", 2.5], strict=True))
        connection.executemany("insert into members values (?, ?, ?, ?)", rows)
    return str(path)


def _alchemy(folder: Path) -> str:
    return f"sqlite+pysqlite:///{_sqlite(folder)}"


@pytest.mark.parametrize("make", [_duckdb, _sqlite, _alchemy])
def test_embedded_and_other_databases_give_the_same_rows(make: Callable[[Path], str], tmp_path: Path) -> None:
    dataset = api.open_source(f"{make(tmp_path)}?table=members")
    for _ in range(2):
        rows = [tuple(row.values()) for batch in dataset.batches(["id_no", "n", "name"]) for row in batch.to_pylist()]
        assert rows == list(zip(IDS, range(3), NAMES, strict=True))
    assert dataset.schema.field("id_no").metadata[b"declared_type"].lower().startswith(b"varchar")
    assert dataset.name == "members"


def test_a_database_file_alone_stands_for_all_its_tables(tmp_path: Path, run_cli: Callable[..., Any]) -> None:
    with sqlite3.connect(_sqlite(tmp_path)) as connection:
        connection.execute("create table orders as select n, id_no from members")
    code, out, err = run_cli("scan", tmp_path / "w.sqlite", "--format", "json")
    assert code == 0, err
    found = [json.loads(line) for line in out.splitlines()]
    assert [scan["source"].partition("?")[2] for scan in found] == ["table=members", "table=orders"]
    kinds = {column["name"]: column["kind"] for column in found[0]["columns"]}
    assert kinds["id_no"] == "cn_resident_id"
    assert _duckdb(tmp_path)
    assert run_cli("scan", tmp_path / "w.duckdb")[0] == 0
    assert run_cli("scan", f"duckdb:///{tmp_path}/w.duckdb")[0] == 0  # four slashes: an absolute path, as elsewhere


TROUBLE = {
    "no table said": ("", UsageError, "which table?"),
    "unknown table": ("?table=crm.menbers", SourceError, "did you mean crm.members?"),
    "broken query": ("?query=select frob from crm.members", SourceError, "could not answer"),
    "both": ("?table=a&query=select 1", UsageError, "a table and a query"),
}


@pytest.mark.parametrize("trouble", TROUBLE)
def test_what_a_database_refuses_is_one_sentence_without_the_password(trouble: str, crm: str) -> None:
    more, kind, sentence = TROUBLE[trouble]
    with pytest.raises(kind) as caught:
        api.open_source(crm.replace("exportgate@", "exportgate:s3cret@") + more)
    assert sentence in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_a_password_is_in_no_output(crm: str, run_cli: Callable[..., Any], tmp_path: Path) -> None:
    secret = crm.replace("exportgate@", "exportgate:s3cret@")
    said = []
    for form in ("text", "json", "html", "github"):
        said += run_cli("scan", f"{secret}?table=crm.members", "--format", form, "-v")[1:]
    said += run_cli("scan", f"{secret}?table=nothing", "-v")[1:]
    said += run_cli("scan", "postgresql://ann:s3cret@127.0.0.1:9/crm?table=t")[1:]
    said += run_cli("scan", "mysql+nodriver://ann:s3cret@127.0.0.1:9/crm?table=t")[1:]
    said += run_cli("check", f"{secret}?table=crm.members", "-m", tmp_path / "none.yaml")[1:]
    assert "crm.members" in "".join(said)
    assert "s3cret" not in "".join(said)


def test_a_server_that_is_down_may_be_tried_again() -> None:
    with pytest.raises(UnavailableError, match="could not be reached"):
        api.open_source("postgresql://ann:s3cret@127.0.0.1:9/crm?table=t")


def test_a_path_that_only_looks_like_a_database_stays_a_file(tmp_path: Path) -> None:
    assert not addresses.is_address(str(tmp_path / "gone.duckdb"))
    (tmp_path / "x.db").write_text("a,b\n1,2\n")
    with pytest.raises(SourceError):
        api.open_source(str(tmp_path / "x.db"))


def test_a_result_goes_into_a_pipe_and_through_a_link_and_takes_the_place_of_neither(
    tmp_path: Path, run_cli: Callable[..., Any]
) -> None:
    import os
    import stat

    (tmp_path / "t.csv").write_text("a,b\n1,2\n")
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert run_cli("scan", tmp_path / "t.csv", "--format", "json", "-o", tmp_path / "pipe")[0] == 0
    assert json.loads(os.read(reader, 1 << 20))["rows"] == 1
    os.close(reader)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    (tmp_path / "target.json").write_text("")
    (tmp_path / "link.json").symlink_to(tmp_path / "target.json")
    assert run_cli("scan", tmp_path / "t.csv", "--format", "json", "-o", tmp_path / "link.json")[0] == 0
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "target.json").read_text())["rows"] == 1
