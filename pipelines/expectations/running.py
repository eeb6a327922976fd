"""Run the gate on a batch, from the paths an expectation names, and remember it for the action that books.

What is remembered is the check with its keyed hashes, in this process only, for the few manifests checked last.
"""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...scanner.errors import UsageError

if TYPE_CHECKING:
    from ...scanner.check import Check

REMEMBERED = 4
_checked: OrderedDict[tuple[str, ...], Check] = OrderedDict()


def check(batch: Any, settings: dict[str, Any]) -> dict[str, Any]:
    """Return the ``exportgate.check/1`` document for a batch; nothing is booked.

    `settings` holds ``manifest`` (path), and optionally ``config``, ``ledger`` and ``as_of``.
    """
    from .. import api, step

    manifest = found(settings["manifest"])
    checked = api.check(
        batch,
        manifest,
        config=found(settings.get("config")),
        ledger=settings.get("ledger"),
        as_of=step.day(settings.get("as_of")),
        suite=False,
    )
    _checked[_key(settings)] = checked
    while len(_checked) > REMEMBERED:
        _checked.popitem(last=False)
    return checked.to_dict()


def book(settings: dict[str, Any], *, commit: bool) -> dict[str, Any]:
    """Reserve the export that was checked last under these settings, and commit it when asked to."""
    from .. import api, step

    checked = _checked.pop(_key(settings), None)
    if checked is None:
        raise UsageError("no batch was checked for it in this run", where=settings["manifest"])
    chosen = api.settings(found(settings.get("config")))
    ledger = api.open_ledger(settings.get("ledger"), config=chosen)
    reserved = api.reserve(checked, ledger, hours=chosen.config.reservation_hours)
    summary = step.summary(reserved.to_dict())
    if reserved.reservation is None:
        raise step.ExportStoppedError(step.taken(summary))
    if commit:
        step.commit(reserved.reservation, ledger=ledger, on=checked.as_of)
    return {**summary, "committed": commit}


def found(path: str | None) -> str | None:
    """Return a path as it is, or, when there is no such file here, seen from the Great Expectations project.

    >>> found(None)
    """
    if not path or Path(path).exists():
        return path
    root = _project_folder()
    beside = root / path if root else None
    return str(beside) if beside and beside.exists() else path


def _project_folder() -> Path | None:
    """The folder that holds the project's ``gx`` folder; none for a context that lives in memory."""
    from great_expectations.data_context.data_context.context_factory import project_manager

    context = getattr(project_manager, "_ProjectManager__project", None)
    folder = getattr(context, "root_directory", None)
    return Path(folder).parent if folder else None


def _key(settings: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(settings.get(name) or "") for name in ("manifest", "config", "ledger", "as_of"))
