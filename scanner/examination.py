"""One export under examination: count it against the year and judge it, under one reading of its columns or another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ..field_maps import FieldMapError
from . import (
    booked_facts,
    consistency,
    counting,
    counting_exclusions,
    decisions,
    judging,
    planning,
    readings,
    suspension,
    suspicion,
    tiers,
)
from .errors import ExitCode, UsageError
from .judging import Rules
from .ledger import Alone, Book, Export, Projection, draft_alone
from .manifest import Approval, Manifest
from .readings import Reading
from .results import Scan
from .scanning import mapped_again

if TYPE_CHECKING:
    from .sources import Dataset

__all__ = ["Examination", "Outcome", "Rules"]


@dataclass(frozen=True)
class Outcome:
    """One reading of the export, counted and judged."""

    scans: tuple[Scan, ...]
    identity: Mapping[str, Mapping[str, str]]
    draft: counting.Draft
    projection: Projection
    verdict: tiers.Verdict
    consistency: tuple[consistency.Entry, ...]
    suspicions: tuple[suspicion.Suspicion, ...] = ()
    void: tuple[counting_exclusions.Void, ...] = ()


@dataclass(frozen=True)
class Examination:
    """Datasets, their scans, the manifest, the rules and the book, on one day."""

    datasets: Sequence[Dataset]
    judged: tuple[Scan, ...]
    manifest: Manifest
    rules: Rules
    book: Book
    as_of: date
    drafts: list[tuple[counting.Plan, counting.Draft]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )
    """What was counted already, by plan. Never taken over by a changed export: its persons are others."""
    alone: dict[str, Alone] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What `read` counted of each draft by itself, by its content."""

    @cached_property
    def row(self) -> str:
        """The threshold row of the export's scenario."""
        return self._row_of(self.manifest.export.scenario, "export.scenario")

    def require_known_words(self) -> None:
        """Raise UsageError for a sector, scenario or row that the edition does not have."""
        try:
            self.rules.lens.edition.sector(self.manifest.export.sector)
        except FieldMapError as error:
            raise UsageError(error.what, where=f"{self.rules.where}: export.sector", hint=error.hint) from None
        self._row_of(self.manifest.export.scenario, "export.scenario")
        for index, role in enumerate(self.manifest.roles):
            self._row_of(role.row, f"roles[{index}].row")

    def _row_of(self, name: str, path: str) -> str:
        try:
            return self.rules.lens.edition.row_for(self.manifest.export.sector, name).id
        except FieldMapError as error:
            raise UsageError(error.what, where=f"{self.rules.where}: {path}", hint=error.hint) from None

    @cached_property
    def booking(self) -> Export:
        """What the ledger books when the export is reserved."""
        export = self.manifest.export
        return Export(
            id=export.id,
            transfer_on=self.as_of,
            mode=export.mode,
            recipient=export.recipient.name,
            country=export.recipient.country,
            rules=self.rules.lens.edition.id,
            persons_with_both=self.rules.persons_with_both,
            unlinked=self.rules.unlinked,
            grant_ends=export.grant.ends if export.grant else None,
            evidence=booked_facts.facts_of(
                self.manifest,
                self.row,
                [
                    column
                    for part in planning.leaving(self.decided, self.manifest, self.rules.where)
                    for column in part.columns
                ],
                self.rules.lens.edition,
            ),
        )

    @cached_property
    def decided(self) -> tuple[Scan, ...]:
        """The scans with people's decisions in place."""
        profile, where = self.rules.lens.profile, self.rules.where
        names = [column.name for scan in self.judged for column in scan.columns]
        decisions.check_columns(self.manifest.columns, names, where=f"{where}: columns")
        found = []
        for scan in self.judged:
            columns = decisions.apply(scan.columns, self.manifest.columns, profile=profile, where=where)
            named, decided = self.manifest.identity, self.manifest.columns
            columns = decisions.identified(columns, named, decided, source=scan.name, profile=profile)
            found.append(mapped_again(scan, self.rules.lens, columns))
        return tuple(found)

    def readings(self) -> tuple[Reading, ...]:
        """The extreme readings of the undecided columns that leave."""
        return readings.admissible(self.decided, self.rules.lens.profile)

    def outcome(self, reading: Reading | None = None, *, feared: bool = False) -> Outcome:
        """Count and judge the export under one reading (default: each column's likeliest).

        `feared` takes suspected important data for important data: it is judged as such, and bases that do not reach
        important data take nobody out of the count.
        """
        scans = reading.scans if reading else self.decided
        where = self.rules.where
        parts = planning.leaving(scans, self.manifest, where)
        identities = {part.scan.name: planning.identity_of(part, self.manifest, scans, where) for part in parts}
        suspicions = self._suspicions(parts)
        ruling = self._ruling(parts, suspicions, feared=feared)
        draft = self._draft(parts, identities, ruling.applied)
        projection = self.book.project(self.booking, draft, self.as_of, self.alone.get(draft.content))
        judging.require_persons(parts, draft, projection)
        approvals, entries = self._consistency(parts, projection)
        feared_items = [found.item for found in suspicions] if feared else []
        verdict = judging.verdict(self.manifest, self.rules, self.as_of, parts, projection, approvals, feared_items)
        return Outcome(
            scans=tuple(judging.with_persons(scan, identities[scan.name], draft, projection) for scan in scans),
            identity=identities,
            draft=draft,
            projection=projection,
            verdict=verdict,
            consistency=entries,
            suspicions=suspicions,
            void=ruling.void,
        )

    def read(self) -> None:
        """Read the persons under every admissible reading now, so that judging later touches no source."""
        for reading in (None, *self.readings()):
            scans = reading.scans if reading else self.decided
            parts = planning.leaving(scans, self.manifest, self.rules.where)
            identities = {
                part.scan.name: planning.identity_of(part, self.manifest, scans, self.rules.where) for part in parts
            }
            suspicions = self._suspicions(parts)
            for feared in (False, True) if suspicions else (False,):
                draft = self._draft(parts, identities, self._ruling(parts, suspicions, feared=feared).applied)
                if draft.content not in self.alone:  # its links are as large as the draft, and mostly not asked for
                    self.alone[draft.content] = replace(draft_alone(draft), links=None)

    def closed(self) -> Examination:
        """Return the examination without its sources: it is judged by what `read` has counted."""
        closed = replace(self, datasets=())
        closed.drafts.extend(self.drafts)
        closed.alone.update(self.alone)
        return closed

    def may_go(self, projection: Projection) -> bool:
        """Say whether the export may go when the year looks like `projection`."""
        parts = planning.leaving(self.decided, self.manifest, self.rules.where)
        approvals, entries = self._consistency(parts, projection)
        verdict = judging.verdict(self.manifest, self.rules, self.as_of, parts, projection, approvals)
        return verdict.exit_code() == ExitCode.MAY_GO and not any(entry.blocks for entry in entries)

    def _ruling(
        self, parts: Sequence[planning.Leaving], suspicions: Sequence[suspicion.Suspicion], *, feared: bool
    ) -> counting_exclusions.Ruling:
        official = {field.id for field in self.rules.lens.edition.fields if field.status == "official"}
        personal = [column for part in parts for column in part.personal]
        certain = self.manifest.declare.important_data or (feared and suspicions)
        situation = counting_exclusions.Situation(
            rows=(self.row, *(role.row for role in self.manifest.roles)),
            personal_columns=tuple(column.name for column in personal),
            important_data="present" if certain else "suspected" if suspicions else "none",
            unofficial_columns=tuple(
                column.name for column in personal if not column.fields or column.fields[0].id not in official
            ),
            list_id=self.rules.lens.edition.id,
        )
        claimed = [counting.Exclusion(e.basis, e.where, e.evidence) for e in self.manifest.exclusions]
        return counting_exclusions.rule(claimed, situation, f"{self.rules.where}: exclusions")

    def _draft(
        self,
        parts: Sequence[planning.Leaving],
        identities: Mapping[str, Mapping[str, str]],
        exclusions: Sequence[counting.Exclusion],
    ) -> counting.Draft:
        plan = planning.plan(
            parts, identities, self.manifest, row=self.row, transfer_on=self.as_of, exclusions=exclusions
        )
        known = next((draft for planned, draft in self.drafts if planned == plan), None)
        if known is not None:
            return known
        try:
            draft = counting.read(plan, self.datasets, self.book.keys(self.as_of.year))
            self.drafts.append((plan, counting.sharing(draft, [other for _, other in self.drafts])))
            return self.drafts[-1][1]
        except UsageError as error:
            raise UsageError(error.what, where=f"{self.rules.where}: {error.where}", hint=error.hint) from None

    def _consistency(
        self, parts: Sequence[planning.Leaving], projection: Projection
    ) -> tuple[tuple[Approval, ...], tuple[consistency.Entry, ...]]:
        persons = {} if judging.exempt_under(parts, projection) else projection.rows
        shipment = consistency.Shipment(
            rows={row: counts.any for (_, row), counts in persons.items()},
            recipient=self.manifest.export.recipient.name,
            country=self.manifest.export.recipient.country,
            columns=[column.name for part in parts for column in part.personal],
            as_of=self.as_of,
        )
        held, outside = consistency.held(self.manifest.approvals, shipment)
        leaving = {(part.scan.name, column.name) for part in parts for column in part.columns}
        judged = [column for scan in self.judged for column in scan.columns if (scan.name, column.name) in leaving]
        orders = suspension.suspended(
            projection.orders,
            self.manifest.export.id,
            [row for _, row in projection.rows],
            self.manifest.export.recipient.name,
        )
        now = [column for part in parts for column in part.columns]
        changed = consistency.rejudged(projection.columns_before, now)
        return held, (*orders, *outside, *consistency.contradicted(self.manifest.columns, judged), *changed)

    def _suspicions(self, parts: Sequence[planning.Leaving]) -> tuple[suspicion.Suspicion, ...]:
        columns = [column for part in parts for column in part.columns]
        return suspicion.suspected(columns, self.manifest, self.rules.lens.edition)
