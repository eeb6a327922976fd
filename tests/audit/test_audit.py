"""A nightly audit: everything found once, nothing read twice, the union of all that ever left, to the person."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow.parquet as pq
import pytest
from audit_world import World, content, rows_of
from object_server import ObjectServer, failing, resetting

from exportgate.pipelines import schemas
from exportgate.pipelines.object_stores import files

Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def audit(run_cli: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def run(*more: str) -> tuple[int, dict[str, Any]]:
        code, out, err = run_cli("audit", "audit.yaml", "--format", "json", *more)
        assert out, err
        document = json.loads(out)
        kind = document["schema"].removeprefix("exportgate.").removesuffix("/1")
        jsonschema.validate(document, schemas.load(kind))
        assert "s3cret" not in out + err
        return code, document

    return run


@pytest.fixture
def size(request: pytest.FixtureRequest) -> tuple[int, int, int]:
    """Objects, tables, persons in each."""
    return (500, 30, 400) if request.config.getoption("--soak") else (20, 5, 40)


@pytest.fixture
def world(s3: ObjectServer, bucket: str, postgres_server: str, tmp_path: Path, size: tuple[int, int, int]) -> World:
    made = World(tmp_path, bucket, postgres_server)
    made.fill_bucket(s3.client(), size[0], size[2])
    made.fill_database(size[1], size[2])
    made.configure()
    return made


def counted(document: dict[str, Any]) -> dict[str, int]:
    return {counter["row"]: counter["any"] for counter in document["ledger"]["counters"]}


def test_the_numbers_are_the_union_of_all_that_ever_left(
    world: World, s3: ObjectServer, audit: Run, size: tuple[int, int, int], tmp_path: Path
) -> None:
    objects, tables, each = size
    code, plan = audit("--plan")
    assert (code, plan["reads"]) == (0, objects + tables)
    s3.forget()
    code, first = audit()
    assert code == 4
    assert not first["failures"]
    assert counted(first) == {"membership": len(world.members), "other": len(world.leads)}
    assert first["ledger"]["quarantine"]["any"] == len(world.leads)
    assert first["ledger"]["handler"]["any"] == len(world.members | world.leads)
    for one in first["objects"]:
        kinds = {column["name"].rpartition(".")[2]: column["kind"] for column in one["columns"]}
        planted = {} if "stock" in one["path"] else {"member_id": "member_id", "mobile": "phone"}
        assert planted.items() <= kinds.items(), one["path"]
    page = (tmp_path / "audit.html").read_text("utf-8")
    assert "bucket" in page
    assert "s3cret" not in page
    assert (tmp_path / "audit.xlsx").stat().st_size > 5_000

    s3.forget()
    code, second = audit()
    assert (code, s3.data_bytes()) == (4, 0)
    assert [source["unchanged"] for source in second["sources"]] == [objects, tables]
    assert second["ledger"]["chain"] == first["ledger"]["chain"]
    assert second["objects"] == []

    client = s3.client()
    for at in (objects, objects + 1, objects + 2):
        world.put(client, at, range(7_000_000 + at * 10, 7_000_000 + at * 10 + 15))
    for at in (0, 1):
        world.put(client, at, [*list(world.persons(at, each))[3:], 8_000_000 + at])
    client.delete_object(Bucket=world.bucket, Key=world.key(2))
    code, third = audit()
    said = {name: sum(source[name] for source in third["sources"]) for name in ("new", "changed", "deleted")}
    assert said == {"new": 3, "changed": 2, "deleted": 1}
    assert counted(third) == {"membership": len(world.members), "other": len(world.leads)}
    assert {one["version"] for one in third["objects"] if one["what"] == "changed"} == {2}


def test_no_byte_of_an_object_is_fetched_twice(
    s3: ObjectServer, bucket: str, audit: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Judging an object reads it all; the columns that tell its persons are still there when they are counted."""
    monkeypatch.setattr(files, "KEEP_BYTES", 0)
    table = rows_of(range(40_000)).append_column("amount", [[n / 7 for n in range(40_000)]])
    sink = io.BytesIO()
    pq.write_table(table, sink, row_group_size=20_000, compression=None, use_dictionary=False)
    s3.client().put_object(Bucket=bucket, Key="orders.parquet", Body=sink.getvalue())
    World(tmp_path, bucket, "").configure()
    undeclared = {"sources": [{"name": "bucket", "url": f"s3://{bucket}"}], "undeclared": {"sector": "retail"}}
    (tmp_path / "audit.yaml").write_text(json.dumps(undeclared))
    s3.forget()
    code, document = audit()
    assert (code, document["objects"][0]["persons"]["any"]) == (4, 40_000)
    assert s3.data_bytes() < 1.2 * len(sink.getvalue())


