"""UTF-8 is told as Python tells it, however the bytes are cut, and a file that is none is refused in one sentence."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exportgate.recognizers import cells_compiled
from exportgate.scanner.errors import SourceError
from exportgate.scanner.sources import open_source
from exportgate.scanner.sources.utf8 import NotUtf8Error, Utf8Check

PARTS = ["a", "0123456789" * 7, "é", "患者于门诊就诊" * 3, "ก", "한\ud7ff", "\ue000", "😀", "\U0010ffff", "\x00"]
WRONG = ["ff", "80", "c080", "c1bf", "e09f80", "eda080", "edbfbf", "f08fbfbf", "f4908080", "f5808080", "e4b8", "f09f98"]
STRETCHES = st.lists(st.sampled_from([*map(str.encode, PARTS), *map(bytes.fromhex, WRONG)]), max_size=40)
WAYS = ["wide registers", "narrow registers", "no kernel"]
LOOKED_AT_FIRST = 66 << 20
"""More bytes than are looked at when a file is opened."""


@contextmanager
def _machine(way: str) -> Iterator[None]:
    """Look at bytes as a machine does that has wide registers, has none, or has no kernel."""
    kernel = cells_compiled.loaded()
    if (way != "no kernel" and kernel is None) or (way == "wide registers" and not kernel.wide):
        pytest.skip("not on this machine")
    before = kernel.wide if kernel else False
    if kernel:
        kernel.wide = before and way == "wide registers"
    cells_compiled.use(way != "no kernel")
    try:
        yield
    finally:
        cells_compiled.use(True)
        if kernel:
            kernel.wide = before


def _fault(raw: bytes) -> int | None:
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        return error.start
    return None


def _found(raw: bytes, cuts: list[int]) -> int | None:
    """Return where the check finds a fault in bytes that come in pieces of these sizes, in turn."""
    check, at, turn = Utf8Check(), 0, 0
    try:
        while at < len(raw):
            size = cuts[turn % len(cuts)]
            check.take(raw[at : at + size])
            at, turn = at + size, turn + 1
        check.finish()
    except NotUtf8Error as error:
        return int(error.args[0])
    return None


@pytest.mark.parametrize("way", WAYS)
@given(STRETCHES, st.lists(st.integers(1, 200), min_size=1, max_size=6))
@example([*map(str.encode, PARTS), b"\xe4\xb8"], [1, 2, 3])
@example([("患" * 64).encode(), b"\xff"], [64, 1])
def test_the_first_fault_is_where_python_finds_it(way: str, parts: list[bytes], cuts: list[int]) -> None:
    """Overlong forms, halves of pairs and cut characters too, whatever the pieces are that the bytes come in."""
    raw = b"".join(parts)
    with _machine(way):
        assert _found(raw, cuts) == _fault(raw)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("ending", "fault"), [("csv", b"\xd5\xc5"), ("csv.gz", b"\xe5\xbc")])
def test_a_file_that_stops_being_utf8_is_refused_in_one_sentence(
    way: str, ending: str, fault: bytes, tmp_path: Path
) -> None:
    """Wherever the fault stands; nothing of a cell is told."""
    line = "张三丰,440305197705112333\n".encode()
    raw = b"name,id\n" + line * (LOOKED_AT_FIRST // len(line)) + fault + b",7\n" + line
    path = tmp_path / f"t.{ending}"
    path.write_bytes(gzip.compress(raw, 1) if ending.endswith("gz") else raw)
    with _machine(way), pytest.raises(SourceError) as refused:
        for _ in open_source(str(path)).batches():
            pass
    assert str(refused.value).startswith(f"t.{ending}: holds bytes that are no text in its encoding")
    assert "4403" not in str(refused.value)


def test_where_the_fault_stands_is_told(tmp_path: Path) -> None:
    """As the byte of the file, so that it can be looked at."""
    if cells_compiled.loaded() is None:
        pytest.skip("Arrow does not say where")
    (tmp_path / "t.csv").write_bytes(b"name\n" + b"a\n" * (LOOKED_AT_FIRST // 2) + b"\xff\n")
    with pytest.raises(SourceError, match=f"from byte {LOOKED_AT_FIRST + 6:,} on"):
        for _ in open_source(str(tmp_path / "t.csv")).batches():
            pass
