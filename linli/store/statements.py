"""Statements that Django compiles once.

For one row its compiler takes many times as long as the database, and says the same each time. Here what it said is
kept, with gaps for the values: the queries and the fields stay those of the models, so nothing is written twice.
"""

# ruff: noqa: SLF001 -- what Django compiles for itself is kept here, and nowhere else

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import wraps
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet, Value
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

MOST_GAPS = 60
"""A query with more values than this is compiled each time: long lists have many lengths, and are rare."""
MOST_KEPT = 400
MANY = (list, tuple, set, frozenset)


def prepared[**P, M: Model, R](build: Callable[P, QuerySet[M, R]]) -> Callable[P, list[R]]:
    """Return `build` as a read: its rows, by a statement compiled once for each shape of the arguments.

    The shape is the type of an argument, the length of a list, and which are None or a truth value: nothing else
    may decide what `build` asks. Arguments are plain values, no models; a list over a foreign key is asked with
    `relation__pk__in`. `prefetch_related` is not for here.
    """

    @wraps(build)
    def rows(*args: P.args, **kwargs: P.kwargs) -> list[R]:
        connection = connections[DEFAULT_DB_ALIAS]
        shape: list[Any] = [build, connection, *kwargs]
        flat: list[Any] = []
        for given in (*args, *kwargs.values()):
            if isinstance(given, MANY):
                shape.append((type(given), len(given)))
                flat += given
            else:
                shape.append(given if given is None or isinstance(given, bool) else type(given))
                flat.append(given)
        if len(flat) > MOST_GAPS:
            return list(build(*args, **kwargs))
        statement = _kept().get(tuple(shape))
        if statement is None:
            statement = _kept()[tuple(shape)] = _Select(_with_gaps(build, args, kwargs), connection)
        found: list[R] = statement.run(flat)
        return found

    return rows


def insert(row: Model, *, unless_there: bool = False) -> bool:
    """Insert `row`, new and with a key that the database gives, and return whether it was written.

    As `row.save(force_insert=True)`: every field prepares its own value, so gates and adapters hold. No signals.
    `unless_there`: a row that a unique constraint refuses is left out.
    """
    return _insert_of(row, unless_there=unless_there).run(row)


def insert_all[M: Model](rows: Collection[M], *, unless_there: bool = False) -> None:
    """Insert several rows of one model as `insert` does, with one call for all; their keys stay with the database."""
    if not rows:
        return
    _insert_of(next(iter(rows)), unless_there=unless_there).run_all(rows)


def _insert_of(row: Model, *, unless_there: bool) -> _Insert:
    connection = connections[DEFAULT_DB_ALIAS]
    shape = (type(row), connection, unless_there)
    statement: _Insert | None = _kept().get(shape)
    if statement is None:
        statement = _kept()[shape] = _Insert(row, connection, unless_there=unless_there)
    return statement


class _Gap(Value):
    """Stands in a query for a value that comes when it runs."""

    def __init__(self, place: int, example: Any) -> None:
        super().__init__(example)
        self.place = place

    def as_sql(self, *_args: Any, **_kwargs: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


class _Select:
    """A query as Django compiled it; the rows become what the query set makes of them."""

    def __init__(self, queryset: QuerySet[Any, Any], connection: Any) -> None:
        self.connection = connection
        self.bound: list[Any] = []
        query: Any = queryset.query
        self.compiler: Any = query.get_compiler(connection=connection)
        try:
            self.sql, self.params = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql, self.params = "", ()
        self.converters = self.compiler.get_converters([column for column, *_ in self.compiler.select])
        self.compiler.execute_sql = lambda **_kwargs: None
        self.compiler.results_iter = self._results
        query.get_compiler = lambda *_args, **_kwargs: self.compiler
        self.rows: Any = queryset._iterable_class(queryset)

    def run(self, values: Sequence[Any]) -> list[Any]:
        self.bound = [
            param.output_field.get_db_prep_value(values[param.place], self.connection)
            if isinstance(param, _Gap)
            else param
            for param in self.params
        ]
        return list(self.rows)

    def _results(self, _results: None = None, *, tuple_expected: bool = False, **_kwargs: Any) -> Iterator[Any]:
        if not self.sql:
            return iter(())
        with self.connection.cursor() as cursor:
            cursor.execute(self.sql, self.bound)
            found = cursor.fetchall()
        if self.converters:
            found = self.compiler.apply_converters(found, self.converters)
        return map(tuple, found) if tuple_expected else iter(found)


class _Insert:
    """An insert of one row as Django compiled it."""

    def __init__(self, row: Model, connection: Any, *, unless_there: bool) -> None:
        self.connection = connection
        key: Any = row._meta.pk
        self.fields: list[Any] = [field for field in row._meta.concrete_fields if field is not key]
        query: Any = InsertQuery(type(row), on_conflict=OnConflict.IGNORE if unless_there else None)
        query.insert_values(self.fields, [row])
        compiler = query.get_compiler(connection=connection)
        [(self.silent, _params)] = compiler.as_sql()
        compiler.returning_fields = [key]
        [(self.sql, _params)] = compiler.as_sql()

    def run(self, row: Model) -> bool:
        connection = self.connection
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self._params(row))
            written = cursor.fetchall()
        if written:
            row.pk = written[0][0]
            row._state.adding, row._state.db = False, connection.alias
        return bool(written)

    def run_all(self, rows: Collection[Model]) -> None:
        with self.connection.cursor() as cursor:
            cursor.executemany(self.silent, [self._params(row) for row in rows])

    def _params(self, row: Model) -> list[Any]:
        return [field.get_db_prep_save(field.pre_save(row, add=True), self.connection) for field in self.fields]


def _with_gaps(build: Callable[..., QuerySet[Any, Any]], args: Sequence[Any], kwargs: dict[str, Any]) -> Any:
    """Return the query that `build` makes with a gap for each value."""
    count = 0

    def gap(value: Any) -> Any:
        nonlocal count
        if isinstance(value, MANY):
            return [gap(one) for one in value]
        count += 1
        return value if value is None or isinstance(value, bool) else _Gap(count - 1, value)

    places = [gap(value) for value in args]  # in order, before the named ones
    return build(*places, **{name: gap(value) for name, value in kwargs.items()})


def _kept() -> dict[Any, Any]:
    """Return the statements of this thread; a connection belongs to one thread."""
    kept: dict[Any, Any] = _own.__dict__.setdefault("kept", {})
    if len(kept) > MOST_KEPT:
        kept.clear()
    return kept


_own = threading.local()
