"""Columns of numbers and moments: judged by range, without ever writing a small number out as text.

Whole numbers from eight digits up may be identifiers (a mobile number, a resident number, a date as yyyymmdd): only
those are written out and judged as text. A binary fraction holds at most fifteen to sixteen digits for certain, so a
longer identifier read as one has lost digits: such cells are counted as damaged, never judged and never passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .cells_arrow import from_numpy, to_numpy, truth
from .cells_block import DIGIT, NUMERIC_MARK, Block, Bools, Index
from .cells_compiled import address, kernel
from .cells_distinct import Distinct, Value
from .cells_evidence import Numbers

SMALLEST_IDENTIFIER = 10_000_000
LARGEST_EXACT = 2**53
STRETCH = 1 << 16
_NUMBER_BYTES, _IDENTIFIER_BYTES = 24, 10
_WIDEST = 10**19
# yyyymmdd, mobile numbers without and with a country code, yyyymmddhhmmss and fourteen-digit cards
_RANGES = ((18_000_101, 21_001_232), (13 * 10**9, 20 * 10**9), (8_613 * 10**9, 8_620 * 10**9), (10**13, 10**14))


@dataclass(frozen=True)
class NumberCells:
    """What a stretch of numbers said: their range, the texts that need a look, and how many cells need none.

    `counted`: whether its cells were counted as distinct values already; else their texts are still to be.
    """

    numbers: Numbers | None
    texts: Any
    small: int
    damaged: int = 0
    counted: bool = True


def whole(array: Any, distinct: Distinct) -> Iterator[NumberCells]:
    """Read whole numbers without nulls, and count them as distinct values."""
    signed = array.type != pa.uint64()
    values = to_numpy(array.cast(pa.int64() if signed else pa.uint64()))
    for part, value in _stretches(values):
        yield _wholes(part, distinct, value)


def _stretches(values: Any) -> Iterator[tuple[Any, Value]]:
    """Cut numbers into stretches that stay near the processor, each with what writes one of its cells out."""
    for start in range(0, len(values), STRETCH):
        part = values[start : start + STRETCH]
        yield part, lambda cell, part=part: str(part[cell].item()).encode()  # type: ignore[misc]


def _wholes(values: Any, distinct: Distinct, value: Value) -> NumberCells:
    if compiled := kernel():
        facts = np.empty(3, values.dtype)
        sign = 1 << 63 if values.dtype == np.int64 else 0
        distinct.add_by(compiled.wholes, values, value, sign, address(facts))
        low, high, able = facts.tolist()
    else:
        distinct.add_words(values.view(np.uint64), value)
        low, high = values.min(), values.max()
        able = high >= SMALLEST_IDENTIFIER
    numbers = Numbers(len(values), float(low), float(high), float(values.sum(dtype=np.float64)))
    chosen = values[_may_identify(values)] if able else values[:0]
    if not len(chosen):
        return NumberCells(numbers, None, len(values))
    return NumberCells(numbers, from_numpy(chosen).cast(pa.string()), len(values) - len(chosen))


def _may_identify(values: Any) -> Bools:
    """Say which whole numbers may be a day, a moment, a telephone number or a longer identifier."""
    found: Bools = values >= 10**14
    for low, high in _RANGES:
        found |= (values >= low) & (values < high)
    return found


def real(array: Any, distinct: Distinct) -> Iterator[NumberCells]:
    """Read binary fractions without nulls; not-a-number and the infinities are no numbers."""
    for part, value in _stretches(to_numpy(array.cast(pa.float64()))):
        yield _reals(part, distinct, value)


def _reals(values: Any, distinct: Distinct, value: Value) -> NumberCells:
    if compiled := kernel():
        facts = np.empty(6)
        distinct.add_by(compiled.reals, values, value, address(facts))
        low, high, finite, whole_ones, fine, large = (facts + 0.0).tolist()  # minus zero is zero, whichever comes first
        if finite == len(values) and not large:
            fractional = len(values) - int(whole_ones)
            numbers = Numbers(len(values), low, high, _total(values), fractional, int(fine))
            return NumberCells(numbers, None, len(values))
    else:
        distinct.add_words(values.view(np.uint64), value)
    return _reals_by_numpy(values)


def _reals_by_numpy(cells: Any) -> NumberCells:
    finite = np.isfinite(cells)
    values = cells if finite.all() else cells[finite]
    if not len(values):
        return NumberCells(None, None, len(cells))
    integral = values == np.floor(values)
    fractional = len(values) - int(np.count_nonzero(integral))
    fine = int(np.count_nonzero(_is_fine(values))) if fractional else 0
    low, high = float(values.min()) + 0.0, float(values.max()) + 0.0
    numbers = Numbers(len(values), low, high, _total(values), fractional, fine)
    if high < SMALLEST_IDENTIFIER:
        return NumberCells(numbers, None, len(cells))
    large = values[integral & (values >= SMALLEST_IDENTIFIER) & (values < _WIDEST)]
    exact = large[large <= LARGEST_EXACT].astype(np.int64)
    texts = from_numpy(exact[_may_identify(exact)]).cast(pa.string())
    return NumberCells(numbers, texts, len(cells) - len(texts), len(large) - len(exact))


def _total(values: Any) -> float:
    with np.errstate(over="ignore", invalid="ignore"):  # the total of the largest fractions is no number
        return float(values.sum())


def _is_fine(values: Any) -> Bools:
    """Say which numbers have at least four digits after the point."""
    scaled = np.where(np.abs(values) < 1e9, values, 0) * 1000
    found: Bools = np.abs(scaled - np.round(scaled)) > 1e-5
    return found


def decimal(array: Any, distinct: Distinct) -> Iterator[NumberCells]:
    """Read decimal numbers without nulls: whole ones exactly, others as fractions."""
    for start in range(0, len(array), STRETCH):
        yield _decimals(array.slice(start, STRETCH), distinct)


def _decimals(array: Any, distinct: Distinct) -> NumberCells:
    values = to_numpy(array.cast(pa.float64()))
    if array.type.scale <= 0 or bool((values == np.floor(values)).all()):  # NUMERIC(20, 2) that holds whole numbers
        texts = pc.replace_substring_regex(array.cast(pa.string()), r"[.]0+$", "")
        return NumberCells(_reals_by_numpy(values).numbers, texts, 0, counted=False)
    return _reals(values, distinct, lambda cell: str(array[cell].as_py()).encode())


def written(block: Block) -> Numbers | None:
    """Read the cells that are numbers written as text, each weighing as often as it stands there.

    A number is at most 24 bytes of digits with a sign before and a point among them; whole ones of ten digits and more
    are identifiers sooner than numbers and left out.
    """
    if block.min_length > _NUMBER_BYTES or not block.union & DIGIT:
        return None
    if block.min_length >= _IDENTIFIER_BYTES and not block.union & NUMERIC_MARK:
        return None
    cells, values = block.written() or _written(block)
    long = np.flatnonzero(np.isnan(values))
    if len(long):
        values[long] = to_numpy(_as_arrow(block.take(cells[long])).cast(pa.float64()))
    return _weighed(values, None if block.weight is None else block.weight[cells]) if len(cells) else None


def _written(block: Block) -> tuple[Index, Any]:
    mask, lengths = block.mask, block.lengths
    able = (mask | np.uint8(NUMERIC_MARK)) == (DIGIT | NUMERIC_MARK)
    able &= (mask == (DIGIT | NUMERIC_MARK)) | (lengths < _IDENTIFIER_BYTES)
    able &= lengths <= _NUMBER_BYTES
    cells = np.flatnonzero(able)
    if not len(cells):
        return cells, np.zeros(0)
    texts = _as_arrow(block if len(cells) == len(block) else block.take(cells))
    try:
        texts.slice(0, 1).cast(pa.float64())  # a column of dates fails here, not after all of it was tried
        return cells, to_numpy(texts.cast(pa.float64()))
    except pa.ArrowInvalid:
        fits = pc.match_substring_regex(texts, r"^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)$")
        return cells[truth(fits)], to_numpy(texts.filter(fits).cast(pa.float64()))


def _as_arrow(block: Block) -> Any:
    offsets = np.append(block.starts, block.ends[-1])
    return pa.LargeStringArray.from_buffers(len(block), pa.py_buffer(offsets), pa.py_buffer(block.data))


def _weighed(values: Any, weight: Index | None) -> Numbers:
    if weight is None and (compiled := kernel()):
        facts = np.empty(6)
        compiled.span(address(values), len(values), address(facts))
        low, high, _, whole_ones, fine, _ = facts.tolist()
        return Numbers(len(values), low, high, _total(values), len(values) - int(whole_ones), int(fine))
    weight = np.ones(len(values), np.int64) if weight is None else weight
    whole_number = values == np.floor(values)
    fine = 0 if whole_number.all() else int(weight[_is_fine(values)].sum())
    total = _total(values * weight)
    fractional = int(weight[~whole_number].sum())
    return Numbers(int(weight.sum()), float(values.min()), float(values.max()), total, fractional, fine)


def years(array: Any) -> dict[int, int]:
    """Count the calendar years of dates or moments without nulls."""
    found = to_numpy(pc.year(array))
    low = int(found.min(initial=0)) if len(found) else 0
    counts = np.bincount(found - low) if len(found) and int(found.max()) - low < 100_000 else np.zeros(0, np.int64)
    return {low + year: int(counts[year]) for year in np.flatnonzero(counts).tolist()}
