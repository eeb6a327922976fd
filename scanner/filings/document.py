"""The filing as a document (``exportgate.filing/1``): what the handler told the area it exports.

`exportgate filing pack` writes one; a person may write one by hand, in YAML or JSON, with far fewer keys.

>>> filing = Filing.from_dict({"list": "fujian-2025", "exports": [{"sector": "retail", "scenario": "membership",
...     "columns": ["mobile"], "recipient": "Loyalty Hub", "persons": 400000}]})
>>> filing.exports[0].columns[0].name, filing.exports[0].persons.any
('mobile', 400000)
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from .. import documents
from ..manifest import Recipient

SCHEMA = "exportgate.filing/1"
FIGURES = ("any", "non_sensitive", "sensitive")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Column(_Part):
    """One line of the data catalogue: a column that leaves, and the field of the list that covers it."""

    name: str = Field(min_length=1)
    kind: str | None = None
    pi: Literal["none", "personal", "sensitive"] | None = None
    field: str | None = None
    name_zh: str | None = None
    name_en: str | None = None
    provenance: str | None = None


class Persons(_Part):
    """Natural persons per calendar year: with any item, with non-sensitive items, with sensitive items."""

    any: int | None = Field(default=None, ge=0)
    non_sensitive: int | None = Field(default=None, ge=0)
    sensitive: int | None = Field(default=None, ge=0)
    lower: dict[str, int] | None = None
    upper: dict[str, int] | None = None

    @property
    def figures(self) -> dict[str, int]:
        """The figures that are given."""
        return {name: value for name in FIGURES if (value := getattr(self, name)) is not None}


class LegalDocument(_Part):
    """A contract or another document on which an export relies."""

    path: str
    number: str = ""
    title: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


class FiledExport(_Part):
    """One kind of export as filed. What is None or empty was not filed and cannot be compared."""

    sector: str
    scenario: str
    rows: tuple[str, ...] | None = None
    purpose: tuple[str, ...] = ()
    mode: Literal["transfer", "remote-access"] | None = None
    recipient: Recipient = Recipient()
    columns: tuple[Column, ...] | None = None
    persons: Persons = Persons()
    max_persons: int | None = Field(default=None, ge=0)
    documents: tuple[LegalDocument, ...] | None = None
    reason: dict[str, Any] | None = None
    sub_categories: tuple[dict[str, Any], ...] | None = None
    exclusions: tuple[dict[str, Any], ...] = ()
    to_fill: dict[str, Any] | None = None

    @field_validator("purpose", mode="before")
    @classmethod
    def _purposes(cls, value: Any) -> Any:
        given = [value] if isinstance(value, str) else value or ()
        return tuple(text for text in given if str(text).strip())

    @field_validator("recipient", mode="before")
    @classmethod
    def _recipient(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value or {}

    @field_validator("columns", mode="before")
    @classmethod
    def _columns(cls, value: Any) -> Any:
        return value and [{"name": each} if isinstance(each, str) else each for each in value]

    @field_validator("persons", mode="before")
    @classmethod
    def _persons(cls, value: Any) -> Any:
        return {"any": value} if isinstance(value, int) and not isinstance(value, bool) else value or {}


class Volume(_Part):
    """What was filed of a threshold row as a whole, all its exports together."""

    sector: str
    row: str
    persons: Persons

    @field_validator("persons", mode="before")
    @classmethod
    def _persons(cls, value: Any) -> Any:
        return {"any": value} if isinstance(value, int) and not isinstance(value, bool) else value


class Filing(_Part):
    """A filing: its number and opinion where they are known, and the exports it speaks of."""

    schema_: Literal["exportgate.filing/1"] = Field(default="exportgate.filing/1", alias="schema")
    list: str = ""
    number: str | None = None
    filed_on: date | None = None
    opinion: Literal["off-list", "on-list", "not-applicable"] | None = None
    opinion_date: date | None = None
    status: Literal["valid", "pending", "suspended", "terminated"] = "valid"
    valid_until: date | None = None
    exports: tuple[FiledExport, ...] = Field(min_length=1)
    volumes: tuple[Volume, ...] = ()
    handler: dict[str, Any] = {}
    application: dict[str, Any] = {}
    prepared: dict[str, Any] = {}
    blanks: tuple[dict[str, Any], ...] = ()
    notes: tuple[dict[str, Any], ...] = ()

    @classmethod
    def from_dict(cls, data: Any, *, where: str = "filing") -> Filing:
        """Return the filing; UsageError names file, dotted path and the nearest right name."""
        return documents.validate(cls, data, where=where)

    def to_dict(self) -> dict[str, Any]:
        """Return the document as it is written."""
        return self.model_dump(mode="json", by_alias=True)


def read(path: Path) -> Filing:
    """Read a filing from a YAML or JSON file."""
    return Filing.from_dict(documents.read(path), where=str(path))
