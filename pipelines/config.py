"""The configuration `exportgate.yaml`: who exports, which list, where the ledger is (CONTRACT §2).

Found upward from the working directory; ``${NAME}`` is replaced by the environment variable of that name. This is the
only place that reads the environment: the floors below receive plain values.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from ..scanner import documents
from ..scanner.errors import LedgerError, UsageError

FILE_NAME = "exportgate.yaml"
KEY_VARIABLE = "EXPORTGATE_LEDGER_KEY"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Handler(_Part):
    """The data handler."""

    name: str = ""
    uscc: str = ""
    ftz_area: str | None = None
    exports_from_ftz: bool = True
    ciio: bool | None = None


class KeySource(_Part):
    """Where the ledger's master key is: an environment variable or a file that only its owner may read."""

    env: str | None = None
    file: str | None = None


class LedgerPlace(_Part):
    """Where the ledger is."""

    url: str = "exportgate.duckdb"
    key: KeySource = KeySource(env=KEY_VARIABLE)


class Counting(_Part):
    """How persons are counted where the law leaves it open (DESIGN §5)."""

    persons_with_both: Literal["both", "sensitive-only"] = "both"
    unlinked: Literal["upper", "lower"] = "upper"


class Gate(_Part):
    """When the gate warns: the share of a threshold that is used."""

    warn_at: float = Field(default=0.8, ge=0, le=1)


class Config(_Part):
    """One handler's configuration."""

    handler: Handler = Handler()
    list: str = "fujian-2025"
    ledger: LedgerPlace = LedgerPlace()
    sensitivity: Literal["gbt45574", "gbt35273"] = "gbt45574"
    counting: Counting = Counting()
    readings: dict[str, str] = {}
    gate: Gate = Gate()
    holdings: dict[str, int] = {}
    spacy_model: str | None = None
    reservation_hours: int = Field(default=24, ge=1)

    @property
    def answers(self) -> dict[str, str]:
        """The answers to open readings: those of `readings`, and the one that `counting` also gives."""
        return {"persons_with_both": self.counting.persons_with_both, **self.readings}

    @field_validator("handler", "ledger", "counting", "gate", "readings", "holdings", mode="before")
    @classmethod
    def _empty_part(cls, value: Any) -> Any:
        return {} if value is None else value

    @field_validator("list", mode="before")
    @classmethod
    def _number_as_text(cls, value: Any) -> Any:
        return str(value)


@dataclass(frozen=True)
class Settings:
    """A configuration with the folder that relative paths in it start from."""

    config: Config
    folder: Path
    file: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def list(self) -> str:
        """The edition's id, or the path of its folder seen from the configuration."""
        place = self.folder / self.config.list
        return str(place) if place.is_dir() else self.config.list

    @property
    def ledger_url(self) -> str:
        """The ledger's address, with a relative path made absolute."""
        url = self.config.ledger.url
        return url if "://" in url else str((self.folder / url).resolve())

    def ledger_key(self) -> bytes:
        """Return the master key; UsageError says how to give one when there is none."""
        key = self.config.ledger.key
        where = str(self.file or f"no {FILE_NAME} here or in a folder above")
        if key.file:
            return _key_from_file((self.folder / Path(key.file).expanduser()).resolve())
        name = key.env or KEY_VARIABLE
        text = self.environment.get(name, "").strip()
        if not text:
            raise UsageError(
                f"the ledger key is not set: the environment variable {name} is empty",
                where=f"{where}: ledger.key",
                hint="run `exportgate init`, or point ledger.key.file at the key file",
            )
        return _key_bytes(text, f"environment variable {name}")


def load(path: Path | None = None, *, start: Path | None = None) -> Settings:
    """Return the settings of `path`, or of the nearest `exportgate.yaml` upward from `start`, or the defaults."""
    start = (start or Path.cwd()).resolve()
    file = path or next((f / FILE_NAME for f in (start, *start.parents) if (f / FILE_NAME).is_file()), None)
    if file is None:
        return Settings(Config(), start, None, dict(os.environ))
    data = substitute(documents.read(file) or {}, str(file), os.environ)
    config = documents.validate(Config, data, where=str(file))
    return Settings(config, file.resolve().parent, file, dict(os.environ))


def substitute(value: Any, where: str, environment: Mapping[str, str]) -> Any:
    """Return a document with every ``${NAME}`` replaced by the environment variable of that name."""
    if isinstance(value, dict):
        return {key: substitute(part, f"{where}: {key}", environment) for key, part in value.items()}
    if isinstance(value, list):
        return [substitute(part, where, environment) for part in value]
    if not isinstance(value, str):
        return value

    def variable(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in environment:
            raise UsageError(f"the environment variable {name} is not set", where=where)
        return environment[name]

    return re.sub(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}", variable, value)


def _key_from_file(path: Path) -> bytes:
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise LedgerError("others can read the ledger key", where=str(path), hint=f"chmod 600 {path}")
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise LedgerError("no such ledger key file", where=str(path), hint="run `exportgate init`") from None
    except (OSError, UnicodeDecodeError) as error:
        raise LedgerError(f"the ledger key cannot be read ({type(error).__name__})", where=str(path)) from None
    return _key_bytes(text, str(path))


def _key_bytes(text: str, where: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise LedgerError("a ledger key is 64 hexadecimal digits (32 bytes)", where=where)
    return key
