"""What others need for the same rows: cells per CPU-second on a sample, since some of them would need hours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from .scanning import cpu, scan


def sample(path: Path, rows: int) -> Any:
    """Return the first rows of a file as a table."""
    return pq.ParquetFile(path).read_row_group(0).slice(0, rows)


def texts(path: Path, rows: int) -> list[str]:
    """Return the cells of the first rows as text."""
    return [str(value) for column in sample(path, rows).columns for value in column.to_pylist() if value is not None]


def presidio_engine() -> Any:
    """Return Presidio's AnalyzerEngine with its own recognizers for English, and no model."""
    import tldextract.tldextract
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

    class Blank(NlpEngine):
        """No model: every text is one word."""

        def load(self) -> None: ...
        def is_loaded(self) -> bool:
            return True

        def process_text(self, text: str, language: str) -> NlpArtifacts:
            return NlpArtifacts([], [], [], [], self, language)

        def process_batch(self, texts: Any, language: str, **_: Any) -> Any:
            return ((text, self.process_text(str(text), language)) for text in texts)

        def is_stopword(self, word: str, language: str) -> bool:
            return False

        def is_punct(self, word: str, language: str) -> bool:
            return False

        def get_supported_entities(self) -> list[str]:
            return []

        def get_supported_languages(self) -> list[str]:
            return ["en"]

    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=())  # no network, as in our own pack
    registry = RecognizerRegistry(supported_languages=["en"])
    registry.load_predefined_recognizers(languages=["en"])
    return AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["en"])


def presidio_batch(path: Path, rows: int) -> float:
    """Return cells per CPU-second of Presidio's BatchAnalyzerEngine: its own recognizers, no model."""
    from presidio_analyzer import BatchAnalyzerEngine

    engine = BatchAnalyzerEngine(presidio_engine())
    found = texts(path, rows)
    list(engine.analyze_iterator(found[:5], "en"))
    return len(found) / cpu(lambda: list(engine.analyze_iterator(found, "en")))


def presidio_structured(path: Path, rows: int) -> float | None:
    """Return cells per CPU-second of presidio-structured, which says what each column is; None where it is not there.

    It has the same engine as `presidio_batch`, and reads the column as text.
    """
    try:
        from presidio_structured import PandasAnalysisBuilder
    except ImportError:
        return None
    frame = sample(path, rows).to_pandas().astype(str)
    builder = PandasAnalysisBuilder(analyzer=presidio_engine())
    builder.generate_analysis(frame.head(2), n=2, language="en")
    return float(frame.size / cpu(lambda: builder.generate_analysis(frame, n=rows, language="en")))


def own_pack_in_presidio(path: Path, rows: int) -> float:
    """Return cells per CPU-second of this package's recognizers in Presidio's engine, cell by cell."""
    from exportgate.recognizers import analyzer

    engine = analyzer.build(("zh",))
    found = texts(path, rows)
    engine.analyze("x", "zh")
    return len(found) / cpu(lambda: [engine.analyze(text, "zh") for text in found])


def data_profiler(path: Path, rows: int, python: str) -> float | None:
    """Return cells per CPU-second of DataProfiler's statistics over every row, without its labels; None if absent.

    `python` is an interpreter that has it.
    """
    program = Path(__file__).with_name("data_profiler.py")
    done = subprocess.run([python, str(program), str(path), str(rows)], capture_output=True, text=True, check=False)
    return float(done.stdout.split()[-1]) if done.returncode == 0 else None


def measure(path: Path, whole_rows: int, python: str = sys.executable) -> dict[str, Any]:
    """Return cells per CPU-second of each, on the rows said, and of the scan of the whole file."""
    return {
        "exportgate": whole_rows * 20 / min(cpu(lambda: scan(path)) for _ in range(2)),  # the first one also loads
        "Presidio BatchAnalyzerEngine, its own recognizers, no model (100 rows)": presidio_batch(path, 100),
        "presidio-structured, the same engine (100 rows)": presidio_structured(path, 100),
        "this pack in Presidio's AnalyzerEngine (50 rows)": own_pack_in_presidio(path, 50),
        "DataProfiler statistics, no labels (20,000 rows)": data_profiler(path, 20_000, python),
    }
