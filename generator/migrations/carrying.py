"""How values are carried from one type to another: a table of what each pair of kinds needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from generator.fieldtypes import TYPES
from generator.migrations.assignments import modify, refuse, update
from generator.migrations.conversions import (
    Carried,
    Case,
    Impossible,
    Lost,
    Verdict,
    kind,
    same_type,
)
from generator.migrations.decimals import (
    FLOAT_DIGITS,
    INTEGER_DIGITS,
    from_float,
    parsed,
    rescaled,
    spelled,
    to_float,
)
from generator.spec.model import Engine, Field
from generator.table import Column, Table

SEALED = (
    "only the application has the key, so that no migration can {} what is there: add a field "
    "beside it, copy the values with the application, then drop this one"
)
OTHER_KEYS = "rows are known by their ids, and these can't become those: make another resource"
UUID_CHARACTERS = 36
UUID_PARTS = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
"""Where the five groups of a UUID start among its digits, and how long they are."""

Rule = Callable[[Case], Verdict]


def verdict(table: Table, old: Column, new: Column, engine: Engine) -> Verdict | None:
    """What becomes of a column's values; None where nothing is to be done to them."""
    case = Case(table=table, old=old, new=new, engine=engine)
    before, after = kind(old.field), kind(new.field)
    found = RULES.get((before, after), _unlike)(case)
    is_idle = isinstance(found, Carried) and not (found.before or found.after)
    return None if is_idle and same_type(old, new, engine) else found


def _unlike(case: Case) -> Verdict:
    before, after = kind(case.old.field), kind(case.new.field)
    if "encrypted" in (before, after):
        return Impossible(SEALED.format("decrypt" if before == "encrypted" else "encrypt"))
    if before == after:
        return Carried()
    return Impossible(OTHER_KEYS) if case.new.primary_key else Lost()


def _sealed(case: Case) -> Verdict:
    """Encrypted values are JSON: what is the same there stays readable."""
    plain = [_plain(column.field) for column in (case.old, case.new)]
    return Carried() if plain[0] == plain[1] else Impossible(SEALED.format("change"))


def _plain(field: Field) -> tuple[str, bool]:
    return TYPES[field.type].grammar.family, field.is_list


def _text(case: Case) -> Verdict:
    longest = longest_text(case.new.field)
    had = longest_text(case.old.field)
    if longest is None or (had is not None and had <= longest):
        return Carried()
    if case.is_key or case.new.field.type == "enum":
        return Carried(may_fail=f"rows whose {case.said} has more than {longest} characters")
    cut = {"sqlite": "substr({0}, 1, {1})", "mariadb": "left({0}, {1})"}
    length = {"sqlite": "length({})", "mariadb": "char_length({})"}
    loses = f"what is past {longest} characters in {case.said}"
    name = case.column
    if case.engine == "postgresql":
        return Carried(using=f"left({name}, {longest})", loses=loses)
    shorter = cut[case.engine].format(name, longest)
    where = f"{length[case.engine].format(name)} > {longest}"
    return Carried(before=(update(case, shorter, where),), loses=loses)


def longest_text(field: Field) -> int | None:
    """How many characters its column holds; None where that is no matter."""
    return None if field.type == "text" else field.max_length or 255


def _integer(case: Case) -> Verdict:
    old, new = (TYPES[column.field.type].grammar for column in (case.old, case.new))
    if (old.highest or 0) <= (new.highest or 0):
        return Carried()
    return _bounded(case, f"{case.column} NOT BETWEEN {new.lowest} AND {new.highest}")


def _bounded(case: Case, wrong: str) -> Carried:
    """SQLite would keep a number of any size."""
    before = (refuse(case, wrong),) if case.engine == "sqlite" else ()
    return Carried(before=before, may_fail=f"rows whose {case.said} is no {case.new.field.type}")


