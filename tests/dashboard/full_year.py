"""A year as a busy handler has it: about 200 exports in five scenarios, two million persons; voids, waiting and expired
reservations, a remote access, a suspension that was lifted, columns that change, one column nobody has judged.

``python tests/dashboard/full_year.py FOLDER`` writes it (for pictures and measurements); tests use it small.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from booked_year import Series, Year, scaled

TODAY = date(2026, 11, 26)
_MEMBER = (
    ("member_id", "member_id", "personal", "retail.membership.member_id"),
    ("mobile", "phone", "personal", "retail.membership.phone"),
    ("full_name", "person_name", "personal", "retail.membership.name"),
    ("tier", "none", "none", None),
    ("last_order", "order_or_consumption_record", "personal", None),
)
_TRIAL = (
    ("subject_id", "subject_id", "personal", None),
    ("visit_date", "none", "none", None),
    ("birth_year", "birth_date", "personal", None),
    ("diagnosis_icd10", "diagnosis", "sensitive", None),
    ("alt_u_l", "lab_or_vital_sign", "sensitive", None),
)
_CAR = (
    ("vin", "vehicle_vin", "personal", None),
    ("account", "account_login_id", "personal", None),
    ("event", "driving_behaviour", "personal", None),
)
_WORKS = (("contact", "person_name", "personal", None), ("work_email", "email", "personal", None))
_ORDER = (
    ("order_no", "order_or_consumption_record", "personal", None),
    ("buyer", "person_name", "personal", None),
    ("address", "postal_address", "personal", None),
)

SERVICE = {
    "basis": "5(1)(i)",
    "evidence": {"contract": "membership terms 2025-4, clause 7", "necessity": "booking abroad"},
}
FILED = {"number": "MFL-2026-0147", "opinion": "off-list", "opinion_date": "2026-03-02", "status": "valid"}
ASSESSED = {"path": "security-assessment", "number": "SA-2024-0031", "status": "valid", "valid_until": "2027-03-31"}
TRIAL = {**FILED, "number": "MFL-2026-0212", "max_persons": 4500}
PENDING = {"number": "MFL-2026-0388", "status": "pending"}
SERIES = (
    Series("members-apac", "retail", "membership", "Loyalty Hub Pte Ltd", "SG", 7, 56_000, 2_700_000, spread=0.45,
           anonymous=0.012, people="member", approval=ASSESSED, purpose="loyalty programme", columns=_MEMBER,
           exclusions=(SERVICE,)),
    Series("members-eu", "retail", "membership", "Kundenkreis GmbH", "AT", 16, 42_000, 2_700_000, spread=0.4,
           people="member", approval=ASSESSED, purpose="loyalty programme", columns=_MEMBER, first=6),
    Series("shop-orders", "retail", "other", "Shopfront GmbH", "AT", 6, 3_050, 138_000, spread=0.35,
           approval=FILED, purpose="order fulfilment", columns=_ORDER, first=2),
    Series("telematics", "iov", "all", "Roadside Assist SE", "DE", 8, 4_100, 74_000, spread=0.3, anonymous=0.02,
           approval=FILED, purpose="roadside assistance", columns=_CAR, first=3),
    Series("trial-visits", "pharma", "trial-subjects", "Helvetia Trials AG", "CH", 14, 290, 9_000, True, spread=0.3,
           approval=TRIAL, purpose="clinical trial HV-204", columns=_TRIAL, first=9),
    Series("technicians", "aircraft-maintenance", "business-cooperation", "Lufttechnik AG", "DE", 24, 700, 16_000,
           spread=0.3, approval=PENDING, purpose="maintenance support", columns=_WORKS, first=11),
)  # fmt: skip


VOIDED = ("telematics-004", "members-eu-009", "trial-visits-013")
WAITING = (("technicians", "technicians-muc-audit", 9), ("telematics", "telematics-recall", 3))
"""Series, export and how many days before the last one it was reserved; none of them was committed."""


def fill(year: Year, scale: float = 1.0, until: date = TODAY) -> Year:
    """Book the year into a handler's folder, in the order of the days."""
    by_name = {one.name: one for one in SERIES}
    planned = [
        (day, at, one, "")
        for one in SERIES
        for at in range(400)
        if (day := date(2026, 1, 5) + timedelta(days=one.first + one.every * at)) <= until
    ]
    planned += [(until - timedelta(days=days), 900, by_name[name], export) for name, export, days in WAITING]
    planned += [(until, 901, by_name["members-eu"], "members-eu-black-friday")]
    for day, at, one, waiting in sorted(planned, key=lambda item: (item[0], item[2].name)):
        if waiting:
            _leave_waiting(year, scaled(one, scale), at, day, waiting)
        else:
            _send(year, scaled(_changed(one, at), scale), at, day)
    return year


def _send(year: Year, one: Series, at: int, day: date) -> None:
    booked = year.send(one, at, day)
    if booked.export in VOIDED:
        evidence = {"evidence": f"transfer log of {day}: 0 bytes sent"}
        year.book.void(booked.id, "cancelled by the recipient before it began", evidence, now=_evening(day))


def _leave_waiting(year: Year, one: Series, at: int, day: date, export: str) -> None:
    placed = year.reserve(one, at, day, export=export)
    if export == "telematics-recall":
        year.book.hold(placed.id, "the transfer ended with exit status 137", now=_evening(day))


def _evening(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def _changed(one: Series, at: int) -> Series:
    """From some export on, a series has a further column; the newest one holds a column that nobody has judged."""
    columns = one.columns
    if one.name == "members-apac" and at >= 30:
        columns = (*columns, ("wechat_openid", "account_login_id", "personal", None))
    if one.name == "shop-orders" and at >= 52:
        columns = (*columns[:2], ("ext_attr_3", "free_text", "personal", None, True))
    return Series(**{**one.__dict__, "columns": columns})


if __name__ == "__main__":
    fill(Year(Path(sys.argv[1])), float(sys.argv[2]) if len(sys.argv) > 2 else 1.0)
