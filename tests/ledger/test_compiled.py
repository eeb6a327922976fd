"""What is compiled for counting and numpy give the same answers, on whatever keys, rows, links and cells."""

from __future__ import annotations

import os
import random
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exportgate.recognizers import cells_compiled
from exportgate.recognizers.cells_block import Block
from exportgate.recognizers.cells_compiled import CompiledBlock
from exportgate.scanner import compiled, counting_distinct, identity_settled
from exportgate.scanner.compiled import Kernel
from exportgate.scanner.identity_values import PLACEHOLDERS
from exportgate.scanner.ledger import components, register
from exportgate.scanner.ledger.rows import FactRows, Nodes

pytestmark = pytest.mark.skipif(
    compiled.kernel() is None and "EXPORTGATE_CI" not in os.environ, reason="nothing was compiled here"
)


@pytest.fixture
def kernel() -> Kernel:
    found = compiled.kernel()
    assert found is not None
    return found


WORDS = st.integers(0, 2**64 - 1)
FEW = st.integers(0, 3).map(lambda n: n << 62)
KEYS = st.lists(st.tuples(st.one_of(WORDS, FEW), st.one_of(WORDS, FEW)), min_size=1, max_size=60)


@given(keys=KEYS)
def test_keys_are_numbered_alike(keys: list[tuple[int, int]]) -> None:
    fast = compiled.kernel()
    array = np.array(keys, np.uint64)
    assert fast is not None
    for one, other in zip(fast.number(array), counting_distinct.number_in_numpy(array), strict=True):
        assert one.tolist() == other.tolist()


def test_many_keys_are_numbered_alike_however_often_they_come(kernel: Kernel) -> None:
    rng = np.random.default_rng(5)
    for count, different in ((300_000, 200_000), (300_000, 2), (100_000, 100_000)):
        base = rng.integers(0, 2**64, (different, 2), dtype=np.uint64)
        base[: different // 2, 0] &= np.uint64(0xFFF0_0000_0000_0003)  # many that differ in their last bits only
        keys = base[rng.integers(0, different, count)]
        for one, other in zip(kernel.number(keys), counting_distinct.number_in_numpy(keys), strict=True):
            assert np.array_equal(one, other)


@pytest.mark.parametrize(("count", "sizes"), [(1, [1]), (200, [3, 2]), (5000, [900, 7, 4000]), (40_000, [60, 30_000])])
def test_the_different_rows_are_found_alike(kernel: Kernel, count: int, sizes: list[int]) -> None:
    rng = np.random.default_rng(count)
    codes = [rng.integers(-1, size, count).astype(np.int32) for size in sizes]
    masks = rng.choice(np.array([0, 1, 2, 1 << 60, (1 << 63) + 1], np.uint64), count)
    bases = rng.integers(0, 3, count).astype(np.uint8)
    fast = kernel.rows(codes, sizes, masks, bases)
    plain = counting_distinct.first_of_each_in_numpy(codes, sizes, masks, bases)
    for column in (*codes, masks, bases):
        assert np.array_equal(column[fast], column[plain])


@given(
    edges=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=60),
    rows=st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=5), max_size=30),
)
def test_nodes_are_joined_alike(edges: list[tuple[int, int]], rows: list[list[int]]) -> None:
    fast = compiled.kernel()
    a, b = (np.array([edge[end] for edge in edges], np.int32) for end in (0, 1))
    offsets = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    nodes = np.array([node for row in rows for node in row], np.int32)
    assert fast is not None
    assert fast.components(31, a, b).tolist() == components.components_in_numpy(31, a, b).tolist()
    assert fast.together(31, offsets, nodes).tolist() == components.together_in_numpy(31, offsets, nodes).tolist()


def test_a_node_that_is_not_there_is_an_error_and_not_a_crash(kernel: Kernel) -> None:
    for node in (-1, 3):
        with pytest.raises(IndexError):
            kernel.components(3, np.array([0]), np.array([node]))
        with pytest.raises(IndexError):
            kernel.together(3, np.array([0, 2]), np.array([0, node]))


