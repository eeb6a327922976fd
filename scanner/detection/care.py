"""What columns say of a table that its name does not: that rows are what was found, given or done to one patient.

The key of a stay or case, between which values a finding is normal, how a medicine is taken. A clinic, a ward or a drug
in the table's name does not make such rows about firms or goods. Words are those that `frame` counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...recognizers.column_names_frames import frames
from ...recognizers.column_names_split import split
from ...recognizers.data_files import read_yaml, words_of
from .items import is_questionnaire
from .lines import is_bought_in, is_line_of_care
from .table import TableInput

PERSONS = frozenset({"person", "staff", "patient"})
PATIENT_KEYS = frozenset({"subject_id", "medical_record_no", "owned_patient"})
_ELSEWHERE = frozenset({"person", "staff", "patient", "aircraft", "vehicle", "track", "animal"})
_MADE = frozenset({"purchase_bare:order_or_consumption_record", "mark:company"})
_MEMBERS = frozenset({"member_id", "insured", "owned_patient"})
_SUBJECTS = frozenset({"subject_id", "medical_record_no", "named_patient"})
_SUFFERED = ("patient_only:diagnosis", "patient_only:medical_history_other")
_LISTED = frozenset({"bare:name", "bare:code"})
_SOMEBODY = frozenset(
    {
        "member_id",
        "subject_id",
        "medical_record_no",
        "owned_patient",
        "account_login_id",
        "person_name",
        "age",
        "birth_date",
        "gender",
    }
)
_OTHERWISE = frozenset({"reference", "company", "aircraft", "system", "vehicle", "clinical"})
_HEALTH = frozenset({"lab_or_vital_sign", "medical_history_other", "diagnosis", "medication"})
NAMED = frozenset({"person_name", "named_person"})
_FEW, _TWICE = 3, 2
_ONES_OWN = frozenset({"gender", "birth_date", "age", "phone", "email", "cn_resident_id", "password_or_secret"})
_ALSO_SAID = frozenset({"person", "staff", "patient", "order", "log"})  # beside care
_MOST = 0.4  # of the columns


def is_of_care(said: Sequence[str], seen: Mapping[str, int], columns: int) -> bool:
    """Whether rows are of somebody's care, whatever the table is called.

    >>> is_of_care(["reference"], {"mark:care": 1, "health_column": 2}, 9)
    True
    >>> is_of_care([], {"mark:range": 1, "health_column": 2, "wares": 1}, 9)
    False
    """
    flown = "mark:aircraft" in seen and not any(word.startswith("medical:") for word in seen)
    if (said[:1] and said[0] in _ELSEWHERE) or flown or seen.get("mark:study", 0) >= _FEW:
        return False
    return (
        _by_patient(said, seen)
        or _by_key(seen)
        or _by_visit(said, seen)
        or _by_claims(seen)
        or _by_what_is_kept(said, seen, columns)
        or _by_measures(said, seen, columns)
        or _by_half_the_name(said, seen, columns)
        or _by_plan(seen)
        or _by_sample(said, seen)
    )


def _by_key(seen: Mapping[str, int]) -> bool:
    """Keys of a stay or case, beside something of health or twice; beds are in dormitories, too."""
    medical = min(1, seen.get("health_column", 0))
    beds = min(1, seen.get("mark:bed", 0)) * max(medical, min(1, seen.get("clinician", 0)))
    return seen.get("mark:care", 0) + beds + medical > 1


def _by_visit(said: Sequence[str], seen: Mapping[str, int]) -> bool:
    """The key of an appointment, visit or day in a ward, which shops have too: beside what is of health anywhere."""
    certain = "clinical" in said or any(word.startswith("medical:") for word in seen)
    elsewhere = not (_OTHERWISE - {"clinical"} | {"order"}).isdisjoint(said[:1])
    return "mark:visit" in seen and certain and "health_column" in seen and not elsewhere


def _by_patient(said: Sequence[str], seen: Mapping[str, int]) -> bool:
    """The key of a patient, in a table that says nothing else and sells nothing."""
    keyed = not {"subject_id", "owned_patient"}.isdisjoint(seen)
    keyed |= "medical_record_no" in seen and "clinician" in seen
    return not said and keyed and _MADE.isdisjoint(seen)


def _by_claims(seen: Mapping[str, int]) -> bool:
    """What was diagnosed and done, beside the key of a member: what is paid for in a medical claim."""
    keyed = not _MEMBERS.isdisjoint(seen) and "wares" not in seen
    certain = any(word.startswith("medical:") for word in seen)
    return keyed and certain and seen.get("medical_word", 0) >= _FEW


def _by_what_is_kept(said: Sequence[str], seen: Mapping[str, int], columns: int) -> bool:
    """Normal ranges beside results, how medicines are taken, or mostly words of health; not of goods, nor for sale."""
    if not _MADE.isdisjoint(seen):
        return False
    words = seen.get("medical_word", 0)
    if seen.get("taking", 0) >= _FEW and "keyed" in seen:
        return True
    if "wares" in seen:
        return False
    mostly = (
        (not said or list(said) == ["clinical"]) and "health_column" in seen and words >= max(_FEW, _MOST * columns)
    )
    return mostly or ("mark:range" in seen and words > 0)


def _by_measures(said: Sequence[str], seen: Mapping[str, int], columns: int) -> bool:
    """A name of indicators (体征指标记录), and what is measured of a body: no list of them: that has names or codes."""
    measured = sum(seen.get(f"{group}:lab_or_vital_sign", 0) for group in ("medical", "height", "body", "patient_only"))
    return said[:1] == ["reference"] and measured >= max(_FEW, columns // 3) and _LISTED.isdisjoint(seen)


def _by_half_the_name(said: Sequence[str], seen: Mapping[str, int], columns: int) -> bool:
    """A name of firms or goods that also speaks of care, or keys of patients; and columns of health."""
    if said[:1] not in (["company"], ["reference"]) or not _MADE.isdisjoint(seen):
        return False
    keyed = not PATIENT_KEYS.isdisjoint(seen) or (said[0] == "company" and "clinical" in said)
    keyed |= (
        said[0] == "company" and seen.get("medical:diagnosis", 0) + seen.get("medical:medical_history_other", 0) >= _FEW
    )
    return keyed and seen.get("health_column", 0) >= max(2, columns // 4)


def _by_plan(seen: Mapping[str, int]) -> bool:
    """What somebody is to eat and how to move, beside something of health."""
    return seen.get("lifestyle", 0) >= _TWICE and "health_column" in seen and not _MEMBERS.isdisjoint(seen)


def _by_sample(said: Sequence[str], seen: Mapping[str, int]) -> bool:
    """What was read in the genes of what was taken from somebody, though a table be called after genes."""
    read_in = seen.get("medical:genetic", 0) >= _TWICE and "patient_only:pseudonymous_id" in seen
    return read_in and said[:1] == ["reference"]


def with_shared(said: Sequence[str], seen: Mapping[str, int]) -> list[str]:
    """Let a word that clinics share with sellers and schools (visit, consult) speak where something is a patient's.

    >>> with_shared(["shared_clinical", "log"], {"subject_id": 1}), with_shared(["shared_clinical"], {"member_id": 1})
    (['clinical', 'log'], [])
    """
    of_care = not PATIENT_KEYS.isdisjoint(seen) or not {"mark:care", "clinician"}.isdisjoint(seen)
    of_care |= list(said) == ["shared_clinical"] and sum(seen.get(word, 0) for word in _SUFFERED) >= _TWICE
    of_care |= list(said) == ["shared_clinical"] and _is_result_of_sample(seen)
    of_care |= "patient" in said or "named_patient" in seen or any(word.startswith("medical:") for word in seen)
    own = ["clinical" if one == "shared_clinical" and of_care else one for one in said]
    return list(dict.fromkeys(one for one in own if one != "shared_clinical"))


def _is_result_of_sample(seen: Mapping[str, int]) -> bool:
    """Whether several findings stand beside the number of what was taken from somebody, and no goods."""
    found = seen.get("patient_only:lab_or_vital_sign", 0) >= _TWICE
    return found and "patient_only:pseudonymous_id" in seen and "wares" not in seen


def with_health(said: list[str], name: str, seen: Mapping[str, int]) -> list[str]:
    """Let a medical word in a table's name speak, where rows are somebody's and nothing says what else they are of.

    >>> with_health([], "asthma_diary", {"member_id": 1}), with_health([], "asthma_leaflet", {})
    (['clinical'], [])
    """
    found = sum(count for word, count in seen.items() if word.startswith("medical:"))
    of_nobody = _SOMEBODY.isdisjoint(seen) and {"person", "patient", "staff"}.isdisjoint(said) and found < _TWICE
    if of_nobody or not _OTHERWISE.isdisjoint(said):
        return said
    concepts = [item.concept for item in split(name) if item.concept]
    medical = any(
        one.kind in _HEALTH and one.group in ("medical", "medical_document", "medical_person") for one in concepts
    )
    return [*said, "clinical"] if medical else said


def is_of_study(said: Sequence[str], seen: Mapping[str, int], table: TableInput) -> bool:
    """Whether a table that an illness or a study gives its name has a line for each subject: their ages stand there.

    >>> cancer = TableInput("breast_cancer", "", ())
    >>> is_of_study([], {"age": 1}, cancer), is_of_study([], {}, cancer), is_of_study(["patient"], {"age": 1}, cancer)
    (True, False, False)
    """
    least = _FEW if "owned_patient" not in seen else _FEW * _TWICE  # subjects are spoken of where they are sought
    designed = seen.get("mark:study", 0) >= least and {"subject_id", "medical_record_no", "named_patient"}.isdisjoint(
        seen
    )
    if designed or {"age", "birth_date"}.isdisjoint(seen) or (said[:1] and said[0] in _ELSEWHERE):
        return False
    called = f"{table.name} {table.comment}"
    ill = any(item.concept and item.concept.kind == "diagnosis" for item in split(called))
    return ill or words_of("studied").search(called) is not None


def is_about(kind: str, seen: Mapping[str, int]) -> bool:
    """Whether rows are biometrics (one column tells), or variants of genes (several do)."""
    counts = (count for word, count in seen.items() if word.endswith(f":{kind}") and word != "biometric_only:biometric")
    found = max(counts, default=0)
    return found >= (1 if kind == "biometric" else _FEW)


def is_catalogue(lead: str, topic: str, seen: Mapping[str, int], table: TableInput) -> bool:
    """Neither a person nor a key to another table: drugs or diseases as such."""
    if not NAMED.isdisjoint(seen):
        return False
    called = f"{table.name} {table.comment}"
    if words_of("befallen").search(called):
        return False
    kept = words_of("kept_of_care").search(called) is not None
    goods = seen.get("goods", 0)
    found = sum(seen.get(f"{group}:lab_or_vital_sign", 0) for group in ("medical", "body", "warmth"))
    if (
        lead == "clinical"
        and goods
        and found <= goods
        and not kept
        and seen.keys().isdisjoint({"gender", "birth_date", "age"})
    ):
        return True
    if lead == "clinical" and {"bare:name", "bare:code"} <= seen.keys() and "keyed" not in seen:
        return True
    befell = seen.get("patient_only:medical_history_other", 0) >= 2
    asked = befell or kept or is_questionnaire(table)
    return lead == "clinical" and topic in ("medication", "diagnosis") and "keyed" not in seen and not asked


def is_looked_up(said: Sequence[str], seen: Mapping[str, int]) -> bool:
    """Whether entries are found by what is typed for them, and are of nobody: a dictionary, whatever it speaks of.

    Users, staff and patients are typed for, too: what has anything of somebody's own, or their key, is no dictionary.
    """
    return "mnemonic" in seen and PERSONS.isdisjoint(said) and (NAMED | PATIENT_KEYS | _ONES_OWN).isdisjoint(seen)


def is_stock(said: Sequence[str], seen: Mapping[str, int], table: TableInput) -> bool:
    """Whether medicines have a price or quantity, and nobody takes them: what a pharmacy keeps, and no prescription."""
    of_somebody = not (NAMED | PATIENT_KEYS | _ONES_OWN | _SOMEBODY).isdisjoint(seen) or "owned_person" in seen
    kept = "medical:medication" in seen and "priced" in seen and "clinical" not in frames(table.name, table.comment)
    return (
        kept
        and not of_somebody
        and "taking" not in seen
        and "clinician" not in seen
        and set(said) <= {"clinical", "reference", "company"}
    )


def is_map_of_genes(said: Sequence[str], seen: Mapping[str, int], table: TableInput) -> bool:
    """Whether columns tell where genes lie and nothing of what anybody has in them."""
    named = {column.name.lower().replace("_", "") for column in table.columns}
    mapped = seen.get("medical:genetic", 0) > 1 and named <= set(read_yaml("rules.yaml")["content"]["map_of_genes"])
    return mapped and PERSONS.isdisjoint(said)


def with_care(said: list[str], seen: dict[str, int], table: TableInput, of_study: bool) -> list[str]:
    """Return what is said of a table where it is looked up in, or about somebody's care; of care `seen` is marked."""
    line = is_line_of_care(table)
    listed = is_looked_up(said, seen) or is_stock(said, seen, table) or is_bought_in(said, seen, table)
    if (listed and not line) or is_map_of_genes(said, seen, table):
        return ["reference"]
    if not (is_of_care(said, seen, len(table.columns)) or of_study or line):
        return said
    seen["mark:care"] = 1
    return ["clinical", *(one for one in said if one in _ALSO_SAID)]


def is_worn(table: TableInput, seen: Mapping[str, int]) -> bool:
    """Whether rows are devices inside or on patients, whose keys stand there: which one somebody has is of their care.

    >>> is_worn(TableInput("patient_devices", "", ()), {"subject_id": 1}), is_worn(TableInput("implants", "", ()), {})
    (True, False)
    """
    said = [table.name, table.comment, *(text for one in table.columns for text in (one.name, one.comment))]
    keyed = not (PATIENT_KEYS | {"named_patient"}).isdisjoint(seen)
    keyed &= {"licence_plate", "vehicle_vin", "latitude"}.isdisjoint(seen)
    return keyed and any(words_of("implanted").search(text) for text in said)


def is_flight_of_somebody(seen: Mapping[str, int]) -> bool:
    """Whether positions stand beside somebody's name and document."""
    identified = not {"cn_resident_id", "passport"}.isdisjoint(seen) and not NAMED.isdisjoint(seen)
    return identified and {"latitude", "longitude"} <= seen.keys()
