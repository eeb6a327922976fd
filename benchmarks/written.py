"""Tables made up to learn from (`written_tables/`), each column labelled by hand: its rows of the list, and its class.

A column is a line, ``name|comment|declared type|rows|class kind,kind``. The rows are written without the sector, the
best first, ``-`` for none of the list; the class is one of `CLASSES` with the kinds it may have, the best first. No
schema of anybody is copied, and no benchmark is measured on these tables. ``python -m exportgate.benchmarks.written``
says what detection makes of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from exportgate.scanner.detection import ColumnInput, TableInput, judge

FILES = sorted(Path(__file__).with_name("written_tables").glob("*.yaml"))
NONE, SENSITIVE = "none", "sensitive"
CLASSES = {
    "n": ("none",),
    "n?": ("none", "personal"),
    "n??": ("none", "personal", "sensitive"),
    "p": ("personal",),
    "p?": ("personal", "none"),
    "p??": ("personal", "none", "sensitive"),
    "ps": ("personal", "sensitive"),
    "s": ("sensitive",),
    "s?": ("sensitive", "personal"),
    "s??": ("sensitive", "personal", "none"),
}
"""The class of a column first, then every other that a careful reviewer may give it."""


@dataclass(frozen=True)
class Label:
    """What to say of a column: its class, every class that is right, and the kinds, the best first."""

    pi: str
    classes: frozenset[str]
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """A table made up, and for each column its rows of the list (with their sector) and its label."""

    name: str
    table: TableInput
    sector: str
    scenario: str
    rows: tuple[tuple[str, ...], ...]
    labels: tuple[Label, ...]


def label_of(said: str) -> Label:
    """Read a class with its kinds.

    >>> label_of("s? diagnosis").pi
    'sensitive'
    """
    code, _, kinds = said.partition(" ")
    classes = CLASSES[code]
    return Label(classes[0], frozenset(classes), tuple(kind for kind in kinds.split(",") if kind))


def written() -> Iterator[Written]:
    """Yield every table, each with a name of its own."""
    for path in FILES:
        for number, each in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))):
            lines = [line.split("|") for line in each["columns"]]
            columns = tuple(ColumnInput(name, "string", comment, declared) for name, comment, declared, *_ in lines)
            place = f"{each['sector']}."
            yield Written(
                f"{path.stem} {number}",
                TableInput(each["table"], each.get("comment") or "", columns),
                each["sector"],
                each["scenario"],
                tuple(tuple(row if row == "-" else place + row for row in line[3].split(",")) for line in lines),
                tuple(label_of(line[4]) for line in lines),
            )


def judged() -> dict[str, Counter[str]]:
    """Return by file how many columns detection finds, misses, or takes for somebody's that are nobody's."""
    found = defaultdict[str, Counter[str]](Counter)
    for each in written():
        counts = found[each.name.rpartition(" ")[0]]
        for verdict, label in zip(judge(each.table), each.labels, strict=True):
            counts.update(counted(label, verdict.pi))
    return found


def counted(label: Label, pi: str) -> Counter[str]:
    """Return what a verdict counts as where a column is labelled: found, missed, taken for somebody's, sensitive."""
    return Counter(
        {
            "columns": 1,
            "found": NONE not in (pi, label.pi),
            "missed": pi == NONE and NONE not in label.classes,
            "nobody's": pi != NONE and label.pi == NONE and pi not in label.classes,
            "sensitive": label.pi == SENSITIVE,
            "sensitive found": SENSITIVE == label.pi == pi,
        }
    )


def shares(found: Counter[str]) -> str:
    """Return in words what `counted` comes to, with how many columns are ``somebody's`` and of a right ``kind``.

    >>> shares(Counter({"found": 3, "missed": 1, "nobody's": 1, "somebody's": 4, "kind": 3, "sensitive": 0}))
    'F1 0.750  kind 0.750  sensitive 0.000 of 0'
    """
    f1 = 2 * found["found"] / max(1, 2 * found["found"] + found["missed"] + found["nobody's"])
    kind, sensitive = (
        found[part] / max(1, found[whole]) for part, whole in (("kind", "somebody's"), ("sensitive found", "sensitive"))
    )
    return f"F1 {f1:.3f}  kind {kind:.3f}  sensitive {sensitive:.3f} of {found['sensitive']}"


def main() -> None:
    """Print what detection makes of every file, and of all."""
    found = judged()
    for name, counts in [*found.items(), ("all", sum(found.values(), Counter[str]()))]:
        print(f"{name:14}", "  ".join(f"{what} {count}" for what, count in counts.items()))


if __name__ == "__main__":
    main()