@pytest.mark.parametrize("stored", [False, True], ids=["folder", "bucket"])
def test_another_description_is_judged_anew(
    stored: bool, s3: ObjectServer, bucket: str, audit: Run, run_cli: Callable[..., Any], tmp_path: Path
) -> None:
    def put(name: str, text: str) -> None:
        (tmp_path / "out" / name).write_text(text, encoding="utf-8")
        s3.client().put_object(Bucket=bucket, Key=name, Body=text.encode())

    (tmp_path / "out").mkdir()
    put("x.csv", "f1,f2\n" + "".join(f"K{number:04d},{number % 7}\n" for number in range(300)))
    url = f"s3://{bucket}" if stored else "out"
    rule = "{match: '**', manifest: {export: {id: x, sector: retail, scenario: membership}, scope: crm}}"
    (tmp_path / "audit.yaml").write_text(f"sources: [{{name: out, url: '{url}'}}]\nrules: [{rule}]\n")
    run_cli("init", tmp_path)
    _, first = audit()
    assert [column["kind"] for column in first["objects"][0]["columns"] if column["name"] == "f1"] != ["member_id"]
    assert [one["why"] for one in audit("--plan")[1]["objects"]] == ["unchanged"]
    put("x.csv.schema.yaml", "columns: {f1: 会员号}")
    assert [one["why"] for one in audit("--plan")[1]["objects"]] == ["judged-anew"]
    _, second = audit()
    assert [(column["name"], column["kind"]) for column in second["objects"][0]["columns"]] == [("f1", "member_id")]
    assert second["ledger"]["handler"]["any"] == 300
    assert [one["why"] for one in audit("--plan")[1]["objects"]] == ["unchanged"]


def test_an_audit_that_was_killed_goes_on_to_the_same_result(
    world: World, s3: ObjectServer, audit: Run, tmp_path: Path, size: tuple[int, int, int]
) -> None:
    slow: list[float] = [0.05]
    s3.forget()
    s3.faults.append(lambda environ, start: time.sleep(slow[0]))
    command = [sys.executable, "-m", "exportgate.pipelines.cli", "audit", "audit.yaml", "--quiet"]
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    data = f"/{world.bucket}/out/"
    while process.poll() is None and sum(path.startswith(data) for _, path in list(s3.requests)) < size[0]:
        time.sleep(0.02)
    assert process.poll() is None, "it was over before it could be killed"
    process.send_signal(signal.SIGKILL)
    process.wait()
    slow[0] = 0.0
    code, document = audit()
    assert (code, document["resumed"], document["run"]) == (4, True, 1)
    assert len(document["objects"]) == size[0] + size[1]
    assert counted(document) == {"membership": len(world.members), "other": len(world.leads)}


def test_faults_are_survived_or_reported_for_each_object(
    s3: ObjectServer, bucket: str, tmp_path: Path, audit: Run
) -> None:
    world = World(tmp_path, bucket, "")
    client = s3.client()
    for at in range(6):
        world.put(client, at, range(at * 10, at * 10 + 10))
    client.put_object(Bucket=bucket, Key="out/members/zero.csv", Body=b"")
    client.put_object(Bucket=bucket, Key="out/members/wrong.parquet", Body=b"a,b\n1,2\n")
    world.configure()
    text = (tmp_path / "audit.yaml").read_text()
    missing = "- name: missing\n  url: s3://there-is-no-such-bucket/x\n"
    (tmp_path / "audit.yaml").write_text(text.replace("sources:\n", f"sources:\n{missing}"))
    s3.faults[:] = [
        failing("503 Slow Down", "SlowDown", "part-0000", 2),
        failing("500 Internal Server Error", "InternalError", "part-0001", 2),
        resetting("part-0003", 2),
        failing("403 Forbidden", "AccessDenied", "part-0004"),
    ]
    code, document = audit()
    assert code == 3
    failures = {one["path"]: one["what"] for one in document["failures"]}
    assert failures[""] == "no such bucket, folder or object"
    assert "permission denied" in failures[world.key(4).removeprefix("out/")]
    assert "is empty (0 bytes)" in failures["members/zero.csv"]
    assert "its first bytes are not Parquet's" in failures["members/wrong.parquet"]
    assert len(failures) == 4
    assert counted(document) == {"membership": 50}
    s3.faults.clear()
    code, document = audit()
    assert counted(document) == {"membership": 60}


