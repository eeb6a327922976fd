"""One transaction on a ledger's tables: the same statements on DuckDB and on PostgreSQL.

Tables: ``meta`` (small documents by name), ``entry`` (the history), and for each year ``node_YYYY`` (identifiers:
number, space, wrapped key, lower component) and ``fact_YYYY`` (content number, first node, further nodes, items,
basis). No primary keys: a lock makes the writer alone, and uniqueness is an anti-join over the batch.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from .model import Entry
from .rows import FactRows, Nodes, distinct, facts_of, rest_of


class Session(ABC):
    """Statements of one transaction. Subclasses know how arrays go in and come out."""

    discarded = False

    def discard(self) -> None:
        """Let the transaction end without a trace: it only looked."""
        self.discarded = True

    @abstractmethod
    def run(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Execute a statement with ``?`` parameters and return its rows."""

    @abstractmethod
    def arrays(self, sql: str) -> dict[str, Any]:
        """Return a query's columns: numbers as numpy arrays, ``key`` as (n, 16) bytes, ``rest`` as an Arrow list."""

    @abstractmethod
    def stage(self, name: str, columns: Mapping[str, Any]) -> None:
        """Make arrays readable as the temporary table `name`; ``key`` is (n, 16) bytes, ``rest`` an Arrow list."""

    @abstractmethod
    def insert(self, table: str, parts: Iterable[Mapping[str, Any]]) -> None:
        """Insert rows part by part, each of them arrays by column as in `stage`, and hold no more than one."""

    @abstractmethod
    def unstage(self, name: str) -> None:
        """Forget the temporary table `name`."""

    def meta(self, name: str) -> str | None:
        """Return a stored document."""
        rows = self.run("select body from meta where name = ?", (name,))
        return str(rows[0][0]) if rows else None

    def set_meta(self, name: str, body: str) -> None:
        """Store a document."""
        self.run("delete from meta where name = ?", (name,))
        self.run("insert into meta (name, body) values (?, ?)", (name, body))

    def entry_rows(self) -> list[tuple[Any, ...]]:
        """Return the history, oldest first, as (seq, at, kind, body, previous, mac)."""
        return self.run("select seq, moment, kind, body, previous, mac from entry order by seq")

    def append(self, entry: Entry, body: str) -> None:
        """Append one entry to the history."""
        values = (entry.seq, entry.at, entry.kind, body, entry.previous, entry.mac)
        self.run("insert into entry (seq, moment, kind, body, previous, mac) values (?, ?, ?, ?, ?, ?)", values)

    @abstractmethod
    def has_year(self, year: int) -> bool:
        """Tell whether a year's tables exist."""

    @abstractmethod
    def create_year(self, year: int) -> None:
        """Create a year's tables."""

    def drop_year(self, year: int) -> None:
        """Drop a year's keys and facts."""
        self.run(f"drop table if exists node_{year:d}")
        self.run(f"drop table if exists fact_{year:d}")

    def match(self, year: int, keys: Any) -> tuple[Any, Any, Any]:
        """Return (position in `keys`, node number, lower component) of every key already known."""
        self.stage("sought", {"i": np.arange(len(keys), dtype=np.int32), "key": keys})
        found = self.arrays(f"select s.i, n.id, n.comp from node_{year:d} n join sought s on n.key = s.key")  # noqa: S608
        self.unstage("sought")
        return found["i"], found["id"], found["comp"]

    def nodes_in(self, year: int, components: Any) -> Nodes:
        """Return the identifiers of the given lower components."""
        self.stage("wanted", {"comp": distinct(components).astype(np.int32)})
        sql = f"select n.id, n.space, n.comp from node_{year:d} n join wanted w on n.comp = w.comp"  # noqa: S608
        found = self.arrays(sql)
        return Nodes(found["id"], found["space"], found["comp"])

    def facts_on(self, year: int, nodes: Any) -> FactRows:
        """Return the facts whose first node is one of the given."""
        self.stage("wanted", {"id": distinct(nodes).astype(np.int32)})
        sql = f"select f.content, f.first, f.rest, f.mask, f.basis from fact_{year:d} f join wanted w on f.first = w.id"  # noqa: S608
        return facts_of(self.arrays(sql))

    def facts_of_content(self, year: int, content: int) -> FactRows:
        """Return one content's facts."""
        sql = f"select content, first, rest, mask, basis from fact_{year:d} where content = {content:d}"  # noqa: S608
        return facts_of(self.arrays(sql))

    def facts_of_contents(self, year: int, low: int, high: int) -> FactRows:
        """Return the facts of the contents from `low` to `high`."""
        between = f"content between {low:d} and {high:d}"
        return facts_of(self.arrays(f"select content, first, rest, mask, basis from fact_{year:d} where {between}"))  # noqa: S608

    def facts_by_content(self, year: int) -> list[tuple[int, int]]:
        """Return the contents of a year with how many facts each has, by number."""
        sql = f"select content, count(*) from fact_{year:d} group by content order by content"  # noqa: S608
        return [(content, count) for content, count in self.run(sql)]

    def components_of_content(self, year: int, content: int) -> Any:
        """Return the lower components one content touches."""
        join = f"fact_{year:d} f join node_{year:d} n on f.first = n.id"
        sql = f"select distinct n.comp from {join} where f.content = {content:d}"  # noqa: S608
        return self.arrays(sql)["comp"]

    def everything(self, year: int) -> tuple[Nodes, FactRows]:
        """Return all of a year, the identifiers by number."""
        facts = self.arrays(f"select content, first, rest, mask, basis from fact_{year:d}")  # noqa: S608
        return self.identifiers(year), facts_of(facts)

    def identifiers(self, year: int) -> Nodes:
        """Return all identifiers of a year by number, with their wrapped keys."""
        nodes = self.arrays(f"select id, space, comp, key from node_{year:d}")  # noqa: S608
        if not (np.diff(nodes["id"]) >= 0).all():  # mostly they come as they were written: by number
            order = np.argsort(nodes["id"], kind="stable")
            nodes = {name: column[order] for name, column in nodes.items()}
        return Nodes(nodes["id"], nodes["space"], nodes["comp"], nodes["key"])

    def nodes_of(self, year: int, ids: Any) -> Nodes:
        """Return identifiers by number, with their wrapped keys."""
        self.stage("wanted", {"id": distinct(ids).astype(np.int32)})
        sql = f"select n.id, n.space, n.comp, n.key from node_{year:d} n join wanted w on n.id = w.id order by n.id"  # noqa: S608
        found = self.arrays(sql)
        return Nodes(found["id"], found["space"], found["comp"], found["key"])

    def add_nodes(self, year: int, nodes: Nodes, wrapped: Callable[[Any], Any] = np.asarray) -> None:
        """Insert identifiers, their keys as `wrapped` makes them."""
        parts = (slice(low, low + _AT_ONCE) for low in range(0, len(nodes.ids), _AT_ONCE))
        rows = (
            {
                "id": nodes.ids[part].astype(np.int32, copy=False),
                "space": nodes.spaces[part].astype(np.int16, copy=False),
                "key": wrapped(nodes.keys[part]),
                "comp": nodes.components[part].astype(np.int32, copy=False),
            }
            for part in parts
        )
        self.insert(f"node_{year:d}", rows)

    def add_facts(self, year: int, facts: FactRows) -> None:
        """Insert facts."""
        rows = (
            {
                "content": part.content.astype(np.int32, copy=False),
                "first": part.nodes[part.offsets[:-1]].astype(np.int32, copy=False),
                "rest": rest_of(part),
                "mask": part.masks.astype(np.int64, copy=False),
                "basis": part.bases.astype(np.int16, copy=False),
            }
            for part in facts.parts(_AT_ONCE)
        )
        self.insert(f"fact_{year:d}", rows)

    def move_nodes(self, year: int, ids: Any, components: Any) -> None:
        """Give identifiers other lower components."""
        self.stage("moved", {"id": ids.astype(np.int32, copy=False), "comp": components.astype(np.int32)})
        self.run(f"update node_{year:d} set comp = m.comp from moved m where node_{year:d}.id = m.id")  # noqa: S608

    def drop_facts(self, year: int, content: int) -> None:
        """Delete one content's facts."""
        self.run(f"delete from fact_{year:d} where content = {content:d}")  # noqa: S608

    def drop_nodes(self, year: int, ids: Any) -> None:
        """Delete identifiers."""
        self.stage("gone", {"id": ids.astype(np.int32)})
        self.run(f"delete from node_{year:d} where id in (select id from gone)")  # noqa: S608

    def replace_keys(self, year: int, nodes: Nodes) -> None:
        """Store every identifier of a year anew (the storage key changed)."""
        self.run(f"delete from node_{year:d}")  # noqa: S608
        self.add_nodes(year, nodes)


_AT_ONCE = 122_880
"""Rows inserted at a time: a row group of DuckDB, and little memory beside what is kept."""
