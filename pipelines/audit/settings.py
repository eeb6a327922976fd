"""`audit.yaml`: which sources are audited, and which manifest speaks for what is found there."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from ...scanner import documents
from ...scanner.errors import UsageError
from ..config import substitute
from .patterns import filled, pattern


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceSpec(_Part):
    """A bucket, a folder or a database. `include` and `exclude` are patterns over paths or table names."""

    name: str = Field(min_length=1, max_length=100)
    url: str = Field(min_length=1, repr=False)
    options: dict[str, str] = {}
    include: tuple[str, ...] = ("**",)
    exclude: tuple[str, ...] = ()
    partitioning: Literal["hive", "none"] = "hive"
    high_water: dict[str, str] = {}

    @field_validator("options", mode="before")
    @classmethod
    def _texts(cls, value: Any) -> Any:
        return {key: str(part).lower() if isinstance(part, bool) else str(part) for key, part in (value or {}).items()}


class Rule(_Part):
    """What speaks for the paths of a pattern: a manifest (a file, or its keys), or the reason why nobody need."""

    match: str = Field(min_length=1)
    source: str | None = None
    manifest: str | dict[str, Any] | None = None
    date: str | None = None
    ignore: str | None = None

    @model_validator(mode="after")
    def _one_of(self) -> Rule:
        if (self.manifest is None) == (self.ignore is None):
            raise ValueError("a rule has a manifest, or says under ignore why it needs none")
        return self


class Undeclared(_Part):
    """Where the persons of what nobody declared count until it is assigned: the catch-all of this sector."""

    sector: str | None = None


class Limits(_Part):
    """How hard an audit may work: objects read side by side, memory in MiB, and retries of faults that pass."""

    readers: int = Field(default=4, ge=1, le=64)
    memory: int = Field(default=1024, ge=128)
    retries: int = Field(default=4, ge=0, le=20)
    backoff: float = Field(default=1.0, ge=0, le=60)


class Hook(_Part):
    """Whom to tell when a run is over, in counts only."""

    webhook: str | None = Field(default=None, repr=False)
    email: str | None = None
    smtp: str = "localhost:25"
    sender: str = "exportgate@localhost"
    when: Literal["always", "not-zero"] = "not-zero"

    @model_validator(mode="after")
    def _one_of(self) -> Hook:
        if (self.webhook is None) == (self.email is None):
            raise ValueError("a hook has a webhook or an email address")
        return self


class Reports(_Part):
    """Files every run writes."""

    html: str | None = None
    json_: str | None = Field(default=None, alias="json")
    xlsx: str | None = None


class AuditFile(_Part):
    """The whole of `audit.yaml`."""

    sources: tuple[SourceSpec, ...] = Field(min_length=1)
    rules: tuple[Rule, ...] = ()
    undeclared: Undeclared = Undeclared()
    limits: Limits = Limits()
    report: Reports = Reports()
    notify: tuple[Hook, ...] = ()

    @model_validator(mode="after")
    def _names_once(self) -> AuditFile:
        names = [source.name for source in self.sources]
        if len(set(names)) < len(names):
            raise ValueError("two sources have one name")
        for rule in self.rules:
            if rule.source is not None and rule.source not in names:
                raise ValueError(f"a rule speaks of a source that is not there: {rule.source}")
        return self


@dataclass(frozen=True)
class Declaration:
    """What a rule says of one path: a manifest document, a day, or the reason why there is none."""

    document: Mapping[str, Any]
    where: str
    day: str | None = None
    ignored: str = ""


@dataclass(frozen=True)
class Settings:
    """An audit file with the folder its relative paths start from."""

    audit: AuditFile
    path: Path
    _templates: dict[str, Any] = field(default_factory=dict, repr=False)

    def declaration(self, source: str, path: str) -> Declaration | None:
        """Return what the first matching rule says of a path; None when no rule does."""
        for at, rule in enumerate(self.audit.rules):
            parts = pattern(rule.match).captures(path) if rule.source in (None, source) else None
            if parts is None:
                continue
            where = f"{self.path.name}: rules[{at}]"
            if rule.ignore is not None:
                return Declaration({}, where, ignored=rule.ignore)
            stem = path.rpartition("/")[2].partition(".")[0] or path
            known = {"path": path, "source": source, "stem": stem, **parts}
            where = rule.manifest if isinstance(rule.manifest, str) else f"{where}.manifest"
            document = filled(self._template(rule), known, str(where))
            day = filled(rule.date, known, f"{self.path.name}: rules[{at}].date") if rule.date else None
            assert isinstance(document, dict)
            return Declaration(document, str(where), None if day is None else str(day))
        return None

    def _template(self, rule: Rule) -> Any:
        if isinstance(rule.manifest, dict):
            return rule.manifest
        name = str(rule.manifest)
        if name not in self._templates:
            found = documents.read(self.beside(name))
            if not isinstance(found, dict):
                raise UsageError("expected keys and values at the top level", where=name)
            found = json.loads(json.dumps(found, default=str))
            crosswalk = found.get("crosswalk")
            if isinstance(crosswalk, dict) and "://" not in str(crosswalk.get("source", "://")):
                crosswalk["source"] = str(self.beside(name).parent / str(crosswalk["source"]))
            self._templates[name] = found
        return self._templates[name]

    def beside(self, name: str) -> Path:
        """Return a path that is written in the audit file."""
        return self.path.parent / Path(name).expanduser()

    def catch_all_sector(self) -> str:
        """Return the sector in whose catch-all undeclared persons count; UsageError when nobody says."""
        if self.audit.undeclared.sector:
            return self.audit.undeclared.sector
        templates = [self._template(rule) for rule in self.audit.rules if rule.manifest is not None]
        sectors = {str((template.get("export") or {}).get("sector", "")) for template in templates}
        if len(sectors) == 1 and "{" not in "".join(sectors):
            return sectors.pop()
        hint = "say in which sector's catch-all the persons of undeclared exports count"
        raise UsageError("missing", where=f"{self.path}: undeclared.sector", hint=hint)


def load(path: Path) -> Settings:
    """Read an audit file; UsageError names the dotted path of a fault."""
    data = substitute(documents.read(path) or {}, str(path), os.environ)
    settings = Settings(documents.validate(AuditFile, data, where=str(path)), path.resolve())
    for rule in settings.audit.rules:
        pattern(rule.match)
        if rule.manifest is not None:
            settings._template(rule)
    return settings
