"""CHECK constraints as SQLAlchemy expressions, in the terms in which an engine stores values.

SQLite has no decimals. One of at most 18 digits is stored there as its unscaled integer; a wider
one as a text of `precision + 1` digits, the unscaled integer plus `10 ** precision`, so that the
order of the texts is the order of the numbers.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa

from generator.bounds import EXACT, ROUNDING
from generator.spec.model import Engine, EnumType, Field
from generator.sqltypes import EXACT_INTEGER_DIGITS
from generator.table import BoundCheck, Check, ColumnsCheck, MembersCheck, Table

Condition = sa.ColumnElement[bool]

OPERATORS: dict[str, Callable[[Any, Any], Condition]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


def condition(check: Check, table: Table, engine: Engine) -> Condition:
    """What every row of the table must pass."""
    match check:
        case MembersCheck():
            return _members(check.column, check.enum)
        case BoundCheck():
            return _bound(check, table.column(check.column).field, engine)
        case ColumnsCheck():
            return _columns(check, table, engine)


def _members(column: str, enum: EnumType) -> Condition:
    return sa.column(column, sa.String()).in_([member.value for member in enum.members])


def _bound(check: BoundCheck, field: Field, engine: Engine) -> Condition:
    if field.type == "decimal" and engine == "sqlite":
        bound = _stored_bound(check, field)
    else:
        number = float(check.bound) if field.type == "float" else check.bound
        bound = sa.literal_column(str(number))
    return OPERATORS[check.comparison](sa.column(check.column), bound)


def _stored_bound(check: BoundCheck, field: Field) -> sa.ColumnElement[Any]:
    precision, scale = _format(field)
    exact = check.bound.scaleb(scale, EXACT)
    unscaled = int(exact.to_integral_value(ROUNDING[check.comparison]))
    if not _is_text(field):
        return sa.literal_column(str(unscaled))
    lowest, highest = 0, 2 * 10**precision
    digits = min(max(unscaled + 10**precision, lowest), highest)
    return sa.literal(str(digits).zfill(precision + 1), sa.String())


def _columns(check: ColumnsCheck, table: Table, engine: Engine) -> Condition:
    fields = [table.column(name).field for name in (check.left, check.right)]
    sides: Iterable[sa.ColumnElement[Any]] = map(sa.column, (check.left, check.right))
    if engine == "sqlite" and len({_format(field) for field in fields}) > 1:
        sides = _comparable(fields, list(sides))
    left, right = sides
    return OPERATORS[check.comparison](left, right)


def _comparable(
    fields: list[Field], columns: list[sa.ColumnElement[Any]]
) -> list[sa.ColumnElement[Any]]:
    """Decimals of unlike precision or scale, on SQLite, as values that compare."""
    scale = max(_format(field)[1] for field in fields)
    whole = max(precision - own for precision, own in map(_format, fields))
    if whole + scale <= EXACT_INTEGER_DIGITS:
        return [_rescaled(field, c, scale) for field, c in zip(fields, columns, strict=True)]
    return [_widened(field, c, whole, scale) for field, c in zip(fields, columns, strict=True)]


def _rescaled(field: Field, column: sa.ColumnElement[Any], scale: int) -> sa.ColumnElement[Any]:
    factor = 10 ** (scale - _format(field)[1])
    return column if factor == 1 else column * sa.literal_column(str(factor))


def _widened(
    field: Field, column: sa.ColumnElement[Any], whole: int, scale: int
) -> sa.ColumnElement[Any]:
    """The text of a wider decimal: nines or zeros go behind the sign's digit, zeros to the end."""
    precision, own = _format(field)
    text = column if _is_text(field) else _as_text(column, precision)
    sign, fill = sa.func.substr(text, 1, 1), whole - (precision - own)
    leading = sa.case((sign == "1", "1" + "0" * fill), else_="0" + "9" * fill)
    digits = leading.concat(sa.func.substr(text, 2))
    return digits.concat("0" * (scale - own)) if scale > own else digits


def _as_text(column: sa.ColumnElement[Any], precision: int) -> sa.ColumnElement[Any]:
    """The integer as the text of a wide decimal; null, of which SQLite would print zeros, stays."""
    text = sa.func.printf(f"%0{precision + 1}d", column + sa.literal_column(str(10**precision)))
    return sa.case((column.is_not(None), text))


def _format(field: Field) -> tuple[int, int]:
    return field.precision or 0, field.scale or 0


def _is_text(field: Field) -> bool:
    return _format(field)[0] > EXACT_INTEGER_DIGITS
