"""Fit how much each piece of evidence says for a row of the list, on labelled tables, and how well that generalises.

``python -m exportgate.benchmarks.fit_mapping FOLDER… [--write]``

A folder holds tables as JSON: ``table``, ``table_comment``, ``source_repo``, ``gold_sector``, ``gold_scenario``,
``columns`` (``column``, ``type``, ``comment``, ``gold_fields``: every acceptable row, ``-`` for none) and perhaps
``rows``. They are other people's tables and do not stand in the repository; each is judged with its rows and by names
alone. The columns of `mapping_columns.yaml` are fitted on with them, as group ``repository``: what is printed for that
group, of tables left out, is how the mapping does on them unseen.

Two conditional logits. The first says to which scenario a table belongs, or to none on the list; the second, which row
covers a column, or none, given that. The second is fitted on what the first says of tables it has not seen, once with
sector and scenario given and once with nothing. Every figure printed is of tables whose repository was left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import yaml
from scipy.optimize import minimize

import exportgate
from exportgate import field_maps
from exportgate.scanner import detection
from exportgate.scanner.mapping import LEFT, LEFT_WHERE_GIVEN, Prepared, prepare
from exportgate.scanner.mapping.features import OF_ROW
from exportgate.scanner.mapping.features_nothing import names_of_nothing
from exportgate.scanner.mapping.inference import SPEAKS, Belief, names_elsewhere, settle
from exportgate.scanner.results import ColumnVerdict

COLUMNS = Path(__file__).with_name("mapping_columns.yaml")
WEIGHTS = Path(__file__).parent.parent / "scanner" / "mapping" / "fitted.yaml"
SECTORS = {"aviation": "aircraft-maintenance"}
NOTHING = "-"
FOLDS = 4
NEARLY = 0.8
"""Scenarios that have this much of what the best has are right for a table whose scenario nobody labelled."""
EASE_OF_TABLES, EASE_OF_COLUMNS = 0.0007, 0.0002
"""How much large weights cost."""
NEVER_AGAINST = frozenset(
    ("given", "words_given", "of_kind_given", "kept", "called", "alias", "named", "kind", "topic")
)
"""Evidence for a row that cannot speak against it, whatever a few hundred tables happen to hold."""
Vector = Any


@dataclass(frozen=True)
class Case:
    """A labelled table, held against the list."""

    repository: str
    group: str
    table: Prepared
    sector: str | None
    scenario: str | None
    labels: tuple[frozenset[str], ...]

    @cached_property
    def right(self) -> Vector:
        """Return 1 for every scenario, and last for *elsewhere*, that is right for the table."""
        pairs = self.table.index.scenarios
        found = Counter(
            pair for labels in self.labels for pair in {tuple(label.split(".")[:2]) for label in labels - {NOTHING}}
        )
        most = max(found.values(), default=0)
        if self.sector and self.scenario:
            right = [float(pair == (self.sector, self.scenario)) for pair in pairs]
        else:
            right = [
                float(bool(found[pair]) and found[pair] >= NEARLY * most and self.sector in (None, pair[0]))
                for pair in pairs
            ]
        nowhere = float(all(NOTHING in labels for labels in self.labels) or not any(right))
        return np.array([*right, nowhere])

    @cached_property
    def lines(self) -> Vector:
        """Return the evidence for every scenario and for *elsewhere*, side by side in one space."""
        of_scenario, of_elsewhere = self.table.scenarios, self.table.elsewhere
        size, width = of_scenario.shape
        lines = np.zeros((size + 1, width + len(of_elsewhere)))
        lines[:-1, :width], lines[-1, width:] = of_scenario, of_elsewhere
        return lines


def cases(folders: Sequence[Path]) -> Iterator[Case]:
    """Yield the labelled tables of `folders`, scanned with their rows and without, and those of the repository."""
    for path in sorted(path for folder in folders for path in folder.glob("*.json")):
        labelled = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(labelled, dict) and "columns" in labelled and "gold_fields" in labelled["columns"][0]:
            for rows in ([], labelled["rows"]) if labelled.get("rows") else ([],):
                yield case(labelled, exportgate.scan(_arrow({**labelled, "rows": rows})).columns)
    yield from of_repository()


def of_repository() -> Iterator[Case]:
    """Yield the tables of `mapping_columns.yaml`; each is a repository of its own."""
    for each in yaml.safe_load(COLUMNS.read_text(encoding="utf-8")):
        named = [detection.ColumnInput(name, "string", comment) for name, comment, _ in each["columns"]]
        judged = detection.judge(detection.TableInput(each["table"], each["comment"], tuple(named)))
        place = f"{each['sector']}.{each['scenario']}."
        columns = [
            {"gold_fields": [label if label == NOTHING else place + label for label in labels.split(",")]}
            for *_, labels in each["columns"]
        ]
        scenario = None if each["scenario"] == NOTHING else each["scenario"]
        labelled = {
            "source_repo": f"{each['table']} here",
            "group": "repository",
            "columns": columns,
            "table": each["table"],
        }
        about = {"table_comment": each["comment"], "gold_sector": each["sector"], "gold_scenario": scenario}
        yield case({**labelled, **about}, judged)


def case(labelled: dict[str, Any], verdicts: Sequence[ColumnVerdict]) -> Case:
    """Return a labelled table whose columns were judged as `verdicts`."""
    edition = field_maps.load("fujian-2025")
    table = prepare(tuple(verdicts), edition, labelled["table"], labelled["table_comment"] or "")
    sector = SECTORS.get(labelled["gold_sector"], labelled["gold_sector"])
    sector = sector if sector in {sector for sector, _ in table.index.scenarios} else None
    return Case(
        labelled["source_repo"],
        labelled["group"],
        table,
        sector,
        labelled.get("gold_scenario") if sector else None,
        tuple(frozenset(column["gold_fields"]) for column in labelled["columns"]),
    )


def _arrow(labelled: dict[str, Any]) -> pa.Table:
    rows, columns = labelled.get("rows") or [], labelled["columns"]
    fields = [
        pa.field(c["column"], pa.string(), metadata={"comment": c["comment"] or "", "declared_type": c["type"] or ""})
        for c in columns
    ]
    schema = pa.schema(fields, metadata={"table": labelled["table"], "comment": labelled["table_comment"] or ""})
    values = [
        pa.array([None if row[at] is None else str(row[at]) for row in rows], pa.string()) for at in range(len(columns))
    ]
    return pa.Table.from_arrays(values, schema=schema)


@dataclass(frozen=True)
class Answer:
    """One column's candidates beside *nothing*, which of them are right, and where they come from."""

    of: Case
    column: int
    rows: Vector
    nothing: Vector
    at: Sequence[int]
    right: Vector

    @property
    def labels(self) -> frozenset[str]:
        """Every row that is right, or `NOTHING`."""
        return self.of.labels[self.column]


