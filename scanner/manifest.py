"""The manifest: what one export is, who receives it, and on what basis it may go.

One YAML or JSON document per export (CONTRACT §3). Words of the law (sectors, scenarios, bases, routes) are not checked
here but against the edition of the list in force: a new edition needs no new code.

>>> manifest = Manifest.from_dict({"export": {"id": "m-1", "sector": "retail", "scenario": "membership"}})
>>> manifest.export.mode
'transfer'
>>> Manifest.from_dict({"export": {"id": "m-1", "sektor": "retail"}})
Traceback (most recent call last):
    ...
exportgate.scanner.errors.UsageError: manifest: export.sektor: unknown key
Hint: did you mean sector?
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from . import documents


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Recipient(_Part):
    """The overseas recipient."""

    name: str = ""
    country: str = ""


class Grant(_Part):
    """The days on which a remote access is open; `ends` is open when unknown."""

    starts: date
    ends: date | None = None


class Export(_Part):
    """The export itself. `columns` is given only when not every column leaves."""

    id: str = Field(min_length=1, max_length=200)
    sector: str
    scenario: str
    mode: Literal["transfer", "remote-access"] = "transfer"
    purpose: str = ""
    recipient: Recipient = Recipient()
    columns: tuple[str, ...] | None = None
    grant: Grant | None = None

    @field_validator("id")
    @classmethod
    def _printable(cls, value: str) -> str:
        if not value.isprintable():
            raise ValueError("an export id is printable text")
        return value

    @field_validator("recipient", mode="before")
    @classmethod
    def _name_alone(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value


class Crosswalk(_Part):
    """A table inside China that links identifiers; it is not exported and counts nobody."""

    source: str
    columns: dict[str, str] = Field(min_length=1)


class Role(_Part):
    """Persons of another threshold row inside the same export."""

    row: str
    where: str = Field(min_length=1)


class Decision(_Part):
    """A person's decision about a column. It survives re-runs and is shown as such."""

    kind: str
    by: str = Field(min_length=1)
    on: date
    why: str = ""


class Genetic(_Part):
    """Genetic information in the export, and the duties already discharged for it."""

    present: bool = False
    persons: int | None = Field(default=None, ge=0)
    hgr_material: bool = True
    discharged: tuple[str, ...] = ()


class Declarations(_Part):
    """What the handler declares about the data."""

    important_data: tuple[dict[str, Any] | str, ...] = ()
    anonymised: bool = False
    core_data: bool = False
    state_secret: bool = False
    export_controlled: bool = False
    technology_export: bool = False
    genetic: Genetic = Genetic()
    scope_exclusion: str | None = None
    other_list: str | None = None
    treaty: str | None = None

    @field_validator("genetic", mode="before")
    @classmethod
    def _plain_flag(cls, value: Any) -> Any:
        return {"present": value} if isinstance(value, bool) else value


class Exclusion(_Part):
    """Rows that do not count, the provision that says so, and the evidence held for it."""

    basis: str
    where: str = Field(default="", min_length=1)
    evidence: dict[str, Any] = Field(min_length=1)

    @field_validator("basis", mode="before")
    @classmethod
    def _number_as_text(cls, value: Any) -> Any:
        return str(value) if isinstance(value, int) else value


class Approval(_Part):
    """A route that is held: a filing, a contract, a certification, an assessment."""

    path: str
    number: str = ""
    opinion: str | None = None
    opinion_date: date | None = None
    status: str = "valid"
    material_change: bool = False
    valid_from: date | None = None
    valid_until: date | None = None
    rows: tuple[str, ...] | None = None
    columns: tuple[str, ...] | None = None
    recipient: str | Recipient | None = None
    max_persons: int | None = Field(default=None, ge=0)

    @property
    def recipient_name(self) -> str:
        """The recipient's name, empty when any."""
        return self.recipient.name if isinstance(self.recipient, Recipient) else self.recipient or ""


class Manifest(_Part):
    """One export's manifest."""

    export: Export
    identity: dict[str, str] | None = None
    scope: str | None = None
    crosswalk: Crosswalk | None = None
    roles: tuple[Role, ...] = ()
    columns: dict[str, Decision] = {}
    declare: Declarations = Declarations()
    exclusions: tuple[Exclusion, ...] = ()
    approvals: tuple[Approval, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _empty_parts(cls, data: Any) -> Any:
        return {key: part for key, part in data.items() if part is not None} if isinstance(data, dict) else data

    @classmethod
    def from_dict(cls, data: Any, *, where: str = "manifest") -> Manifest:
        """Return the manifest; UsageError names file, dotted path and the nearest right name."""
        return documents.validate(cls, data, where=where)

    @classmethod
    def from_file(cls, path: str | Path) -> Manifest:
        """Read a manifest from a YAML or JSON file."""
        return cls.from_dict(documents.read(Path(path)), where=str(path))
