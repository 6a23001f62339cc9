"""Rows for any tables: each column has values that its type and its checks allow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from generator.migrations.dialects import identifier
from generator.migrations.stored import stored
from generator.spec.model import Engine, Field
from generator.table import Column, ColumnsCheck, MembersCheck, Table, WordsOf
from generator.table_order import creation_order, late_keys

SEALED = Field(name="sealed", type="bytes")
START = datetime(2026, 1, 31, 9, 30, 15, 123456, UTC)


def inserts(tables: tuple[Table, ...], engine: Engine, rows: int) -> Iterator[str]:
    """Statements that put rows into all tables, those first that others refer to."""
    ordered = creation_order(tables)
    late = late_keys(ordered)
    for table in ordered:
        for number in range(rows):
            yield _insert(table, number, engine, late)


def _insert(table: Table, number: int, engine: Engine, late: frozenset[str]) -> str:
    values = {column.name: _value(table, column, number, engine, late) for column in table.columns}
    names = ", ".join(identifier(name, engine) for name in values)
    into = f"INSERT INTO {identifier(table.name, engine)} ({names})"
    return f"{into} VALUES ({', '.join(values.values())})".replace(":", r"\:")


def _value(table: Table, column: Column, number: int, engine: Engine, late: frozenset[str]) -> str:
    key = column.references
    if key is not None and (key.name in late or key.table == table.name) and column.nullable:
        return "NULL"
    if isinstance(column.fill, WordsOf):
        return "''"
    if column.name == "_deleted_at":
        return "NULL"
    if column.nullable and number == 1:
        return "NULL"
    if column.field.encrypted:
        return stored(b"sealed%d" % number, SEALED, engine)
    is_key = column.primary_key or key is not None
    return (
        stored_key(column.field, number, engine)
        if is_key
        else stored(value(table, column, number), column.field, engine)
    )


def stored_key(field: Field, number: int, engine: Engine) -> str:
    """The key of a row, be it its own or that of a row that it refers to."""
    found = _single(field, number + 1)  # to MariaDB, a key of 0 is none
    text = stored(found, field, engine)
    return f"'{found}'" if (engine, field.type) == ("mariadb", "uuid") else text


def value(table: Table, column: Column, number: int) -> Any:
    """A value of a column: another one in each row."""
    members = [
        one for one in table.checks if isinstance(one, MembersCheck) and one.column == column.name
    ]
    if members:
        found = members[0].enum.members
        return found[number % len(found)].value
    if column.field.is_list:
        return [] if column.field.enum or number == 0 else [_single(column.field, number)]
    return _single(column.field, number + _ahead(table, column))


def _ahead(table: Table, column: Column) -> int:
    """By how much its values come before those of columns that it must not equal."""
    checks = (one for one in table.checks if isinstance(one, ColumnsCheck))
    return sum(one.right == column.name and one.comparison in {"<", "!="} for one in checks)


def _single(field: Field, number: int) -> Any:
    return VALUES.get(field.type, _text)(field, number)


def _text(field: Field, number: int) -> str:
    longest = field.max_length or 255
    least = max(field.min_length or 1, 1)
    return f"{'Ab É:'[: max(longest - 3, 0)]}{number:03d}"[-longest:].rjust(least, "x")


def _number(field: Field, number: int) -> Any:
    low = field.ge if field.ge is not None else field.gt + 1 if field.gt is not None else None
    high = field.le if field.le is not None else field.lt - 1 if field.lt is not None else None
    if low is None:
        low = Decimal(0) if high is None else high - 10
    return int(min(low + number, high) if high is not None else low + number)


def _float(field: Field, number: int) -> float:
    found = number + 0.5
    least = [bound for bound in (field.ge, field.gt) if bound is not None]
    most = [bound for bound in (field.le, field.lt) if bound is not None]
    fits = all(found > bound for bound in least) and all(found < bound for bound in most)
    return found if fits else float(_number(field, number)) + 0.5


def _decimal(field: Field, number: int) -> Decimal:
    scale = field.scale or 0
    step = Decimal(1).scaleb(-scale)
    low = field.ge if field.ge is not None else field.gt + step if field.gt is not None else None
    high = field.le if field.le is not None else field.lt - step if field.lt is not None else None
    if low is None:
        low = -step if high is None else high - 3 * step
    found = low + number * step
    return (min(found, high) if high is not None else found).quantize(step)


VALUES: dict[str, Callable[[Field, int], Any]] = {
    "smallint": _number,
    "int": _number,
    "bigint": _number,
    "float": _float,
    "decimal": _decimal,
    "bool": lambda _, number: bool(number % 2),
    "date": lambda _, number: date(2026, 1, 31) + timedelta(days=number),
    "time": lambda _, number: time(9, 30, number, 123456),
    "datetime": lambda _, number: START + timedelta(hours=number),
    "duration": lambda _, number: timedelta(microseconds=90_000_001 + number),
    "uuid": lambda _, number: UUID(int=2**100 + number),
    "json": lambda _, number: {"a": [number, "x:y"]},
    "bytes": lambda _, number: b"\x00\xff%d" % number,
}
