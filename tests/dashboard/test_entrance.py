"""The door: who comes in, what every answer carries, and what strangers try."""

from __future__ import annotations

import base64
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from booked_year import AS_OF, FIVE, Year
from starlette.testclient import TestClient

from exportgate.pipelines.dashboard import Entrance, application
from exportgate.pipelines.dashboard.reading import Reader

TOKEN = "0123456789abcdef0123456789abcdef"
BASIC = "Basic " + base64.b64encode(f"anybody:{TOKEN}".encode()).decode()
NASTY = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}'


def client_of(year: Year, entrance: Entrance | None = None, **options: object) -> TestClient:
    reader = Reader(year.settings, year.settings.ledger_url, AS_OF, patience=60)
    known = {"base_url": "http://localhost", "raise_server_exceptions": False, **options}
    return TestClient(application(reader, entrance), **known)  # type: ignore[arg-type]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "example.org", ""])
def test_other_addresses_need_a_guard(own_year: Year, run_cli: object, host: str) -> None:
    code, _, err = run_cli("serve", "--host", host, "--port", "0", "--config", str(own_year.config))  # type: ignore[operator]
    assert code == 2
    assert "a token or a trusted reverse proxy is required" in err
    assert "Traceback" not in err


def test_a_short_token_an_open_token_file_and_an_unknown_proxy_are_refused(
    own_year: Year, run_cli: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*more: str) -> str:
        code, _, err = run_cli("serve", "--host", "0.0.0.0", "--config", str(own_year.config), *more)  # type: ignore[operator]
        assert code == 2
        return str(err)

    file = own_year.folder / "token"
    file.write_text(TOKEN)
    file.chmod(0o644)
    assert "others can read the token" in refused("--token-file", str(file))
    assert "only trusted from a known proxy" in refused("--proxy-header", "X-User")
    assert "no address or network" in refused("--proxy-header", "X-User", "--proxy-from", "somewhere")
    monkeypatch.setenv("EXPORTGATE_TOKEN", "short")
    assert "shorter than" in refused()
    assert "short" not in refused().replace("shorter", "")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"authorization": f"Bearer {TOKEN}"}, 200),
        ({"authorization": BASIC}, 200),
        ({"authorization": "Bearer wrong"}, 401),
        ({"authorization": "Basic !!!"}, 401),
        ({"authorization": "Bearer "}, 401),
        ({"authorization": "Bearer \xe4"}, 401),
        ({"cookie": f"token={TOKEN}"}, 401),
        ({"x-user": "me"}, 401),
    ],
)
@pytest.mark.parametrize("address", ["/", "/metrics", "/static/style.css", "/nowhere"])
def test_a_token_guards_every_address(booked: Year, headers: dict[str, str], status: int, address: str) -> None:
    sent = {name: value.encode("latin-1") for name, value in headers.items()}
    answer = client_of(booked, Entrance(TOKEN)).get(address, headers=sent)  # type: ignore[arg-type]
    assert answer.status_code == (404 if status == 200 and address == "/nowhere" else status)
    assert (status == 401) == ("www-authenticate" in answer.headers)
    assert TOKEN not in answer.text


def test_a_header_is_believed_from_the_proxy_only(booked: Year) -> None:
    door = Entrance(header="X-Remote-User", proxies=("10.1.0.0/16",))
    inside, outside = (client_of(booked, door, client=(peer, 50000)) for peer in ("10.1.2.3", "10.2.2.3"))
    assert inside.get("/", headers={"x-remote-user": "wang"}).status_code == 200
    assert inside.get("/").status_code == 401
    assert inside.get("/", headers={"x-remote-user": " "}).status_code == 401
    assert outside.get("/", headers={"x-remote-user": "wang", "x-forwarded-for": "10.1.2.3"}).status_code == 401


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8340", 200),
        ("127.0.0.1", 200),
        ("[::1]:8340", 200),
        ("evil.example", 421),
        ("localhost.evil.example:80", 421),
        ("", 421),
    ],
)
def test_another_sites_name_does_not_reach_the_local_dashboard(booked: Year, host: str, status: int) -> None:
    assert client_of(booked).get("/", headers={"host": host}).status_code == status


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "BREW"])
def test_other_methods_are_refused(booked: Year, method: str) -> None:
    answer = client_of(booked).request(method, "/exports", content=b"x" * 100)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../entrance.py",
        "/static/..%2fentrance.py",
        "/static/%2e%2e/%2e%2e/config.py",
        "/static/....//entrance.py",
        "/static/%00",
        "/static//etc/passwd",
        "/static/",
        "/monitoring/..%2f..%2f__init__.py",
        "/exports/../../etc/passwd",
        "/exports/%2e%2e%2f",
        "/scenario/retail/..%2f..%2f",
        "/scenario/retail/nothing",
        "/scenario/%F0%9F%92%A3/x",
        "//evil.example/",
    ],
)
def test_path_tricks_find_nothing(booked: Year, path: str) -> None:
    answer = client_of(booked).get(
        httpx2.URL("http://localhost").copy_with(raw_path=path.encode()), follow_redirects=False
    )
    assert answer.status_code in (404, 307)
    assert "location" not in answer.headers or "evil" not in answer.headers["location"]
    assert "import" not in answer.text and "root:" not in answer.text


