"""What may stand in `exportgate.yaml`, checked as it is read (CONTRACT §2)."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from ..field_maps import default_id
from ..recognizers.kinds import DEFAULT_PROFILE

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
    list: str = Field(default_factory=default_id)
    ledger: LedgerPlace = LedgerPlace()
    sensitivity: Literal["gbt45574", "gbt35273"] = DEFAULT_PROFILE
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
