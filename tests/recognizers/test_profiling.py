"""A dataset's profile covers every column and row, in threads as without."""

import pyarrow as pa
import pytest

from exportgate import recognizers
from exportgate.recognizers import planted
from exportgate.scanner import profiling
from exportgate.scanner.errors import ComponentError, UsageError


class Held:
    """A dataset in memory."""

    def __init__(self, table: pa.Table, rows_known: bool = True) -> None:
        self.name, self.schema, self.table = "held", table.schema, table
        self.rows = table.num_rows if rows_known else None
        self.asked_rows = 0

    def batches(self, columns=None, batch_rows=65_536, *, dictionaries=False):
        self.asked_rows = batch_rows
        table = self.table if columns is None else self.table.select(columns)
        yield from table.to_batches(max_chunksize=min(batch_rows, 1000))


TABLE = pa.table({"tel": [f"138{n:08d}" for n in range(5000)], "n": list(range(5000)), "x": ["无"] * 5000})


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_every_row_of_every_column(threads: int) -> None:
    seen: list[int] = []
    profile = profiling.profile(Held(TABLE), threads=threads, progress=seen.append)
    assert profile["tel"].hit("CN_MOBILE").matched == 5000
    assert [profile["tel"].rows, profile["n"].rows, profile["x"].placeholders] == [5000, 5000, 5000]
    assert (profile.rows, profile.rows_scanned, profile.exhaustive, seen[-1]) == (5000, 5000, True, 5000)


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    ("sample", "scanned", "exhaustive"), [(100, 100, False), (5000, 5000, True), (9999, 5000, True)]
)
def test_sample(known: bool, sample: int, scanned: int, exhaustive: bool) -> None:
    profile = profiling.profile(Held(TABLE, known), sample=sample)
    assert (profile.rows_scanned, profile.exhaustive) == (scanned, exhaustive)


def test_sample_is_spread_over_the_file() -> None:
    assert profiling.profile(Held(TABLE), sample=50)["n"].numbers.max > 4000


def test_chosen_columns_only() -> None:
    assert profiling.profile(Held(TABLE), ["n"]).names == ("n",)
    with pytest.raises(UsageError, match=r"held\.nope"):
        profiling.profile(Held(TABLE), ["nope"])


def test_a_wide_table_is_read_in_batches_of_fewer_rows() -> None:
    """Or one batch of it would take a gigabyte: cells of some twenty bytes."""
    wide = Held(pa.table({f"c{n}": ["x"] for n in range(1_000)}))
    profiling.profile(wide)
    assert wide.asked_rows * 1_000 * 20 < 200 << 20


def test_no_rows() -> None:
    profile = profiling.profile(Held(TABLE.slice(0, 0)))
    assert (profile.rows, profile.exhaustive, profile["tel"].rows) == (0, True, 0)


def test_planted_identifiers_are_found() -> None:
    recognizers.canary()


def test_a_blind_recognizer_stops_every_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    recognizers.canary()
    monkeypatch.setattr(planted.cells, "faces", lambda: ())
    for _ in range(2):  # although the whole pack was proved in this process, and not only at the first scan
        with pytest.raises(ComponentError, match="CN_RESIDENT_ID"):
            profiling.profile(Held(TABLE))
