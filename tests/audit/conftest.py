"""An S3 protocol server and a bucket of its own for each test."""

from __future__ import annotations

import itertools
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

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


@pytest.fixture
def mariadb() -> Iterator[str]:
    """The address of an empty database on a MariaDB server of its own; skip where MariaDB is not installed."""
    if shutil.which("mariadbd") is None and "EXPORTGATE_CI" not in os.environ:
        pytest.skip("MariaDB is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="exportgate-maria-"))
    user = ["--user=mysql"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(folder, "mysql")
    place = ["--no-defaults", f"--datadir={folder / 'data'}", *user]
    make = ["mariadb-install-db", *place, "--auth-root-authentication-method=normal", "--skip-test-db"]
    subprocess.run(make, check=True, capture_output=True, cwd=folder)
    start = ["mariadbd", *place, f"--socket={folder / 's'}", f"--port={port}", "--bind-address=127.0.0.1"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([*start, "--skip-name-resolve"], cwd=folder, stdout=log, stderr=log)
    try:
        yield _created(f"mysql+pymysql://root@127.0.0.1:{port}", server)
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _created(server: str, process: subprocess.Popen[bytes]) -> str:
    import sqlalchemy as sa

    for _ in range(600):
        try:
            with sa.create_engine(server).connect() as connection:
                connection.execute(sa.text("create database outbound character set utf8mb4"))
                return f"{server}/outbound"
        except sa.exc.OperationalError:
            assert process.poll() is None, "MariaDB did not start"
            time.sleep(0.1)
    raise AssertionError("MariaDB did not answer")
