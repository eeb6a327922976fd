"""What every page needs: the year, the language, and how numbers, days, tiers and outlooks are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from ...scanner.ledger.model import in_china
from ..messages import Texts
from ..report import view_verdict
from ..report.law import Law, law_of
from .reading import Year

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Page:
    """A year seen in one language. `asked` are the query's parameters."""

    year: Year
    texts: Texts
    asked: Mapping[str, str]

    @property
    def lang(self) -> str:
        """The language's short name, ``en`` or ``zh``."""
        return self.texts.lang

    @cached_property
    def law(self) -> Law:
        """The edition on the day of the question."""
        return law_of(self.year.settings.list, self.year.day, self.texts)

    def t(self, key: str, **facts: object) -> str:
        """Return a text of the dashboard."""
        return self.texts(f"dash.{key}", **facts)

    def day(self, day: date | str | None, *, short: bool = False) -> str:
        """Write a day; `short` leaves the year out where it is the page's own."""
        if not day:
            return ""
        found = date.fromisoformat(day[:10]) if isinstance(day, str) else day
        with_year = not short or found.year != self.year.year
        if self.lang == "zh":
            return f"{found.year}年{found.month}月{found.day}日" if with_year else f"{found.month}月{found.day}日"
        written = f"{found.day} {MONTHS[found.month - 1]}"
        return f"{written} {found.year}" if with_year else written

    def month(self, month: int) -> str:
        """Write a month for an axis."""
        return f"{month}月" if self.lang == "zh" else MONTHS[month - 1]

    def moment(self, moment: str | datetime) -> str:
        """Write a moment in China's time."""
        found = in_china(datetime.fromisoformat(moment) if isinstance(moment, str) else moment)
        return f"{self.day(found.date(), short=True)}, {found:%H:%M}"

    def tier(self, tier: int | None) -> str:
        """Write a tier."""
        return self.texts("tier." + ("none" if tier is None else str(tier)))

    def tier_note(self, tier: int | None) -> str:
        """Write what a tier asks for."""
        return self.texts.word("tier_note", "none" if tier is None else str(tier))

    def sector(self, sector: str) -> str:
        """Write the name of a sector."""
        known = next((one for one in self.year.edition.sectors if one.id == sector), None)
        return known.name.in_(self.lang) if known else sector

    def row(self, sector: str, row: str) -> str:
        """Write the name of a threshold row."""
        name = self.law.row_name(sector, row)
        return name[:1].upper() + name[1:]

    def link(self, path: str, **asked: object) -> str:
        """Return an address within the dashboard that stays in the page's year."""
        if self.year.year != self.year.day.year:
            asked = {"year": self.year.year, **asked}
        kept = {name: value for name, value in asked.items() if value not in ("", None)}
        return f"{path}?{urlencode(kept)}" if kept else path

    def verdict(self, verdict: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a page shows of a verdict: the answer, its tier and route, why, what is open, what remains."""
        law, tone = self.law, view_verdict.tone_of(verdict)
        return {
            "tone": tone,
            "tier": self.tier(verdict["tier"]),
            "tier_note": view_verdict.route(verdict, law),
            "sentence": view_verdict.paragraph(verdict, self.texts),
            "reasons": view_verdict.reasons(verdict, law),
            "notes": view_verdict.why_notes(verdict, law),
            "review": view_verdict.review(verdict, law),
            "duties": [law.duty(str(duty)) for duty in verdict.get("duties", ())],
        }

    def outlook(self, projection: Mapping[str, Any] | None) -> dict[str, str]:
        """Write a projected crossing: `when` it is likely, `between` which days, how `sure`."""
        if projection is None:
            return {"when": "", "between": "", "sure": ""}
        if not projection["enough_data"]:
            few = self.t("outlook.few", have=projection["bookings"], need=projection["needed"])
            return {"when": "", "between": few, "sure": ""}
        chance = projection["chance"] or 0
        if not chance:
            return {"when": self.t("outlook.never"), "between": "", "sure": ""}
        first = self.day(projection["earliest"], short=True)
        last = self.day(projection["latest"], short=True) or self.t("outlook.later")
        sure = self.t("outlook.chance", chance=percent(chance))
        if projection["crossing"] is None:
            first = first or self.t("outlook.later")
            return {"when": self.t("outlook.unlikely"), "between": self.t("outlook.first", day=first), "sure": sure}
        between = self.t("outlook.between", first=first, last=last) if first != last else ""
        return {"when": self.day(projection["crossing"], short=True), "between": between, "sure": sure}


def percent(share: float) -> str:
    """Write a share so that neither 0 % nor 100 % is said of what is in between.

    >>> [percent(share) for share in (0, 0.004, 0.5, 0.996, 1)]
    ['0 %', '< 1 %', '50 %', '> 99 %', '100 %']
    """
    if 0 < share < 0.01:
        return "< 1 %"
    if 0.99 < share < 1:
        return "> 99 %"
    return f"{share * 100:.0f} %"


def number(value: int | None) -> str:
    """Write a count; a real minus for what was taken back."""
    return "" if value is None else f"{value:,}".replace("-", "\N{MINUS SIGN}")


def signed(value: int) -> str:
    """Write a change."""
    return f"+{value:,}" if value > 0 else number(value)
