"""One pass of the rules over one case: the list and the national rule side by side, and which of them decides."""

from __future__ import annotations

from dataclasses import replace

from ...field_maps.model import Regime
from . import exemption, important, persons, routes
from .answers import Outcome, Result
from .case import Case
from .deciding import EXEMPT, decide, outcome_of
from .findings import Ladder, Reason, Test, line_reasons
from .important import Judged, State
from .persons import Persons


def run(case: Case) -> Outcome:
    """Apply every rule to `case`."""
    ladder = Ladder.of(case.editions.national)
    judged = important.judge(case)
    flags = case.facts.flags | {one.item.implies for one in judged if one.state is State.MET and one.item.implies}
    strict, shared = _regime(case, flags)
    exempt = exemption.applies(case, judged)
    if exempt and not strict:
        year = run(replace(case, facts=replace(case.facts, exempt_under=())))
        return exemption.exempted(case, ladder, run(exemption.bare(case)), year)
    national = _national(exemption.bare(case) if exempt else case, ladder, judged, shared)
    if strict:
        return _strict(strict, national, ladder, judged)
    listed = _list(case, ladder, judged, shared) if case.listed else None
    people = persons.of_list(case) if case.listed else Persons()
    if listed and _prevails(case, ladder, listed, national):
        rule = case.editions.rule("stricter_row")
        reason = Reason(rule.rule, rule.article, case.editions.national.id)
        national = replace(national, reasons=(reason, *national.reasons))
        listed = None
    chosen = decide(case, ladder, listed, national, people)
    alone = ladder.strictest([test.line.tier for test in people.row_tests if test.fired])
    return replace(
        outcome_of(case, ladder, chosen, shared),
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
