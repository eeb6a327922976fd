"""What the tables of landlords, banks, personnel offices and workshops say of their rows, where names alone mislead.

A tenant rents a flat or a program; an account in a list of payees is a bank's; a scheme of pay is nobody's pay; the
numbered blocks of a certificate of release are read without their numbers. Words are those of `data/rules.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ...recognizers.column_names import read
from ...recognizers.column_names_frames import frames
from ...recognizers.data_files import words_of
from .content import is_about_row
from .table import ColumnInput, TableInput

_BLOCK = re.compile(r"(.*[A-Za-z])_?[0-9]{1,2}[a-e]")
_BLOCKS = 3
_RATES = 2
_JOURNEY = 2  # columns that only a journey has
_NAMES = ("CN_PERSON_NAME", "PERSON_NAME_LATIN")
_SOMEBODY = frozenset(
    {"member_id", "subject_id", "medical_record_no", "account_login_id", "person_name", "phone", "email",
     "cn_resident_id", "owned_person", "named_person", "keyed", "gender", "birth_date", "role:person", "role:staff",
     "role:patient", "age"}
)  # fmt: skip
_LIVING = frozenset({"person_name", "named_person", "phone", "email", "cn_resident_id", "gender", "role:person"})
_THERE = _LIVING | {"member_id", "subject_id", "medical_record_no", "account_login_id", "owned_person"}
_OF_A_FLIGHT = _SOMEBODY - {"age", "role:staff", "keyed"}
_MOVES = frozenset({"transactions", "transaction", "transfer", "transfers", "payment", "payments", "remittance"})
_ORDER_OF_PERSONS = frozenset({"reservation", "reservations", "booking", "bookings"})
_GOODS = frozenset({"goods", "wares", "org_word"})
_OF_DEALINGS = frozenset({"", "order", "log"})
_PERSONS = frozenset({"person", "staff"})
_LOGINS = frozenset({"account_login_id", "email"})
_WORD = re.compile(r"n?(?:var)?char2?\s*\((\d{1,3})(?: char| byte)?\)", re.IGNORECASE)
_LONGEST, _KEYS_LONG = 50, (32, 36)  # letters
_MOVING = frozenset({"track_part", "driving", "licence_plate", "vehicle_vin", "device_id", "mark:vehicle"})
_NAMED = frozenset({"person_name", "named_person"})


def as_rented(table: TableInput) -> TableInput:
    """Return the table with its tenants called renters where they rent a place to live and no program."""
    if not _is_rented(table):
        return table
    columns = (
        replace(one, name=words_of("tenant").sub("renter", one.name), comment=one.comment.replace("租户", "租客"))
        for one in table.columns
    )
    return TableInput(
        words_of("tenant").sub("renter", table.name), table.comment.replace("租户", "租客"), tuple(columns)
    )


def _is_rented(table: TableInput) -> bool:
    said = [table.name, table.comment, *(text for one in table.columns for text in (one.name, one.comment))]
    if not any(words_of("tenant").search(text) or "租户" in text for text in said):
        return False
    if any(words_of("rents_program").search(text) for text in said):
        return False
    of_tenants = words_of("of_tenants").search(table.name) is not None
    return any(words_of("rented").search(text) or (of_tenants and words_of("housed").search(text)) for text in said)


def as_firms(table: TableInput) -> TableInput:
    """Return a table of insurers, payers or providers of a service with what it calls them in its columns called firms.

    >>> as_firms(TableInput("insurance_providers", "", (ColumnInput("provider_name"),))).columns[0].name
    'company_name'
    """
    own = words_of("pays_or_provides").search(table.name)
    if own is None or frames(table.name, table.comment)[:1] != ("company",):
        return table
    called = re.compile(f"^{own[1]}(?=_|[A-Z])", re.IGNORECASE)
    columns = (replace(one, name=called.sub("company", one.name)) for one in table.columns)
    return replace(table, columns=tuple(columns))


def with_contact(table: TableInput) -> TableInput:
    """Return a table of firms whose plain ``name`` stands beside the firm's own, with that of the contact it is.

    >>> columns = tuple(map(ColumnInput, ("name", "email", "company_name")))
    >>> with_contact(TableInput("suppliers", "", columns)).columns[0].name
    'contact_name'
    """
    names = [one.name for one in table.columns]
    named, reached = (any(map(pattern.fullmatch, names)) for pattern in (words_of("firms_name"), words_of("reached")))
    if not (named and reached) or frames(table.name, table.comment)[:1] != ("company",):
        return table
    bare = [one.name.lower() == "name" and not one.comment for one in table.columns]
    called = (replace(one, name="contact_name") if own else one for one, own in zip(table.columns, bare, strict=True))
    return replace(table, columns=tuple(called))


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
    if ("landmarks" in subjects and _SOMEBODY.isdisjoint(seen)) or (lead == "track" and _is_place(table, seen)):
        flags.add("place")
    if lead == "aircraft" and (
        "mark:aircraft" in seen or any(words_of("tail").search(one.name) for one in table.columns)
    ):
        flags.add("registered")
    if _is_of_driving(table):
        flags.add("of_driving")
    if lead in _PERSONS and _logs_in_by_id(table, seen):
        flags.add("login_is_id")
    names = [column.name for column in table.columns]
    if without_blocks(names) != names and any(map(words_of("signed").search, names)):
        flags |= {"signed", "reached"}
    if "income_assets" in subjects and _is_scheme(table, seen):
        flags.add("reference")
    if "income_assets" in subjects and not _NAMED.isdisjoint(seen):
        flags.add("person_key")  # pay of who is named
    if lead == "order" and own in _MOVES and seen.get("moved", 0) > 1 and _GOODS.isdisjoint(seen):
        flags.add("transferred")
    if lead == "order" and _is_journey(table, seen):
        flags |= {"travelled", "reached"} if "bare:name" in seen and _NAMED.isdisjoint(seen) else {"travelled"}
    return frozenset(flags | _reached(table, lead, own, seen))


def _is_journey(table: TableInput, seen: Mapping[str, int]) -> bool:
    """Whether rows are journeys that somebody booked: they have a seat or a fare, and a locator or who travels."""
    names = [column.name for column in table.columns]
    of_somebody = (
        not _OF_A_FLIGHT.isdisjoint(seen) or "bare:name" in seen or any(map(words_of("traveller").search, names))
    )
    if not of_somebody or not words_of("booked").search(f"{table.name} {table.comment}"):
        return False
    return sum(words_of("journey").search(column.name) is not None for column in table.columns) >= _JOURNEY


def _is_behind_number(table: TableInput) -> bool:
    """Whether a bare name stands right behind the number of a student or worker, whose it then is."""
    names = [column.name for column in table.columns]
    return any(
        words_of("numbered").fullmatch(one) and set(read(two).mods) == {"name"} and read(two).head is None
        for one, two in pairwise(names)
    )


def _is_place(table: TableInput, seen: Mapping[str, int]) -> bool:
    """Whether positions have a name and nothing and nobody moves, nor is there any time: where something always is."""
    if not _MOVING.isdisjoint(seen) or not _THERE.isdisjoint(seen):
        return False
    names = [column.name for column in table.columns]
    timed = any(words_of("when").search(name) and not is_about_row(name) for name in names)
    told = [text for column in table.columns for text in (column.name, column.comment)]
    return not timed and ("bare:name" in seen or any(map(words_of("place_named").search, told)))


def _is_of_driving(table: TableInput) -> bool:
    """Whether rows are occurrences of driving: the name says so, and a driver, vehicle or trip stands there."""
    told = words_of("driving_told").search(f"{table.name} {table.comment}") is not None
    return told and any(
        words_of("driven").search(text) for column in table.columns for text in (column.name, column.comment)
    )


def _logs_in_by_id(table: TableInput, seen: Mapping[str, int]) -> bool:
    """Whether ``id`` is a word beside a password, and nothing else is there to log in with."""
    if "secret:password_or_secret" not in seen or not _LOGINS.isdisjoint(seen):
        return False
    declared = next((one.declared_type or one.type for one in table.columns if one.name.lower() == "id"), "")
    found = _WORD.fullmatch(declared)
    return found is not None and int(found[1]) <= _LONGEST and int(found[1]) not in _KEYS_LONG


def _is_scheme(table: TableInput, seen: Mapping[str, int]) -> bool:
    """Whether amounts have a name and are of nobody: what a scheme of pay grants, or sums of a run of pay."""
    said = [(column.name, column.comment) for column in table.columns]
    if "bare:name" not in seen or not _SOMEBODY.isdisjoint(seen) or any(map(_is_name, table.columns)):
        return False
    if sum(any(map(words_of("summed").search, pair)) for pair in said) >= _RATES:
        return True
    rates = sum(any(map(words_of("rate_of_pay").search, pair)) for pair in said)
    return rates >= _RATES and not any(words_of("period_of_pay").search(text) for pair in said for text in pair)


def _is_name(column: ColumnInput) -> bool:
    """Whether the values of a column are names of persons."""
    seen = column.evidence
    return seen is not None and any(seen.hit(name).matched > seen.checked / 2 for name in _NAMES)


def _reached(table: TableInput, lead: str, own: str, seen: Mapping[str, int]) -> set[str]:
    """Whether a bare name is of whom something is sent to, or of who booked a room or seat."""
    if "bare:name" not in seen or not _NAMED.isdisjoint(seen) or not _GOODS.isdisjoint(seen):
        return set()
    if (lead == "log" and {"phone", "email"} <= seen.keys()) or (lead in _OF_DEALINGS and _is_behind_number(table)):
        return {"reached"}
    sent = lead in ("address", "order") and "phone" in seen and "address:postal_address" in seen
    paid = lead == "order" and {"bank:payment_card", "account_part:payment_card"} <= seen.keys()
    return {"reached"} if sent or paid or (lead == "order" and own in _ORDER_OF_PERSONS) else set()


def without_upkeep(said: Sequence[str], table: TableInput, seen: Mapping[str, int]) -> list[str]:
    """Let work orders be of anything where insurance or the word 工单 stands, parts of anything where it was somewhere.

    Nothing of an aircraft may stand there: components of a sensor come with positions, those of an aircraft do not.
    """
    called = f"{table.name} {table.comment}"
    if "mark:aircraft" in seen or words_of("of_aircraft").search(called):
        return list(said)
    parts = words_of("parts_of_anything").sub("", table.name)
    if {"latitude", "longitude"} <= seen.keys() and "aircraft" not in frames(parts, table.comment):
        return [one for one in said if one != "aircraft"]
    other = "insured" in seen or "工单" in table.comment
    if not (other and words_of("work_order").search(called)):
        return list(said)
    return [one for one in said if one != "aircraft"] or ["order"]


def is_on_aircraft(lead: str, seen: Mapping[str, int]) -> bool:
    """Whether a list without a name of its own is of aircraft: their codes stand there and nothing of anybody's."""
    return not lead and "mark:aircraft" in seen and _OF_A_FLIGHT.isdisjoint(seen) and "licence_plate" not in seen


def is_procured(lead: str, table: TableInput, seen: Mapping[str, int]) -> bool:
    """Whether orders are those of a firm to its suppliers, and none of a member or customer.

    >>> is_procured("order", TableInput("purchase_orders", "", ()), {"org_word": 1})
    True
    """
    bought = words_of("procured").search(f"{table.name} {table.comment}") is not None and "org_word" in seen
    return lead == "order" and bought and {"member_id", "subject_id", "moved"}.isdisjoint(seen)
