"""What an export's projection comes to: the verdict on it, what exempts it, and when it cannot be trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from . import counting, counting_exclusions, facts_of_export, planning, tiers
from .errors import ComponentError
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
    return tiers.evaluate(tiers.Facts.from_dict(facts), dict(rules.around.readings))


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
