"""Which body of rules decides, which routes follow, and whether each of them is held."""

from __future__ import annotations

from dataclasses import dataclass

from ...field_maps.model import Regime, Sector
from . import routes
from .answers import Outcome, Result, headroom
from .case import Case
from .findings import Ladder, Reason
from .persons import Persons

EXEMPT = 0


@dataclass(frozen=True)
class Chosen:
    """Which body of rules decides, and the other one."""

    regime: str
    deciding: Result
    national: Result
    reasons: tuple[Reason, ...]
    listed: bool
    people: Persons


def decide(case: Case, ladder: Ladder, listed: Result | None, national: Result, people: Persons) -> Chosen:
    """Return which body of rules decides: the list where it speaks, else the national rule."""
    everything_outside = len(people.outside) == len(case.facts.rows)
    if listed is None or everything_outside:
        reasons = (*why_national(case, outside=everything_outside and listed is not None), *national.reasons)
        return Chosen(case.editions.national.id, national, national, reasons, False, people)
    if not people.outside:
        return Chosen(case.edition.id, listed, national, listed.reasons, True, people)
    # some rows lie outside the list: those answer to the national rule, the others to the list
    of_row = {**listed.of_row, **dict.fromkeys(people.outside, national.tier)}
    tier = ladder.strictest(list(of_row.values()))
    both = Result(tier, (*listed.tests, *national.tests), (*listed.reasons, *national.reasons), of_row)
    return Chosen(case.edition.id, both, national, both.reasons, True, people)


def why_national(case: Case, *, outside: bool) -> list[Reason]:
    """Return the one reason why the list does not speak."""
    name = _why(case, outside=outside)
    if not name:
        return []
    rule = case.editions.rule(name)
    article = rule.article
    if name == "excluded":
        owner = next(e for s, e in case.editions.exclusions() if e.id == case.facts.scope_exclusion)
        return [Reason(owner.rule, owner.article, case.editions.national.id)]
    return [Reason(rule.rule, article, case.editions.national.id)]


def _why(case: Case, *, outside: bool) -> str:
    if not case.in_zone:
        return "handler"
    if not case.in_force:
        return "before"
    if not case.zone_rules:
        return "trial"
    if not case.sector.covered:
        return "uncovered"
    if case.facts.scope_exclusion:
        return "excluded"
    return "outside_row" if outside else ""


def _bucket(case: Case) -> tuple[str, Reason] | None:
    """Return the other lawful path of genetic information, and why; no path once its duty has been discharged."""
    genetic = case.facts.genetic
    sector: Sector = case.sector
    bucket = (sector.third_bucket if case.listed else None) or case.editions.national.third_bucket
    if not (genetic.present and genetic.hgr_material and bucket):
        return None
    if genetic.discharged:
        return "", Reason(bucket.rule, bucket.article, "discharged", None, genetic.persons)
    return bucket.path, Reason(bucket.rule, bucket.article, bucket.path, None, genetic.persons)


def outcome_of(case: Case, ladder: Ladder, chosen: Chosen, shared: Regime | None) -> Outcome:
    """Put the routes together, and say whether every one of them is held."""
    deciding, national = chosen.deciding, chosen.national
    extra: list[str] = []
    reasons = list(chosen.reasons)
    if shared:
        extra.append(shared.path)
        reasons.insert(0, Reason(shared.rule, shared.article, shared.path))
    bucket = _bucket(case)
    if bucket:
        extra += [bucket[0]] if bucket[0] else []
        reasons.append(bucket[1])
    own = [ladder.of_tier[deciding.tier]] if deciding.tier else []
    paths = ladder.ordered([*own, *extra])
    lenient = chosen.listed and ladder.tier_rank(deciding.tier) < ladder.tier_rank(national.tier)
    usable = not lenient or all(routes.usable(case, row.row) for row in case.facts.rows)
    if not usable:
        reasons += _unusable(case, national)
    needed = deciding if usable else national
    allowed, certification = _allowed(case, ladder, needed, extra, wide=lenient and usable)
    return Outcome(
        regime=chosen.regime,
        tier=None if bucket and bucket[0] and not deciding.tier else deciding.tier,
        path=paths[0] if paths else ladder.of_tier[EXEMPT],
        paths=paths,
        fallback=national,
        fallback_path=ladder.of_tier[national.tier],
        usable=usable,
        allowed=allowed,
        held=_held(case, ladder, _required(case, ladder, needed, extra), wide=lenient and usable),
        reasons=tuple(reasons),
        headroom=headroom(ladder, deciding),
        base_tier=deciding.tier,
        catch_all_consulted=chosen.people.catch_all_consulted and chosen.listed,
        national_decides=not chosen.listed or not usable or bool(chosen.people.outside),
        lenient=lenient,
        certification_only=certification,
    )


def _unusable(case: Case, national: Result) -> list[Reason]:
    filing = case.editions.list.filing
    rule = filing.unusable if filing else case.editions.rule("national")
    return [Reason(rule.rule, rule.article, "eligible-not-yet-usable"), *national.reasons]


def _allowed(case: Case, ladder: Ladder, needed: Result, extra: list[str], *, wide: bool) -> tuple[bool, bool]:
    """Return whether every route is held, and whether that turns on a certification in a wide band."""
    required = _required(case, ladder, needed, extra)
    held = all(routes.holds(case, path, row) for row, path in required)
    doubted = routes.doubted(case) if wide else ""
    surely = not doubted or all(routes.holds(case, path, row, without=doubted) for row, path in required)
    turns = held and not surely
    return (held and (surely or case.acts("certification-band"))), turns


def _required(case: Case, ladder: Ladder, needed: Result, extra: list[str]) -> list[tuple[str, str]]:
    """Return each row with a route that it needs."""
    rows = [row.row for row in case.facts.rows]
    own = [(row, ladder.of_tier[tier]) for row in rows if (tier := needed.of_row.get(row, needed.tier))]
    return [*own, *((row, path) for row in rows for path in extra)]


def _held(case: Case, ladder: Ladder, required: list[tuple[str, str]], *, wide: bool) -> tuple[str, ...]:
    """Return the routes held by every row that needs them; where none does, by every row that needs any, or by all."""
    doubted = routes.doubted(case) if wide and not case.acts("certification-band") else ""
    everyone = [row for row, _ in required] or [row.row for row in case.facts.rows]
    held = []
    for path in dict.fromkeys([*ladder.of_tier.values(), *(path for _, path in required)]):
        rows = [row for row, needed in required if needed == path] or everyone
        if rows and all(routes.holds(case, path, row, without=doubted) for row in rows):
            held.append(path)
    return ladder.ordered(held)
