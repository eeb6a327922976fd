"""One kind of export as it is filed: from a check of its sources, from what left in the year, or from its manifest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...scanner.filings import Left
from ...scanner.filings.comparing import CLASSES
from ...scanner.filings.verification import listed
from ...scanner.free_text import plain, without_identifiers

if TYPE_CHECKING:
    from ...field_maps.model import Edition
    from ...scanner.check import Check
    from ...scanner.manifest import Manifest
    from .drafting import Known


def of_check(known: Known, manifest: Manifest, check: Check) -> dict[str, Any]:
    """Return the export of a manifest whose sources were read now."""
    assert check.booking is not None
    evidence, export = check.booking.evidence, manifest.export
    verdict = check.verdict.to_dict()
    said = evidence["export"]
    return {
        "sector": export.sector,
        "scenario": export.scenario,
        "rows": said["rows"],
        "purpose": [without_identifiers(export.purpose)] if export.purpose else [],
        "mode": export.mode,
        "recipient": {"name": without_identifiers(export.recipient.name), "country": export.recipient.country},
        "columns": [_column(column, known.edition) for column in evidence["columns"]],
        "documents": _documents(said["approvals"], known.edition),
        "exclusions": _exclusions(evidence["exclusions"]),
        "reason": _reason(verdict),
        "sub_categories": _sub_categories(
            export.sector, export.scenario, said["rows"], evidence["columns"], known, manifest
        ),
        "approvals": said["approvals"],
    }


def of_year(known: Known) -> list[dict[str, Any]]:
    """Return the exports of the ledger's year; with manifests, those they name, empty where nothing has left yet."""
    flows: dict[tuple[str, ...], list[Left]] = {}
    for one in known.record.left:
        if one.settled and one.scenario:
            flows.setdefault(_key(one.sector, one.scenario, one.recipient, one.mode), []).append(one)
    if not known.manifests:
        return [_of_flow(known, flow) for flow in flows.values()]
    found = []
    for manifest in known.manifests:
        export = manifest.export
        key = _key(export.sector, export.scenario, export.recipient.name, export.mode)
        found.append(_of_flow(known, flows[key]) if key in flows else _of_manifest(known, manifest))
    return found


def _key(sector: str, scenario: str, recipient: str, mode: str) -> tuple[str, ...]:
    return sector, scenario, plain(recipient), mode


def _of_flow(known: Known, flow: Sequence[Left]) -> dict[str, Any]:
    """Return one kind of export from everything of it that left in the year."""
    last = flow[-1]
    rows = list(dict.fromkeys(row for one in flow for row in one.rows))
    columns = _merged(column for one in flow for column in one.columns)
    approvals = [dict(approval) for one in flow for approval in one.approvals]
    return {
        "sector": last.sector,
        "scenario": last.scenario,
        "rows": rows,
        "purpose": list(dict.fromkeys(without_identifiers(one.purpose) for one in flow if one.purpose)),
        "mode": last.mode,
        "recipient": {"name": without_identifiers(last.recipient), "country": last.country},
        "columns": [_column(column, known.edition) for column in columns],
        "documents": _documents(approvals, known.edition),
        "exclusions": _exclusions(_excluded(known, flow)),
        "reason": _reason_of_rows(known, last.sector, rows),
        "sub_categories": _sub_categories(last.sector, last.scenario, rows, columns, known),
        "approvals": approvals,
    }


def _of_manifest(known: Known, manifest: Manifest) -> dict[str, Any]:
    """Return the export of a manifest of which nothing has left and no source was given: mostly blanks."""
    export = manifest.export
    approvals = [approval.model_dump(mode="json", exclude_none=True) for approval in manifest.approvals]
    row = known.edition.row_for(export.sector, export.scenario).id
    rows = list(dict.fromkeys([row, *(role.row for role in manifest.roles)]))
    return {
        "sector": export.sector,
        "scenario": export.scenario,
        "rows": rows,
        "purpose": [without_identifiers(export.purpose)] if export.purpose else [],
        "mode": export.mode,
        "recipient": {"name": without_identifiers(export.recipient.name), "country": export.recipient.country},
        "columns": None,
        "documents": _documents(approvals, known.edition),
        "exclusions": _exclusions([each.model_dump(mode="json") for each in manifest.exclusions]),
        "reason": _reason_of_rows(known, export.sector, rows),
        "sub_categories": _sub_categories(export.sector, export.scenario, rows, [], known, manifest),
        "approvals": approvals,
    }


