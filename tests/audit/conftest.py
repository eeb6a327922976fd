"""An S3 protocol server and a bucket of its own for each test."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from object_server import ObjectServer

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[ObjectServer]:
    server = ObjectServer()
    yield server
    server.close()


@pytest.fixture
def s3(s3_server: ObjectServer, monkeypatch: pytest.MonkeyPatch) -> ObjectServer:
    """The server, with credentials and endpoint by the standard chain."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": s3_server.url,
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)
    s3_server.faults.clear()
    s3_server.forget()
    return s3_server


@pytest.fixture
def bucket(s3: ObjectServer) -> str:
    name = f"outbound-{next(_NUMBERS)}"
    s3.client().create_bucket(Bucket=name)
    return name
