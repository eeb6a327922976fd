"""Telling somebody that a run is over: a webhook or a mail, with counts only; no path, no name of a column."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from .settings import Hook

SECONDS = 15


def counts(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a hook is told of a run."""
    ledger = document["ledger"]
    return {
        "schema": "exportgate.audit-notice/1",
        "run": document["run"],
        "as_of": document["as_of"],
        "exit_code": document["exit_code"],
        "objects": {
            name: sum(source[name] for source in document["sources"])
            for name in ("listed", "new", "changed", "deleted", "failed")
        },
        "undeclared": len(document["undeclared"]),
        "drift": len(document["drift"]),
        "persons": {
            "year": ledger["year"],
            "handler": ledger["handler"]["any"],
            "quarantine": ledger["quarantine"]["any"],
        },
        "head": ledger["chain"]["head"],
    }


def tell(hooks: Sequence[Hook], document: Mapping[str, Any]) -> list[str]:
    """Send the notices, and return a sentence for each that could not be sent; none is ever sent unasked."""
    failed = []
    for hook in hooks:
        if hook.when == "not-zero" and not document["exit_code"]:
            continue
        try:
            _post(hook, counts(document)) if hook.webhook else _mail(hook, counts(document))
        except Exception as error:  # a notice that fails must not change what the audit found
            kind = "webhook" if hook.webhook else f"mail to {hook.email}"
            failed.append(f"the {kind} could not be sent ({type(error).__name__})")
    return failed


def _post(hook: Hook, notice: Mapping[str, Any]) -> None:
    from urllib.request import Request, urlopen

    if not str(hook.webhook).startswith(("http://", "https://")):
        raise ValueError("not a web address")
    body = json.dumps(notice, ensure_ascii=False).encode()
    request = Request(str(hook.webhook), body, {"Content-Type": "application/json"})  # noqa: S310 - checked above
    with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
        answer.read(1)


def _mail(hook: Hook, notice: Mapping[str, Any]) -> None:
    import smtplib
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["To"] = hook.sender, str(hook.email)
    mail["Subject"] = f"exportgate audit {notice['run']}: exit code {notice['exit_code']}"
    mail.set_content(json.dumps(notice, ensure_ascii=False, indent=2))
    host, _, port = hook.smtp.partition(":")
    with smtplib.SMTP(host, int(port or 25), timeout=SECONDS) as server:
        server.send_message(mail)