def _integer_to_decimal(case: Case) -> Verdict:
    field = case.new.field
    whole = (field.precision or 0) - (field.scale or 0)
    too_large = f"rows whose {case.said} has more than {whole} digits"
    may_fail = too_large if INTEGER_DIGITS[case.old.field.type] > whole else None
    return rescaled(case, may_fail=may_fail, loses=None)


def _decimal(case: Case) -> Verdict:
    old, new = case.old.field, case.new.field
    scales = [field.scale or 0 for field in (old, new)]
    wholes = [(field.precision or 0) - (field.scale or 0) for field in (old, new)]
    too_large = f"rows whose {case.said} has more than {wholes[1]} digits before the point"
    loses = f"digits of {case.said} past {scales[1]} behind the point"
    return rescaled(
        case,
        may_fail=too_large if wholes[1] < wholes[0] else None,
        loses=loses if scales[1] < scales[0] else None,
    )


def _decimal_to_integer(case: Case) -> Verdict:
    digits = (case.old.field.precision or 0) - (case.old.field.scale or 0)
    narrow = digits >= INTEGER_DIGITS[case.new.field.type]
    may_fail = f"rows whose {case.said} is no {case.new.field.type}" if narrow else None
    loses = f"digits of {case.said} behind the point" if case.old.field.scale else None
    return rescaled(case, may_fail=may_fail, loses=loses)


def _decimal_to_text(case: Case) -> Verdict:
    return spelled(case, may_fail=_too_long(case, (case.old.field.precision or 0) + 2))


def _to_text(case: Case) -> Verdict:
    return Carried(may_fail=_too_long(case, INTEGER_DIGITS.get(case.old.field.type, 24) + 1))


def _too_long(case: Case, characters: int) -> str | None:
    longest = longest_text(case.new.field)
    if longest is None or characters <= longest:
        return None
    return f"rows whose {case.said} has more than {longest} digits"


def _text_to_integer(case: Case) -> Verdict:
    name, kind_of = case.column, case.new.field.type
    may_fail = f"rows whose {case.said} is no {kind_of}"
    if case.engine == "postgresql":
        return Carried(using=f"{name}::{kind_of}", may_fail=may_fail)
    if case.engine == "mariadb":
        return Carried(may_fail=may_fail)
    wrong = f"CAST(CAST({name} AS INTEGER) AS TEXT) <> {name}"
    return Carried(before=(refuse(case, wrong),), may_fail=may_fail)


def _bool_to_integer(case: Case) -> Verdict:
    return Carried(using=f"{case.column}::int" if case.engine == "postgresql" else None)


def _integer_to_bool(case: Case) -> Verdict:
    loses = f"which number other than 0 {case.said} is"
    if case.engine == "postgresql":
        return Carried(using=f"{case.column} <> 0", loses=loses)
    return Carried(before=(update(case, f"{case.column} <> 0"),), loses=loses)


def _integer_to_float(case: Case) -> Verdict:
    large = case.old.field.type == "bigint"
    return Carried(loses=f"digits of {case.said} past the {FLOAT_DIGITS}th" if large else None)


def _float_to_integer(case: Case) -> Verdict:
    found = _bounded(case, _beyond(case))
    whole = (update(case, f"round({case.column})"),) if case.engine == "sqlite" else ()
    loses = f"digits of {case.said} behind the point"
    return Carried(before=(*found.before, *whole), may_fail=found.may_fail, loses=loses)


def _beyond(case: Case) -> str:
    grammar = TYPES[case.new.field.type].grammar
    return f"round({case.column}) NOT BETWEEN {grammar.lowest} AND {grammar.highest}"


def _date_to_datetime(case: Case) -> Verdict:
    if case.engine == "postgresql":
        return Carried(using=f"{case.column}::timestamp AT TIME ZONE 'UTC'")
    if case.engine == "mariadb":
        return Carried()
    return Carried(after=(update(case, f"{case.column} || ' 00:00:00.000000'"),))


