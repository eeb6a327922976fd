"""What a run would read: listed against what the ledger remembers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...scanner.errors import ExportgateError
from ...scanner.ledger.journal import canonical
from .listing import Listed, listed
from .settings import Declaration, Settings

if TYPE_CHECKING:
    from ..config import Settings as Config

Memory = Mapping[tuple[str, str], Mapping[str, Any]]
NEW, CHANGED, RECOUNTED, JUDGED_ANEW, RETRIED, UNCHANGED, IGNORED = (
    "new", "changed", "recounted", "judged-anew", "retried", "unchanged", "ignored",
)  # fmt: skip
BYTES_PER_SECOND, SECONDS_PER_OBJECT = 20e6, 0.1
"""What a run is guessed to manage before one has been measured."""
JUDGES = ("recognizers", "field_maps", "scanner/detection", "scanner/mapping", "scanner/identity_columns.py")


@dataclass(frozen=True)
class Task:
    """One object: why it is read or not, and under which declaration; None when nobody declared it."""

    listed: Listed
    why: str
    declaration: Declaration | None
    fingerprint: str
    before: Mapping[str, Any] | None

    @property
    def reads(self) -> bool:
        """Whether the object is to be read."""
        return self.why not in (UNCHANGED, IGNORED)


@dataclass(frozen=True)
class Planned:
    """All tasks of a run, what is gone since the last one, and the sources that could not be listed."""

    tasks: tuple[Task, ...]
    gone: tuple[tuple[str, str], ...]
    failures: tuple[tuple[str, ExportgateError], ...]

    def to_dict(self, memory: Memory) -> dict[str, Any]:
        """Return what would be read, how much, and the seconds it is guessed to take."""
        reads = [task for task in self.tasks if task.reads]
        rate = float((memory.get(RUN) or {}).get("bytes_per_second") or 0) or BYTES_PER_SECOND
        size = sum(task.listed.size or 0 for task in reads)
        return {
            "schema": "exportgate.audit-plan/1",
            "objects": [
                {
                    "source": task.listed.source,
                    "path": task.listed.path,
                    "why": task.why,
                    "bytes": task.listed.size,
                    "rows": task.listed.rows,
                    "declared": task.declaration is not None,
                }
                for task in self.tasks
            ],
            "reads": len(reads),
            "bytes": size,
            "seconds": round(size / rate + SECONDS_PER_OBJECT * len(reads), 1),
            "gone": [{"source": source, "path": path} for source, path in self.gone],
            "failures": [{"source": name, "what": str(error)} for name, error in self.failures],
        }


RUN = ("", "run")
"""Where the memory of the runs themselves lies."""


def plan(settings: Settings, config: Config, memory: Memory) -> Planned:
    """List every source and say of each object whether it is read."""
    tasks: list[Task] = []
    gone: list[tuple[str, str]] = []
    failures: list[tuple[str, ExportgateError]] = []
    judges = digest([judges_digest(config.list), config.config.model_dump(mode="json", exclude={"ledger"})])
    for spec in settings.audit.sources:
        try:
            found = listed(spec)
            known = {path for name, path in memory if name == spec.name}
            if not found and not known:
                raise _nothing(spec.name)
        except ExportgateError as error:
            failures.append((spec.name, error))
            continue
        here = {one.path for one in found}
        gone += [
            (spec.name, path)
            for path in sorted(known - here)
            if memory[spec.name, path].get("status") not in ("deleted", "ignored")
        ]
        tasks += [task_of(one, settings, judges, memory.get((one.source, one.path))) for one in found]
    return Planned(tuple(tasks), tuple(gone), tuple(failures))


def task_of(one: Listed, settings: Settings, judges: str, before: Mapping[str, Any] | None) -> Task:
    """Say of one object whether it is read, and why."""
    declaration = settings.declaration(one.source, one.path)
    if declaration is None and before and before.get("assigned"):
        declaration = Declaration(before["assigned"], "assigned manifest")
    if declaration is not None and declaration.ignored:
        return Task(one, IGNORED, declaration, "", before)
    said = dict(declaration.document) if declaration else settings.catch_all_sector()
    described = [one.described] if one.described else []
    fingerprint = digest([judges, said, declaration.day if declaration else None, *described])
    return Task(one, _why(one, fingerprint, before), declaration, fingerprint, before)


def _why(one: Listed, fingerprint: str, before: Mapping[str, Any] | None) -> str:
    if before is None:
        return NEW
    if before["status"] == "failed":
        return RETRIED
    if not one.identity:
        return RECOUNTED
    if before["status"] in ("deleted", "ignored") or before["identity"] != one.identity:
        return CHANGED
    return UNCHANGED if before["fingerprint"] == fingerprint else JUDGED_ANEW


def digest(parts: Any) -> str:
    """Return the digest of anything JSON can hold."""
    return hashlib.blake2b(canonical({"": parts}).encode(), digest_size=16).hexdigest()


@lru_cache(maxsize=4)
def judges_digest(edition: str) -> str:
    """Return the digest of everything that judges a column: recognizers, mapping, the edition of the list."""
    root = Path(__file__).resolve().parents[2]
    folders = [root / name for name in JUDGES] + ([Path(edition)] if Path(edition).is_dir() else [])
    state = hashlib.blake2b(edition.encode(), digest_size=16)
    for folder in folders:
        files = sorted(folder.rglob("*")) if folder.is_dir() else [folder]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                state.update(file.relative_to(folder.parent).as_posix().encode())
                state.update(hashlib.blake2b(file.read_bytes()).digest())
    return state.hexdigest()


def _nothing(name: str) -> ExportgateError:
    from ...scanner.errors import SourceError

    return SourceError(
        "holds nothing that its patterns take", where=name, hint="is the address right? check url, include and exclude"
    )
