"""Tables labelled by reading, a line for each column, made into what the fits read, and how detection does on them.

``python -m exportgate.benchmarks.labelled_lines FILE… --into FOLDER`` makes a folder of JSON of each file;
``python -m exportgate.benchmarks.labelled_lines FILE…`` says how columns are found. A table is a line
``# repo=owner/name | group | table | comment | sector | scenario`` and a line for each column,
``name|comment|declared type|class kind|row,row``: the class is one of `CLASSES`, the rows are written without their
sector, ``-`` for none. `written_tables/README.md` says how to label. Other people's tables stay out of the repository.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from exportgate import field_maps
from exportgate.benchmarks.labelled_tables import NOTHING
from exportgate.benchmarks.written import CLASSES, NONE, Label, counted, label_of, shares
from exportgate.recognizers.kinds import KINDS
from exportgate.scanner.detection import ColumnInput, TableInput, judge

ALSO = {
    "account_login_id": ("member_id", "person_name"),
    "bank_account": ("payment_card", "financial_account_other"),
    "biometric": ("face_image",),
    "cn_resident_id": ("other_id_document",),
    "diagnosis": ("medical_history_other",),
    "driving_behaviour": ("none", "trajectory"),
    "face_image": ("photo_avatar",),
    "financial_account_other": ("bank_account", "payment_card"),
    "free_text": ("none",),
    "insurance_account": ("financial_account_other",),
    "lab_or_vital_sign": ("medical_history_other",),
    "medical_history_other": ("diagnosis", "lab_or_vital_sign", "medication"),
    "medical_record_no": ("subject_id",),
    "medication": ("medical_history_other",),
    "member_id": ("account_login_id", "none"),
    "occupation_employer": ("none",),
    "order_or_consumption_record": ("none",),
    "other_id_document": ("cn_resident_id", "passport"),
    "payment_card": ("bank_account", "financial_account_other"),
    "person_name": ("account_login_id",),
    "photo_avatar": ("face_image",),
    "precise_location": ("trajectory",),
    "social_security_no": ("financial_account_other", "other_id_document"),
    "subject_id": ("medical_record_no", "none"),
    "trajectory": ("precise_location", "driving_behaviour"),
    "vehicle_vin": ("device_id",),
}
"""Kinds that a reviewer accepts for a column beside the one that he gives it."""


@dataclass
class Table:
    """A table as it is read: what its header says, and its columns."""

    said: Mapping[str, str]
    columns: list[dict[str, Any]] = field(default_factory=list)

    def document(self) -> dict[str, Any]:
        """Return it as the fits read it."""
        return {**self.said, "columns": self.columns, "rows": []}


def tables(lines: Iterable[str]) -> Iterator[Table]:
    """Yield the tables of labelled lines; what cannot be read is a `ValueError` that says which line.

    >>> text = ["# repo=a/b | retail | user | | retail | membership", "tel|电话|text|p phone|membership.phone"]
    >>> [table] = tables(text)
    >>> table.columns[0]["gold_entity"], table.columns[0]["gold_fields"]
    ('phone', ['retail.membership.phone'])
    """
    table = None
    for number, line in enumerate(lines, 1):
        try:
            if line.startswith("# "):
                if table is not None:
                    yield table
                table = _header(line)
            elif line.strip() and table is not None:
                table.columns.append(_column(line, table.said["sector"]))
        except (ValueError, KeyError) as error:
            raise ValueError(
                f"line {number}: {line.strip()[:80]!r} is no labelled column or header: {error}"
            ) from error
    if table is not None:
        yield table


def _header(line: str) -> Table:
    repository, group, name, comment, sector, scenario = (part.strip() for part in line[2:].split("|"))
    said = {"source_repo": repository.removeprefix("repo="), "group": group, "table": name, "table_comment": comment}
    return Table({**said, "sector": sector, "gold_sector": sector, "gold_scenario": scenario})


def _column(line: str, sector: str) -> dict[str, Any]:
    name, comment, declared, said, rows = (part.strip() for part in line.split("|"))
    label = label_of(said)
    best = next((kind for kind in label.kinds if kind != NOTHING), NONE)
    if best not in KINDS:
        raise ValueError(f"no such kind: {best}")
    fields = [row if row == NOTHING else f"{sector}.{row}" for row in rows.split(",")]
    if strange := set(fields) - _rows():
        raise ValueError(f"no such row: {sorted(strange)}")
    also = dict.fromkeys((*ALSO.get(best, ()), *((NONE,) if NONE in label.classes else ())))
    return {
        "column": name,
        "comment": comment,
        "type": declared,
        "gold_pi": label.pi,
        "gold_pi_accept": list(CLASSES[said.partition(" ")[0]]),
        "gold_entity": NONE if label.pi == NONE else best,
        "gold_entity_alt": [] if label.pi == NONE else list(also),
        "gold_fields": fields,
    }


@cache
def _rows() -> frozenset[str]:
    """Return every row that a column may be labelled with, and that it has none."""
    return frozenset({NOTHING, *(each.id for each in field_maps.load("fujian-2025").fields)})


def read(document: Mapping[str, Any]) -> tuple[TableInput, list[Label]]:
    """Return what detection is asked about a labelled table, and the label of each column."""
    those = document["columns"]
    inputs = (ColumnInput(each["column"], "string", each["comment"] or "", each["type"] or "") for each in those)
    labels = [
        Label(
            each["gold_pi"],
            frozenset(each["gold_pi_accept"]),
            tuple(kind for kind in (each["gold_entity"], *each["gold_entity_alt"]) if kind != NONE),
        )
        for each in those
    ]
    return TableInput(document["table"], document["table_comment"] or "", tuple(inputs)), labels


def figures(those: Iterable[Table]) -> str:
    """Return how well detection finds columns of persons, their kinds, and those that are sensitive."""
    found = Counter[str]()
    for each in those:
        table, labels = read(each.document())
        for column, label, verdict in zip(each.columns, labels, judge(table), strict=True):
            kinds = {column["gold_entity"], *column["gold_entity_alt"]}
            somebodys = label.pi != NONE
            found.update(counted(label, verdict.pi))
            found.update({"somebody's": somebodys, "kind": somebodys and verdict.kind in kinds})
    return f"{found['columns']} columns  {shares(found)}"


def main() -> None:
    """Make folders, or print figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--into", type=Path, help="make a folder of JSON in it of each file")
    asked = parser.parse_args()
    for path in asked.files:
        those = [*tables(path.read_text(encoding="utf-8").splitlines())]
        if asked.into is None:
            print(f"{path.stem:12} {figures(those)}")
            continue
        folder = asked.into / path.stem
        folder.mkdir(parents=True, exist_ok=True)
        for number, table in enumerate(those):
            text = json.dumps(table.document(), ensure_ascii=False)
            (folder / f"{number:03d}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
