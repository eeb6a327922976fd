"""Fit the weights of column evidence on labelled columns, and say how well they are calibrated.

``python -m exportgate.benchmarks.fit_columns [--write]``

Columns come from ``tests/detection/systems`` (names and comments of many systems, labelled) and, for the kinds that
have values, from the generators of ``sample_data``. Words are taken away from them at random, seeded, because a lexicon
that knew every word of its own training tables would call itself certain: what is fitted is how much a word, a shape
or silence says when the rest is missing. The caps of shapes stay as they were set by hand.
"""

import argparse
import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from scipy.optimize import minimize

from exportgate.recognizers import cells
from exportgate.sample_data import numbers, people
from exportgate.scanner.detection.claims import Claim
from exportgate.scanner.detection.frame import frame_of
from exportgate.scanner.detection.fusion import scores_of, shares_of, weighed
from exportgate.scanner.detection.judge import claim_for
from exportgate.scanner.detection.names import read_columns, unwrapped
from exportgate.scanner.detection.table import ColumnInput, TableInput
from exportgate.scanner.detection.values import Seen
from exportgate.scanner.detection.weights import weights

ROOT = Path(__file__).parent.parent
ROWS = 60
SILENCE = 2.74  # at most: a few cells of a rare shape outweigh that nothing was said
LEVELS = ("certain", "likely", "possible", "weak")
Row = tuple[Claim, list[Seen], frozenset[str]]
INDEX = np.arange(ROWS, dtype=np.uint64)
MAKERS: dict[str, Callable[[Any], Any]] = {
    "phone": lambda index: numbers.text(numbers.mobiles(index)),
    "cn_resident_id": lambda index: numbers.text(numbers.resident_ids(index)),
    "payment_card": lambda index: numbers.text(numbers.cards(index)),
    "vehicle_vin": lambda index: numbers.text(numbers.vins(index)),
    "licence_plate": numbers.plates,
    "person_name": people.names,
    "email": people.emails,
    "gender": people.genders,
    "postal_address": people.addresses,
    "order_or_consumption_record": lambda index: numbers.text(numbers.snowflakes(index)),
}


def labelled() -> Iterator[tuple[TableInput, tuple[frozenset[str], ...]]]:
    """Yield the labelled tables of the tests."""
    sys.path.insert(0, str(ROOT / "tests" / "detection"))
    import test_systems

    for case in test_systems.TABLES:
        yield case.table, case.answers


def poorer(column: ColumnInput, right: frozenset[str], luck: random.Random) -> ColumnInput:
    """Return a column of which part of the evidence is missing, and perhaps values are there."""
    name = f"c{luck.randint(1, 99)}" if luck.random() < 0.2 else column.name
    comment = "" if luck.random() < 0.3 else column.comment
    if luck.random() < 0.15:
        name = re.sub(r"[a-z]{4,}", lambda word: word[0][::-1], name, count=1)
    makers = [kind for kind in sorted(right) if kind in MAKERS]
    evidence = None
    if makers and luck.random() < 0.6:
        evidence = cells.read(MAKERS[makers[0]](INDEX + np.uint64(luck.randint(0, 10**6))).cast(pa.string()))
    return ColumnInput(name, "string", comment, column.declared_type, evidence)


def rows(seed: int) -> list[Row]:
    """Return claims, shapes and right answers of all columns, poorer than they are."""
    luck, found = random.Random(seed), []
    for table, answers in labelled():
        columns = tuple(poorer(column, right, luck) for column, right in zip(table.columns, answers, strict=True))
        poor = unwrapped(TableInput(table.name if luck.random() < 0.8 else "t", table.comment, columns))
        names = read_columns(poor)
        frame = frame_of(poor, names)
        for column, said, right in zip(columns, names, answers, strict=True):
            found.append((*weighed(claim_for(column, said, frame)[0], column.evidence, frame), right))
    return found


def as_weights(point: Sequence[float]) -> dict[str, Any]:
    """Return the weights a point of the search stands for."""
    return {
        "name": dict(zip(LEVELS, point[0:4], strict=True)),
        "against": dict(zip(LEVELS, point[4:8], strict=True)),
        "nothing_said": point[8],
        "agreement": point[9],
    }


def loss(point: Sequence[float], data: list[Row], start: Sequence[float]) -> float:
    """Mean surprise at the right answers, with a light pull toward where the search began."""
    said = as_weights(point)
    right = [
        sum(shares_of(scores_of(claim, seen, said)).get(kind, 0.0) for kind in answers) for claim, seen, answers in data
    ]
    pull = 0.005 * np.mean((np.asarray(point) - np.asarray(start)) ** 2)
    return float(-np.mean(np.log(np.clip(right, 0.002, 1.0))) + pull)


def calibration(point: Sequence[float], data: list[Row]) -> tuple[float, float]:
    """Return the share that is right, and the expected calibration error over ten bins."""
    sure, right = [], []
    for claim, seen, answers in data:
        kind, share = next(iter(shares_of(scores_of(claim, seen, as_weights(point))).items()))
        sure.append(share)
        right.append(kind in answers)
    bins = np.minimum((np.array(sure) * 10).astype(int), 9)
    gaps = [
        abs(np.mean(np.array(sure)[bins == b]) - np.mean(np.array(right)[bins == b])) * np.mean(bins == b)
        for b in set(bins.tolist())
    ]
    return float(np.mean(right)), float(sum(gaps))


def write(point: Sequence[float]) -> None:
    """Put the fitted numbers into the data file, leaving the rest as it is."""
    path = ROOT / "recognizers" / "data" / "weights.yaml"
    text, said = path.read_text("utf-8"), as_weights([round(float(value), 2) for value in point])
    for key in ("name", "against"):
        inside = ", ".join(f"{level}: {value}" for level, value in said[key].items())
        text = re.sub(rf"^{key}: .*$", f"{key}: {{{inside}}}", text, flags=re.MULTILINE)
    for key in ("nothing_said", "agreement"):
        text = re.sub(rf"^({key}: )[0-9.]+", rf"\g<1>{said[key]}", text, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    """Fit on one poorer copy of the tables, report on another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the fitted weights")
    options = parser.parse_args()
    now = weights()
    start = [now[table][level] for table in ("name", "against") for level in LEVELS] + [
        now["nothing_said"],
        now["agreement"],
    ]
    data, other = rows(1), rows(2)
    bounds = [(0.0, 6.0)] * (len(start) - 2) + [(0.0, SILENCE), (0.0, 6.0)]
    found = minimize(loss, start, args=(data, start), method="Powell", bounds=bounds, options={"maxiter": 8})
    for label, point in (("now", start), ("fitted", found.x)):
        share, error = calibration(point, other)
        surprise, shown = loss(point, other, point), np.round(point, 2)
        print(f"{label:7} surprise {surprise:.3f}  right {share:.3f}  calibration error {error:.3f}  {shown}")
    if options.write:
        write(found.x)


if __name__ == "__main__":
    main()