def answers(of: Case, weights: Vector, given: bool) -> list[Answer]:
    """Return the candidates of every column of a table, where its scenario is inferred by `weights` or `given`."""
    index = of.table.index
    speaks = of.lines @ weights
    sector, scenario = (of.sector, of.scenario) if given else (None, None)
    belief: Belief = settle(index, speaks[:-1], float(speaks[-1]), sector, scenario)
    found = []
    for column, each in enumerate(of.table.candidates(belief)):
        right = [float(index.fields[at].id in of.labels[column]) for at in each.at]
        right.append(float(NOTHING in of.labels[column]))
        found.append(Answer(of, column, each.rows, each.nothing, each.at, np.array(right)))
    return found


def fit_tables(those: Sequence[Case]) -> Vector:
    """Return the weights of the evidence for scenarios and for *elsewhere*."""
    lines, right = np.stack([each.lines for each in those]), np.stack([each.right for each in those])

    def loss(weights: Vector) -> tuple[float, Vector]:
        odds = np.exp((speaks := lines @ weights) - speaks.max(1, keepdims=True))
        all_of, good = odds / odds.sum(1, keepdims=True), odds * right
        slope = ((all_of - good / good.sum(1, keepdims=True))[:, :, None] * lines).sum((0, 1)) / len(those)
        missed = -np.log((all_of * right).sum(1) + 1e-12).mean()
        return missed + EASE_OF_TABLES * (weights @ weights), slope + 2 * EASE_OF_TABLES * weights

    return minimize(loss, np.zeros(lines.shape[2]), jac=True, method="L-BFGS-B").x


