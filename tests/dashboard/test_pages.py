"""The pages: the same numbers as `ledger status`, live, in both languages, and harmless to open."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from booked_year import AS_OF, FIVE, Year
from starlette.testclient import TestClient

from exportgate.pipelines import verdicts
from exportgate.pipelines.dashboard import application
from exportgate.pipelines.dashboard.reading import Reader
from exportgate.pipelines.filings import recorded
from exportgate.scanner.filings import Filing

NOW = datetime(2026, 8, 31, 5, tzinfo=UTC)
ADDRESSES = (
    "/",
    "/scenario/retail/membership",
    "/scenario/pharma/hcp",
    "/exports",
    "/filings",
    "/list",
    "/what-if",
    "/what-if?row=retail/membership&non_sensitive=600000",
)


def client_of(year: Year, day: date = AS_OF) -> TestClient:
    reader = Reader(year.settings, year.settings.ledger_url, day, patience=60)
    return TestClient(application(reader), base_url="http://localhost", raise_server_exceptions=False)


@pytest.fixture(scope="module")
def client(booked: Year) -> TestClient:
    return client_of(booked)


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_answers_in_both_languages(client: TestClient, address: str, lang: str) -> None:
    answer = client.get(address, headers={"accept-language": {"zh": "zh-CN,zh;q=0.9"}.get(lang, "en")})
    assert answer.status_code == 200
    assert f'lang="{ {"zh": "zh-CN"}.get(lang, lang) }"' in answer.text
    assert " style=" not in answer.text, "the policy forbids inline style"
    assert not re.search(r"<script(?! src=)", answer.text)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', answer.text), "nothing may point elsewhere"


def test_the_overview_says_what_ledger_status_says(client: TestClient, booked: Year) -> None:
    status = verdicts.status(booked.book, booked.settings, 2026, AS_OF)
    shown = text_of(client.get("/").text)
    assert f"{status['handler']['any']:,}" in shown
    for counter in status["counters"]:
        page = text_of(client.get(f"/scenario/{counter['sector']}/{counter['row']}").text)
        name = "any" if counter["row"] == "trial-subjects" else "non_sensitive"
        assert f"{counter[name]:,}" in shown
        assert f"{counter[name]:,}" in page


def test_the_chart_ends_where_the_counter_stands(client: TestClient, booked: Year) -> None:
    status = booked.book.status(2026, AS_OF)
    member = next(c for c in status["counters"] if c["row"] == "membership")
    points = re.search(r'data-points="([^"]+)"', client.get("/scenario/retail/membership?counter=non_sensitive").text)
    assert points and f"&#34;total&#34;: &#34;{member['non_sensitive']:,}&#34;" in points[1].rsplit("{", 1)[1]


def test_a_booking_shows_at_once(own_year: Year) -> None:
    client = client_of(own_year)
    beat = client.get("/pulse").json()
    assert "seen-at-once" not in client.get("/exports").text
    own_year.send(replace(FIVE[0], size=40, pool=10**8), 3, AS_OF, export="seen-at-once")
    assert "seen-at-once" in client.get("/exports").text
    assert client.get("/pulse").json() != beat


def test_reading_leaves_the_ledger_as_it_is(own_year: Year) -> None:
    client, place = client_of(own_year), own_year.folder / "year.duckdb"
    before = place.read_bytes()
    for address in (*ADDRESSES, "/metrics", "/?year=2031", "/?year=2025"):
        assert client.get(address).status_code == 200
    assert place.read_bytes() == before


def test_no_ledger_yet_is_an_empty_page_and_makes_none(tmp_path: Path) -> None:
    year = Year.__new__(Year)
    year.__init__(tmp_path)  # type: ignore[misc]
    (tmp_path / "year.duckdb").unlink()
    for address in (*ADDRESSES, "/metrics"):
        assert client_of(year).get(address).status_code == 200
    assert not (tmp_path / "year.duckdb").exists()


def test_a_ledger_that_cannot_be_read_is_loud(own_year: Year) -> None:
    (own_year.folder / "year.duckdb").write_bytes(b"not a ledger")
    client = client_of(own_year)
    page, metrics = client.get("/"), client.get("/metrics")
    assert page.status_code == 503
    assert "Traceback" not in page.text
    assert "exportgate_up 0.0" in metrics.text
    assert "exportgate_ledger_read_failures_total 0.0" not in metrics.text


def test_what_needs_a_person_comes_first(own_year: Year) -> None:
    series = replace(FIVE[0], size=5, columns=(("ext_1", "free_text", "personal", None, True),))
    own_year.send(series, 50, AS_OF)
    expired = own_year.reserve(replace(FIVE[2], size=5), 60, date(2026, 8, 1), export="left-open")
    shown = text_of(client_of(own_year).get("/").text)
    assert "left-open: its reservation ended on 2 Aug" in shown
    assert "left with undecided columns: ext_1" in shown
    assert "expired" in client_of(own_year).get(f"/exports/{expired.id}").text


def test_a_void_stays_in_the_history_and_leaves_the_count(own_year: Year) -> None:
    first = own_year.book.history()[0].body["booking"]
    own_year.book.void(first, "cancelled at the border", {"ticket": "T-9"}, now=NOW)
    client = client_of(own_year)
    assert "cancelled at the border" in client.get(f"/exports/{first}").text
    assert f"/exports/{first}" in client.get("/exports?state=void").text
    whole = own_year.book.status(2026, AS_OF)["handler"]["any"]
    assert f"{whole:,}" in text_of(client.get("/").text)


@pytest.mark.parametrize(
    ("query", "inside", "outside"),
    [
        ("q=trial-003", "trial-003", "members-001"),
        ("q=LOYALTY", "members-018", "trial-003"),
        ("row=pharma/trial-subjects", "trial-003", "members-001"),
        ("recipient=Shopfront+GmbH", "shop-orders-003", "trial-003"),
        ("since=2026-08-24&until=2026-08-31", "members-034", "members-033"),
        ("state=void", "No export matches", "members-001"),
        ("q=no+such+thing", "No export matches", "members-001"),
    ],
)
def test_exports_are_filtered(client: TestClient, query: str, inside: str, outside: str) -> None:
    page = client.get(f"/exports?{query}").text
    assert inside in page
    assert f">{outside}<" not in page


def test_pages_of_the_history_hold_every_export_once(client: TestClient, booked: Year) -> None:
    found = [
        name
        for at in (1, 2, 3)
        for name in re.findall(r'<a href="/exports/(\w{12})"', client.get(f"/exports?page={at}").text)
    ]
    assert len(found) == len(set(found)) == len(booked.book.bookings(2026))


def test_columns_are_compared_with_the_delivery_before(own_year: Year) -> None:
    one = replace(FIVE[1], size=5, columns=(("order_no", "order", "personal"), ("mail", "email", "personal")))
    sent = own_year.send(one, 70, AS_OF)
    page = text_of(client_of(own_year).get(f"/exports/{sent.id}").text)
    assert "Changed since" in page
    assert "mail personal e-mail address no field covers it new column" in page
    assert "member_id no longer there" in page


def test_a_year_without_enough_exports_says_so(tmp_path: Path) -> None:
    year = Year(tmp_path)
    year.send(replace(FIVE[0], size=30), 0, date(2026, 3, 2))
    overview = text_of(client_of(year).get("/").text)
    assert "not enough data: 1 of 6 days with exports" in overview
    assert "too few days with exports to say" in overview
    assert "None likely" not in overview


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            "row=retail/membership&non_sensitive=499999&filed=yes",
            "1 more person reaches|one more person reaches Tier 2",
        ),
        ("row=retail/membership&non_sensitive=500,000", "Tier 2"),
        ("row=retail/membership&sensitive=500000", "Tier 1"),
        ("row=retail/membership&non_sensitive=5&sensitive=5&any=11", "cannot be true together"),
        ("row=retail/membership&non_sensitive=1e9", "is no count"),
        ("row=retail/membership&non_sensitive=99999999999999", "is no count"),
        ("row=nowhere/nothing&any=5", "no such threshold row"),
    ],
)
def test_what_if_judges_by_the_real_rules(client: TestClient, query: str, said: str) -> None:
    answer = client.get(f"/what-if?{query}")
    assert answer.status_code == 200
    assert re.search(said, text_of(answer.text))


def test_the_list_is_searched_and_says_that_it_is_a_draft(client: TestClient) -> None:
    page = text_of(client.get("/list?q=mobile").text)
    assert "0 of 298 fields" in page.replace("fields of the list", "fields")
    assert "mobile phone" in page
    assert "No field matches" in client.get("/list?q=no+field+is+called+so").text
    assert "298 of 298" in text_of(client.get("/list").text)


def test_language_and_colours_are_remembered_and_lead_back_inside_only(client: TestClient) -> None:
    answer = client.get("/preferences?lang=zh&theme=dark&to=/exports", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/exports")
    cookies = "; ".join(answer.headers.get_list("set-cookie"))
    assert "lang=zh" in cookies and "theme=dark" in cookies and "HttpOnly" in cookies
    page = client.get("/", headers={"cookie": "lang=zh; theme=dark"}).text
    assert 'data-theme="dark"' in page and "出境记录" in page
    client.cookies.clear()
    for bad in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
        assert client.get("/preferences", params={"to": bad}, follow_redirects=False).headers["location"] == "/"


def test_the_year_is_held_against_a_filing(booked: Year) -> None:
    """What `filing verify` says of the year stands on the page, and another recipient than the filed one is named."""
    filed = {
        "number": "F-members",
        "opinion": "off-list",
        "opinion_date": "2026-01-03",
        "exports": [
            {"sector": "retail", "scenario": "membership", "recipient": "Somebody Else Ltd", "purpose": "loyalty"}
        ],
    }
    read = Filing.from_dict(filed)
    reader = Reader(booked.settings, booked.settings.ledger_url, AS_OF, (read,), patience=60)
    page = text_of(TestClient(application(reader), base_url="http://localhost").get("/filings").text)
    found = recorded.verify([read], booked.book, booked.settings, date(2026, 1, 1), AS_OF, NOW)
    assert "The exports are not what was filed" in page
    assert found.blocking
    for one in found.inconsistencies:
        assert re.sub(r"\s+", " ", one.message.en) in page