@pytest.mark.parametrize(
    "query",
    ["page=-1", "page=99999999999", "page=%00", "year=0", "year=99999", "year=abcd", "year=２０２６", "q=%ff%fe",
     "q=" + "%27%3B" * 40, "row=a/b/c/d", "since=x", "counter=drop", "lang=xx",
     "theme=%3Cscript%3E", "q=a&q=b&q=c", "&&==&", "state[]=1"],
)  # fmt: skip
def test_odd_queries_are_harmless(booked: Year, query: str) -> None:
    client = client_of(booked)
    for address in ("/", "/exports", "/list", "/scenario/retail/membership", "/what-if", "/filings"):
        assert client.get(f"{address}?{query}").status_code == 200


def test_oversized_addresses_are_refused(booked: Year) -> None:
    client = client_of(booked)
    assert client.get("/exports?q=" + "a" * 3000).status_code == 414
    assert client.get("/exports/" + "a" * 3000).status_code == 414


def test_script_in_names_stays_text(own_year: Year) -> None:
    series = replace(
        FIVE[0], name=NASTY, recipient=NASTY, purpose=NASTY, size=3, columns=((NASTY, "email", "personal"),)
    )
    sent = own_year.send(series, 1, AS_OF, export=NASTY)
    own_year.book.add_incident(AS_OF, NASTY, {"export": NASTY}, now=datetime(2026, 8, 31, 6, tzinfo=UTC))
    client = client_of(own_year)
    addresses = ["/", "/exports", f"/exports/{sent.id}", "/scenario/retail/membership", "/filings", "/metrics"]
    for address in (*addresses, f"/exports?q={NASTY}", f"/what-if?row={NASTY}&any={NASTY}", f"/list?q={NASTY}"):
        page = client.get(address).text
        assert "<script>alert" not in page and "<img src=x" not in page, address
        assert "49" not in page.partition("onerror")[2][:40]
    assert "&lt;script&gt;" in client.get(f"/exports/{sent.id}").text


@pytest.mark.parametrize("address", ["/", "/nowhere", "/metrics", "/pulse", "/static/app.js", "/preferences?to=/"])
def test_every_answer_carries_the_security_headers(booked: Year, address: str) -> None:
    headers = client_of(booked).get(address, follow_redirects=False).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_the_command_serves_and_stops(own_year: Year, tmp_path: Path) -> None:
    port = _free()
    command = [
        sys.executable,
        "-m",
        "exportgate.pipelines.cli",
        "serve",
        "--port",
        str(port),
        "--config",
        str(own_year.config),
        "--as-of",
        str(AS_OF),
    ]
    token = {**os.environ, "EXPORTGATE_TOKEN": TOKEN}
    with subprocess.Popen([*command, "--host", "0.0.0.0"], env=token, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert running.stderr is not None
            assert "token required" in running.stderr.readline()
            address = f"http://127.0.0.1:{port}"
            for _ in range(100):
                try:
                    refused = httpx2.get(address)
                    break
                except httpx2.TransportError:
                    time.sleep(0.1)
            assert refused.status_code == 401
            assert httpx2.get(address, auth=("x", TOKEN)).status_code == 200
            with socket.create_connection(("127.0.0.1", port)) as raw:
                raw.sendall(b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")
                assert b" 4" in raw.recv(64)
        finally:
            running.send_signal(signal.SIGINT)
            assert running.wait(20) == 0