def _datetime_to_date(case: Case) -> Verdict:
    loses = f"the time of day in {case.said}"
    if case.engine == "postgresql":
        return Carried(using=f"({case.column} AT TIME ZONE 'UTC')::date", loses=loses)
    if case.engine == "mariadb":
        return Carried(loses=loses)
    return Carried(before=(update(case, f"substr({case.column}, 1, 10)"),), loses=loses)


def _uuid(case: Case) -> Verdict:
    """MariaDB keeps a key as a type of its own, and any other value as 32 hexadecimal digits."""
    if case.engine != "mariadb" or same_type(case.old, case.new, case.engine) or case.is_key:
        return Carried()
    digits = update(case, f"replace({case.column}, '-', '')")
    return Carried(before=(modify(case, "CHAR(36)"), digits))


def _uuid_to_text(case: Case) -> Verdict:
    longest = longest_text(case.new.field)
    if case.is_key or (longest is not None and longest < UUID_CHARACTERS):
        return _unlike(case)
    if case.engine == "postgresql":
        return Carried()
    parts = [f"substr({case.column}, {start}, {length})" for start, length in UUID_PARTS]
    joined = f"concat({', '.join(_dashed(parts))})"
    text = joined if case.engine == "mariadb" else " || ".join(_dashed(parts))
    return Carried(after=(update(case, text, f"length({case.column}) = 32"),))


def _text_to_uuid(case: Case) -> Verdict:
    if case.is_key:
        return _unlike(case)
    may_fail = f"rows whose {case.said} is no UUID"
    if case.engine == "postgresql":
        return Carried(using=f"{case.column}::uuid", may_fail=may_fail)
    digits = f"lower(replace({case.column}, '-', ''))"
    wrong = {
        "sqlite": f"length({digits}) <> 32 OR {digits} GLOB '*[^0-9a-f]*'",
        "mariadb": f"{digits} NOT REGEXP '^[0-9a-f]{{32}}$'",
    }
    made = (refuse(case, wrong[case.engine]), update(case, digits))
    return Carried(before=made, may_fail=may_fail)


def _dashed(parts: list[str]) -> list[str]:
    return [word for part in parts for word in ("'-'", part)][1:]


def _list(case: Case) -> Verdict:
    """An array on PostgreSQL; JSON elsewhere, in which texts and whole numbers look alike."""
    old, new = (TYPES[column.field.type].grammar.family for column in (case.old, case.new))
    alike = {"enum": "text"}
    if alike.get(old, old) != alike.get(new, new):
        return Lost()
    plain = alike.get(new, new) in ("text", "integer")
    return Carried() if plain or _same_items(case) else Lost()


def _same_items(case: Case) -> bool:
    old, new = case.old.field, case.new.field
    return (old.type, old.precision, old.scale) == (new.type, new.precision, new.scale)


RULES: Mapping[tuple[str, str], Rule] = MappingProxyType(
    {
        ("encrypted", "encrypted"): _sealed,
        ("text", "text"): _text,
        ("text", "integer"): _text_to_integer,
        ("text", "decimal"): parsed,
        ("text", "uuid"): _text_to_uuid,
        ("integer", "integer"): _integer,
        ("integer", "decimal"): _integer_to_decimal,
        ("integer", "float"): _integer_to_float,
        ("integer", "text"): _to_text,
        ("decimal", "decimal"): _decimal,
        ("decimal", "integer"): _decimal_to_integer,
        ("decimal", "float"): to_float,
        ("decimal", "text"): _decimal_to_text,
        ("float", "decimal"): from_float,
        ("float", "integer"): _float_to_integer,
        ("integer", "bool"): _integer_to_bool,
        ("bool", "integer"): _bool_to_integer,
        ("date", "datetime"): _date_to_datetime,
        ("datetime", "date"): _datetime_to_date,
        ("uuid", "uuid"): _uuid,
        ("uuid", "text"): _uuid_to_text,
        ("list", "list"): _list,
    }
)
"""Pairs of kinds between which values are carried; between any others that differ, none are."""
