"""Tables for terminals and the progress line: readable without colour, silent where nobody looks, safe for any name."""

from __future__ import annotations

import io
from typing import Any

import pytest
import report_documents as documents

from exportgate.pipelines import messages, progress, sentences, tables, tables_ledger

STATUS: dict[str, Any] = {
    "schema": "exportgate.ledger/1", "year": 2026, "handler": documents.counts(1500), "demoted_keys": 2,
    "counters": [
        {"sector": "retail", "row": "membership", **documents.counts(1000, 500), "tier": 0,
         "headroom": {"counter": "any", "next_tier": 2, "persons": 499_000, "projected_crossing": "2027-02-01"}},
        {"sector": "iov", "row": "all", **documents.counts(3), "tier": 2, "headroom": None},
    ],
    "reservations": [{"id": "r-1", "export": "members-1", "state": "expired", "expires": "2026-11-01",
                      "new_persons": documents.counts(7)}],
    "quarantine": documents.counts(9), "alerts": [
        {"kind": "demotion", "entry": 3, "export": "members-1", "what": "a count went up without an export"},
        {"kind": "held", "booking": "r-2", "export": "members-2",
         "what": "commit it or release it: its headroom is kept"},
    ],
    "chain": {"entries": 3, "head": "abc123"},
}  # fmt: skip


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_tables_hold_what_the_page_holds_without_colour(lang: str) -> None:
    for text in (
        tables.check(documents.check(), lang),
        tables.scans([documents.scan()], lang),
        tables_ledger.status(STATUS, lang),
    ):
        assert "\x1b" not in text
        assert max(len(line) for line in text.split("\n")) <= 120
    cited = {"en": "Part C, Retail, Tier 2", "zh": "第三部分 零售行业 第二档"}[lang]
    assert cited in tables.check(documents.check(), lang)
    assert "card_no" in tables.scans([documents.scan()], lang)


def test_the_year_is_shown_with_headroom_alerts_and_expired_reservations() -> None:
    text = tables_ledger.status(STATUS)
    for part in ("retail/membership", "499,000 until Tier 2, persons, 2027-02-01", "EXPIRED", "members-1", "+7",
                 "members-1 #3: a count went up", "members-2 r-2: commit it",
                 "3 entries, head abc123", "9 persons wait"):  # fmt: skip
        assert part in text
    assert "members-2 r-2: 请登记或释放" in tables_ledger.status(STATUS, "zh")


def test_one_of_a_thing_is_no_plural() -> None:
    """A year of one person, one entry and one row is not said to hold "1 persons"."""
    one = documents.scan() | {
        "persons": {"identity": ["phone"], "rows_with_identity": 1, "distinct": {"lower": 1, "upper": 1}}
    }
    for said in ("1 person;", "1 sensitive column\n"):
        assert said in tables.scans([one])
    assert "1 entry, head abc123" in tables_ledger.status(STATUS | {"chain": STATUS["chain"] | {"entries": 1}})
    assert sentences.told("links were undone: 1 person more than the export holds", "zh").startswith("关联被撤销")


def test_history_says_each_entry_in_a_line() -> None:
    entries = [
        {
            "seq": 1,
            "at": "2026-11-23T10:00:00+08:00",
            "kind": "reserve",
            "export": "m-1",
            "new_persons": documents.counts(7),
            "mac": "ff" * 32,
            "previous": "",
        }
    ]
    text = tables_ledger.history(entries)
    assert "2026-11-23T10:00:00" in text
    assert "m-1, new persons 7" in text
    assert "ffff" not in text
    assert tables_ledger.history([]) == "No entries this year."


def test_colour_is_there_when_a_terminal_reads() -> None:
    assert "\x1b[" in tables.check(documents.check(), colour=True)


def test_a_columns_name_cannot_move_the_cursor_or_style_the_text() -> None:
    scan = documents.scan(columns=[documents.column("\x1b[2Jphone[red]\r\n", "phone", "personal")])
    text = tables.scans([scan], colour=True)
    assert "\x1b[2J" not in text
    assert "phone[red]" in text


def test_a_verdict_table_has_one_line_for_each_export() -> None:
    lines = tables.verdicts([documents.passing(), documents.check()]).split("\n")
    assert [line.split("  ")[0] for line in lines] == ["Verdict", "May go", "Must not go"]


@pytest.mark.parametrize(("stream", "quiet"), [(io.StringIO(), False), (_Terminal(), True)])
def test_no_progress_without_a_terminal_or_when_quiet(stream: io.StringIO, quiet: bool) -> None:
    with progress.bar(quiet=quiet, stream=stream) as bar:
        for rows in range(0, 1000, 100):
            bar(rows, 1000)
    assert stream.getvalue() == ""


def test_progress_shows_rows_and_time_left_and_cleans_up(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(range(100))
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(moments))
    stream = _Terminal()
    with progress.bar(stream=stream) as bar:
        bar(250, 1000)
        bar(500, 1000)
    shown = stream.getvalue().split("\r")
    assert "500 / 1,000 rows · 0:02 left" in shown[2]
    assert shown[-2].strip() == ""
