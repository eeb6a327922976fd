"""What a verdict says beside its answer: duties that remain, assumptions made, filings about to lapse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from ...field_maps.calendars import NotYetPublished, add_working_days
from ...field_maps.vocabulary import COUNTERS
from ..numbers import number_of
from . import exemption, routes
from .answers import Outcome
from .case import Case
from .facts import ACCOUNTS, Filing
from .important import State

SUSPENDED = ("suspended", "terminated")
VOLUME = "volume"


def duties(case: Case) -> tuple[str, ...]:
    """Return the ids of the duties that remain whatever the route: everybody's, and the zone's for its handlers."""
    zone = case.editions.list.duties if case.zone_rules else ()
    return tuple(dict.fromkeys(duty.id for duty in (*case.editions.national.duties, *zone)))


def warnings(case: Case, base: Outcome) -> Iterator[str]:
    """Yield one sentence for everything a reader must know that is not the answer itself."""
    yield from _silences(case, base)
    yield from _counts(case)
    yield from _items(case, base)
    yield from _dates(case)
    yield from _filings(case, base)
    yield from _genetic(case)


def _silences(case: Case, base: Outcome) -> Iterator[str]:
    handler = case.facts.handler
    if handler.ciio is None:
        yield "handler.ciio was not stated: the handler is taken not to operate critical information infrastructure"
    if handler.ftz_area and handler.exports_from_ftz is None:
        yield "handler.exports_from_ftz was not stated: the handler is taken to export from the zone"
    if base.exempt:
        yield from _standing(case, base)
        return
    if base.catch_all_consulted and case.facts.catch_all is None:
        yield "catch_all_counts were not given: the catch-all is tested with the export's own counts"
    if base.national_decides and case.facts.handler_counts is None:
        yield "handler_counts were not given: the national rule is tested with the export's own counts"


def _standing(case: Case, base: Outcome) -> Iterator[str]:
    stands = f"stands at tier {base.year_tier}" if base.year_tier else "needs no route so far"
    why = exemption.named(case)
    yield f"this export adds nobody to the year and needs no route for persons: {why}; the year {stands}"


def _counts(case: Case) -> Iterator[str]:
    counts, said = case.facts.national_counts, case.facts.handler_counts is not None
    lines = [item.condition.minimum for item in case.editions.list.unified if item.counter == ACCOUNTS]
    near = any(line is not None and counts.sensitive >= (line.on(case.facts.as_of) or 0) for line in lines)
    known = counts.accounts is not None or ACCOUNTS in case.facts.holdings
    sensitive = max(counts.sensitive, case.facts.holdings.get("sensitive", 0))
    if not known and sensitive and case.in_zone and (said or near or case.facts.holdings):
        yield f"{ACCOUNTS} was not given: nobody is taken to have accounts or diagnosis data among the sensitive items"
    for counter in COUNTERS:
        held = case.facts.holdings.get(counter)
        if held is not None and held < counts.of(counter):
            yield f"holdings.{counter} is below the persons exported ({counts.of(counter)}): the larger figure is used"


def _items(case: Case, base: Outcome) -> Iterator[str]:
    for one in base.judged:
        if one.item.warning and one.state is not State.NOT_MET:
            yield f"{one.item.id}: {one.item.warning.en}"
        if one.state is State.NOT_MET and one.taken_as_false:
            yield f"{one.item.id}: {one.taken_as_false} was not stated and is taken as false"
        if one.state is State.UNKNOWN:
            yield f"{one.item.id}: not known: {one.missing}; a person must review it"


def _dates(case: Case) -> Iterator[str]:
    if case.listed and case.after_trial:
        rule = case.editions.rule("trial")
        yield f"{rule.text.en} on {case.trial_end}; the list is read to go on ({rule.article})"
    if case.facts.other_list:
        rule = case.editions.rule("cross_reference")
        yield f"{rule.text.en} ({rule.article})"
    if case.facts.treaty:
        rule = case.editions.rule("treaty")
        yield f"{rule.text.en} ({rule.article})"


def _filings(case: Case, base: Outcome) -> Iterator[str]:
    filings = case.editions.list.filing
    if filings is None or not case.zone_rules:
        return
    for filing in _all_filings(case):
        if filing.status in SUSPENDED:
            rule = case.editions.rule("suspension")
            yield f"the filing is {filing.status}: {rule.text.en} ({rule.article})"
        elif filing.opinion and not filing.status:
            yield "filing.status was not stated: the filing is taken to be valid"
        fault = routes.filing_fault(case, filing)
        if fault and base.lenient and filing.status not in SUSPENDED:
            yield f"the filing does not make the list usable: {fault} ({filings.unusable.article})"
        if not fault and base.base_tier:
            yield f"the opinion says {filing.opinion}, but the counts have reached tier {base.base_tier}"
        yield from _renewal(case, filing, fault)
    for approval in case.facts.approvals:
        fault = routes.why_not(case, approval)
        if fault:
            yield f"an approval ({approval.path}) does not count: {fault}"
        elif approval.max_persons is not None and any(
            row.counts.any > approval.max_persons for row in case.facts.rows if _names(approval.rows, row.row)
        ):
            yield f"an approval ({approval.path}) does not count: more persons than the {approval.max_persons} it names"
            yield from _growth(case, approval.max_persons)


def _growth(case: Case, filed: int) -> Iterator[str]:
    """Warn of growth from which on a large increase in volume is presumed, and with it a material change."""
    rules = case.editions.list.filing
    most = max(row.counts.any for row in case.facts.rows)
    if rules and most * 100 > filed * (100 + rules.growth_percent):
        for ground in rules.grounds:
            if ground.id == VOLUME:
                yield f"{most} persons against {filed} filed: {ground.text.en} ({ground.article})"


def _names(rows: tuple[str, ...] | None, row: str) -> bool:
    return rows is None or row in rows


def _all_filings(case: Case) -> list[Filing]:
    known = routes.kinds(case)
    made = [
        Filing(a.opinion, a.opinion_date, a.status, a.material_change)
        for a in case.facts.approvals
        if known[a.path].makes_usable
    ]
    return [*([case.facts.filing] if case.facts.filing else []), *made]


def renewal_day(case: Case, filing: Filing) -> dt.date | None:
    """Return the day so many working days before the opinion expires; NotYetPublished without its calendar."""
    rules, expires = case.editions.list.filing, routes.expiry(case, filing)
    return add_working_days(expires, -rules.renewal_days) if rules and expires else None


def _near_expiry(case: Case, filing: Filing) -> bool:
    rules, expires = case.editions.list.filing, routes.expiry(case, filing)
    if rules is None or expires is None or case.facts.as_of >= expires:
        return False
    return case.facts.as_of >= expires - dt.timedelta(days=rules.renewal_prompt_days)


def _renewal(case: Case, filing: Filing, fault: str) -> Iterator[str]:
    filings = case.editions.list.filing
    if fault or filings is None or not _near_expiry(case, filing):
        return
    rule = filings.rule("renewal")
    expires = routes.expiry(case, filing)
    try:
        day = str(renewal_day(case, filing))
    except NotYetPublished as missing:
        day = f"a day that cannot be computed, because {missing}"
    word = "from" if case.acts("renewal-window") else "by"
    yield f"the opinion expires on {expires}; {rule.text.en} {word} {day} ({rule.article})"


def _genetic(case: Case) -> Iterator[str]:
    genetic = case.facts.genetic
    bucket = case.sector.third_bucket or case.editions.national.third_bucket
    if not genetic.present or bucket is None:
        return
    if not genetic.hgr_material:
        yield f"genetic data not derived from human genetic resource material: {bucket.article} does not reach it"
    above = bucket.review_above.on(case.facts.as_of)
    if above is not None and (genetic.persons or 0) > above:
        yield f"genetic data of {number_of(genetic.persons or 0, 'person')}: {bucket.review_note.en} ({above})"


def entries(case: Case, base: Outcome) -> list[dict[str, Any]]:
    """Return the review entries that are no change of route: persons that fell to the catch-all, the renewal window."""
    found = []
    for row in base.fell:
        rule = case.editions.rule("fall_through")
        other = {"tier": base.row_only_tier, "path": base.row_only_path}
        note = f"{row.name.en}: {rule.text.en} ({rule.article})"
        found.append({"reading": rule.id, "chosen": case.sector.catch_all, "other": other, "note": note})
    reading = case.reading("renewal-window")
    filings = [f for f in _all_filings(case) if not routes.filing_fault(case, f) and _near_expiry(case, f)]
    if reading and filings and case.zone_rules:
        note = f"{reading.question.en} ({reading.article})"
        other = {"tier": base.tier, "path": base.path}
        found.append({"reading": reading.id, "chosen": case.answers[reading.id], "other": other, "note": note})
    return found
