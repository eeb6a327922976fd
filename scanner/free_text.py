"""Free text that a person wrote (a purpose, a reason, a piece of evidence) may name somebody. It is shown without.

>>> without_identifiers("call 13912345678, order CN-2026-118")
'call …5678, order CN-2026-118'
>>> found("mail li.lei@example.com about 11010519491231002X")
('email', 'cn_resident_id')
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9@.+_\-]*[A-Za-z0-9]", re.ASCII)
SHOWN = 4


def without_identifiers(text: str) -> str:
    """Return text in which every token that validates as a person's identifier is masked to its last characters."""
    return TOKEN.sub(lambda match: f"…{match[0][-SHOWN:]}" if _kind(match[0]) else match[0], text)


def found(text: str) -> tuple[str, ...]:
    """Return the kinds of identifiers that stand in a text, in order."""
    return tuple(kind for match in TOKEN.finditer(text) if (kind := _kind(match[0])))


def _kind(token: str) -> str:
    return next((kind for kind, holds in _tests() if holds(token)), "")


def _tests() -> Iterator[tuple[str, Callable[[str], bool]]]:
    from ..recognizers import bank_card, email_address, mobile, resident_id

    yield "email", email_address.is_valid
    yield "cn_resident_id", resident_id.is_valid
    yield "phone", mobile.is_valid
    yield "payment_card", lambda token: sum(sign.isdigit() for sign in token) >= 16 and bank_card.is_valid(token)


def plain(text: str) -> str:
    """Return a name without what writing adds to it: width, case, spaces, stops.

    >>> plain("Loyalty Hub Pte. Ltd.") == plain("loyalty hub pte ltd")
    True
    """
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