def fit_columns(those: Sequence[Answer]) -> Vector:
    """Return the weights of the evidence for rows and for *nothing*, from columns that have a right candidate."""
    those = [each for each in those if each.right.any()]
    most = max(len(each.at) for each in those)
    rows = np.zeros((len(those), most, len(OF_ROW)), np.float32)
    nothing, right = np.stack([each.nothing for each in those]), np.zeros((len(those), most + 1))
    there = np.zeros((len(those), most), bool)
    for place, each in enumerate(those):
        size = len(each.at)
        rows[place, :size], there[place, :size] = each.rows, True
        right[place, :size], right[place, most] = each.right[:-1], each.right[-1]

    def loss(weights: Vector) -> tuple[float, Vector]:
        of_rows = np.where(there, rows @ weights[: len(OF_ROW)].astype(np.float32), -60.0)
        speaks = np.concatenate([of_rows, (nothing @ weights[len(OF_ROW) :])[:, None]], 1)
        odds = np.exp(speaks - speaks.max(1, keepdims=True))
        all_of, good = odds / odds.sum(1, keepdims=True), odds * right
        pull = (all_of - good / good.sum(1, keepdims=True)) / len(those)
        slope = [np.einsum("ij,ijk->k", pull[:, :-1].astype(np.float32), rows).astype(float), pull[:, -1] @ nothing]
        missed = -np.log((all_of * right).sum(1) + 1e-12).mean()
        return missed + EASE_OF_COLUMNS * (weights @ weights), np.concatenate(slope) + 2 * EASE_OF_COLUMNS * weights

    start = np.zeros(len(OF_ROW) + nothing.shape[1])
    names = [*OF_ROW, *names_of_nothing(those[0].of.table.index)]
    one_sided = [(at < len(OF_ROW) and name in NEVER_AGAINST) or name == "shut" for at, name in enumerate(names)]
    bounds = [(0.0 if each else None, None) for each in one_sided]
    return minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 600}).x


@dataclass(frozen=True)
class Judged:
    """What the weights say of one column: rows best first, how probably none, and how far the best is ahead."""

    of: Answer
    ids: tuple[str, ...]
    unmapped: float
    ahead: float


def judge(each: Answer, weights: Vector) -> Judged:
    """Return what `weights` say of a column."""
    speaks = np.append(each.rows @ weights[: len(OF_ROW)], each.nothing @ weights[len(OF_ROW) :])
    odds = np.exp(speaks - speaks.max())
    order, of_rows = np.argsort(-odds[:-1], kind="stable")[:5], max(1e-9, float(odds[:-1].sum()))
    ids = tuple(each.of.table.index.fields[each.at[at]].id for at in order)
    return Judged(each, ids, float(odds[-1] / odds.sum()), float(odds[:-1].max(initial=0.0)) / of_rows)


def fit_score(those: Sequence[Judged]) -> Vector:
    """Return the weights that make the best row's score the probability that it is right."""
    shown = [each for each in those if each.unmapped <= LEFT and each.ids]
    lines = np.array([[1.0, _odds(1.0 - each.unmapped), _odds(each.ahead)] for each in shown])
    right = np.array([each.ids[0] in each.of.labels for each in shown], float)

    def loss(weights: Vector) -> tuple[float, Vector]:
        says = lines @ weights
        return (np.logaddexp(0.0, says) - right * says).mean(), ((1 / (1 + np.exp(-says)) - right) @ lines) / len(right)

    return minimize(loss, np.zeros(3), jac=True, method="L-BFGS-B").x


def _odds(share: float) -> float:
    return float(np.log((share + 1e-6) / (1.0 - share + 1e-6)))


