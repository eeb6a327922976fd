"""What columns say of rows that a table's name takes for persons or places: that they are firms, or a list of sorts.

A customer with an industry, a website and a contact is a company; a group of customers is no person, and a list of
positions in which nothing is anywhere is one of jobs. Words are those that `frame` counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...recognizers.column_names_split import split
from .table import TableInput

_LISTED = "reference"
_OF_SOMEBODY = frozenset(
    {"person_name", "named_person", "phone", "email", "gender", "birth_date", "age", "member_id", "subject_id",
     "medical_record_no", "account_login_id", "cn_resident_id", "passport", "owned_person", "postal_address"}
)  # fmt: skip
_SOMEWHERE = frozenset(
    {"latitude", "longitude", "position", "track", "track_part", "driving", "licence_plate", "vehicle_vin",
     "device_id", "member_id", "account_login_id"}
)  # fmt: skip
_SAYING = {"person": _OF_SOMEBODY, "staff": _OF_SOMEBODY, "track": _SOMEWHERE}
_ONLY_PERSONS = frozenset({"gender", "birth_date", "age", "own_name", "marital_status", "education", "subject_id"})
_BUYERS = frozenset({"customer", "account_bare"})
_OF_A_FIRM = frozenset({"org_word", "mark:company", "mark:firm", "firm_name"})
_BUYER = frozenset({"role:person", "member_id"})
_FEW, _DOZEN = 2, 12


def with_list(said: Sequence[str], seen: Mapping[str, int]) -> list[str]:
    """Let a list of sorts be one, where its name also speaks of persons or tracks and no column does.

    >>> with_list(["person", "reference"], {"bare:name": 1}), with_list(["person", "reference"], {"phone": 1})
    (['reference'], ['person', 'reference'])
    """
    said = _as_rows_are(said, seen)
    needed = _SAYING.get(said[0]) if said else None
    if needed is None or _LISTED not in said or not needed.isdisjoint(seen):
        return list(said)
    return [one for one in said if one not in _SAYING]


def _as_rows_are(said: Sequence[str], seen: Mapping[str, int]) -> list[str]:
    """Let columns correct a name: cars have work orders too, pupils a school, and a mall's app the addresses of buyers.

    A table of a dozen findings is no dictionary of them, whatever it is called (心电图核心指标表).

    >>> _as_rows_are(["aircraft"], {"vehicle_vin": 1}), _as_rows_are(["company"], {"own_name": 3, "birth_date": 1})
    (['vehicle'], ['person'])
    >>> _as_rows_are(["address", "company"], {"role:person": 1}), _as_rows_are(["address", "company"], {"phone": 1})
    (['address'], ['address', 'company'])
    """
    if seen.get("health_column", 0) >= _DOZEN and _LISTED in said and "clinical" in said:
        said = [one for one in said if one != _LISTED]
    if "vehicle_vin" in seen and "mark:aircraft" not in seen:
        said = ["vehicle" if one == "aircraft" else one for one in said]
    if said[:1] == ["company"] and seen.keys() >= {"own_name", "birth_date"} and _OF_A_FIRM.isdisjoint(seen):
        return ["person", *(one for one in said if one not in ("company", "person"))]
    if said[:1] == ["address"] and not _BUYER.isdisjoint(seen):
        return [one for one in said if one != "company"]
    return list(said)


def are_firms(table: TableInput, said: Sequence[str], seen: Mapping[str, int]) -> bool:
    """Whether a table's customers are firms: several facts that firms have, and none that only a person has."""
    if said[:1] not in ([], ["person"], ["company"]) or not _ONLY_PERSONS.isdisjoint(seen):
        return False
    called = (item.concept for item in split(f"{table.name} {table.comment}"))
    if not any(concept is not None and concept.id in _BUYERS for concept in called):
        return False
    facts = seen.get("mark:firm", 0) + seen.get("firm_name", 0)
    named = min(1, seen.get("role:contact", 0) + seen.get("owned_contact", 0))
    return facts > 0 and facts + named >= _FEW


def settled_company(flags: set[str], lead: str, seen: Mapping[str, int]) -> set[str]:
    """A company beside its credit code, or named so, unless rows are persons; a contact only beside a company."""
    of_persons = not seen.keys().isdisjoint({"gender", "birth_date", "age"})
    of_persons |= "cn_resident_id" in seen and seen.get("org_word", 0) < 2
    of_persons |= lead in ("staff", "patient")
    if "firms" in seen:
        return (flags - {"person", "person_key"}) | {"company", "firms"}
    if "company_mark" in flags and not of_persons:
        flags = (flags - {"person"}) | {"company"}
    if lead == "company" and not of_persons:
        flags = flags - {"person"}
    if "company" in flags and "person" in flags:
        flags = flags - {"company"}
    return flags if "company" in flags else flags - {"contact"}
