"""The ledger as tables for a terminal: the year's counts against their lines, and the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from .messages import Texts, texts
from .sentences import told
from .terminal import TIER_STYLES, grid, line, printed

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

TOLD = ("export", "booking", "reservation", "new_persons", "recipient", "on", "expires", "why", "year", "alert")
"""What the history shows of an entry; ``--format json`` has everything."""

Document = Mapping[str, Any]


def status(document: Document, lang: str = "en", *, colour: bool | None = None) -> str:
    """Return an ``exportgate.ledger/1`` document as text."""
    says = texts(lang)
    names = ("non_sensitive", "sensitive", "any")
    table = grid(
        says("ledger.row"),
        *("#" + says.word("counter_short", name) for name in names),
        says("ledger.tier"),
        says("ledger.headroom"),
    )
    for counter in document["counters"]:
        tier = counter.get("tier")
        table.add_row(
            line(f"{counter['sector']}/{counter['row']}"),
            *(f"{counter[name]:,}" for name in names),
            line(says("tier." + ("none" if tier is None else str(tier))), TIER_STYLES.get(tier, "")),
            line(_headroom(counter.get("headroom") or {}, says)),
        )
    handler = document["handler"]
    table.add_row(line(says("ledger.handler"), "dim"), *(f"{handler.get(name, 0):,}" for name in names), "", "")
    lines: list[RenderableType] = [line(f"{says('ledger.title')} {document['year']}", "bold"), table]
    lines += [line(f"! {_alert(alert, lang)}", "yellow") for alert in document.get("alerts", ())]
    lines += [_reservation(found, says) for found in document.get("reservations", ())]
    quarantine = (document.get("quarantine") or {}).get("any", 0)
    lines += [line(says("ledger.quarantine", persons=f"{quarantine:,}"), "yellow")] if quarantine else []
    lines += (
        [line(says("ledger.demoted", keys=f"{document['demoted_keys']:,}"))] if document.get("demoted_keys") else []
    )
    chain = document.get("chain") or {}
    lines.append(line(says("ledger.chain", entries=chain.get("entries", 0), head=chain.get("head", "")), "dim"))
    return printed(lines, colour=colour)


def history(entries: Iterable[Document], lang: str = "en", *, as_of: str = "", colour: bool | None = None) -> str:
    """Return the ledger's entries as text, oldest first; with a day, also the number and the rules of that day."""
    says, entries = texts(lang), list(entries)
    table = grid("#", says("ledger.at"), says("ledger.kind"), says("ledger.what"))
    for entry in entries:
        what = ", ".join(_brief(key, entry[key], says) for key in TOLD if entry.get(key))
        moment = line(str(entry.get("at", ""))[:19])
        kind = says.word("ledger_entry", str(entry.get("kind", "")))
        table.add_row(str(entry.get("seq", "")), moment, line(kind), line(what))
    if not entries:
        return printed([line(says("ledger.none"))], colour=colour)
    return printed([table, *(line(text, "bold") for text in _replayed(entries, as_of, says) if as_of)], colour=colour)


def _replayed(entries: Iterable[Document], as_of: str, says: Texts) -> list[str]:
    """Return a sentence for each year: the persons that the last entry counted, and the rules that judged last."""
    persons, rules = dict[int, int](), dict[int, str]()
    for entry in entries:
        if entry["kind"] == "reserved":
            version = ((entry.get("evidence") or {}).get("rules") or {}).get("version", "")
            rules[entry["year"]] = f"{entry['rules']} {version}".strip()
        elif "handler" in entry:
            persons[entry["year"]] = entry["handler"]["any"]
    return [
        says("ledger.replayed", day=as_of, year=str(year), persons=f"{count:,}", rules=rules.get(year, "?"))
        for year, count in sorted(persons.items())
    ]


def _headroom(headroom: Document, says: Texts) -> str:
    if headroom.get("persons") is None or headroom.get("next_tier") is None:
        return ""
    tier = says("tier." + str(headroom["next_tier"]))
    ahead = says("ledger.left", persons=f"{headroom['persons']:,}", tier=tier)
    counter = says.word("counter_short", str(headroom.get("counter")))
    return ", ".join(str(part) for part in (ahead, counter, headroom.get("projected_crossing")) if part)


def _reservation(found: Document, says: Texts) -> Text:
    state = "held" if found.get("held") else str(found.get("state", ""))
    persons = (found.get("new_persons") or {}).get("any", 0)
    facts = f"{found['id']}  {says('ledger.state.' + state)}  {found.get('export', '')}"
    return line(
        f"{facts}  +{persons:,}  {says('ledger.expires')} {found.get('expires', '')}",
        "bold red" if state != "open" else "",
    )


def _alert(alert: Document, lang: str) -> str:
    """Return an alert as a sentence, with the export and the booking or the entry it speaks of."""
    entry = f"#{alert['entry']}" if "entry" in alert else ""
    named = " ".join(str(part) for part in (alert.get("export"), alert.get("booking"), entry) if part)
    return f"{named}: {told(str(alert['what']), lang)}"


def _brief(key: str, value: object, says: Texts) -> str:
    """Return one fact of an entry: counts by their union."""
    if isinstance(value, Mapping):
        value = f"{value.get('any', 0):,}"
    return f"{says.word('told', key)} {value}".strip()
