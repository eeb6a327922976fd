"""``python -m exportgate.benchmarks.detection``: which columns are whose, by us and by peers; writes `detection.md`.

Columns are those of `detection_columns`, seen three times: values alone under a header that says nothing (``x17``),
under a Chinese header and under an English one. Peers see the values alone, which is what they judge: stock Presidio
cell by cell, a column being what half of its cells are; DataProfiler by the labels of its profile, run by the
interpreter given (``--dataprofiler .venv-dp/bin/python``), because it wants its own versions of everything.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from exportgate.recognizers import cells
from exportgate.recognizers.kinds import KINDS
from exportgate.scanner.detection import ColumnInput, TableInput, judge

from .detection_columns import TYPES, ColumnType
from .detection_values import made

HERE = Path(__file__).parent
ROWS = 120
Cells = list[str | None]
Pairs = list[tuple[str, str]]
BESIDE = {
    "member": ("user_id", "password"),
    "patient": ("patient_id", "visit_date"),
    "product_catalogue": ("sku", "spec"),
    "vehicle_track": ("vin", "lat", "lng"),
}
PRESIDIO = {
    "PHONE_NUMBER": "phone", "EMAIL_ADDRESS": "email", "CREDIT_CARD": "payment_card", "IBAN_CODE": "bank_account",
    "IP_ADDRESS": "ip_address", "PERSON": "person_name", "LOCATION": "postal_address", "US_SSN": "social_security_no",
    "US_PASSPORT": "passport", "US_DRIVER_LICENSE": "other_id_document", "US_BANK_NUMBER": "bank_account",
    "US_ITIN": "other_id_document", "CRYPTO": "financial_account_other", "MEDICAL_LICENSE": "other_id_document",
    "UK_NHS": "medical_record_no", "MAC_ADDRESS": "device_id",
}  # fmt: skip
DATAPROFILER = {
    "ADDRESS": "postal_address", "BAN": "bank_account", "CREDIT_CARD": "payment_card", "EMAIL_ADDRESS": "email",
    "HASH_OR_KEY": "pseudonymous_id", "IPV4": "ip_address", "IPV6": "ip_address", "MAC_ADDRESS": "device_id",
    "PERSON": "person_name", "PHONE_NUMBER": "phone", "SSN": "social_security_no",
    "DRIVERS_LICENSE": "other_id_document",
}  # fmt: skip


def ours(columns: Sequence[Cells], view: str) -> Iterator[str]:
    """Yield our kind for every type under a view: ``values``, ``zh`` or ``en``."""
    for number, (one, values) in enumerate(zip(TYPES, columns, strict=True)):
        seen = cells.read(pa.array(values, pa.string()))
        if view == "values":
            table = TableInput("t1", "", (ColumnInput(f"x{number}", "string", evidence=seen),))
        else:
            beside = tuple(ColumnInput(name, "string") for name in BESIDE[one.table])
            header = one.zh if view == "zh" else one.en
            table = TableInput(one.table, "", (*beside, ColumnInput(header, "string", evidence=seen)))
        yield judge(table)[-1].kind


def stock_presidio(columns: Sequence[Cells], sample: int = 40) -> Iterator[str]:
    """Yield the kind that half of the sampled cells are for Presidio's own recognizers, without a language model."""
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NoOpNlpEngine

    from exportgate.recognizers.analyzer import without_network

    without_network()
    nlp = NoOpNlpEngine([{"lang_code": "en", "model_name": "none"}])
    nlp.load()
    registry = RecognizerRegistry(supported_languages=["en"])
    registry.load_predefined_recognizers(languages=["en"])
    registry.remove_recognizer("SpacyRecognizer")
    engine = AnalyzerEngine(nlp_engine=nlp, registry=registry, supported_languages=["en"])
    for values in columns:
        found: Counter[str] = Counter()
        filled = [value for value in values if value and value != "N/A"][:sample]
        for value in filled:
            best = max(engine.analyze(value, language="en"), key=lambda one: one.score, default=None)
            found[PRESIDIO.get(best.entity_type, "none") if best and best.score >= 0.4 else "none"] += 1
        yield next((kind for kind, times in found.most_common() if times >= len(filled) / 2), "none")


_ASK = """
import json, logging, sys
logging.disable(logging.CRITICAL)
import dataprofiler as dp, pandas as pd
dp.set_verbosity(logging.ERROR) if hasattr(dp, "set_verbosity") else None
columns = json.load(sys.stdin)
options = dp.ProfilerOptions()
options.set({"multiprocess.is_enabled": False, "correlation.is_enabled": False})
frame = pd.DataFrame({f"x{i}": c for i, c in enumerate(columns)})
profile = dp.Profiler(frame, options=options, samples_per_update=500)
stats = profile.report(report_options={"output_format": "compact"})["data_stats"]
print("LABELS" + json.dumps([str(s.get("data_label", "")) for s in stats]))
"""


