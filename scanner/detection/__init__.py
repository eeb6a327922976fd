"""Detection: from names, comments, types, neighbours and values to one verdict for each column.

>>> table = TableInput("member", columns=(ColumnInput("sjh"), ColumnInput("product_name")))
>>> [verdict.kind for verdict in judge(table)]
['phone', 'none']
"""

from .judge import judge
from .masking import masked_examples
from .table import ColumnInput, TableInput

__all__ = ["ColumnInput", "TableInput", "judge", "masked_examples"]