def figures(those: Sequence[Judged], least: float) -> str:
    """Return top-1, top-3, and how often unmapped is right, over judged columns."""
    shown = [(each.of.labels, () if each.unmapped > least else each.ids) for each in those]
    on = [(labels, ids) for labels, ids in shown if NOTHING not in labels]
    left = [labels for labels, ids in shown if not ids]
    off = [ids for labels, ids in shown if labels == {NOTHING}]
    return (
        f"top-1 {sum(bool(ids) and ids[0] in labels for labels, ids in on) / max(1, len(on)):.3f}"
        f"  top-3 {sum(bool(labels.intersection(ids[:3])) for labels, ids in on) / max(1, len(on)):.3f}"
        f"  unmapped precision {sum(NOTHING in labels for labels in left) / max(1, len(left)):.3f}"
        f"  off-list recall {sum(not ids for ids in off) / max(1, len(off)):.3f}"
        f"  ({len(shown)} columns, {len(on)} on the list)"
    )


def folds(those: Sequence[Case]) -> dict[str, int]:
    """Return which fold each repository is in."""
    names = sorted({each.repository for each in those})
    return {name: place % FOLDS for place, name in enumerate(np.random.default_rng(5).permutation(names).tolist())}


def fit(those: Sequence[Case], say: Callable[[str], None] = print) -> dict[str, dict[str, float]]:
    """Return all weights fitted on `those`, and say how they do on repositories that were left out."""
    fold = folds(those)
    of_tables = [fit_tables([each for each in those if fold[each.repository] != left]) for left in range(FOLDS)]
    right = [each.right[np.argmax(each.lines @ of_tables[fold[each.repository]])] for each in those]
    say(f"{len(those)} tables, {len(fold)} repositories; scenario right: {np.mean(right):.3f}")
    found = {
        given: [answer for each in those for answer in answers(each, of_tables[fold[each.repository]], given)]
        for given in (False, True)
    }
    every = [answer for each in found.values() for answer in each]
    of_columns = [fit_columns([a for a in every if fold[a.of.repository] != left]) for left in range(FOLDS)]
    judged = {given: [judge(a, of_columns[fold[a.of.repository]]) for a in each] for given, each in found.items()}
    for given, each in judged.items():
        least = LEFT_WHERE_GIVEN if given else LEFT
        say(f"{'sector and scenario' if given else 'nothing'} given: {figures(each, least)}")
        for group in sorted({one.of.of.group for one in each}):
            say(f"    {group:10} {figures([one for one in each if one.of.of.group == group], least)}")
    score = fit_score([one for each in judged.values() for one in each])
    return _named(those[0], fit_tables(those), fit_columns(every), score)


def _named(any_of: Case, tables: Vector, columns: Vector, score: Vector) -> dict[str, dict[str, float]]:
    elsewhere = names_elsewhere([sector for sector, _ in any_of.table.index.scenarios])
    parts = {
        "scenarios": dict(zip(SPEAKS, tables[: len(SPEAKS)], strict=True)),
        "elsewhere": dict(zip(elsewhere, tables[len(SPEAKS) :], strict=True)),
        "rows": dict(zip(OF_ROW, columns[: len(OF_ROW)], strict=True)),
        "nothing": dict(zip(names_of_nothing(any_of.table.index), columns[len(OF_ROW) :], strict=True)),
        "score": dict(zip(("always", "mapped", "ahead"), score, strict=True)),
    }
    return {part: {name: round(float(weight), 3) for name, weight in each.items()} for part, each in parts.items()}


def main() -> None:
    """Fit, print, and with ``--write`` put the weights where the mapping reads them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    those = list(cases(asked.folders))
    if not those:
        sys.exit("no labelled table in these folders")
    weights = fit(those)
    if asked.write:
        write(weights)


def write(weights: dict[str, dict[str, float]]) -> None:
    """Put the weights where the mapping reads them."""
    head = (
        "# How much each piece of evidence says, in natural-log units, fitted on labelled tables by\n"
        "# benchmarks/fit_mapping.py. scenarios, elsewhere: where a table belongs; rows, nothing: what covers a\n"
        "# column; score: how probable it is that the best row is right.\n"
    )
    WEIGHTS.write_text(head + yaml.safe_dump(weights, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
