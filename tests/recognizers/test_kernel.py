"""The compiled kernel and numpy say the same of every cell, whatever stands in it and beside it."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exportgate.pipelines import cli
from exportgate.recognizers import cells, cells_compiled, pack
from exportgate.recognizers.cells_block import Block
from exportgate.recognizers.cells_clean import dirty
from exportgate.recognizers.cells_compiled import CompiledBlock
from exportgate.recognizers.cells_face import ask
from exportgate.recognizers.cells_text import LONG, traces
from exportgate.recognizers.cells_typed import MOMENTS as MOMENTS_ALONE
from exportgate.recognizers.cells_typed import NUMBERS as NUMBERS_ALONE
from tests.recognizers.test_cells_engine import LAYOUTS, column, facts
from tests.recognizers.test_two_faces import CORPUS

pytestmark = pytest.mark.skipif(
    cells_compiled.kernel() is None and "EXPORTGATE_CI" not in os.environ, reason="no kernel was built here"
)
PIECES = [
    *("13800138001", "11010519491231002X", "6222021234567890127", "1HGCM82633A004352", "E12345678", "H1234567801"),
    *("a@b.cn", "u.v@example.com", "闽A12345", "闽A·D12345", "使014578", "WJ闽1234X", "民航A1234", "张三"),
    *("欧阳娜娜", "福建省厦门市思明区湖滨南路100号5栋302室", "市", "路", "号", "1990年3月7日", "2024-01-31"),
    *("20240131", "I10.x00x002", "GB82WEST12345698765432", "123e4567-e89b-12d3-a456-426614174000", "192.168.1.10"),
    *("00:1b:44:11:3a:b7", "::1", "A123456(3)", "A123456789", "5/123456/7", "852", "0085261234567", "0912-345-678"),
    *("(02) 2345-6789", "+1 234 567 8901", "118.08954,24.47951", "24°28′46.2″", "rs1042522", "c.215C>G"),
    *("chr7:140753336A>T", "B-300F", "BKCHCNBJ300", "<<", "86", "+86 ", "0086", "\ufeff", "\u3000", "Ａ", "１３"),
    *("·", "，", "。", " ", "-", ".", ":", "/", "(", ")", "x", "X", "0", "18", "买买提·艾力", "Zhang Wei", "糖尿病"),
    *("无", "N/A", "{", "}", "d41d8cd98f00b204e9800998ecf8427e", "460001234567890"),
]  # fmt: skip
PIECES += ["829.32", "-0.05", "+5", ".5", "5.", "1.2.3", "12345.6789012", "2024-01-31 04:06:25.000000", "1899.12.31"]
PIECES += ["2024/02/30 01:02", "20240131235959", "0.1234567890123456789", "2024-01-31T00:00:00", "00012345678901234.5"]
FURTHER = [
    "Mar 7, 1990",
    "07MAR1990",
    "07.03.1990",
    "民国79年3月7日",
    "中华民国元年",
    "V600E",
    "BRAF V600E",
    "a@b.xn--p1ai",
]
PIECES += [*FURTHER, "张三@例子.公司", "1064812345678", "住院号：00123456", "密码：x", "；", "！"]
PIECES += [
    "CYP2C19*2",
    "HLA-B*15:02",
    "7-140753336-A-T",
    "IVS2-2A>G",
    "oLVPpjqs9BhvzwPj5A-vTYAX3GLc",
    *(
        "138****8000",
        "89852123456789012303",
        "E118.08954,N24.47951",
        "903013545@qq.com",
        "021-5555555",
        "张**",
        "138xxxx8000",
        "138.0013.8001",
        "138·0013·8001",
        "49-015420-323751-8",
        "o'neil@a-.cn",
    ),
    "008610",
    "00865922345678",
    "::",
    "ff:0:",
    "NM_004006.2:c.[145C>T;147C>G]",
    "p.0",
    "c.(?_-245)del",
    "密码：abcd",
    "QQ903013545",
    "password: hunter22",
    "Tel 0592-5601234",
    "手机号为",
    "银行卡：6222 0212 3456 7890",
]
PIECES += ["138****8000", "138xxxx8000", "张*", "*", "#", "闽D1*345", "6222 •••• 1234", "×", "●", "z***n@a.cn"]
BROKEN = [b"", b"\0", b"a\0b", b"\xff\xfe", b"\xe4\xbd", b"\xc2", b"\xa0", b"\xef\xbc", b"\xe2\x80", b"\x8b1", b"\x80"]


def mixtures(count: int, seed: int) -> Iterator[bytes]:
    """Yield cells of pieces side by side, cut anywhere: neighbours that look like one another's rest."""
    rng = random.Random(seed)
    raw = [piece.encode() for piece in PIECES] + BROKEN
    for _ in range(count):
        cell = b"".join(rng.choice(raw) for _ in range(rng.randint(0, 4)))
        yield cell[: rng.randint(0, len(cell))] if rng.random() < 0.3 else cell


