"""One pass of the rules over one case: the list and the national rule side by side, and which of them decides."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from ...field_maps.model import Regime, Row, Sector
from . import important, persons, routes
from .case import Case
from .findings import Ladder, Reason, Test, line_reasons
from .important import Judged, State
from .persons import Persons

EXEMPT = 0


@dataclass(frozen=True)
class Result:
    """What one body of rules says: its tier, the tests behind it, and the tier of each row."""

    tier: int
    tests: tuple[Test, ...]
    reasons: tuple[Reason, ...]
    of_row: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """The answer of one pass, with what warnings and review need to know."""

    regime: str
    tier: int | None
    path: str
    paths: tuple[str, ...]
    fallback: Result
    fallback_path: str
    usable: bool
    allowed: bool
    held: tuple[str, ...]
    reasons: tuple[Reason, ...]
    headroom: dict[str, Any] | None
    base_tier: int = 0
    judged: tuple[Judged, ...] = ()
    fell: tuple[Row, ...] = ()
    catch_all_consulted: bool = False
    national_decides: bool = False
    lenient: bool = False
    certification_only: bool = False
    row_only_tier: int = 0
    row_only_path: str = ""

    @property
    def key(self) -> tuple[Any, ...]:
        """What must differ for two outcomes to differ."""
        return (self.tier, self.path, self.paths, self.allowed)


def run(case: Case) -> Outcome:
    """Apply every rule to `case`."""
    ladder = Ladder.of(case.editions.national)
    judged = important.judge(case)
    flags = case.facts.flags | {one.item.implies for one in judged if one.state is State.MET and one.item.implies}
    strict, shared = _regime(case, flags)
    national = _national(case, ladder, judged, shared)
    if strict:
        return _strict(strict, national, ladder, judged)
    listed = _list(case, ladder, judged, shared) if case.listed else None
    people = persons.of_list(case) if case.listed else Persons()
    if listed and _prevails(case, ladder, listed, national):
        rule = case.editions.rule("stricter_row")
        reason = Reason(rule.rule, rule.article, case.editions.national.id)
        national = replace(national, reasons=(reason, *national.reasons))
        listed = None
    chosen = _decide(case, ladder, listed, national, people)
    alone = ladder.strictest([test.line.tier for test in people.row_tests if test.fired])
    return replace(
        _routes(case, ladder, chosen, shared),
        judged=judged,
        fell=people.fell if chosen.listed else (),
        row_only_tier=alone,
        row_only_path=ladder.of_tier[alone],
    )


def _regime(case: Case, flags: frozenset[str]) -> tuple[Regime | None, Regime | None]:
    """Return the stricter regime that takes the data out of the list, and the one that holds beside the list."""
    regimes = case.editions.list.regimes if case.zone_rules else case.editions.national.regimes
    declared = [regime for regime in regimes if flags & set(regime.flags)]
    for regime in declared:
        named = case.listed and case.sector.export_control_item and regime.shared_flags
        if not named or case.acts("export-control") or _takes_out(case, regime, flags):
            return regime, None
        return None, regime
    return None, None


def _takes_out(case: Case, regime: Regime, flags: frozenset[str]) -> bool:
    return bool(flags & set(regime.flags) - set(regime.shared_flags))


def _strict(regime: Regime, national: Result, ladder: Ladder, judged: tuple[Judged, ...]) -> Outcome:
    return Outcome(
        regime=regime.id,
        tier=None,
        path=regime.path,
        paths=(regime.path,),
        fallback=national,
        fallback_path=ladder.of_tier[national.tier],
        usable=True,
        allowed=False,
        held=(),
        reasons=(Reason(regime.rule, regime.article, regime.path),),
        headroom=None,
        judged=judged,
    )


def _list(case: Case, ladder: Ladder, judged: tuple[Judged, ...], shared: Regime | None) -> Result:
    """What the list says, all rows together."""
    people, edition = persons.of_list(case), case.edition
    tests = [] if _lifted(case) else list(people.tests)
    tests += persons.of_operator(case, edition.ciio, case.facts.persons)
    items, export_tiers = _items(case, ladder, judged, shared, national=False)
    tiers = {row.row: _row_tier(ladder, tests, row.row) for row in case.facts.rows}
    whole = [test.line.tier for test in tests if test.fired]
    tier = ladder.strictest([*whole, *export_tiers])
    floor = ladder.strictest([*export_tiers, *(t.line.tier for t in tests if t.fired and t.row not in tiers)])
    of_row = {row: ladder.strictest([t for t in (own, floor) if t]) for row, own in tiers.items()}
    found = [*items, *line_reasons(tests, ladder, free=routes.OFF_LIST)]
    if _lifted(case):
        rule = case.editions.rule("discharged")
        found.append(Reason(rule.rule, rule.article, routes.OFF_LIST))
    return Result(tier, tuple(tests), tuple(found), of_row)


def _lifted(case: Case) -> bool:
    """Whether a discharged third-bucket duty is read to lift the routes for persons as well."""
    genetic = case.facts.genetic
    has_duty = genetic.present and genetic.hgr_material and case.sector.third_bucket
    return bool(has_duty and genetic.discharged and case.acts("discharge-lifts-persons"))


def _row_tier(ladder: Ladder, tests: list[Test], row: str) -> int:
    return ladder.strictest([test.line.tier for test in tests if test.fired and test.row == row])


def _items(
    case: Case, ladder: Ladder, judged: tuple[Judged, ...], shared: Regime | None, *, national: bool
) -> tuple[list[Reason], list[int]]:
    """Return the reasons and tiers of important data: declared, named by the sector's part, or by the unified rule."""
    edition = case.editions.national if national else case.edition
    rule, tier = edition.important_data, edition.important_tier
    if rule is None or tier is None:
        rule, tier = case.editions.national.important_data, case.editions.national.important_tier
    assert rule is not None and tier is not None
    path = ladder.of_tier[tier]
    found = important.reasons(judged, path)
    met = any(one.state is State.MET for one in judged)
    if shared and not met:
        item = case.editions.items[case.sector.export_control_item]
        found.append(Reason(item.rule, item.article, path))
        met = True
    held = important.unified(case)
    binds = not case.listed or case.acts("unified-on-list")
    effect = path if binds else "review"
    found += [Reason(i.rule, i.article, effect, i.counter, n, ">=", line) for i, n, line in held]
    met = met or bool(held and binds)
    return ([Reason(rule.rule, rule.article, path), *found] if met else found), ([tier] if met else [])


