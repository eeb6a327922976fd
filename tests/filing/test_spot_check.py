"""`filing verify`: a faithful year is passed; each planted inconsistency is found, under its heading, with evidence."""

from __future__ import annotations

from datetime import date
from typing import Any

import jsonschema
import pytest
from filed_year import CONTRACT, EMAIL, FILED, MEMBER_COLUMNS, Folder, filing, moment, other

from exportgate.pipelines import schemas
from exportgate.scanner.errors import UsageError

DAY = ("--as-of", "2026-11-23", "--year", "2026")


def verify(run: Any, folder: Folder, document: dict[str, Any], *options: str) -> Any:
    place = folder.write(document)
    found = run("filing", "verify", place, "--config", folder.config, *DAY, "--format", "json", *options)
    jsonschema.Draft202012Validator(schemas.load("filing-verify")).validate(found.document)
    return found


def told(found: Any) -> dict[str, dict[str, Any]]:
    return {each["issue"]: each for each in found.document["inconsistencies"]}


def test_a_faithful_year_has_no_inconsistency(run: Any, faithful: Folder) -> None:
    found = verify(run, faithful, filing())
    assert (found.code, found.document["inconsistencies"], found.document["exports"]) == (0, [], 3)
    assert {heading["outcome"] for heading in found.document["headings"]} == {"consistent"}


CARD = ("mobile", "payment_card", "sensitive", "retail.membership.mobile")
PLANTED = [
    ("columns", "column-not-filed", other(columns=(*MEMBER_COLUMNS, EMAIL)), True),
    ("columns", "column-more-sensitive", other(columns=(MEMBER_COLUMNS[0], CARD, MEMBER_COLUMNS[2])), True),
    (
        "columns",
        "column-kind-changed",
        other(columns=(MEMBER_COLUMNS[0], ("mobile", "email", "personal", None), MEMBER_COLUMNS[2])),
        True,
    ),
    ("scenario", "scenario-not-filed", other(scenario="other", rows=("other",)), True),
    ("scenario", "row-not-filed", other(rows=("membership", "other")), True),
    ("recipient", "recipient-not-filed", other(recipient="Shopfront GmbH", country="AT"), True),
    ("recipient", "recipient-country-changed", other(country="US"), True),
    ("volume", "volume-grown", other(persons=range(400, 500)), True),
    ("purpose", "purpose-not-filed", other(purpose="training a recommendation model"), True),
    ("method", "method-not-filed", other(mode="remote-access"), True),
    ("legal-documents", "document-changed", other(approvals=(FILED, {**CONTRACT, "number": "SCC-99"})), True),
    ("legal-documents", "document-missing", other(approvals=(FILED,)), True),
    (
        "legal-documents",
        "document-not-filed",
        other(approvals=(FILED, CONTRACT, {"path": "certification", "number": "C-1"})),
        True,
    ),
    (
        "legal-documents",
        "document-expired",
        other(approvals=({**FILED, "valid_until": "2026-10-01"}, CONTRACT)),
        None,
    ),
    (
        "legal-documents",
        "document-not-valid",
        other(approvals=({**FILED, "status": "suspended"}, CONTRACT)),
        None,
    ),
    ("period", "before-opinion", other(day=date(2026, 2, 27)), None),
]


@pytest.mark.parametrize(("heading", "issue", "sent", "material"), PLANTED, ids=[f"{p[0]}-{p[1]}" for p in PLANTED])
def test_a_planted_inconsistency_is_found(
    run: Any, own: Folder, heading: str, issue: str, sent: Any, material: bool | None
) -> None:
    own.send(sent)
    found = verify(run, own, filing())
    assert found.code == 1
    one = told(found)[issue]
    assert (one["heading"], one["blocks"], one["material"]) == (heading, True, material)
    assert sent.id in {each["export"] for each in one["evidence"]}
    assert bool(one["ground"]) == (heading != "period")  # null: a person judges whether the ground is met
    assert [each["outcome"] for each in found.document["headings"] if each["id"] == heading] == ["inconsistent"]
    others = [each["issue"] for each in found.document["inconsistencies"] if each["heading"] != heading]
    assert not [name for name in others if heading not in ("scenario", "columns")]


