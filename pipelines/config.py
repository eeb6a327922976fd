"""The configuration `exportgate.yaml`: who exports, which list, where the ledger is (CONTRACT §2).

Found upward from the working directory; ``${NAME}`` is replaced by the environment variable of that name. This is the
only place that reads the environment: the floors below receive plain values.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..field_maps import default_id
from ..recognizers.kinds import DEFAULT_PROFILE
from ..scanner import documents
from ..scanner.errors import LedgerError, UsageError

if TYPE_CHECKING:
    from .config_file import Config

FILE_NAME = "exportgate.yaml"


@dataclass(frozen=True)
class Settings:
    """A configuration with the folder that relative paths in it start from; `given` is what its file says, if any."""

    given: Config | None
    folder: Path
    file: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def config(self) -> Config:
        """The whole configuration; made when it is asked for, because a scan without a file does without."""
        from .config_file import Config

        return self.given or Config()

    @property
    def sensitivity(self) -> str:
        """The standard by which a kind is sensitive."""
        return self.given.sensitivity if self.given else DEFAULT_PROFILE

    @property
    def list(self) -> str:
        """The edition's id, or the path of its folder seen from the configuration."""
        if self.given is None:
            return default_id()
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
        from .config_file import KEY_VARIABLE

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
        return Settings(None, start, None, dict(os.environ))
    from .config_file import Config

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
