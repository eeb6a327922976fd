"""An identifier behind pages of prose is found as one behind a word: every cell is read to its end."""

import pyarrow as pa
import pytest

from exportgate.recognizers import cells, cells_compiled

PROSE = "随访记录无特殊，继续观察。" * 3000  # more than 100 KB
FOUND = {
    "a phone of Hong Kong": "+852 6123 4567",
    "a phone of Taiwan": "+886 912 345 678",
    "a phone abroad": "+44 20 7946 0958",
    "a fixed line": "(0591) 8765 4321",
    "a phone of the mainland": "13800138001",
    "an address of IP": "2001:db8:85a3::8a2e:370:7334",
    "a hardware address": "00:1a:2b:3c:4d:5e",
    "a masked phone": "138****8001",
    "a masked name": "张**",
    "a masked mail address": "z***@mail.example",
    "a position": "26.0745°N, 119.2965°E",
    "a mail address": "someone@mail.example",
    "a variant of a gene": "NM_000546.6:c.215C>G",
    "a machine-readable line": f"P<CHNZHANG<<SAN{'<' * 29} E000000000CHN8001014M3001019{'<' * 14}00",
}


def entities(text: str) -> set[str]:
    return {entity for entity, hit in cells.read(pa.array([text])).hits.items() if hit.embedded}


@pytest.mark.parametrize("kernel", [True, False])
@pytest.mark.parametrize("value", FOUND)
def test_what_stands_behind_pages_of_prose_is_found(value: str, kernel: bool) -> None:
    cells_compiled.use(kernel)
    near, far = (entities(f"{before} {FOUND[value]} 。") for before in ("备注", PROSE))
    cells_compiled.use(True)
    assert near <= far
    assert near, "the example itself is not found"
