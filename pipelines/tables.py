"""Results as tables for a terminal: the verdict first, as on the page. Colour only where a terminal reads it.

Names come from files that strangers wrote: control characters are shown as ``�``, so that no column name moves the
cursor, and square brackets are text.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .messages import Texts, texts

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

    from .report.bars import Bar
    from .report.view import ScanView, View

WIDTHS = (72, 120)
BAR_CELLS = 44
STYLES = {"go": "bold green", "stop": "bold red", "review": "bold yellow", "plain": "bold blue"}
PI_STYLES = {"personal": "blue", "sensitive": "red", "none": "dim"}
TIER_STYLES = {1: "red", 2: "yellow", 0: "green"}

TOLD = ("export", "booking", "reservation", "new_persons", "recipient", "on", "expires", "why", "year", "alert")
"""What the history shows of an entry; ``--format json`` has everything."""

Document = Mapping[str, Any]


def check(document: Document, lang: str = "en", *, colour: bool | None = None) -> str:
    """Return an ``exportgate.check/1`` document as text; a scan or a verdict shows the parts it has."""
    from .report.view import view_of

    says = texts(lang)
    view = view_of(document, 1, says)
    return _printed([*_verdict(view), *_why(view, says), *_bars(view), *_scans(view, says), *_rest(view, says)], colour)


def scans(documents: Sequence[Document], lang: str = "en", *, colour: bool | None = None) -> str:
    """Return ``exportgate.scan/1`` documents as text."""
    from .report.view import view_of

    says, lines = texts(lang), []
    for document in documents:
        view = view_of(document, 1, says)
        lines += [*_verdict(view), *_scans(view, says), *_rest(view, says)]
    return _printed(lines, colour)


def verdicts(documents: Sequence[Document], lang: str = "en", *, colour: bool | None = None) -> str:
    """Return one line for each ``exportgate.check/1`` document."""
    from .report.view import view_of

    says = texts(lang)
    table = _table(
        says("demo.verdict"), says("demo.export"), "#" + says("demo.new"), "#" + says("demo.year"), says("demo.tier")
    )
    for document in documents:
        view = view_of(document, 1, says)
        verdict = _text(view.verdict, STYLES[view.tone])
        table.add_row(
            verdict, _text(view.name), view.facts[0].value, view.facts[1].value, _text(f"{view.tier}, {view.tier_note}")
        )
    return _printed([table], colour)


def ledger_status(document: Document, lang: str = "en", *, colour: bool | None = None) -> str:
    """Return an ``exportgate.ledger/1`` document as text."""
    says = texts(lang)
    names = ("non_sensitive", "sensitive", "any")
    table = _table(
        says("ledger.row"),
        *("#" + says.word("counter_short", name) for name in names),
        says("ledger.tier"),
        says("ledger.headroom"),
    )
    for counter in document["counters"]:
        tier = counter.get("tier")
        table.add_row(
            _text(f"{counter['sector']}/{counter['row']}"),
            *(f"{counter[name]:,}" for name in names),
            _text(says("tier." + ("none" if tier is None else str(tier))), TIER_STYLES.get(tier, "")),
            _text(_headroom(counter.get("headroom") or {}, says)),
        )
    handler = document["handler"]
    table.add_row(_text(says("ledger.handler"), "dim"), *(f"{handler.get(name, 0):,}" for name in names), "", "")
    lines: list[RenderableType] = [_text(f"{says('ledger.title')} {document['year']}", "bold"), table]
    lines += [_text(f"! {alert}", "yellow") for alert in map(_alert, document.get("alerts", ()))]
    lines += [_reservation(found, says) for found in document.get("reservations", ())]
    quarantine = (document.get("quarantine") or {}).get("any", 0)
    lines += [_text(says("ledger.quarantine", persons=f"{quarantine:,}"), "yellow")] if quarantine else []
    lines += (
        [_text(says("ledger.demoted", keys=f"{document['demoted_keys']:,}"))] if document.get("demoted_keys") else []
    )
    chain = document.get("chain") or {}
    lines.append(_text(says("ledger.chain", entries=chain.get("entries", 0), head=chain.get("head", "")), "dim"))
    return _printed(lines, colour)


def ledger_history(
    entries: Iterable[Document], lang: str = "en", *, as_of: str = "", colour: bool | None = None
) -> str:
    """Return the ledger's entries as text, oldest first; with a day, also the number and the rules of that day."""
    says, entries = texts(lang), list(entries)
    table = _table("#", says("ledger.at"), says("ledger.kind"), says("ledger.what"))
    for entry in entries:
        what = ", ".join(_brief(key, entry[key], says) for key in TOLD if entry.get(key))
        moment = _text(str(entry.get("at", ""))[:19])
        table.add_row(str(entry.get("seq", "")), moment, _text(entry.get("kind", "")), _text(what))
    if not entries:
        return _printed([_text(says("ledger.none"))], colour)
    return _printed([table, *(_text(line, "bold") for line in _replayed(entries, as_of, says) if as_of)], colour)


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


def line(value: object, style: str = "") -> Text:
    """Return a text that a terminal prints as it is: control characters shown, brackets kept."""
    return _text(value, style)


def grid(*heads: str) -> Table:
    """Return an empty table; a head that starts with ``#`` is over numbers."""
    return _table(*heads)


def printed(parts: Sequence[RenderableType], *, colour: bool | None = None) -> str:
    """Return tables and lines as text, in colour only where a terminal reads it."""
    return _printed(parts, colour)


def _verdict(view: View) -> list[RenderableType]:
    head = _text(f"{view.verdict}  ", STYLES.get(view.tone, "bold"))
    head.append_text(_text(view.name, "bold"))
    lines: list[RenderableType] = [head]
    if view.tier:
        lines.append(_text(f"{view.tier} · {view.tier_note}"))
    lines.append(_text(" · ".join(f"{fact.value} {fact.label}" for fact in view.facts), "dim"))
    return [*lines, _text("")]