def dataprofiler(columns: Sequence[Cells], interpreter: str) -> list[str]:
    """Return the kinds of DataProfiler's labels; ValueError with what it said when it did not answer."""
    asked = json.dumps(columns)
    run = subprocess.run([interpreter, "-c", _ASK], check=False, input=asked, capture_output=True, text=True)
    line = next((line for line in run.stdout.splitlines() if line.startswith("LABELS")), "")
    if not line:
        raise ValueError(run.stderr[-400:])
    labels = json.loads(line[len("LABELS") :])
    if not any(labels):
        raise ValueError("DataProfiler labelled no column: it lacks what DataProfiler[ml] brings")
    return [DATAPROFILER.get(label.split("|")[0], "none") for label in labels]


def pairs(kinds: Sequence[str], *, shown_only: bool) -> Pairs:
    """Return (right, said) for every type; what values cannot show is left out, unless some other kind was claimed."""
    said = []
    for one, kind in zip(TYPES, kinds, strict=True):
        if shown_only and not one.shown and "none" in (kind, one.kind):
            continue
        said.append((one.kind, kind))
    return said


def figures(found: Pairs) -> tuple[float, float, float]:
    """Return precision, recall and false alarms per hard negative, over columns of any kind but none."""
    right = sum(a == b != "none" for a, b in found)
    claimed, real = sum(b != "none" for _, b in found), sum(a != "none" for a, _ in found)
    negatives = [b for a, b in found if a == "none"]
    return right / max(1, claimed), right / max(1, real), sum(b != "none" for b in negatives) / max(1, len(negatives))


def _kinds_table(views: dict[str, Pairs]) -> Iterator[str]:
    yield "| kind | columns | " + " | ".join(f"{view}: precision | recall" for view in views) + " |"
    yield "|---|---:|" + "---:|---:|" * len(views)
    for kind in KINDS:
        cells_: list[str] = []
        for found in views.values():
            right = sum(a == b == kind for a, b in found)
            claimed, real = sum(b == kind for _, b in found), sum(a == kind for a, _ in found)
            cells_ += [f"{right / claimed:.2f}" if claimed else "–", f"{right / real:.2f}" if real else "–"]
        yield f"| {kind} | {sum(one.kind == kind for one in TYPES)} | " + " | ".join(cells_) + " |"


def _confusions(views: dict[str, Pairs]) -> Iterator[str]:
    yield "| seen as | right | said | columns |\n|---|---|---|---:|"
    for view, found in views.items():
        for (right, said), times in sorted(Counter(pair for pair in found if pair[0] != pair[1]).items()):
            yield f"| {view} | {right} | {said} | {times} |"


def report(views: dict[str, Pairs], peers: dict[str, Pairs], absent: Sequence[str]) -> str:
    """Return the page."""
    kinds, negatives = len({one.kind for one in TYPES}), sum(one.kind == "none" for one in TYPES)
    lines = [
        "# Benchmark of column detection\n",
        f"Written by `make bench-detection`. {len(TYPES)} column types of {kinds} kinds, {ROWS} generated cells each, "
        f"a tenth of them empty or dirty; {negatives} types are hard negatives. *values* is a header that says "
        "nothing: a type that its values cannot show (a bare number, a phone of nobody knows whom) counts there only "
        "when a wrong kind is claimed.\n",
        "| who | sees | precision | recall | hard negatives taken for persons' |\n|---|---|---:|---:|---:|",
    ]
    rows = [("exportgate", view, found) for view, found in views.items()] + [
        (peer, "values", found) for peer, found in peers.items()
    ]
    for who, view, found in rows:
        precision, recall, alarms = figures(found)
        lines.append(f"| {who} | {view} | {precision:.3f} | {recall:.3f} | {alarms:.3f} |")
    lines += [f"\n{one}\n" for one in absent]
    lines += ["\n## By kind\n", *_kinds_table(views), "\n## Confusions\n", *_confusions(views)]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dataprofiler", metavar="PYTHON", help="interpreter that has DataProfiler[ml]")
    parser.add_argument("--no-peers", action="store_true", help="ourselves alone")
    options = parser.parse_args(arguments)
    columns = [made(one.make, ROWS) for one in TYPES]
    views = {view: pairs(list(ours(columns, view)), shown_only=view == "values") for view in ("values", "zh", "en")}
    peers: dict[str, Pairs] = {}
    absent: list[str] = []
    if not options.no_peers:
        peers["Presidio, stock, no language model"] = pairs(list(stock_presidio(columns)), shown_only=True)
        if options.dataprofiler:
            peers["DataProfiler"] = pairs(dataprofiler(columns, options.dataprofiler), shown_only=True)
        else:
            absent.append("DataProfiler was not run: no interpreter was given (`--dataprofiler`).")
    page = report(views, peers, absent)
    (HERE / "detection.md").write_text(page, encoding="utf-8")
    sys.stdout.write(page.split("## By kind")[0])
    return 0


def missed(view: str) -> list[tuple[ColumnType, str]]:
    """Return the types judged otherwise under a view, for whoever improves the rules."""
    columns = [made(one.make, ROWS) for one in TYPES]
    return [(one, kind) for one, kind in zip(TYPES, ours(columns, view), strict=True) if kind != one.kind]


if __name__ == "__main__":
    raise SystemExit(main())
