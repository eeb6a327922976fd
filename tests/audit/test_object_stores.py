"""An object in a store is the source that the same file would be; passing faults are told from those that stay."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Iterator

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from object_server import ObjectServer, failing, resetting
from pyarrow import orc

from exportgate.pipelines import addresses, api
from exportgate.pipelines.object_stores import files
from exportgate.scanner.errors import SourceError, UnavailableError, UsageError

ROWS = [("王芳", "11010519491231002X", "13900000001"), ("李雷", None, "13900000002")]
TABLE = pa.table({name: [row[at] for row in ROWS] for at, name in enumerate(("name", "id_no", "mobile"))})


def written(write: Callable[[pa.Table, io.BytesIO], object], table: pa.Table = TABLE) -> bytes:
    sink = io.BytesIO()
    write(table, sink)
    return sink.getvalue()


def _xlsx(table: pa.Table, sink: io.BytesIO) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in (table.column_names, *(list(row.values()) for row in table.to_pylist())):
        book.active.append(row)
    book.save(sink)


def _feather(table: pa.Table, sink: io.BytesIO) -> None:
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def _csv(separator: str = ",") -> str:
    lines = [TABLE.column_names, *([cell or "" for cell in row] for row in ROWS)]
    return "".join(separator.join(line) + "\n" for line in lines)


OBJECTS = {
    "t.parquet": written(pq.write_table),
    "t.orc": written(orc.write_table),
    "t.arrow": written(_feather),
    "t.xlsx": written(_xlsx),
    "gbk.csv": _csv().encode("gbk"),
    "utf16.tsv": _csv("\t").encode("utf-16"),
    "t.csv.gz": gzip.compress(_csv().encode()),
    "t.jsonl": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in TABLE.to_pylist()).encode(),
}


@pytest.mark.parametrize("keep", [files.KEEP_BYTES, 0], ids=["kept", "by ranges"])
@pytest.mark.parametrize("name", OBJECTS)
def test_every_format_is_read_from_a_bucket(
    name: str, keep: int, s3: ObjectServer, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "KEEP_BYTES", keep)
    s3.client().put_object(Bucket=bucket, Key=f"a/{name}", Body=OBJECTS[name])
    dataset = api.open_source(f"s3://{bucket}/a/{name}")
    for _ in range(2):
        assert [tuple(row.values()) for batch in dataset.batches() for row in batch.to_pylist()] == ROWS
    assert (dataset.name, dataset.label) == (name.partition(".")[0], f"s3://{bucket}/a/{name}")
    if keep:
        assert s3.requests["GET", f"/{bucket}/a/{name}"] == 1


def test_a_folder_is_one_dataset_and_a_sidecar_speaks_for_it(s3: ObjectServer, bucket: str) -> None:
    client = s3.client()
    for day in ("01", "02"):
        client.put_object(Bucket=bucket, Key=f"m/dt=2026-11-{day}/part.csv", Body=_csv().encode())
    for key in ("m/_SUCCESS", "m/.hidden", "m/empty/"):
        client.put_object(Bucket=bucket, Key=key, Body=b"")
    client.put_object(Bucket=bucket, Key="m/_schema.yaml", Body="columns: {id_no: 身份证号}\n".encode())
    dataset = api.open_source(f"s3://{bucket}/m/")
    rows = [row for batch in dataset.batches() for row in batch.to_pylist()]
    assert [row["dt"] for row in rows] == ["2026-11-01"] * 2 + ["2026-11-02"] * 2
    assert dataset.schema.field("id_no").metadata[b"comment"].decode() == "身份证号"
    client.put_object(Bucket=bucket, Key="one.csv", Body=_csv().encode())
    client.put_object(Bucket=bucket, Key="one.csv.schema.yaml", Body="comment: 会员\n".encode())
    assert api.open_source(f"s3://{bucket}/one.csv").schema.metadata[b"comment"].decode() == "会员"
    assert len(api.expand([f"s3://{bucket}/m/*/part.csv"])) == 2


@pytest.mark.parametrize(("tags", "warned"), [("contains-pii=yes", 1), ("owner=shop", 0), ("", 0)])
def test_an_object_tagged_as_personal_in_which_nobody_is_found_is_told(
    tags: str, warned: int, s3: ObjectServer, bucket: str
) -> None:
    given = {"Tagging": tags} if tags else {}
    s3.client().put_object(Bucket=bucket, Key="goods.csv", Body=b"sku,price\nA-1,3.5\nA-2,4.5\n", **given)
    scan = api.scan(f"s3://{bucket}/goods.csv")
    assert sum("tagged as personal by its source (contains-pii=yes)" in warning for warning in scan.warnings) == warned


def test_only_the_columns_asked_for_are_fetched(s3: ObjectServer, bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "KEEP_BYTES", 0)
    wide = pa.table({"small": pa.array(range(200_000)), "big": [f"{n:0>60}"[::-1] for n in range(200_000)]})
    content = written(lambda table, sink: pq.write_table(table, sink, compression=None, use_dictionary=False), wide)
    s3.client().put_object(Bucket=bucket, Key="wide.parquet", Body=content)
    dataset = api.open_source(f"s3://{bucket}/wide.parquet")
    assert sum(batch.num_rows for batch in dataset.batches(["small"])) == 200_000
    assert s3.data_bytes() < len(content) / 5


def test_what_is_read_ahead_keeps_its_order_and_its_errors_and_ends_when_nobody_reads_on() -> None:
    import threading

    from exportgate.scanner.sources.ahead import ahead

    def failing_at(end: int) -> Iterator[int]:
        yield from range(end)
        raise SourceError("is cut short", where="x")

    seen = []
    with pytest.raises(SourceError, match="x: is cut short"):
        for item in ahead(failing_at(9)):
            seen.append(item)  # noqa: PERF402 - what came before the error counts
    assert seen == list(range(9))
    reader = ahead(iter(range(1_000)))
    assert (next(reader), next(reader)) == (0, 1)
    reader.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "ahead"]


def test_an_object_replaced_between_two_readings_is_an_error(
    s3: ObjectServer, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "KEEP_BYTES", 0)
    s3.client().put_object(Bucket=bucket, Key="t.csv", Body=b"a\n1\n")
    dataset = api.open_source(f"s3://{bucket}/t.csv")
    assert sum(batch.num_rows for batch in dataset.batches()) == 1
    s3.client().put_object(Bucket=bucket, Key="t.csv", Body=b"a\n2\n")
    with pytest.raises(SourceError, match="changed while it was being read"):
        list(dataset.batches())


@pytest.mark.parametrize("fault", ["500", "503", "reset"])
def test_a_fault_that_passes_is_survived(fault: str, s3: ObjectServer, bucket: str) -> None:
    s3.client().put_object(Bucket=bucket, Key="t.csv", Body=_csv().encode())
    s3.faults[:] = [
        {
            "500": failing("500 Internal Server Error", "InternalError", "t.csv", 2),
            "503": failing("503 Slow Down", "SlowDown", "t.csv", 2),
            "reset": resetting("t.csv", 1),
        }[fault]
    ]
    assert sum(batch.num_rows for batch in api.open_source(f"s3://{bucket}/t.csv").batches()) == 2


TROUBLE = {
    "no bucket": ("s3://no-such-bucket/x.csv", SourceError, "no such bucket, folder or object"),
    "no object": ("s3://{bucket}/gone.csv", SourceError, "no such bucket, folder or object"),
    "a key inside": ("s3://AKIA:s3cret/x@{bucket}/x.csv", UsageError, "standard chain only"),
    "unknown parameter": ("s3://{bucket}/x.csv?endpint=http://x", UsageError, "unknown parameter: endpint"),
    "unknown store": ("frob://{bucket}/x.csv", UsageError, "unknown kind of address"),
    "zero bytes": ("s3://{bucket}/zero.csv", SourceError, "is empty (0 bytes)"),
    "mislabelled": ("s3://{bucket}/wrong.parquet", SourceError, "its first bytes are not Parquet's"),
}


@pytest.mark.parametrize("trouble", TROUBLE)
def test_what_cannot_be_read_is_one_sentence(trouble: str, s3: ObjectServer, bucket: str) -> None:
    s3.client().put_object(Bucket=bucket, Key="zero.csv", Body=b"")
    s3.client().put_object(Bucket=bucket, Key="wrong.parquet", Body=b"a,b\n1,2\n")
    address, kind, sentence = TROUBLE[trouble]
    with pytest.raises(kind) as caught:
        api.open_source(address.format(bucket=bucket))
    assert sentence in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_a_server_that_is_down_may_be_tried_again(s3: ObjectServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(UnavailableError, match="could not be reached"):
        api.open_source("s3://bucket/x.csv?endpoint=http://127.0.0.1:9")


@pytest.mark.parametrize("text", [
    "postgresql://ann:s3cret@db/crm?table=t",
    "postgresql://ann:s3/cr@et@db/crm?query=select 1",
    "mysql+pymysql://db/crm?user=ann&password=s3cret",
    "could not connect to postgresql://ann:s3cret@db/crm: refused",
    "s3://KEY:s3cret/+@bucket/x",
])  # fmt: skip
def test_no_password_is_ever_shown(text: str) -> None:
    for said in (addresses.shown(text), addresses.redacted(text)):
        assert not {"s3cret", "s3/cr", "ann"} & set(said.replace("@", " ").replace(":", " ").split())
        assert "s3cret" not in said
        assert "cr@et" not in said