def _national(case: Case, ladder: Ladder, judged: tuple[Judged, ...], shared: Regime | None) -> Result:
    """What the national rule says of the whole handler, important data included."""
    tests = persons.of_nation(case)
    tests += persons.of_operator(case, case.editions.national.ciio, case.facts.national_counts)
    items, tiers = _items(case, ladder, judged, shared, national=True)
    tier = ladder.strictest([*(test.line.tier for test in tests if test.fired), *tiers])
    found = (*items, *line_reasons(tests, ladder, free=ladder.of_tier[EXEMPT]))
    return Result(tier, tuple(tests), found, {row.row: tier for row in case.facts.rows})


def _prevails(case: Case, ladder: Ladder, listed: Result, national: Result) -> bool:
    """Whether the national rule, being the more lenient one, is read to prevail."""
    return ladder.tier_rank(listed.tier) > ladder.tier_rank(national.tier) and case.acts("stricter-row")


@dataclass(frozen=True)
class _Chosen:
    """Which body of rules decides, and the other one."""

    regime: str
    deciding: Result
    national: Result
    reasons: tuple[Reason, ...]
    listed: bool
    people: Persons


def _decide(case: Case, ladder: Ladder, listed: Result | None, national: Result, people: Persons) -> _Chosen:
    everything_outside = len(people.outside) == len(case.facts.rows)
    if listed is None or everything_outside:
        reasons = (*_why_national(case, outside=everything_outside and listed is not None), *national.reasons)
        return _Chosen(case.editions.national.id, national, national, reasons, False, people)
    if not people.outside:
        return _Chosen(case.edition.id, listed, national, listed.reasons, True, people)
    # some rows lie outside the list: those answer to the national rule, the others to the list
    of_row = {**listed.of_row, **dict.fromkeys(people.outside, national.tier)}
    tier = ladder.strictest(list(of_row.values()))
    both = Result(tier, (*listed.tests, *national.tests), (*listed.reasons, *national.reasons), of_row)
    return _Chosen(case.edition.id, both, national, both.reasons, True, people)


def _why_national(case: Case, *, outside: bool) -> list[Reason]:
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


def _routes(case: Case, ladder: Ladder, chosen: _Chosen, shared: Regime | None) -> Outcome:
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


def headroom(ladder: Ladder, result: Result) -> dict[str, Any] | None:
    """Return the tightest counter: the fewest further persons at which a stricter tier is reached; None at the top."""
    current = ladder.tier_rank(result.tier)
    ahead = [test for test in result.tests if not test.fired and ladder.tier_rank(test.line.tier) > current]
    if not ahead:
        return None
    nearest = min(ahead, key=lambda test: (test.left, -ladder.tier_rank(test.line.tier), -test.share))
    return {
        "counter": nearest.line.counter,
        "next_tier": nearest.line.tier,
        "persons": nearest.left,
        "share_used": nearest.share,
        "projected_crossing": None,
    }