def blocks(values: list[bytes]) -> tuple[Block, Block]:
    return Block.of_values(values), CompiledBlock.of_values(values)


def same_facts(values: list[bytes]) -> None:
    plain, compiled = blocks(values)
    assert plain.mask.tolist() == compiled.mask.tolist()
    assert plain.hashes.tolist() == compiled.hashes.tolist()
    assert dirty(plain).tolist() == dirty(compiled).tolist()
    for fact in ("union", "has_high", "max_length", "min_length", "total_characters", "has_long_number"):
        assert getattr(plain, fact) == getattr(compiled, fact), fact
    assert plain.token_lengths - {0} == compiled.token_lengths
    assert (traces(plain) | (plain.lengths <= LONG)).tolist() == np.asarray(compiled.traced).tolist()


def test_cells_of_any_length_are_mixed_alike() -> None:
    rng = random.Random(3)
    same_facts([rng.randbytes(length) for length in range(300)] + [b"a" * length for length in range(300)])
    same_facts([b"a" * 130, *(b"a" * at + b"b" + b"a" * (129 - at) for at in range(130))])


def same_answers(values: list[bytes]) -> None:
    for face in pack.faces():
        plain, compiled = (answers(face, block) for block in blocks(values))
        assert plain == compiled, face.entity


def answers(face: pack.Face, block: Block) -> list[list[bool]]:
    found = ask(face, block)
    answer = np.zeros((4, len(block)), bool)
    if found is not None:
        parts = (found.shape, found.valid, found.inside, found.inside_valid)
        answer[:] = [np.zeros(len(block), bool) if part is None else part for part in parts]
    answer[2:] &= ~answer[0]
    return answer.tolist()  # type: ignore[no-any-return]


@pytest.fixture(params=["engine's corpus", "hostile neighbours", "mixtures", "short mixtures", "one kind each"])
def corpus(request: pytest.FixtureRequest) -> list[list[bytes]]:
    if request.param == "engine's corpus":
        return [[(value or "").encode() for value in column(2000, 7)]]
    if request.param == "hostile neighbours":
        return [[cell.encode() for cell in CORPUS]]
    if request.param == "mixtures":
        return [list(mixtures(3000, seed)) for seed in range(4)]
    if request.param == "short mixtures":
        return [list(mixtures(size, seed)) for seed in range(150) for size in (1, 7)]
    return [[piece.encode() * n] * 3 for piece in PIECES for n in (1, 3)]


