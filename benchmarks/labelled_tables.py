"""Tables labelled by hand, held against the list: those of `fit_mapping.py`'s folders and those of the repository."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import yaml

import exportgate
from exportgate import field_maps
from exportgate.benchmarks.written import written
from exportgate.scanner import detection
from exportgate.scanner.detection import ColumnInput, TableInput
from exportgate.scanner.mapping import Prepared, prepare
from exportgate.scanner.mapping.inference import SPEAKS, SPEAKS_ELSEWHERE
from exportgate.scanner.results import ColumnVerdict

COLUMNS = Path(__file__).with_name("mapping_columns.yaml")
TABLES = Path(__file__).with_name("mapping_tables.yaml")
SECTORS = {"aviation": "aircraft-maintenance"}
NOTHING = "-"
OURS, BY_US = "repository", "written"
NEARLY = 0.8
"""Scenarios that have this much of what the best has are right for a table whose scenario nobody labelled."""
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
        nowhere = all(NOTHING in labels for labels in self.labels)
        if nowhere and self.sector is None:  # staff of nobody knows whom: rows that would do are no reason to be sure
            right = [0.0] * len(right)
        return np.array([*right, float(nowhere or not any(right))])

    @cached_property
    def lines(self) -> Vector:
        """Return the evidence for every scenario and for *elsewhere*, side by side in one space."""
        of_scenario, of_elsewhere = self.table.scenarios, self.table.elsewhere
        size, width = of_scenario.shape
        lines = np.zeros((size + 1, width + len(of_elsewhere)))
        lines[:-1, :width], lines[-1, width:] = of_scenario, of_elsewhere
        lines[:, [SPEAKS.index("learnt"), width + SPEAKS_ELSEWHERE.index("learnt")]] = 0.0
        return lines


@dataclass(frozen=True)
class ByHand(Case):
    """A table of which only the scenarios are known: ``sector.scenario``, or ``elsewhere``."""

    belongs: frozenset[str] = frozenset()

    @cached_property
    def right(self) -> Vector:
        """Return 1 for every scenario, and last for *elsewhere*, that is right for the table."""
        places = [*map(".".join, self.table.index.scenarios), "elsewhere"]
        if strange := self.belongs - set(places):
            raise ValueError(f"no such scenario: {sorted(strange)}")
        return np.array([float(place in self.belongs) for place in places])


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
        place = f"{each['sector']}.{each['scenario']}."
        inputs = tuple(ColumnInput(name, "string", comment) for name, comment, _ in each["columns"])
        table = TableInput(each["table"], each.get("comment") or "", inputs)
        rows = [[NOTHING if row == NOTHING else place + row for row in said.split(",")] for *_, said in each["columns"]]
        yield _case_of(table, rows, each["sector"], each["scenario"], f"{each['table']} here", OURS)


def made_up() -> Iterator[Case]:
    """Yield the tables of `written_tables/`, made up by hand and labelled column by column; never a benchmark."""
    for each in written():
        table = each.table
        yield _case_of(table, each.rows, each.sector, each.scenario, each.name, BY_US)


def _case_of(
    table: TableInput, rows: Iterable[Sequence[str]], sector: str, scenario: str, name: str, group: str
) -> Case:
    """Return a table of which `rows` are the labels."""
    about = {"table": table.name, "table_comment": table.comment, "gold_sector": sector, "gold_scenario": scenario}
    columns = [{"gold_fields": list(labels)} for labels in rows]
    labelled = {**about, "source_repo": name, "group": group, "columns": columns}
    return case(labelled, detection.judge(table))


def by_hand() -> Iterator[Case]:
    """Yield the tables of `mapping_tables.yaml`, of which only the scenarios are known."""
    edition = field_maps.load("fujian-2025")
    for number, each in enumerate(yaml.safe_load(TABLES.read_text(encoding="utf-8"))):
        named = [text.strip().partition(":") for text in each["columns"].split(",")]
        inputs = tuple(ColumnInput(name, "string", comment) for name, _, comment in named)
        comment = each.get("comment", "")
        judged = detection.judge(TableInput(each["table"], comment, inputs))
        yield ByHand(
            f"by hand {number}", "by hand", prepare(tuple(judged), edition, each["table"], comment),
            None, None, (), frozenset(each["belongs"]),
        )  # fmt: skip


def case(labelled: dict[str, Any], verdicts: Sequence[ColumnVerdict]) -> Case:
    """Return a labelled table whose columns were judged as `verdicts`."""
    edition = field_maps.load("fujian-2025")
    table = prepare(tuple(verdicts), edition, labelled["table"], labelled["table_comment"] or "")
    sector = SECTORS.get(labelled["gold_sector"], labelled["gold_sector"])
    sector = sector if sector in {sector for sector, _ in table.index.scenarios} else None
    scenario = labelled.get("gold_scenario") if sector else None
    return Case(
        labelled["source_repo"],
        labelled["group"],
        table,
        sector,
        None if scenario == NOTHING else scenario,
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
