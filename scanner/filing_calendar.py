"""The dates of a list and of one filing: clocks of the area, validity, renewal, trial; each with its article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..field_maps.calendars import NotYetPublished, add_working_days, add_years
from ..field_maps.model import ApprovalKind, Edition, Filing, Rule, Text
from ..field_maps.nodes import nearest
from .counting_exclusions import provisions
from .errors import UsageError

NOTHING = Text("", "")
OPENS = "opens"


@dataclass(frozen=True)
class Entry:
    """One date. `day` is None where it cannot be known; `missing` says why."""

    event: str
    what: Text
    article: str
    day: dt.date | None
    missing: Text = NOTHING
    note: Text = NOTHING
    subject: str = ""

    def when(self, lang: str) -> str:
        """Return the date, or why there is none."""
        return str(self.day) if self.day else self.missing.in_(lang)

    def to_dict(self) -> dict[str, Any]:
        """Return the entry as JSON has it."""
        return {
            "event": self.event,
            "date": str(self.day) if self.day else None,
            "status": "known" if self.day else "not yet published",
            "article": self.article,
            "subject": self.subject,
            "what": {"en": self.what.en, "zh": self.what.zh},
            "note": {"en": self.note.en or self.missing.en, "zh": self.note.zh or self.missing.zh},
        }


def dates(
    edition: Edition,
    *,
    as_of: dt.date,
    applied: dt.date | None = None,
    filed: dt.date | None = None,
    opinion: dt.date | None = None,
    window: str = "",
) -> tuple[Entry, ...]:
    """Return every date there is, in order; those that cannot be known come last. UsageError for impossible days."""
    if edition.filing is None:
        raise UsageError(f"{edition.id} has no filing", hint=nearest(edition.id, []))
    _check(edition, as_of, applied, filed, opinion)
    found = [*_of_list(edition, edition.filing), *_of_clocks(edition.filing, applied, filed)]
    if opinion:
        found += _of_opinion(edition.filing, opinion, window)
    return in_order(found)


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return each entry once, in the order of the days; what has no day comes last."""
    return tuple(sorted(dict.fromkeys(entries), key=lambda entry: (entry.day is None, entry.day or dt.date.max)))


def of_approvals(
    edition: Edition, kinds: Iterable[ApprovalKind], approvals: Iterable[Mapping[str, Any]], window: str = ""
) -> tuple[Entry, ...]:
    """Return the dates of routes that are held: the last day of each certificate, an opinion's validity and renewal."""
    known = {kind.id: kind for kind in kinds}
    found: list[Entry] = []
    for approval in approvals:
        kind = known.get(str(approval["path"]))
        name = str(approval.get("number") or "") or str(approval["path"])
        if approval.get("opinion_date") and edition.filing:
            opinion = dt.date.fromisoformat(str(approval["opinion_date"]))
            found += [replace(entry, subject=name) for entry in _of_opinion(edition.filing, opinion, window)]
        if approval.get("valid_until") and kind:
            day = dt.date.fromisoformat(str(approval["valid_until"]))
            last = Text(f"last day of: {kind.name.en}", f"有效期截止：{kind.name.zh}")
            found.append(Entry("certificate", last, kind.article, day, subject=name))
    return in_order(found)


def of_years(years: Iterable[int], closed: Mapping[int, dt.date]) -> tuple[Entry, ...]:
    """Return what follows from the years in a ledger: when each was closed, and until when its records are kept."""
    duty = provisions()["records"]
    found = []
    for year in years:
        kept = dt.date(year + int(duty["years"]), 12, 31)
        text = Text(f"records of {year} are kept until this day", f"{year}年的记录至少保存至当日")
        found.append(Entry("records", text, str(duty["article"]), kept, subject=str(year)))
        if year in closed:
            text = Text(f"the counts of {year} were closed", f"{year}年统计已关账")
            found.append(Entry("year-closed", text, str(duty["article"]), closed[year], subject=str(year)))
    return in_order(found)


def _check(edition: Edition, as_of: dt.date, *days: dt.date | None) -> None:
    for name, day in zip(("--applied", "--filed", "--opinion"), days, strict=True):
        if day and day < edition.issued:
            raise UsageError(f"{day} is before the list was issued ({edition.issued})", where=name)
        if day and day > as_of and name == "--opinion":
            raise UsageError(f"an opinion dated {day} does not exist on {as_of}", where=name)
    known = [day for day in days if day]
    if known != sorted(known):
        raise UsageError("application, filing and opinion follow each other in this order")


def _of_list(edition: Edition, filing: Filing) -> Iterator[Entry]:
    issued, published = Text("by the date of issue", "按印发日"), Text("by the date of publication", "按发布日")
    for day, note in ((edition.issued, issued), (edition.published, published)):
        yield _entry("in-force", filing.rule("in-force"), day, note)
        if edition.trial_years:
            yield _entry("trial-end", filing.rule("trial-end"), add_years(day, edition.trial_years), note)


def _of_clocks(filing: Filing, applied: dt.date | None, filed: dt.date | None) -> Iterator[Entry]:
    if applied:
        yield _working("application-review", filing.rule("application-review"), applied, filing.application_days)
    if filed:
        yield _working("opinion", filing.rule("opinion"), filed, filing.opinion_days)


def _of_opinion(filing: Filing, opinion: dt.date, window: str) -> Iterator[Entry]:
    expires = add_years(opinion, filing.validity_years)
    yield _entry("validity", filing.rule("validity"), expires)
    opens = window == OPENS
    note = (
        Text("first day to apply", "起始日")
        if opens
        else Text("last day to apply, the careful reading", "最后期限（从严理解）")
    )
    yield _working("renewal", filing.rule("renewal"), expires, -filing.renewal_days, note)
    if filing.has("renewal-prompt"):
        prompt = expires - dt.timedelta(days=filing.renewal_prompt_days)
        yield _entry("renewal-prompt", filing.rule("renewal-prompt"), prompt)


def _entry(event: str, rule: Rule, day: dt.date, note: Text = NOTHING) -> Entry:
    return Entry(event, rule.text, rule.article, day, note=note)


def _working(event: str, rule: Rule, start: dt.date, days: int, note: Text = NOTHING) -> Entry:
    try:
        return _entry(event, rule, add_working_days(start, days), note)
    except NotYetPublished as missing:
        why = Text(f"not yet published: calendar of {missing.year}", f"尚未公布：{missing.year}年放假安排")
        return Entry(event, rule.text, rule.article, None, why, note)