def test_shapes_of_files_are_read_or_said_to_be_unreadable(
    s3: ObjectServer, bucket: str, tmp_path: Path, audit: Run
) -> None:
    world, client = World(tmp_path, bucket, ""), s3.client()
    members = rows_of(range(30))
    for form in ("gbk.csv", "tsv", "xlsx", "jsonl.gz", "nested.parquet"):
        client.put_object(Bucket=bucket, Key=f"out/members/a.{form}", Body=content(form, members))
    wide = members
    for at in range(3_000):
        wide = wide.append_column(f"measure_{at}", [[at] * 30])
    client.put_object(Bucket=bucket, Key="out/members/wide.parquet", Body=content("parquet", wide))
    world.configure()
    code, document = audit()
    assert code == 0, document["failures"]
    assert counted(document) == {"membership": 30}
    assert {one["rows"] for one in document["objects"]} == {30}
    notes = " ".join(note for one in document["objects"] for note in one["notes"])
    assert "read as GBK/GB18030" in notes
    assert "read as UTF-16" in notes
    assert "3 sheets are read" in notes


def test_undeclared_persons_wait_in_quarantine_until_they_are_assigned(
    s3: ObjectServer, bucket: str, tmp_path: Path, audit: Run, run_cli: Callable[..., Any]
) -> None:
    world, client = World(tmp_path, bucket, ""), s3.client()
    put = lambda key, persons: client.put_object(Bucket=bucket, Key=key, Body=content("csv", rows_of(persons)))  # noqa: E731
    put("out/members/a.csv", range(20))
    put("out/leads/stays.csv", range(100, 120))
    put("out/leads/changes.csv", range(200, 220))
    put("out/leads/goes.csv", range(300, 320))
    world.configure()
    assert audit()[0] == 4
    put("out/leads/changes.csv", range(210, 230))
    client.delete_object(Bucket=bucket, Key="out/leads/goes.csv")
    _, document = audit()
    assert counted(document) == {"membership": 20, "other": 70}
    assert document["ledger"]["quarantine"]["any"] == 70
    manifest = (tmp_path / "members.yaml").read_text().replace("{name}", "{stem}")
    (tmp_path / "leads.yaml").write_text(manifest)
    code, out, err = run_cli("audit", "assign", "audit.yaml", "bucket/leads/*", "-m", "leads.yaml", "--format", "json")
    assert code == 0, err
    assert [line["export"] for line in json.loads(out)] == ["members-changes", "members-goes", "members-stays"]
    code, document = audit()
    assert (code, document["ledger"]["quarantine"]["any"], document["undeclared"]) == (0, 0, [])
    assert counted(document) == {"membership": 90, "other": 0}
    assert run_cli("ledger", "verify")[0] == 0
    assert run_cli("audit", "assign", "audit.yaml", "bucket/leads/*", "-m", "leads.yaml")[0] == 2
    put("out/leads/stays.csv", range(100, 125))
    code, document = audit()
    assert (code, counted(document)["membership"]) == (0, 95)


def test_two_audits_never_overlap_and_a_postgresql_ledger_does_as_well(
    s3: ObjectServer, bucket: str, tmp_path: Path, audit: Run, run_cli: Callable[..., Any], postgres_server: str
) -> None:
    import psycopg

    with psycopg.connect(postgres_server) as connection:
        connection.execute("drop schema if exists exportgate cascade")
    world = World(tmp_path, bucket, "")
    world.put(s3.client(), 0, range(10))
    world.configure(ledger=postgres_server)
    with psycopg.connect(postgres_server, autocommit=True) as other:
        other.execute("select pg_advisory_lock(%s)", (0x65_78_61_75,))
        code, _, err = run_cli("audit", "audit.yaml")
        assert (code, "another audit of this ledger is running" in err) == (3, True)
    for _ in range(2):
        code, document = audit()
        assert (code, counted(document)) == (0, {"membership": 10})


