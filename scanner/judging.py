"""What an export's projection comes to: the verdict on it, what exempts it, and when it cannot be trusted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from . import counting, counting_exclusions, facts_of_export, planning, tiers
from .errors import ComponentError, UsageError
from .facts_of_export import Circumstances
from .ledger import Counts, Projection
from .manifest import Approval, Manifest
from .results import PersonEstimate, Scan
from .scanning import Lens

CATCH_ALL_SCOPE, CUMULATIVE = "catch_all_scope", "cumulative"
BOTH_KINDS = ("non_sensitive", "sensitive")


@dataclass(frozen=True)
class Rules:
    """What an export is judged by: the lens of the scan, the circumstances, the counting choices."""

    lens: Lens
    around: Circumstances
    persons_with_both: str = "both"
    unlinked: str = "upper"
    where: str = "manifest"
    warn_at: float = 1.0


def verdict(
    manifest: Manifest,
    rules: Rules,
    as_of: date,
    parts: Sequence[planning.Leaving],
    projection: Projection,
    approvals: Sequence[Approval],
    feared: Sequence[str] = (),
) -> tiers.Verdict:
    """Judge an export on what the year would be with it; `feared` items are taken for important data."""
    said = manifest.declare
    declared = [
        {**({"anonymised": True} if said.anonymised else {}), **({"item": item} if isinstance(item, str) else item)}
        for item in said.important_data
    ]
    facts = facts_of_export.build(
        manifest,
        projection,
        approvals,
        rules.around,
        as_of,
        catch_all=_catch_all(manifest, rules, projection),
        exempt_under=exempt_under(parts, projection),
        important_data=[*declared, *({"item": item} for item in feared)],
    )
    try:
        read = tiers.Facts.from_dict(facts)
    except UsageError as error:
        where = f"{rules.where}: {_in_manifest(error.where, manifest, approvals)}"
        raise UsageError(error.what, where=where, hint=error.hint) from None
    return tiers.evaluate(read, dict(rules.around.readings))


def _in_manifest(path: str, manifest: Manifest, approvals: Sequence[Approval]) -> str:
    """Return where the manifest says what the facts of the export say at `path`: people wrote the manifest."""
    path = path.removeprefix("facts: ")
    places = [next(n for n, one in enumerate(manifest.approvals) if one is known) for known in approvals]
    if path.startswith("filing."):
        filed = next((n for n, known in zip(places, approvals, strict=True) if known.opinion), 0)
        return f"approvals[{filed}]{path.removeprefix('filing')}"
    if found := re.match(r"approvals\[([0-9]+)\]", path):
        return f"approvals[{places[int(found[1])]}]{path[found.end() :]}"
    said = path.split(".")[0].split("[")[0]
    return f"declare.{path}" if said in type(manifest.declare).model_fields else path


def _catch_all(manifest: Manifest, rules: Rules, projection: Projection) -> Counts:
    """Count the persons of the sector's catch-all row: its own and those who fall to it from other rows.

    Where the configuration reads the catch-all as cumulative, everybody of the sector.
    """
    sector = rules.lens.edition.sector(manifest.export.sector)
    if rules.around.readings.get(CATCH_ALL_SCOPE) == CUMULATIVE:
        return projection.sectors.get(sector.id, Counts())
    selection = {(sector.id, row.id): tuple(row.falls) for row in sector.rows if row.falls}
    if sector.catch_all:
        selection[sector.id, sector.catch_all] = BOTH_KINDS
    return projection.union(selection)


def exempt_under(parts: Sequence[planning.Leaving], projection: Projection) -> tuple[str, ...]:
    """Return the bases under which all of an export goes out; none when it counts anybody.

    Whoever was counted before and leaves again is counted. A personal column whose every cell is a placeholder is
    no data without personal information: the year decides.
    """
    if projection.this_export.upper.any:
        return ()
    used = tuple(dict.fromkeys(entry.basis for entry in projection.excluded if entry.rows))
    return used or (() if _filled(parts) else counting_exclusions.no_personal_information())


def require_persons(parts: Sequence[planning.Leaving], draft: counting.Draft, projection: Projection) -> None:
    """Raise ComponentError for zero persons in a table full of people: an error, never a pass."""
    excluded = sum(entry.rows for entry in projection.excluded)
    if _filled(parts) and draft.items and not projection.this_export.upper.any and not excluded:
        raise ComponentError(
            f"no natural person was counted although {draft.items:,} personal cells leave",
            where=", ".join(part.scan.name for part in parts),
            hint="name the identity columns in the manifest",
        )


def _filled(parts: Sequence[planning.Leaving]) -> bool:
    return any(column.nulls < part.scan.rows for part in parts for column in part.personal)


def with_persons(scan: Scan, identity: Mapping[str, str], draft: counting.Draft, projection: Projection) -> Scan:
    """Return a scan with the persons that were counted."""
    this = projection.this_export
    estimate = PersonEstimate(tuple(identity), draft.rows_with_identity, this.lower.any, this.upper.any)
    return replace(scan, persons=estimate)


def nearly_used(verdict: tiers.Verdict, warn_at: float) -> tuple[str, ...]:
    """Return a warning for each line that is not reached yet and of which the share `warn_at` is used."""
    found = []
    for reason in verdict.to_dict()["reasons"]:
        line, observed = reason.get("threshold"), reason.get("observed")
        if reason["comparison"] == "<" and line and observed and warn_at <= observed / line < 1:
            counter = reason["counter"].replace("_", "-")
            share = f"{int(100 * observed / line)} % of the line of {line:,} persons ({counter}) is used"
            found.append(f"{share}: {line - observed:,} more reach it ({reason['article']})")
    return tuple(found)
