"""Columns whose chunk holds more than two gibibytes: offsets no longer fit 32 bits (`--soak`)."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from exportgate.recognizers import cells, cells_compiled
from exportgate.recognizers.cells import Hit


@pytest.mark.soak
@pytest.mark.parametrize("compiled", [True, False])
def test_cells_behind_two_gibibytes(compiled: bool) -> None:
    filling, rows = 1 << 20, 2_100
    ends = np.array([filling] * rows + [11, 11], np.int64)
    offsets = np.concatenate(([0], np.cumsum(ends)))
    data = np.full(int(offsets[-1]), ord("x"), np.uint8)
    data[-22:] = np.frombuffer(b"1380013800113900139002", np.uint8)
    array = pa.LargeStringArray.from_buffers(rows + 2, pa.py_buffer(offsets), pa.py_buffer(data))
    cells_compiled.use(compiled)
    try:
        assert cells.read(array).hit("CN_MOBILE") == Hit(2, 2)
    finally:
        cells_compiled.use(True)
