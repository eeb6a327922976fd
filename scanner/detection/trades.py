"""What the tables of landlords, banks, personnel offices and workshops say of their rows, where names alone mislead.

A tenant rents a flat or a program; an account in a list of payees is a bank's; a scheme of pay is nobody's pay; the
numbered blocks of a certificate of release are read without their numbers. Words are those of `data/rules.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...recognizers.column_names_frames import frames
from .content import words_of
from .table import ColumnInput, TableInput

_TENANT = re.compile("tenant", re.IGNORECASE)
_OF_TENANTS = re.compile("tenants?(?:_?(?:info|details?|profiles?))?$|租户", re.IGNORECASE)
_PAYS_OR_PROVIDES = re.compile("(provider|payer|payor|insurer|carrier)s?$", re.IGNORECASE)
_BLOCK = re.compile(r"(.*[A-Za-z])_?[0-9]{1,2}[a-e]")
_BLOCKS = 3
_SIGNED = re.compile("sign", re.IGNORECASE)
_RATE = re.compile("(?:per|percent|rate|ratio|base)$|比率|比例|基数", re.IGNORECASE)
_RATES = 2
_BOOKED = re.compile("booking|reservation|ticket|itinerar|pnr|boarding_?pass|机票|订票|订座|客票", re.IGNORECASE)
_JOURNEY = 2  # columns that only a journey has
_PERIOD = re.compile("month|period|year|week|月份|年月|期间", re.IGNORECASE)
_NAMES = ("CN_PERSON_NAME", "PERSON_NAME_LATIN")
_SOMEBODY = frozenset(
    {"member_id", "subject_id", "medical_record_no", "account_login_id", "person_name", "phone", "email",
     "cn_resident_id", "owned_person", "named_person", "keyed", "gender", "birth_date", "role:person", "role:staff",
     "role:patient", "age"}
)  # fmt: skip
_LIVING = frozenset({"person_name", "named_person", "phone", "email", "cn_resident_id", "gender", "role:person"})
_OF_A_FLIGHT = _SOMEBODY - {"age", "role:staff", "keyed"}
_MOVES = frozenset({"transactions", "transaction", "transfer", "transfers", "payment", "payments", "remittance"})
_ORDER_OF_PERSONS = frozenset({"reservation", "reservations", "booking", "bookings"})
_GOODS = frozenset({"goods", "wares", "org_word"})
_NAMED = frozenset({"person_name", "named_person"})


def as_rented(table: TableInput) -> TableInput:
    """Return the table with its tenants called renters where they rent a place to live and no program."""
    if not _is_rented(table):
        return table
    columns = (
        replace(one, name=_TENANT.sub("renter", one.name), comment=one.comment.replace("租户", "租客"))
        for one in table.columns
    )
    return TableInput(_TENANT.sub("renter", table.name), table.comment.replace("租户", "租客"), tuple(columns))


def _is_rented(table: TableInput) -> bool:
    said = [table.name, table.comment, *(text for one in table.columns for text in (one.name, one.comment))]
    if not any(_TENANT.search(text) or "租户" in text for text in said):
        return False
    if any(words_of("rents_program").search(text) for text in said):
        return False
    of_tenants = _OF_TENANTS.search(table.name) is not None
    return any(words_of("rented").search(text) or (of_tenants and words_of("housed").search(text)) for text in said)


def as_firms(table: TableInput) -> TableInput:
    """Return a table of insurers, payers or providers of a service with what it calls them in its columns called firms.

    >>> as_firms(TableInput("insurance_providers", "", (ColumnInput("provider_name"),))).columns[0].name
    'company_name'
    """
    own = _PAYS_OR_PROVIDES.search(table.name)
    if own is None or frames(table.name, table.comment)[:1] != ("company",):
        return table
    called = re.compile(f"^{own[1]}(?=_|[A-Z])", re.IGNORECASE)
    columns = (replace(one, name=called.sub("company", one.name)) for one in table.columns)
    return replace(table, columns=tuple(columns))


def without_blocks(names: list[str]) -> list[str]:
    """Take the numbers of a form's blocks from the names of its fields.

    >>> without_blocks(["sign13b", "name13d", "date13e"]), without_blocks(["name13d", "date"])
    (['sign', 'name', 'date'], ['name13d', 'date'])
    """
    found = [_BLOCK.fullmatch(name) for name in names]
    if sum(one is not None for one in found) < _BLOCKS:
        return names
    return [one[1] if one else name for name, one in zip(names, found, strict=True)]


def flags_of_trade(
    table: TableInput, subjects: Sequence[str], lead: str, own: str, seen: Mapping[str, int]
) -> frozenset[str]:
    """Return what else a table is: of lodgings, cards, points, upkeep, signatures, pay without anybody, transfers."""
    flags = {one for one in ("points", "papers") if one in subjects}
    if "lodging" in subjects and _LIVING.isdisjoint(seen):
        flags.add("lodging")
    if "banking" in subjects:
        flags |= {"banking", "bank_words", "account_numbers"}
    if lead == "aircraft":
        flags.add("upkeep")
    if "landmarks" in subjects and _SOMEBODY.isdisjoint(seen):
        flags.add("place")
    names = [column.name for column in table.columns]
    if without_blocks(names) != names and any(map(_SIGNED.search, names)):
        flags |= {"signed", "reached"}
    if "income_assets" in subjects and _is_scheme(table, seen):
        flags.add("reference")
    if lead == "order" and own in _MOVES and seen.get("moved", 0) > 1 and _GOODS.isdisjoint(seen):
        flags.add("transferred")
    if lead == "order" and _is_journey(table, seen):
        flags |= {"travelled", "reached"} if "bare:name" in seen and _NAMED.isdisjoint(seen) else {"travelled"}
    return frozenset(flags | _reached(lead, own, seen))


def _is_journey(table: TableInput, seen: Mapping[str, int]) -> bool:
    """Whether rows are journeys that somebody booked: they have a seat or a fare, and a locator or who travels."""
    names = [column.name for column in table.columns]
    of_somebody = (
        not _OF_A_FLIGHT.isdisjoint(seen) or "bare:name" in seen or any(map(words_of("traveller").search, names))
    )
    if not of_somebody or not _BOOKED.search(f"{table.name} {table.comment}"):
        return False
    return sum(words_of("journey").search(column.name) is not None for column in table.columns) >= _JOURNEY


def _is_scheme(table: TableInput, seen: Mapping[str, int]) -> bool:
    """Whether amounts and rates have a name and are of nobody: what a scheme of pay grants to whoever has it."""
    if "bare:name" not in seen or not _SOMEBODY.isdisjoint(seen) or any(map(_is_name, table.columns)):
        return False
    said = [(column.name, column.comment) for column in table.columns]
    rates = sum(any(map(_RATE.search, pair)) for pair in said)
    return rates >= _RATES and not any(_PERIOD.search(text) for pair in said for text in pair)


def _is_name(column: ColumnInput) -> bool:
    """Whether the values of a column are names of persons."""
    seen = column.evidence
    return seen is not None and any(seen.hit(name).matched > seen.checked / 2 for name in _NAMES)


def _reached(lead: str, own: str, seen: Mapping[str, int]) -> set[str]:
    """Whether a bare name is of whom something is sent to, or of who booked a room or seat."""
    if "bare:name" not in seen or not _NAMED.isdisjoint(seen) or not _GOODS.isdisjoint(seen):
        return set()
    sent = lead in ("address", "order") and "phone" in seen and "address:postal_address" in seen
    paid = lead == "order" and {"bank:payment_card", "account_part:payment_card"} <= seen.keys()
    return {"reached"} if sent or paid or (lead == "order" and own in _ORDER_OF_PERSONS) else set()


def without_upkeep(said: Sequence[str], table: TableInput, seen: Mapping[str, int]) -> list[str]:
    """Let work orders be of anything where insurance or the word 工单 stands and nothing of an aircraft does."""
    called = f"{table.name} {table.comment}"
    other = "insured" in seen or "工单" in table.comment
    if "mark:aircraft" in seen or not (other and _WORK_ORDER.search(called)) or _OF_AIRCRAFT.search(called):
        return list(said)
    return [one for one in said if one != "aircraft"] or ["order"]


_WORK_ORDER = re.compile("work_?order|工单", re.IGNORECASE)
_OF_AIRCRAFT = re.compile("飞机|航|机务|aircraft|flight", re.IGNORECASE)


def is_on_aircraft(lead: str, seen: Mapping[str, int]) -> bool:
    """Whether a list without a name of its own is of aircraft: their codes stand there and nothing of anybody's."""
    return not lead and "mark:aircraft" in seen and _OF_A_FLIGHT.isdisjoint(seen) and "licence_plate" not in seen
