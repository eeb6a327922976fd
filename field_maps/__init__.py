"""The law as data: editions of negative lists, the national rule, calendars of working days.

>>> from exportgate import field_maps
>>> field_maps.load(field_maps.default_id()).row_for("retail", "membership").counters
('non_sensitive', 'sensitive')
"""

from .catalog import default_id, find, known_ids, load, national_rule
from .errors import FieldMapError
from .model import Edition, Field

__all__ = ["Edition", "Field", "FieldMapError", "default_id", "find", "known_ids", "load", "national_rule"]
