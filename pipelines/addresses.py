"""Addresses of data that is no file on this machine, and how they are shown: never with a password.

>>> shown("postgresql://ann:s3cret@db.example/crm?table=crm.members&password=s3cret")
'postgresql://db.example/crm?table=crm.members'
>>> shown("s3://outbound/members/2026-11.parquet?endpoint_override=http://127.0.0.1:9000")
's3://outbound/members/2026-11.parquet'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from ..scanner.errors import UsageError

DATABASE_FILES = {".duckdb": "duckdb", ".ddb": "duckdb", ".sqlite": "sqlite", ".sqlite3": "sqlite", ".db": "sqlite"}
SHOWN_PARAMETERS = ("table",)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_USER = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*://)[^\s?#'\"]*@")
_SECRET = re.compile(
    r"(?i)((?:password|passwd|pwd|secret|secret_key|token|access_key|sslpassword|sig|key)\s*=\s*)[^&\s'\",;]+"
)


@dataclass(frozen=True)
class Address:
    """An address taken apart: `place` is what stands before the question mark, `parameters` what stands behind it."""

    scheme: str
    place: str = field(repr=False)
    parameters: dict[str, str] = field(repr=False)

    @property
    def path(self) -> str:
        """What stands behind ``scheme://``."""
        return self.place.partition("://")[2]

    def __str__(self) -> str:
        """Return the address as it may be shown."""
        kept = [f"{key}={value}" for key, value in self.parameters.items() if key in SHOWN_PARAMETERS]
        kept += ["query=…"] if "query" in self.parameters else []
        place = _USER.sub(r"\1", self.place)
        return f"{place}?{'&'.join(kept)}" if kept else place


def is_address(text: str) -> bool:
    """Whether a source is an address, or a database in a file, and not a data file.

    >>> is_address("s3://bucket/x.csv"), is_address("warehouse.duckdb?table=members"), is_address("members.csv")
    (True, True, False)
    """
    return bool(_SCHEME.match(text)) or _database_file(text) is not None


def parse(text: str) -> Address:
    """Take an address apart; a path to a DuckDB or SQLite file becomes ``duckdb://`` or ``sqlite://``."""
    scheme = _database_file(text)
    if scheme and not _SCHEME.match(text):
        text = f"{scheme}://{text}"
    place, _, query = text.partition("?")
    scheme, _, rest = place.partition("://")
    if scheme.lower() == "file":
        place = f"file://{unquote(rest)}"
    return Address(scheme.lower(), place, dict(parse_qsl(query, keep_blank_values=True)))


def shown(text: str) -> str:
    """Return a source as it may be shown: without user, password and parameters; a path as it is."""
    return str(parse(text)) if _SCHEME.match(text) else redacted(text)


def redacted(text: str) -> str:
    """Return any text with the user part of every address and the value of everything called a secret taken out.

    >>> redacted("cannot open postgresql://ann:s3@cret/x@db/crm, password=s3cret")
    'cannot open postgresql://db/crm, password=…'
    """
    if "://" not in text and "=" not in text:
        return text
    return _SECRET.sub(r"\1…", _USER.sub(r"\1", text))


def refuse_credentials(address: Address) -> None:
    """Raise UsageError for a store's address that carries a key: those come by the standard chains only."""
    if ":" in address.path.rpartition("@")[0]:
        raise UsageError(
            "holds credentials, which an object store takes by its standard chain only",
            where=str(address),
            hint="leave them out, and set them in the environment, a profile or a role",
        )


def _database_file(text: str) -> str | None:
    """Return what kind of database a path names; a ``.db`` file only where it is one."""
    if _SCHEME.match(text):
        return None
    path = Path(text.partition("?")[0])
    kind = DATABASE_FILES.get(path.suffix.lower())
    return kind if kind and (path.is_file() or "?" in text) else None