@pytest.mark.parametrize(
    ("changes", "issue", "code"),
    [
        ({"status": "suspended"}, "filing-not-valid", 1),
        ({"status": "pending"}, "filing-pending", 1),
        ({"opinion": "on-list"}, "opinion-not-off-list", 1),
        ({"valid_until": "2026-06-30"}, "after-expiry", 1),
        ({"number": "FJ-XM-2026-018"}, "document-changed", 1),
        ({"opinion_date": None}, "opinion-not-known", 4),
        ({"exports__persons": 350}, "volume-above-filed", 4),
        ({"exports__persons": 330}, "volume-grown", 1),
        ({"exports__persons": {"any": 400, "sensitive": 0, "non_sensitive": 100}}, "volume-grown", 1),
        ({"exports__max_persons": 399}, "volume-above-cap", 1),
        ({"exports__persons": None}, "volume-not-stated", 4),
        ({"exports__purpose": None}, "purpose-not-stated", 4),
        ({"exports__purpose": "loyalty programmes"}, "purpose-reworded", 4),
        ({"exports__mode": None}, "method-not-stated", 4),
        ({"exports__recipient": None}, "recipient-not-stated", 4),
        ({"exports__columns": None}, "columns-not-stated", 4),
        ({"exports__columns": ["member_id", "mobile"]}, "other-column-not-filed", 4),
        (
            {"exports__columns": ["member_id", "points", {"name": "tel", "kind": "phone", "pi": "personal"}]},
            "column-renamed",
            4,
        ),
        ({"exports__columns": ["member_id", "mobile", "points", "email"]}, "column-not-exported", 0),
        ({"exports__documents": None}, "documents-not-stated", 4),
        ({"exports__documents": [{**CONTRACT, "valid_until": "2028-01-31"}]}, "document-term-changed", 4),
        ({"exports__documents": [{**CONTRACT, "valid_until": "2026-03-01"}]}, "document-expired", 1),
    ],
)
def test_a_filing_that_says_otherwise(
    run: Any, faithful: Folder, changes: dict[str, Any], issue: str, code: int
) -> None:
    found = verify(run, faithful, filing(**changes))
    assert (found.code, issue in told(found)) == (code, True)


def test_an_export_under_an_order_is_found_until_the_order_is_lifted(run: Any, own: Folder) -> None:
    book = own.book
    book.suspend("FJ-2026-9", {"what": "spot-check", "recipient": "Loyalty Hub Pte Ltd"}, now=moment(date(2026, 9, 1)))
    book.lift("FJ-2026-9", "rectified", now=moment(date(2026, 10, 1)))
    assert verify(run, own, filing()).code == 0
    own.send(other(id="after-lifting"))
    assert verify(run, own, filing()).code == 0
    own.send(other(id="in-between", day=date(2026, 9, 15)))
    one = told(verify(run, own, filing()))["under-suspension"]
    assert [each["export"] for each in one["evidence"]] == ["in-between"]


def test_what_may_have_left_is_not_passed_over(run: Any, own: Folder) -> None:
    own.book.hold(own.reserve(other()).id, "the transfer ended with OSError", now=moment(date(2026, 10, 8)))
    found = verify(run, own, filing())
    assert (found.code, "unsettled-export" in told(found)) == (4, True)


def test_nothing_to_compare_is_no_pass(run: Any, own: Folder) -> None:
    place = own.write(filing())
    command = ("filing", "verify", place, "--config", own.config, "--as-of", "2026-11-23", "--from", "2026-11-01")
    found = run(*command, "--format", "json")
    assert (found.code, list(told(found))) == (4, ["nothing-to-compare"])


def test_a_voided_export_never_left(run: Any, own: Folder) -> None:
    own.send(other(recipient="Shopfront GmbH"))
    booking = own.book.history()[-1].body["booking"]
    assert verify(run, own, filing()).code == 1
    own.book.void(booking, "upload failed", {"ticket": "T-9"}, now=moment(date(2026, 10, 9)))
    assert verify(run, own, filing()).code == 0


def test_what_many_exports_share_is_one_inconsistency(run: Any, faithful: Folder) -> None:
    one = told(verify(run, faithful, filing(exports__recipient="Shopfront GmbH")))["recipient-not-filed"]
    assert [each["export"] for each in one["evidence"]] == ["members-spring", "members-summer"]


def test_two_exports_of_a_row_are_bounded(run: Any, own: Folder) -> None:
    own.send(other(recipient="Second Hub KK", country="JP", persons=range(120)))
    document = filing(exports__persons=399)
    document["exports"].append({**document["exports"][0], "recipient": "Second Hub KK", "persons": 119})
    one = [each for each in verify(run, own, document).document["inconsistencies"] if each["heading"] == "volume"]
    assert [(each["issue"], each["actual"]) for each in one] == [
        ("volume-above-filed", 120),
        ("volume-unclear", "300–400"),
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_text_says_heading_change_and_evidence(run: Any, own: Folder, lang: str) -> None:
    own.send(other(recipient="Shopfront GmbH", country="AT"))
    place = own.write(filing())
    text = run("filing", "verify", place, "--config", own.config, *DAY, "--lang", lang).stdout
    words = (
        ("Overseas recipient", "material: Art. 13", "INCONSISTENT")
        if lang == "en"
        else ("境外接收方", "重大变更：第13条", "不一致")
    )
    assert all(word in text for word in (*words, "members-autumn", "Shopfront GmbH"))


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({**filing(), "exprots": []}, "did you mean exports?"),
        (filing(exports__scenario="membershp"), "did you mean membership?"),
        (filing(exports=[]), "exports"),
        (filing(list="beijing-2024"), "under beijing-2024"),
    ],
)
def test_a_wrong_filing_is_one_sentence(run: Any, faithful: Folder, document: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=says.replace("?", r"\?")):
        run("filing", "verify", faithful.write(document, "wrong.yaml"), "--config", faithful.config, *DAY)
