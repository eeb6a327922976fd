"""``/metrics``: the year as gauges in OpenMetrics. Counts, thresholds and dates only: no person, no column name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from ...scanner.errors import ExportgateError
from ...scanner.ledger.model import in_china
from ..audit.plan import RUN
from ..extras import need
from ..messages import texts
from .page import Page
from .pages import filings, overview
from .reading import Reader, Year

with need("dashboard"):
    from prometheus_client import CollectorRegistry
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily
    from prometheus_client.exposition import choose_encoder

SETS = ("non_sensitive", "sensitive", "any", "sensitive_with_accounts_or_diagnosis")
OPEN_METRICS = "application/openmetrics-text; version=1.0.0"
"""What is answered unless the older text format is asked for by name."""


def exposition(reader: Reader, accept: str) -> tuple[bytes, str]:
    """Return the metrics and their media type. An unreadable ledger is said, not hidden: `exportgate_up` is 0."""
    registry = CollectorRegistry()
    registry.register(_Collector(reader))
    encode, kind = choose_encoder(accept if "text/plain" in accept else OPEN_METRICS)
    return encode(registry), kind


class _Collector:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def describe(self) -> list[Any]:
        """Register without reading the ledger."""
        return []

    def collect(self) -> Iterator[Any]:
        """Yield every family."""
        try:
            year = self.reader.year()
        except (ExportgateError, OSError):
            year = None
        yield _gauge("up", "1 when the ledger can be read.", year is not None)
        failures = CounterMetricFamily("exportgate_ledger_read_failures", "Times the ledger could not be read.")
        failures.add_metric([], self.reader.failures)
        yield failures
        if year is not None:
            page = Page(year, texts("en"), {})
            yield from _persons(page)
            yield from _headroom(page)
            yield from _state(page)
            yield from _filings(page)


def _persons(page: Page) -> Iterator[Any]:
    labels = ["sector", "row", "counter"]
    persons = _family("persons", "Distinct natural persons this year, by the bound the gate uses.", labels)
    bounds = _family("persons_bound", "The lower and the upper bound of the persons.", [*labels, "bound"])
    waiting = _family("persons_with_reservations", "Persons with open reservations included.", labels)
    lines = _family("threshold_persons", "Persons from which a tier is reached.", [*labels, "tier"])
    for counter in page.year.counters:
        sector, row = counter["sector"], counter["row"]
        for name in SETS:
            at = [sector, row, name]
            persons.add_metric(at, counter[name])
            waiting.add_metric(at, counter.get("with_reservations", counter)[name])
            for bound in ("lower", "upper"):
                bounds.add_metric([*at, bound], counter[bound][name])
        for name in page.law.counters(sector, row, ()):
            for line in page.law.lines(sector, row, name, ()):
                lines.add_metric([sector, row, name, str(line.tier)], line.persons)
    handler = _family("handler_persons", "Distinct natural persons of the handler this year.", ["counter"])
    for name in SETS:
        handler.add_metric([name], (page.year.status.get("handler") or {}).get(name, 0))
    yield from (persons, bounds, waiting, lines, handler)


def _headroom(page: Page) -> Iterator[Any]:
    left = _family(
        "headroom_persons", "New persons at which the next tier is reached.", ["sector", "row", "counter", "tier"]
    )
    tier = _family("tier_reached", "1 for the tier a row has reached; 0: off the list.", ["sector", "row", "tier"])
    days = _family("projected_crossing_days", "Days until a tier is likely to be reached.", left._labelnames)
    chance = _family("crossing_chance", "Chance that a tier is reached this year.", left._labelnames)
    for counter in page.year.counters:
        at = [counter["sector"], counter["row"]]
        reached = "none" if counter["tier"] is None else str(counter["tier"])
        tier.add_metric([*at, reached], 1)
        sector, row = at
        for name in page.law.counters(sector, row, ()):
            ahead = [line for line in page.law.lines(sector, row, name, ()) if counter[name] < line.persons]
            for line in ahead[:1]:
                left.add_metric([*at, name, str(line.tier)], line.persons - counter[name])
        for each in counter.get("projections", ()):
            where = [*at, each["counter"], str(each["tier"])]
            if each["enough_data"]:
                chance.add_metric(where, each["chance"] or 0.0)
            if each.get("crossing"):
                days.add_metric(where, (date.fromisoformat(each["crossing"]) - page.year.day).days)
    yield from (left, tier, days, chance)


def _state(page: Page) -> Iterator[Any]:
    year = page.year
    waiting = _family("reservations", "Reservations that are neither committed nor released.", ["state"])
    states = [_waiting_state(one) for one in year.status["reservations"]]
    for state in ("open", "expired", "held"):
        waiting.add_metric([state], states.count(state))
    booked = _family("exports", "Exports of the year by state.", ["state"])
    for state in ("committed", "void", "released"):
        booked.add_metric([state], sum(one.state == state for one in year.bookings))
    yield from (waiting, booked)
    undecided = sum(len(names) for _, names in overview.undecided_columns(year.bookings))
    yield _gauge("undecided_columns", "Undecided columns in the newest export of each dataset.", undecided)
    yield _gauge("alerts", "Alerts of the ledger.", len(year.status["alerts"]))
    yield _gauge("suspensions", "Orders in force that suspend exports.", len(year.status.get("suspensions", ())))
    quarantine = year.status.get("quarantine") or {}
    yield _gauge("quarantine_persons", "Persons in exports that nobody has declared.", quarantine.get("any", 0))
    yield _gauge("ledger_entries", "Entries of the history.", len(year.entries))
    last = max((one.reserved_at for one in year.bookings), default=None)
    yield _gauge("last_booking_timestamp_seconds", "When the last export was booked.", _seconds(last))
    yield from _audits(year)
    about = InfoMetricFamily("exportgate", "What is counted.")
    about.add_metric([], {"year": str(year.year), "list": year.edition.id, "status": year.edition.status()[2]})
    yield about


def _audits(year: Year) -> Iterator[Any]:
    """Yield when the last audit ended, and what it could not read or book; where no audit runs, 0."""
    run = year.audited.get(RUN, {})
    yield _gauge("last_audit_timestamp_seconds", "When the last audit ended; 0: never.", _seconds(run.get("finished")))
    objects = [body for key, body in year.audited.items() if key != RUN]
    failed = sum(body.get("status") == "failed" for body in objects)
    yield _gauge("last_audit_failures", "Objects that the audits could not read or book.", failed)


def _filings(page: Page) -> Iterator[Any]:
    labels = ["path", "number"]
    expiry = _family("filing_expiry_days", "Days until an approval ends; negative when it has.", labels)
    renewal = _family("filing_renewal_days", "Days until an approval's renewal is due.", labels)
    used = _family("filing_used_ratio", "Share of an approval's persons that is used.", labels)
    for one in (filings.line(page, held) for held in filings.held(page)):
        for family, value in ((expiry, one.days), (renewal, one.renew_days), (used, one.share)):
            if value is not None:
                family.add_metric([one.path, one.number], value)
    yield from (expiry, renewal, used)


def _waiting_state(one: Mapping[str, Any]) -> str:
    return "held" if one.get("held") else str(one["state"])


def _family(name: str, what: str, labels: Any) -> Any:
    return GaugeMetricFamily(f"exportgate_{name}", what, labels=list(labels))


def _gauge(name: str, what: str, value: float) -> Any:
    return GaugeMetricFamily(f"exportgate_{name}", what, value=float(value))


def _seconds(moment: str | None) -> float:
    if moment is None:
        return 0.0
    found = datetime.fromisoformat(moment)
    return in_china(found if isinstance(found, datetime) else datetime.combine(found, time())).timestamp()