def test_cells_that_may_say_nothing_are_told_alike() -> None:
    chance = random.Random(3)
    pieces = [
        *PLACEHOLDERS,
        "0",
        "00000000",
        "xxxxxxxx",
        "x",
        " ",
        "\u3000",
        "ｎ／ａ",
        "Ｎ/A",
        "张三",
        "é",
        "𠮷",
        "ａ",
        "N/A 张",
    ]
    raw = [piece.encode() for piece in pieces] + [b"", b"\xff", b"\xe4\xbd", b"\xc2", b"\0", b"\0\0", b"abcdefghijk"]
    cells = [*raw, *(b"".join(chance.choice(raw) for _ in range(chance.randint(1, 3))) for _ in range(4000))]
    cells += [piece.upper().encode() + b"x" * chance.randint(0, 2) for piece in PLACEHOLDERS]
    fast, plain = CompiledBlock.of_values(cells), Block.of_values(cells)
    told = identity_settled.may_say_nothing(fast)
    assert told.tolist() == identity_settled.may_say_nothing_in_numpy(plain).tolist()
    assert 0 < told.sum() < len(cells)


def test_offsets_that_do_not_fit_are_an_error(kernel: Kernel) -> None:
    block = CompiledBlock(np.zeros(200, np.uint8), np.array([64, 500], np.int64))
    with pytest.raises(ValueError, match="offsets"):
        identity_settled.may_say_nothing(block)


def test_without_the_kernel_of_the_recognizers_nothing_compiled_counts() -> None:
    cells_compiled.use(False)
    try:
        assert compiled.kernel() is None
    finally:
        cells_compiled.use(True)


def test_nothing_that_is_handed_over_is_gone_before_it_is_read(kernel: Kernel) -> None:
    """An array made only for its address is freed at once; with other threads at work its memory is soon another's."""

    def work(seed: int) -> bool:
        rng = np.random.default_rng(seed)
        good = True
        for _ in range(150):
            sizes = [int(size) for size in rng.integers(1, 40, 4)]
            codes = [rng.integers(-1, size, 60).astype(np.int32) for size in sizes]
            masks, bases = rng.integers(0, 3, 60).astype(np.uint64), np.zeros(60, np.uint8)
            fast = kernel.rows(codes, sizes, masks, bases)
            plain = counting_distinct.first_of_each_in_numpy(codes, sizes, masks, bases)
            good &= all(np.array_equal(column[fast], column[plain]) for column in (*codes, masks))
        return good

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, range(8)))


def _register(rng: np.random.Generator) -> tuple[FactRows, np.ndarray]:
    lengths = rng.integers(1, 4, 400)
    nodes = rng.integers(0, 30, int(lengths.sum())).astype(np.int32)
    masks, bases = rng.integers(0, 3, 400), rng.integers(0, 2, 400).astype(np.uint8)
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    return FactRows(np.zeros(400, np.int32), offsets, nodes, masks, bases), rng.integers(0, 40, (300, 2), np.uint64)


def test_a_register_finds_the_same_keys_and_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few different keys share few hashes, so most are found behind others; what is entered by one is found by both."""
    rng = np.random.default_rng(11)
    told, keys = _register(rng)
    keys = np.unique(keys, axis=0)
    answers = []
    for fast in (compiled.kernel(), None):
        monkeypatch.setattr(compiled, "kernel", lambda fast=fast: fast)
        known = register.Register()
        for low in range(0, len(keys), 50):
            part = keys[low : low + 50]
            ids = np.arange(low, low + len(part), dtype=np.int32)
            known.add_nodes(Nodes(ids, np.zeros(len(part), np.int16), ids, part))
        for part in told.parts(90):
            known.add_facts(part.where(~known.knows(part)))
        other, _ = _register(np.random.default_rng(12))
        asked = rng.permutation(np.concatenate([keys, keys + np.uint64(1)]))
        assert known.numbers(keys).tolist() == list(range(len(keys)))
        assert known.knows(told).all()
        truth = {tuple(key) for key in keys.tolist()}
        assert [n >= 0 for n in known.numbers(asked)] == [tuple(key) in truth for key in asked.tolist()]
        answers.append((register._hashes(told).tolist(), known.knows(other).tolist()))
    assert answers[0] == answers[1]
    assert 0 < sum(answers[0][1]) < 400