@pytest.fixture(params=["wide registers", "narrow registers"], autouse=True)
def registers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs as on a machine without wide registers too, where this one has them."""
    kernel = cells_compiled.kernel()
    if request.param == "narrow registers" and kernel is not None:
        if not kernel.wide:
            pytest.skip("no wide registers here")
        monkeypatch.setattr(kernel, "wide", False)


def test_facts_agree(corpus: list[list[bytes]]) -> None:
    for values in corpus:
        same_facts(values)


def test_recognizers_agree(corpus: list[list[bytes]]) -> None:
    for values in corpus:
        same_answers(values)


def evidence(array: pa.Array, compiled: bool) -> tuple[object, ...]:
    cells_compiled.use(compiled)
    try:
        found = cells.read(array)
    finally:
        cells_compiled.use(True)
    return (*facts(found), found.details, found.years, found.numbers)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_evidence_agrees_in_every_layout(layout: str) -> None:
    assert evidence(LAYOUTS[layout], True) == evidence(LAYOUTS[layout], False)


def test_evidence_agrees_over_many_blocks() -> None:
    values = pa.array(list(mixtures(40_000, 99)), pa.binary())
    assert evidence(values, True) == evidence(values, False)


TEXTS = st.text("0123456789Xx ABEGa-+.@:/()京闽号市路，中Ｘ１é·", max_size=40).map(str.encode)
CELLS = st.one_of(
    TEXTS, st.binary(max_size=70), st.lists(st.sampled_from(PIECES), max_size=3).map("".join).map(str.encode)
)


@settings(max_examples=300, deadline=None)
@given(st.lists(CELLS, max_size=14))
def test_any_cells_agree(values: list[bytes]) -> None:
    same_facts(values)
    same_answers(values)


def test_offsets_that_do_not_fit_are_refused() -> None:
    for offsets in ([0, 9, 3], [0, 3, 400]):
        raw = np.frombuffer(b"123456789", np.uint8)
        block = CompiledBlock.of(raw, np.array([0, 9]))
        with pytest.raises(ValueError, match="do not fit"):
            _ = CompiledBlock(block.data, np.array(offsets, np.int64) + 64).mask


def test_the_command_line_chooses_and_says_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "people.csv"
    source.write_text("a,b\n13800138001,张三\n13900139002,李四\n", encoding="utf-8")
    found = {}
    for choice in ("auto", "on", "off"):
        assert cli.run(["scan", str(source), "--format", "json", "--kernel", choice]) == 0
        found[choice] = capfd.readouterr().out
    assert found["auto"] == found["on"] == found["off"]
    cli.run(["--version"])
    assert "numpy" in capfd.readouterr().out
    cells_compiled.use(True)
    cli.run(["--version"])
    assert "compiled kernel" in capfd.readouterr().out


MOMENTS = st.builds(
    "{:04}{mark}{:02}{mark}{:02}{}".format,
    *(st.integers(1795, 2105), st.integers(0, 13), st.integers(0, 32)),
    st.from_regex(r"([ T][0-9]{1,2}(:[0-9]{2}){0,3}([.][0-9]{0,11})?Z?)?", fullmatch=True),
    mark=st.sampled_from("-/."),
)
AMOUNTS = st.from_regex(r"[+-]?[0-9]{0,18}[.]?[0-9]{0,9}", fullmatch=True)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(MOMENTS, AMOUNTS).map(str.encode), max_size=12))
def test_moments_and_amounts_agree(values: list[bytes]) -> None:
    same_facts(values)
    same_answers(values)
    assert evidence(pa.array(values, pa.binary()), True) == evidence(pa.array(values, pa.binary()), False)


PLAIN_MOMENTS = st.one_of(
    st.dates(date(1800, 1, 1), date(2100, 12, 31)).map("{:%Y-%m-%d}".format),
    st.builds(
        "{:04}{mark}{:02}{mark}{:02}{}".format,
        *(st.integers(1800, 2100), st.integers(1, 12), st.integers(1, 28)),
        st.sampled_from(["", " 04:06", " 00:00", " 00:00:00", " 23:59:59", " 04:06:25.1", " 04:06:25.123456789"]),
        mark=st.sampled_from("-/."),
    ),
)
PLAIN_NUMBERS = st.one_of(
    st.from_regex(r"-?[0-9]{1,7}[.][0-9]{1,7}", fullmatch=True),
    st.from_regex(r"[0-9]{1,9}|-[0-9]{1,5}|85[23][0-9]{0,2}|886[0-9]|19900307|10012345|14[0-9]{7}", fullmatch=True),
)
ALIKE = st.one_of(st.lists(PLAIN_MOMENTS, min_size=1), st.lists(PLAIN_NUMBERS, min_size=1))
INTRUDERS = st.one_of(MOMENTS, AMOUNTS, st.sampled_from(["", "852-12345678", "2024-01-31 04:06 x", "7:30", "1e5"]))


@settings(max_examples=300, deadline=None)
@given(ALIKE, st.lists(st.tuples(st.integers(0, 99), INTRUDERS), max_size=1))
def test_a_block_of_one_type_is_read_as_any_other(alike: list[str], intruders: list[tuple[int, str]]) -> None:
    """What is expected of its cells must not show in what is found, and no other among them be passed over."""
    values = [value.encode() for value in alike]
    for place, other in intruders:
        values.insert(place % (len(values) + 1), other.encode())
    plain = CompiledBlock.of_values(values)
    plain.judged_soon = True
    known = []
    for expected in (MOMENTS_ALONE, NUMBERS_ALONE):
        block = CompiledBlock.of_values(values)
        block.judged_soon, block.expected = True, expected
        assert [bytes(one) for one in block._survey[:3]] == [bytes(one) for one in plain._survey[:3]]
        assert block._survey[3].tolist()[:7] == plain._survey[3].tolist()[:7]
        assert [one.tolist() for one in block.measured[1:]] == [one.tolist() for one in plain.measured[1:]]
        assert (block._signs[0].tolist(), block._signs[1]) == (plain._signs[0].tolist(), plain._signs[1])
        assert repr(block.written()) == repr(plain.written())
        known.append(block._typed is not None)
    assert any(known) or intruders


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(ALIKE, st.lists(st.one_of(PLAIN_MOMENTS, PLAIN_NUMBERS, INTRUDERS))), max_size=5))
def test_columns_that_change_their_type_agree(parts: list[list[str]]) -> None:
    """A block is expected to hold what the one before did; the evidence is numpy's whether it does or not."""
    found = []
    for compiled in (True, False):
        cells_compiled.use(compiled)
        try:
            reader = cells.ColumnReader(name_is_long=True)
            for part in parts:
                reader.update(pa.array(part, pa.string()))
            seen = reader.finish()
        finally:
            cells_compiled.use(True)
        found.append((*facts(seen), seen.details, seen.years, seen.numbers))
    assert found[0] == found[1]


