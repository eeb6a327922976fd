"""The tier rules: facts in, a cited verdict out. Every rule is data of an edition; nothing of the law is in here."""

from .evaluation import evaluate
from .facts import Counts, Facts
from .verdict import Verdict

__all__ = ["Counts", "Facts", "Verdict", "evaluate"]
