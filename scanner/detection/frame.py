"""What a table is about, from its name, its comment and its columns together.

A column is judged in its table: ``name`` is a person's in a patient table and a drug's in a price list; ``phone``
beside a credit code is a company's unless a contact person stands next to it. Flags are the
vocabulary of `data/rules.yaml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...recognizers import column_names_standards as standards
from ...recognizers.column_names_frames import frames
from ...recognizers.column_names_split import split
from .care import (
    NAMED,
    PATIENT_KEYS,
    PERSONS,
    is_about,
    is_catalogue,
    is_flight_of_somebody,
    is_of_study,
    is_worn,
    with_care,
    with_health,
    with_shared,
)
from .firms import are_firms, settled_company, with_list
from .frame_seen import HEALTH, HEALTH_GROUPS, KEYS, commonest, reach_flags, said_by
from .items import is_questionnaire
from .names import Names, fronts_of_points
from .table import TableInput, own_keys
from .trades import flags_of_trade, is_on_aircraft, is_procured, without_upkeep

_INTRINSIC = frozenset(
    {"gender", "birth_date", "marital_status", "cn_resident_id", "ethnicity_race", "education", "password_or_secret",
     "person_name", "religion", "passport", "photo_avatar", "age"}
)  # fmt: skip
_FEW = 3
_GROUND = frozenset({"vehicle_vin", "licence_plate", "person", "gender", "birth_date", "person_name", "role:person"})
_DRIVEN = frozenset({"licence_plate", "vehicle_vin", "device_id", "mark:vehicle"})
_MINOR = "minor"
_TRIP, _TRIP_PLACE = "trip_point:precise_location", "trip_place:postal_address"
_RIDERS = frozenset({"phone", "account_login_id", "role:person", "cn_resident_id", "person_name"})
_BIOMETRIC = "biometric"
_HANDLING, _AGREED = "handling", "agreed"
_ASIDE = frozenset({_MINOR, _BIOMETRIC, _HANDLING, _AGREED, "lodging", "banking", "points", "papers", "landmarks"})
_CARE = frozenset({"patient", "clinical", "health_record", "health_rich", "treated", "questionnaire"})
_TOPICS = frozenset({*HEALTH, "income_assets", "financial_account_other"})
_HUMAN = frozenset({"gender", "cn_resident_id", "subject_id", "owned_patient"})
_KEEPER = _HUMAN | {"own_name", "intrinsic:social_security_no", "society:income_assets"}  # who has pets
_SOMEBODY = KEYS | NAMED | _HUMAN | {"account_login_id", "role:person"}
_KEYED = KEYS | {"owned_person", "account_login_id", "role:person", "role:patient"}
_NO_CARE = frozenset({"order", "log", "company", "reference", "staff"})
_NO_RECORD = frozenset({"reference", "company", "aircraft", "system"})


@dataclass(frozen=True)
class Frame:
    """What the table is about: `flags`, the `topic` its name gives, the standard its names follow.

    `mostly` is the kind of health data that most of its columns have, `points` the fronts of its positions' names,
    `own_keys` what its own key may be called.
    """

    flags: frozenset[str]
    topic: str = ""
    standard: str = ""
    said: str = ""
    own_word: str = ""
    mostly: str = "medical_history_other"
    points: tuple[str, ...] = ()
    own_keys: frozenset[str] = frozenset()

    def __contains__(self, flag: str) -> bool:
        return flag in self.flags


def frame_of(table: TableInput, names: Sequence[Names]) -> Frame:
    """Say what the table is about."""
    subjects = frames(table.name, table.comment)
    said = [subject for subject in subjects if subject not in _TOPICS | _ASIDE]
    own = next((item.text for item in reversed(split(table.name))), "")
    seen = said_by(names, own.removesuffix("s"))
    standard = standards.family([column.name for column in table.columns])
    said = without_upkeep(with_list(with_shared(said, seen), seen), table, seen)
    if are_firms(table, said, seen):
        said, seen["firms"] = ["company", *(one for one in said if one not in PERSONS)], 1
    if (heard := with_health(said, table.name, seen)) != said:
        said, seen["health_column"] = heard, seen.get("health_column", 0) + 1
    of_study = is_of_study(said, seen, table)
    said = with_care(said, seen, table, of_study)
    worn = is_worn(table, seen)
    said = ["clinical"] if worn and said[:1] in (["vehicle"], ["system"], []) else said
    lead = said[0] if said else ""
    lead = "aircraft" if is_on_aircraft(lead, seen) else "company" if is_procured(lead, table, seen) else lead
    if lead == "address" and "person" in said:
        seen["named_person"] = 1
    flags = {lead} if lead else set()
    flags |= _person_flags(lead, said, seen, len(names)) | _thing_flags(lead, said, seen)
    if standard:
        flags |= standards.about(standard)
    if "patient" in flags and "clinical" in said:
        flags.add("clinical")
    if "environment" in said and not KEYS & seen.keys():
        flags -= {"clinical", "patient"}
    topic = next((subject for subject in subjects if subject in _TOPICS), "")
    flags = _settled(flags, lead, topic, seen, table)
    if of_study or _keeps_health_records(flags, said, seen, len(names)):
        flags = flags | {"clinical", "health_record"}
    if is_questionnaire(table) and not flags.isdisjoint({"patient", "clinical"}):
        flags = flags | {"questionnaire"}
    if _MINOR in subjects and flags.isdisjoint({"reference", "animal", "company"}):
        flags = flags | {_MINOR}
    flags = _with_occurrence(flags, said) | ({"worn"} if worn else set())
    flags = flags | reach_flags(lead, flags, seen) | flags_of_trade(table, subjects, lead, own, seen)
    handled = _HANDLING in subjects or (_AGREED in subjects and "health_column" not in seen)
    flags = flags - (_CARE if handled else frozenset())
    if _BIOMETRIC in subjects and flags.isdisjoint({"reference", "animal", "company", "aircraft"}):
        flags = flags | {_BIOMETRIC}
    if topic == "financial_account_other" and flags.isdisjoint({"reference", "company"}):
        flags = flags | {"lent"}
    mostly = topic if topic in HEALTH else commonest(seen)
    return Frame(frozenset(flags), topic, standard, lead, own, mostly, fronts_of_points(table), own_keys(table.name))


def _with_occurrence(flags: set[str], said: Sequence[str]) -> set[str]:
    """Return the flags, with that of an occurrence where it is one of flight, and no accident of somebody's car."""
    on_the_road = "aircraft" not in flags and not flags.isdisjoint({*PERSONS, "person_key", "vehicle", "track"})
    return flags - {"occurrence"} if on_the_road or "occurrence" not in said else flags | {"occurrence"}