def test_what_a_number_is_does_not_turn_on_its_neighbours() -> None:
    alone, beside = cells.read(pa.array(["5", ".5", "+7."])), cells.read(pa.array(["5", ".5", "1/2", "+7."]))
    assert alone.numbers == beside.numbers == cells.Numbers(3, 0.5, 7.0, 12.5, 1)


NUMBERS = {
    "fractions": pa.array(np.random.default_rng(1).normal(size=70_001)),
    "whole ones among them": pa.array([1.0, -0.0, 0.0, 2.5, -3.0, 1e-320, 4503599627370495.5, -4503599627370497.0]),
    "no digits left": pa.array([13800138001.0, 110105194912310021.0, 1e19, 1e300, -1e300, 20240131.0, 2.0**53]),
    "no numbers": pa.array([float("nan"), float("inf"), -float("inf"), 1.5]),
    "nothing but no numbers": pa.array([float("nan")] * 3),
    "three digits and four": pa.array([0.123, 0.1234, 999999999.1234, 1000000000.1234, -0.0001, 1.00001]),
    "of four bytes": pa.array([0.1, 2.5, 16777216.0], pa.float32()),
    "few": pa.array([1.0, 2.0, 3.0] * 30_000),
    "whole": pa.array(np.random.default_rng(2).integers(-(2**63), 2**63 - 1, 70_000)),
    "edges": pa.array([18000100, 18000101, 21001231, 21001232, 12999999999, 13 * 10**9, 2 * 10**10, -18000101, 10**13]),
    "without a sign": pa.array([0, 2**63, 2**64 - 1, 20240131], pa.uint64()),
    "of one byte": pa.array([-128, 127], pa.int8()),
    "days": pa.array([0, -25567, 19000] * 1000, pa.int32()).cast(pa.date32()),
    "moments": pa.array(np.arange(100_000) * 86_399_999_999, pa.timestamp("us")),
    "amounts": pa.array([*map(Decimal, ("10.50", "-0.05", "13800138001.25"))], pa.decimal128(20, 2)),
    "amounts that are whole": pa.array([Decimal(13800138001), Decimal(7)]).cast(pa.decimal128(30, 4)),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_agree(name: str) -> None:
    assert evidence(NUMBERS[name], True) == evidence(NUMBERS[name], False)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.floats(), st.integers(-(10**10), 2**60).map(float)), max_size=40))
def test_any_fractions_agree(values: list[float]) -> None:
    array = pa.array(values, pa.float64())
    found, expected = evidence(array, True), evidence(array, False)
    assert repr(found) == repr(expected)  # a total of huge ones is no number, which equals nothing
