"""How decimals are carried. On SQLite they are whole numbers or texts, which must be made anew."""

from __future__ import annotations

from generator.literals import py
from generator.migrations import rows
from generator.migrations.assignments import update
from generator.migrations.conversions import Carried, Case, Lost, Verdict
from generator.migrations.operations import CallOp, Operation
from generator.spec.model import Field
from generator.sqltypes import EXACT_INTEGER_DIGITS

INTEGER_DIGITS = {"smallint": 5, "int": 10, "bigint": 19}
"""How many digits the largest number of a type has."""

FLOAT_DIGITS = 15
"""How many digits a number of double precision always holds (IEEE 754)."""

Digits = tuple[int, int]
"""How many digits a number has, and how many of them are behind the point."""


def digits(field: Field) -> Digits:
    """The digits of a decimal or a whole number; of the largest, as many as SQLite keeps in one."""
    if field.type == "decimal":
        return field.precision or 0, field.scale or 0
    return min(INTEGER_DIGITS[field.type], EXACT_INTEGER_DIGITS), 0


def is_text(found: Digits) -> bool:
    """Whether SQLite keeps such numbers as texts."""
    return found[0] > EXACT_INTEGER_DIGITS


def rescaled(case: Case, *, may_fail: str | None, loses: str | None) -> Carried:
    """Carry a decimal or a whole number over to one of other digits."""
    old, new = digits(case.old.field), digits(case.new.field)
    if case.engine != "sqlite" or old == new:
        return Carried(may_fail=may_fail, loses=loses)
    if is_text(old) or is_text(new) or may_fail or loses:
        does: tuple[Operation, ...] = (_call(case, rows.rescale, old, new),)
    else:
        factor = 10 ** (new[1] - old[1])
        does = (update(case, f"{case.column} * {factor}"),) if factor > 1 else ()
    if is_text(new) and not is_text(old):
        return Carried(after=does, may_fail=may_fail, loses=loses)
    return Carried(before=does, may_fail=may_fail, loses=loses)


def spelled(case: Case, *, may_fail: str | None) -> Carried:
    """Carry a decimal over to its text."""
    if case.engine != "sqlite":
        return Carried(may_fail=may_fail)
    return Carried(after=(_call(case, rows.spell, digits(case.old.field)),), may_fail=may_fail)


def parsed(case: Case) -> Carried:
    """Carry the text of a decimal over to what it says."""
    precision, scale = digits(case.new.field)
    may_fail = f"rows whose {case.said} is no decimal of {precision} digits"
    loses = f"digits of {case.said} past {scale} behind the point"
    if case.engine == "sqlite":
        call = _call(case, rows.parse, (precision, scale))
        return Carried(before=(call,), may_fail=may_fail, loses=loses)
    using = f"{case.column}::numeric({precision}, {scale})"
    only = using if case.engine == "postgresql" else None
    return Carried(using=only, may_fail=may_fail, loses=loses)


def to_float(case: Case) -> Verdict:
    """Carry a decimal over to a number of double precision."""
    precision, scale = digits(case.old.field)
    loses = f"digits of {case.said} past the 15th" if precision > FLOAT_DIGITS else None
    if case.engine != "sqlite":
        return Carried(loses=loses)
    if is_text((precision, scale)):
        return Lost()
    return Carried(after=(update(case, f"{case.column} / 1e{scale}"),), loses=loses)


def from_float(case: Case) -> Verdict:
    """Carry a number of double precision over to a decimal."""
    precision, scale = digits(case.new.field)
    loses = f"digits of {case.said} past {scale} behind the point"
    may_fail = f"rows whose {case.said} has more than {precision - scale} digits before the point"
    if case.engine != "sqlite":
        return Carried(loses=loses, may_fail=may_fail)
    if is_text((precision, scale)):
        return Lost()
    return Carried(before=(update(case, f"round({case.column} * 1e{scale})"),), loses=loses)


def _call(case: Case, function: object, *formats: Digits) -> Operation:
    words = (case.table.name, case.new.name, *formats)
    return CallOp(case.table.name, function, tuple(map(py, words)))