def _merged(columns: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return each column once, as it left in its most sensitive form."""
    found: dict[str, Mapping[str, Any]] = {}
    for column in columns:
        seen = found.get(column["name"])
        if seen is None or CLASSES.index(column["pi"]) >= CLASSES.index(seen["pi"]):
            found[column["name"]] = column
    return list(found.values())


def _column(column: Mapping[str, Any], edition: Edition) -> dict[str, Any]:
    field = next((each for each in edition.fields if each.id == column.get("field")), None)
    return {
        "name": column["name"],
        "kind": column["kind"],
        "pi": column["pi"],
        "field": field.id if field else None,
        "name_zh": field.name_zh if field else None,
        "name_en": field.name_en if field else None,
        "provenance": (field.provenance if field.status != "official" else "official") if field else None,
    }


def _documents(approvals: Iterable[Mapping[str, Any]], edition: Edition) -> list[dict[str, Any]]:
    """Return the legal documents relied on; the filing itself is none of them."""
    filed = listed(edition)
    keys = ("path", "number", "valid_from", "valid_until")
    found = {
        (approval["path"], approval.get("number", "")): {key: approval[key] for key in keys if approval.get(key)}
        for approval in approvals
        if approval["path"] not in filed
    }
    return list(found.values())


def _excluded(known: Known, flow: Sequence[Left]) -> list[Mapping[str, Any]]:
    mine = {one.booking for one in flow}
    return [
        excluded
        for booking in known.record.bookings
        if booking.id in mine
        for excluded in (booking.facts.get("evidence") or {}).get("exclusions", ())
    ]


def _exclusions(excluded: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for each in excluded:
        evidence = {str(key): without_identifiers(str(value)) for key, value in each["evidence"].items()}
        found[f"{each['basis']} {sorted(evidence.items())}"] = {"basis": str(each["basis"]), "evidence": evidence}
    return list(found.values())


def _reason(verdict: Mapping[str, Any]) -> dict[str, Any]:
    keys = ("rule", "article", "counter", "observed", "comparison", "threshold", "effect")
    reasons = [{key: reason.get(key) for key in keys} for reason in verdict["reasons"]]
    return {"regime": verdict["regime"], "tier": verdict["tier"], "path": verdict["path"], "reasons": reasons}


def _reason_of_rows(known: Known, sector: str, rows: Sequence[str]) -> dict[str, Any] | None:
    """Return the strictest verdict over the rows as the ledger counts them; None where nobody was counted."""
    from .. import verdicts

    counters = [c for c in known.counters if c["sector"] == sector and c["row"] in rows]
    judged = [verdicts.judge(c, known.handler_counts, known.settings, known.as_of) for c in counters]
    if not judged:
        return None
    strictest = min(judged, key=lambda verdict: (verdict["tier"] is not None, verdict["tier"] or len(judged) + 9))
    reasons = [reason for verdict in judged for reason in verdict["reasons"]]
    return _reason({**strictest, "reasons": reasons})


def _sub_categories(
    sector: str,
    scenario: str,
    rows: Sequence[str],
    columns: Sequence[Mapping[str, Any]],
    known: Known,
    manifest: Manifest | None = None,
) -> list[dict[str, Any]]:
    """Return the places of the list: sector, scenario, rows, kinds of data, important-data items that were declared."""
    edition = known.edition
    place = edition.sector(sector)
    named = [scenario_ for scenario_ in place.scenarios if scenario_.id == scenario]
    found: list[dict[str, Any]] = [
        {"level": "sector", "id": sector, "en": place.name.en, "zh": place.name.zh, "article": place.article}
    ]
    found += [{"level": "scenario", "id": each.id, "en": each.name.en, "zh": each.name.zh} for each in named]
    for row in rows:
        name = edition.row_for(sector, row).name
        found.append({"level": "row", "id": row, "en": name.en, "zh": name.zh})
    for pi in ("personal", "sensitive"):
        fields = [str(column["field"] or column["name"]) for column in columns if column["pi"] == pi]
        if fields:
            found.append({"level": "data", "id": pi, "columns": len(fields)})
    for declared in manifest.declare.important_data if manifest else ():
        item = edition.items.get(declared if isinstance(declared, str) else str(declared.get("item")))
        if item:
            found.append(
                {"level": "item", "id": item.id, "en": item.name.en, "zh": item.name.zh, "article": item.article}
            )
    return found
