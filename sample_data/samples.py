"""The small files that lie beside this module: rewrite them with ``python -m exportgate.sample_data.samples``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .generate import generate, schema_of, write
from .tables import TABLES

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Sample:
    """A committed file: its name, its dataset, its persons, and how it is written."""

    file: str
    dataset: str
    persons: range
    headers: str = "en"
    encoding: str = "utf-8"
    dirt: float = 0.0

    def write(self, folder: Path) -> Path:
        """Write the file into `folder`."""
        batches = generate(self.dataset, self.persons, headers=self.headers, dirt=self.dirt)
        schema = schema_of(TABLES[self.dataset], self.headers)
        write(folder / self.file, batches, schema, self.encoding)
        return folder / self.file


SAMPLES = (
    Sample("retail_members.csv", "retail_members", range(400), "zh", "gb18030", dirt=0.06),
    Sample("retail_members_overlap.parquet", "retail_members", range(300, 700)),
    Sample("retail_payment_cards.csv", "retail_payment_cards", range(400), "abbr", dirt=0.08),
    Sample("trial_subjects.parquet", "trial_subjects", range(200), "abbr"),
    Sample("pharmacovigilance.csv", "pharmacovigilance", range(300), "pinyin", "gb18030", dirt=0.05),
    Sample("telematics.jsonl", "telematics", range(25)),
    Sample("aircraft_contacts.csv", "aircraft_contacts", range(300), "en", "utf-8-sig", dirt=0.05),
    Sample("product_catalogue.csv", "product_catalogue", range(300), "zh"),
    Sample("inventory.csv", "inventory", range(300), "pinyin"),
    Sample("order_lines.csv", "order_lines", range(300), "zh", "gb18030"),
)

if __name__ == "__main__":
    for sample in SAMPLES:
        sample.write(FOLDER)
