"""Results as tables for a terminal: the verdict first, as on the page. Colour only where a terminal reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .messages import Texts, texts
from .terminal import PI_STYLES, STYLES, TIER_STYLES, grid, line, printed

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from .report.bars import Bar
    from .report.view import ScanView, View

BAR_CELLS = 44

Document = Mapping[str, Any]


def check(document: Document, lang: str = "en", *, colour: bool | None = None) -> str:
    """Return an ``exportgate.check/1`` document as text; a scan or a verdict shows the parts it has."""
    from .report.view import view_of

    says = texts(lang)
    view = view_of(document, 1, says)
    return printed(
        [*_verdict(view), *_why(view, says), *_bars(view), *_scans(view, says), *_rest(view, says)], colour=colour
    )


def scans(documents: Sequence[Document], lang: str = "en", *, colour: bool | None = None) -> str:
    """Return ``exportgate.scan/1`` documents as text."""
    from .report.view import view_of

    says, lines = texts(lang), []
    for document in documents:
        view = view_of(document, 1, says)
        lines += [*_verdict(view), *_scans(view, says), *_rest(view, says)]
    return printed(lines, colour=colour)


def verdicts(documents: Sequence[Document], lang: str = "en", *, colour: bool | None = None) -> str:
    """Return one line for each ``exportgate.check/1`` document."""
    from .report.view import view_of

    says = texts(lang)
    table = grid(
        says("demo.verdict"), says("demo.export"), "#" + says("demo.new"), "#" + says("demo.year"), says("demo.tier")
    )
    for document in documents:
        view = view_of(document, 1, says)
        verdict = line(view.verdict, STYLES[view.tone])
        table.add_row(
            verdict, line(view.name), view.facts[0].value, view.facts[1].value, line(f"{view.tier}, {view.tier_note}")
        )
    return printed([table], colour=colour)


def _verdict(view: View) -> list[RenderableType]:
    head = line(f"{view.verdict}  ", STYLES.get(view.tone, "bold"))
    head.append_text(line(view.name, "bold"))
    lines: list[RenderableType] = [head]
    if view.tier:
        lines.append(line(f"{view.tier} · {view.tier_note}"))
    lines.append(line(" · ".join(f"{fact.value} {fact.label}" for fact in view.facts), "dim"))
    return [*lines, line("")]


def _why(view: View, says: Texts) -> list[RenderableType]:
    table = grid(
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
        table.add_row(*map(line, cells))
    return [*([table] if view.reasons else []), *(line(note) for note in view.why_notes), line("")]


def _bars(view: View) -> list[RenderableType]:
    return [part for bar in view.bars for part in (line(f"{bar.row}, {bar.counter}"), _bar(bar), line(""))]


def _bar(bar: Bar) -> Text:
    """Draw a bar: what was counted before, what is new, and a stroke at every line."""
    before, now = (round(BAR_CELLS * place / 100) for place in (bar.before_at, bar.now_at))
    now = max(now, before + (bar.now > bar.before))
    drawn = line("")
    strokes = {round(BAR_CELLS * stroke.at / 100): stroke for stroke in bar.lines}
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
    table = grid(*(says(head) if head else "" for head in heads))
    for column in scan.columns:
        kind = column.kind + (f" ({says('columns.undecided')})" if column.undecided else "")
        pi = line(column.pi_word, PI_STYLES[column.pi])
        cells = (
            line(column.name, "bold"),
            line(kind),
            pi,
            line(f"{column.sure} %"),
            line(column.field),
            line(column.example),
        )
        table.add_row(*cells)
    lines: list[RenderableType] = [line(scan.source, "bold")] if view.is_check else []
    lines += [line(note, "dim") for note in scan.notes]
    lines += [table] if scan.columns else []
    lines += (
        [line(says("columns.rest", count=len(scan.rest)) + ": " + ", ".join(scan.rest), "dim")] if scan.rest else []
    )
    return [*lines, line("")]


def _rest(view: View, says: Texts) -> list[RenderableType]:
    lines: list[RenderableType] = [line(said) for said in view.persons]
    lines += [_excluded(entry, says) for entry in view.excluded]
    for entry in view.consistency:
        mark, style = ("✗", "red") if entry.get("blocks") else ("!", "yellow")
        lines.append(line(f"{mark} {entry.get('message') or entry['issue']}", style))
    for question in view.review:
        said = (question["question"], question.get("other", ""))
        lines += [line("? " + " ".join(part for part in said if part), "yellow")]
    lines += [line(said, "dim") for said in (*view.unknown, *view.foot[:-1])]
    return [*lines, line("")]


def _excluded(entry: Document, says: Texts) -> Text:
    return line(f"{says('excluded.title')}: {entry['basis']} · {entry['persons']:,} · {says('excluded.persons')}")