def test_what_changed_in_a_table_is_seen_and_reported_as_drift(world: World, audit: Run, postgres_server: str) -> None:
    import psycopg

    audit()
    with psycopg.connect(postgres_server) as connection:
        connection.execute("alter table outbound.members_00 add id_no text")
        connection.execute("update outbound.members_00 set id_no = '11010519491231002X'")
        connection.execute("insert into outbound.members_01 (member_id, mobile) values ('M999999999', '13999999999')")
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        _, document = audit("--plan")
        if document["reads"] == 2:
            break
    _, document = audit()
    assert [(one["path"], one["what"]) for one in document["objects"]] == [
        ("outbound.members_00", "changed"),
        ("outbound.members_01", "changed"),
    ]
    changes = [(one["kind"], one["column"]) for one in document["drift"]]
    assert ("new-personal-column", "id_no") in changes


CHANGES = (
    "update members set mobile = '13900000099' where n = 1",
    "update members set mobile = if(n = 2, '13900000003', '13900000002') where n in (2, 3)",
    "update members set member_id = null where n = 4",
    "update members set member_id = '' where n = 4",
    "delete from members where n = 5",
    "insert into members values (6, 'M6', '13900000006'), (6, 'M6', '13900000006')",
    "update members set n = 7, member_id = 'M7', mobile = '13900000007' where n = 6",
)
"""Each changes cells and not one of them what a careless sum over the table shows."""


def test_a_table_of_mysql_is_read_again_when_a_cell_changed_and_only_then(
    mariadb: str, audit: Run, tmp_path: Path
) -> None:
    import sqlalchemy as sa

    with sa.create_engine(mariadb).begin() as connection:
        connection.execute(sa.text("create table members (n int, member_id varchar(20), mobile varchar(20))"))
        rows = [{"n": n, "m": f"M{n}", "p": f"1390000000{n}"} for n in range(1, 6)]
        connection.execute(sa.text("insert into members values (:n, :m, :p)"), rows)
        connection.execute(sa.text("create table `odd: 100% name` (`a: %` int)"))
    World(tmp_path, "", "").configure()
    text = {"sources": [{"name": "shop", "url": mariadb}], "undeclared": {"sector": "retail"}}
    (tmp_path / "audit.yaml").write_text(json.dumps(text))

    def why() -> dict[str, str]:
        return {one["path"]: one["why"] for one in audit("--plan")[1]["objects"]}

    assert [one.get("failure") for one in audit()[1]["objects"]] == [None, None]
    assert why() == {"members": "unchanged", "odd: 100% name": "unchanged"}
    for change in CHANGES:
        with sa.create_engine(mariadb).begin() as connection:
            connection.execute(sa.text(change))
        assert why()["members"] == "changed", change
        audit()
        assert why()["members"] == "unchanged", change


MISTAKES = {
    "unknown key": ("rules: []\nsourcs: []\n", "did you mean sources?"),
    "no sources": ("rules: []\n", "sources"),
    "two of a name": ("sources: [{name: a, url: x}, {name: a, url: y}]\n", "two sources have one name"),
    "no manifest": ("sources: [{name: a, url: x}]\nrules: [{match: x}]\n", "a rule has a manifest"),
    "missing manifest": ("sources: [{name: a, url: x}]\nrules: [{match: x, manifest: gone.yaml}]\n", "no such file"),
    "no capture": (
        "sources: [{name: a, url: '.'}]\nrules: [{match: '**', manifest: {export: {id: '{dt}', sector: retail}}}]\n",
        "{dt} is captured by no pattern",
    ),
    "no catch-all": ("sources: [{name: a, url: '.'}]\n", "undeclared.sector"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_audit_file_is_one_sentence(
    mistake: str, tmp_path: Path, run_cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    World(tmp_path, "none", "").configure()
    text, sentence = MISTAKES[mistake]
    (tmp_path / "audit.yaml").write_text(text)
    code, out, err = run_cli("audit", "audit.yaml")
    assert (code, out) == (2, "")
    assert sentence in err


def test_what_cannot_be_read_is_told_at_every_run(audit: Run, tmp_path: Path) -> None:
    """A broken object that stays broken fails every night, not only the first."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "members.csv").write_text("name,mobile\n张三,13800138001\n", "utf-8")
    (tmp_path / "out" / "cut.parquet").write_bytes(b"PAR1" + bytes(60))
    World(tmp_path, "", "").configure()
    said = {"sources": [{"name": "tree", "url": "out"}], "undeclared": {"sector": "retail"}}
    (tmp_path / "audit.yaml").write_text(json.dumps(said))
    for attempt in range(3):
        code, document = audit()
        assert (code, [one["path"] for one in document["failures"]]) == (3, ["cut.parquet"]), attempt
        assert document["sources"][0]["failed"] == 1