def _why(view: View, says: Texts) -> list[RenderableType]:
    table = _table(
        says("why.title"),
        says("why.counter"),
        "#" + says("why.observed"),
        "#" + says("why.line"),
        says("why.effect"),
        says("why.article"),
    )
    for reason in view.reasons:
        cells = (
            reason["rule"],
            reason["counter"],
            reason["observed"],
            f"{reason['comparison']} {reason['line']}",
            reason["effect"],
            reason["article"],
        )
        table.add_row(*map(_text, cells))
    return [*([table] if view.reasons else []), *(_text(note) for note in view.why_notes), _text("")]


def _bars(view: View) -> list[RenderableType]:
    return [part for bar in view.bars for part in (_text(f"{bar.row}, {bar.counter}"), _bar(bar), _text(""))]


def _bar(bar: Bar) -> Text:
    """Draw a bar: what was counted before, what is new, and a stroke at every line."""
    before, now = (round(BAR_CELLS * place / 100) for place in (bar.before_at, bar.now_at))
    now = max(now, before + (bar.now > bar.before))
    drawn = _text("")
    strokes = {round(BAR_CELLS * line.at / 100): line for line in bar.lines}
    for cell in range(BAR_CELLS):
        if cell in strokes:
            drawn.append("│", TIER_STYLES.get(strokes[cell].tier, ""))
        else:
            drawn.append(
                "█" if cell < before else "▓" if cell < now else "·",
                "" if cell < before else "blue" if cell < now else "dim",
            )
    return drawn.append(f" {bar.now:,}  ").append(bar.outlook, TIER_STYLES.get(bar.tier, "") if bar.tier else "dim")


def _scans(view: View, says: Texts) -> list[RenderableType]:
    return [part for scan in view.scans for part in _scan(scan, view, says)]


def _scan(scan: ScanView, view: View, says: Texts) -> list[RenderableType]:
    heads = ("columns.name", "columns.kind", "", "columns.sure", "columns.field", "columns.example")
    table = _table(*(says(head) if head else "" for head in heads))
    for column in scan.columns:
        kind = column.kind + (f" ({says('columns.undecided')})" if column.undecided else "")
        pi = _text(column.pi_word, PI_STYLES[column.pi])
        cells = (
            _text(column.name, "bold"),
            _text(kind),
            pi,
            _text(f"{column.sure} %"),
            _text(column.field),
            _text(column.example),
        )
        table.add_row(*cells)
    lines: list[RenderableType] = [_text(scan.source, "bold")] if view.is_check else []
    lines += [_text(note, "dim") for note in scan.notes]
    lines += [table] if scan.columns else []
    lines += (
        [_text(says("columns.rest", count=len(scan.rest)) + ": " + ", ".join(scan.rest), "dim")] if scan.rest else []
    )
    return [*lines, _text("")]


def _rest(view: View, says: Texts) -> list[RenderableType]:
    lines: list[RenderableType] = [_text(line) for line in view.persons]
    lines += [_excluded(entry, says) for entry in view.excluded]
    for entry in view.consistency:
        mark, style = ("✗", "red") if entry.get("blocks") else ("!", "yellow")
        lines.append(_text(f"{mark} {entry.get('message') or entry['issue']}", style))
    for question in view.review:
        said = (question["question"], question.get("other", ""))
        lines += [_text("? " + " ".join(part for part in said if part), "yellow")]
    lines += [_text(line, "dim") for line in (*view.unknown, *view.foot[:-1])]
    return [*lines, _text("")]


def _excluded(entry: Document, says: Texts) -> Text:
    return _text(f"{says('excluded.title')}: {entry['basis']} · {entry['persons']:,} · {says('excluded.persons')}")


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
    return _text(
        f"{facts}  +{persons:,}  {says('ledger.expires')} {found.get('expires', '')}",
        "bold red" if state != "open" else "",
    )


def _alert(alert: object) -> str:
    return str(alert.get("message") or alert) if isinstance(alert, Mapping) else str(alert)


def _brief(key: str, value: object, says: Texts) -> str:
    """Return one fact of an entry: counts by their union."""
    if isinstance(value, Mapping):
        value = f"{value.get('any', 0):,}"
    return f"{says.word('told', key)} {value}".strip()


def _table(*heads: str) -> Table:
    """Return an empty table; a head that starts with ``#`` is over numbers."""
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for head in heads:
        number = head.startswith("#")
        table.add_column(
            _text(head[1:] if number and len(head) > 1 else head),
            justify="right" if number else "left",
            overflow="fold",
        )
    return table


def _text(value: object, style: str = "") -> Text:
    from rich.text import Text

    return Text("".join(sign if sign.isprintable() else "�" for sign in str(value)), style=style)


def plain(text: str) -> str:
    """Return text without colour, for a file.

    >>> plain("\\x1b[1;31mMust not go\\x1b[0m")
    'Must not go'
    """
    return re.sub("\x1b\\[[0-9;]*m", "", text)


def _printed(parts: Sequence[RenderableType], colour: bool | None) -> str:
    out = io.StringIO()
    console = _console(out, sys.stdout.isatty() if colour is None else colour)
    for part in parts:
        console.print(part, highlight=False, markup=False, emoji=False)
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip().split("\n"))


def _console(out: io.StringIO, colour: bool) -> Console:
    from rich.console import Console

    width = min(max(shutil.get_terminal_size((WIDTHS[1], 24)).columns, WIDTHS[0]), WIDTHS[1])
    return Console(
        file=out, width=width, force_terminal=colour, no_color=not colour, color_system="standard" if colour else None
    )