def _keeps_health_records(flags: set[str], said: Sequence[str], seen: dict[str, int], columns: int) -> bool:
    """Whether rows are what was found, asked or done about somebody's health, so that unknown words are part of it.

    The name says so, or the columns do: some of them beside a person, half of them anywhere.
    """
    if flags & _NO_RECORD or "animal" in flags or not flags.isdisjoint({"vehicle", "track"}):
        return False
    if said[:1] == ["staff"] and PATIENT_KEYS.isdisjoint(seen):
        return False
    medical = seen.get("health_column", 0)
    about = not flags.isdisjoint({"person", "patient", "person_key"})
    keyed = PATIENT_KEYS if "staff" in said else _KEYED
    if said[:1] == ["clinical"] and not keyed.isdisjoint(seen):
        return True  # what was found in or done to somebody whose key stands there
    if "clinical" in said:
        cared_for = about or not {"clinician", *NAMED}.isdisjoint(seen)  # who treats is named where somebody is treated
        medical = max(medical, min(1, seen.get("medical_word", 0))) if cared_for else medical
        return medical >= (1 if cared_for else max(2, columns // 4))
    if "patient" in flags and "person" not in flags:
        return medical >= max(2, columns // 8)  # rows are keyed by a patient and are not about who that is
    share = 2 if (said and said[0] in PERSONS - {"patient"}) or not about else 3
    return medical >= max(3, columns // share)


def _person_flags(lead: str, said: Sequence[str], seen: dict[str, int], columns: int) -> set[str]:
    flags: set[str] = {"person"} if seen.get("name_part", 0) > 1 and lead != "company" else set()
    intrinsic = sum(kind in seen for kind in _INTRINSIC)
    demographic = "gender" in seen and not {"age", "birth_date"}.isdisjoint(seen)
    if lead in PERSONS or intrinsic >= (4 if lead in ("company", "order", "log", "clinical", "reference") else 2):
        flags.add("person")
    reached = "person_name" in seen and not {"phone", "email"}.isdisjoint(seen) and "postal_address" in seen
    if reached and lead not in ("company", "order", "log", "reference") and "org_word" not in seen:
        flags.add("person")
    if lead == "clinical" and demographic:
        flags.add("person")
    if ("patient" in said and lead != "reference") or "mark:care" in seen or not PATIENT_KEYS.isdisjoint(seen):
        flags.add("patient")
    if "clinician" in seen and not PATIENT_KEYS.isdisjoint(seen) and lead not in _NO_CARE:
        flags.add("treated")
    paid = seen.get("society:income_assets", 0) > 1  # 薪资结构 of an employee is no list
    staff = "account_login_id" in seen and (lead != "reference" or paid)
    if KEYS & seen.keys() or "cn_resident_id" in seen or staff:
        flags.add("person_key")
    if "owned_person" in seen and lead not in ("reference", "company"):
        flags.add("person_key")
    measured = sum(seen.get(f"{group}:lab_or_vital_sign", 0) for group in ("medical", "height", "body"))
    if measured >= max(3, columns // 4) and lead not in ("reference", "company", "aircraft", "system"):
        flags |= {"patient", "clinical"}
    medical = sum(seen.get(f"{group}:{kind}", 0) for group in HEALTH_GROUPS for kind in (*HEALTH, "income_assets"))
    if (
        flags
        and medical >= max(3, columns // (2 if lead in ("person", "staff") or (not lead and "person" in flags) else 4))
        and lead not in ("reference", "company")
    ):
        flags.add("health_rich")
    staffed = seen.get("role:staff", 0) > seen.get("unnamed_staff", 0)
    if "role:contact" in seen or staffed or "named_person" in seen or "person_name" in seen:
        flags.add("contact")
    return flags


def _account_flags(lead: str, seen: dict[str, int]) -> set[str]:
    """Whether accounts stand there: of a bank by their words, or in what was paid a card and how long it is valid."""
    flags = {"bank_words", "pin"} & seen.keys()
    parts = seen.get("account_part:payment_card", 0) >= _FEW
    if parts or not {"bank:bank_account", "bank:payment_card"}.isdisjoint(seen):
        flags.add("account_numbers")
    kept = not {"person_money:financial_account_other", "account_part:payment_card"}.isdisjoint(seen)
    if kept and "account_bare:account_login_id" in seen and lead not in ("company", "reference"):
        flags |= {"account_numbers", "bank_words"}  # an account with a balance or a limit
    if lead == "order" and {"card_bare", "account_part"} <= {word.partition(":")[0] for word in seen}:
        flags |= {"account_numbers", "bank_words"}
    return flags


def _body_flags(lead: str, seen: dict[str, int]) -> set[str]:
    """Whether faces, other biometrics or genes of persons stand there."""
    flags = {flag for flag in ("biometric", "genetic") if is_about(flag, seen)}
    owned = not {*KEYS, "person_name", "account_login_id"}.isdisjoint(seen)
    beside_face = any(word.endswith(":face_image") for word in seen) and "biometric_only:biometric" in seen
    if (beside_face and owned) or ("faced" in seen and lead not in ("reference", "company")):
        flags.add("biometric")
    return flags


def _thing_flags(lead: str, said: Sequence[str], seen: dict[str, int]) -> set[str]:
    flags = _account_flags(lead, seen) | _body_flags(lead, seen)
    of_firm = "company" in said and "person" not in said
    if lead == "address" and (of_firm or ("org_name" in seen and _SOMEBODY.isdisjoint(seen))):
        flags.add("company")  # where a firm or clinic is
    if "mark:company" in seen:
        flags.add("company_mark")
    marked = "mark:animal" in seen and (seen["mark:animal"] > 1 or seen.keys().isdisjoint(KEYS))
    if lead == "animal" or (marked and seen.keys().isdisjoint(_KEEPER)):
        flags.add("animal")
    has_point = "latitude" in seen and "longitude" in seen
    moving = {"track_part", "driving", "licence_plate", "vehicle_vin", "device_id"} & seen.keys()
    if has_point and not {*KEYS, "phone", "role:person", "account_login_id"}.isdisjoint(seen):
        flags.add("point")
    moved = not {"track_part", "driving"}.isdisjoint(seen)
    has_spot = lead == "track" and not {"position_bare", "track_part", _TRIP}.isdisjoint(seen)
    if has_spot and (moving or {_TRIP, "mark:vehicle"} <= seen.keys()) and "mark:aircraft" not in seen:
        flags.add("track")
    if has_point and (moving or "track" in said) and (lead not in ("company", "order") or (moved and lead == "order")):
        flags.add("track")
    if not {"role:person", "driver_key"}.isdisjoint(seen) and lead == "person":
        flags.add("driven")
    if ({"licence_plate", "vehicle_vin"} & seen.keys() and "aircraft" not in said) or "mark:vehicle" in seen:
        flags.add("vehicle")
    if "vehicle" in said or "vehicle_vin" in seen:
        flags.add("vehicle_itself")
    if "mark:aircraft" in seen and has_point and _GROUND.isdisjoint(seen):
        flags = (flags - {"track", "vehicle"}) | {"aircraft"}
    moved_goods = "wares" in seen and "licence_plate" not in seen
    ends = seen.get(_TRIP, 0) + seen.get(_TRIP_PLACE, 0)
    if _TRIP in seen and ends > 1 and not moved_goods and not {*KEYS, *_RIDERS}.isdisjoint(seen):
        flags.add("ridden")
    return flags | {flag for flag in ("vehicle", "aircraft", "freight") if flag in said}


def _settled(flags: set[str], lead: str, topic: str, seen: dict[str, int], table: TableInput) -> set[str]:
    """Resolve flags that exclude one another, and name the joint ones."""
    if seen.get("mark:study", 0) >= _FEW and (KEYS | {"named_patient"}).isdisjoint(seen):
        return (flags - {"person", "patient", "clinical", "genetic", "person_key"}) | {"reference"}
    about = flags & {"person", "patient", "person_key"}
    reached = not {"phone", "email"}.isdisjoint(seen) and "health_column" in seen
    if lead == "reference" and _DRIVEN.isdisjoint(seen):
        flags = flags - {"vehicle"}  # a list of insurances or devices
    if about or reached or "vehicle" in flags:
        flags = flags - {"reference"}
    if is_catalogue(lead, topic, seen, table) and not about and not reached:
        flags = (flags - {"clinical"}) | {"reference"}
    flags = settled_company(flags, lead, seen)
    if "aircraft" in flags and is_flight_of_somebody(seen):
        flags = (flags - {"aircraft"}) | {"track"}  # where somebody flew from and to
    places = {"latitude", "longitude", "position", "trajectory"} | (
        {"position_bare", _TRIP} if lead == "track" else set()
    )
    if seen.keys().isdisjoint(places):
        flags = flags - {"track"}
    if not flags.isdisjoint({"aircraft", "freight"}):
        flags = flags - {"vehicle", "track"}
    return flags | _joint(flags, lead, bool(about), seen)


def _joint(flags: set[str], lead: str, about: bool, seen: dict[str, int]) -> set[str]:
    """Flags that hold only together: an order of a person, a log of a person, the address of a person."""
    joint: set[str] = set()
    named = not {"person_name", "phone", "named_person", "role:contact", "moved"}.isdisjoint(seen)
    shipped = {"moved", "phone", "address:postal_address"} <= seen.keys() and "company" not in flags
    if lead in ("order", "log", "address") and (about or shipped or (lead != "order" and named)):
        joint.add(f"{lead}_person")
    if lead == "address" and "company" not in flags and joint:
        joint.add("person_key")
    if lead == "address" and not joint:
        joint.add("place")
    if "insured" in seen and "clinical" in flags and about:
        joint.add("insured")
    if "address_words" in seen and about:
        joint.add("address_words")
    return joint
