"""A CHECK accepts exactly the rows that the spec accepts, whatever text or number it holds."""

from __future__ import annotations

from decimal import Context, Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from migration_databases import ENGINES, empty_database, in_database, step
from migration_samples import NASTY

from generator.migrations.checks import OPERATORS, condition
from generator.migrations.dialects import dialect
from generator.migrations.metadata import metadata
from generator.migrations.revision import initial_revision
from generator.spec.model import Engine, EnumType, Field, Member
from generator.sqltypes import EXACT_INTEGER_DIGITS
from generator.table import BoundCheck, Check, Column, ColumnsCheck, MembersCheck, Table

EXAMPLES = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
KEY = Column(name="id", key="id", field=Field(name="id", type="int"), primary_key=True)
MEMBERS = st.lists(
    st.sampled_from(NASTY)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    min_size=1,
    max_size=6,
    unique=True,
)
WIDE = Context(prec=100)
FORMATS = st.integers(1, 38).flatmap(lambda p: st.tuples(st.just(p), st.integers(0, p)))


def test_every_nasty_member_at_once(tmp_path: Path) -> None:
    assert accepted("sqlite", NASTY, tmp_path) == list(NASTY)


@EXAMPLES
@given(members=MEMBERS)
def test_members_on_sqlite(members: list[str], tmp_path: Path) -> None:
    assert accepted("sqlite", members, tmp_path) == members


@settings(EXAMPLES, max_examples=15)
@given(members=MEMBERS)
def test_members_on_postgresql(members: list[str], tmp_path: Path) -> None:
    assert accepted("postgresql", members, tmp_path) == members


def accepted(engine: Engine, members: list[str] | tuple[str, ...], folder: Path) -> list[str]:
    """The members and their near misses that a table of that enum takes, upgraded twice."""
    table = enum_table(members)
    _, text = initial_revision((table,), engine)
    rows = metadata((table,), engine).tables["rows"]
    tried = [*members, *(f"{m}x" for m in members if f"{m}x" not in members)]
    with empty_database(engine, folder) as url:
        for direction in ("upgrade", "downgrade", "upgrade"):
            in_database(url, lambda c, d=direction: step(c, text, d))  # type: ignore[misc]
        return [value for value in tried if in_database(url, lambda c, v=value: takes(c, rows, v))]  # type: ignore[misc]


def enum_table(members: list[str] | tuple[str, ...]) -> Table:
    enum = EnumType(name="Kind", members=tuple(Member(value=value) for value in members))
    field = Field(name="kind", type="enum", enum="Kind", max_length=80)
    return Table(
        name="rows",
        columns=(KEY, Column(name="kind", key="kind", field=field)),
        checks=(MembersCheck(name="ck_rows_kind", column="kind", enum=enum),),
    )


def takes(connection: sa.Connection, rows: sa.Table, value: str) -> bool:
    try:
        connection.execute(rows.insert().values(kind=value))
    except (sa.exc.IntegrityError, sa.exc.OperationalError):  # MariaDB's 4025 is the latter
        connection.rollback()
        return False
    return True


@st.composite
def decimals(draw: st.DrawFn, precision: int, scale: int) -> Decimal:
    most = 10**precision - 1
    return Decimal(draw(st.integers(-most, most))).scaleb(-scale, WIDE)


@st.composite
def bounded(draw: st.DrawFn) -> tuple[tuple[int, int], Decimal, str, Decimal]:
    """A decimal's format, a bound of any size and precision, a comparison, and a value near it."""
    precision, scale = draw(FORMATS)
    value = draw(decimals(precision, scale))
    far = st.integers(-(10**40), 10**40).map(Decimal)
    near = st.integers(-30, 30).map(lambda n: WIDE.add(value, Decimal(n).scaleb(-scale - 1)))
    return (precision, scale), draw(near | far), draw(st.sampled_from(BOUNDS)), value


BOUNDS = ("<", "<=", ">", ">=")


@settings(EXAMPLES, max_examples=400)
@given(case=bounded())
def test_bounds_of_decimals_on_sqlite(case: tuple[tuple[int, int], Decimal, str, Decimal]) -> None:
    (precision, scale), bound, comparison, value = case
    field = Field(name="n", type="decimal", precision=precision, scale=scale)
    check = BoundCheck(name="ck", column="n", comparison=comparison, bound=bound)
    row = {"n": stored(value, field)}
    assert passes(check, (field,), row) == OPERATORS[comparison](value, bound)


@st.composite
def compared(draw: st.DrawFn) -> tuple[list[Field], str, list[Decimal]]:
    """Two decimals of any formats, and values of theirs that are often equal or close."""
    formats = [draw(FORMATS), draw(FORMATS)]
    fields = [
        Field(name=name, type="decimal", precision=p, scale=s)
        for name, (p, s) in zip("ab", formats, strict=True)
    ]
    values = [draw(decimals(*form) | small(*form)) for form in formats]
    return fields, draw(st.sampled_from(list(OPERATORS))), values


@settings(EXAMPLES, max_examples=100)
@given(case=compared(), missing=st.sampled_from([(0,), (1,), (0, 1)]))
def test_null_compares_with_everything_on_sqlite(
    case: tuple[list[Field], str, list[Decimal]], missing: tuple[int, ...]
) -> None:
    fields, comparison, values = case
    check = ColumnsCheck(name="ck", left="a", comparison=comparison, right="b")
    row: dict[str, Any] = {f.name: stored(v, f) for f, v in zip(fields, values, strict=True)}
    row |= {fields[number].name: None for number in missing}
    assert passes(check, tuple(fields), row)


def small(precision: int, scale: int) -> st.SearchStrategy[Decimal]:
    """Whole numbers around zero, as far as the format has them."""
    most = min(3, 10 ** (precision - scale) - 1)
    return st.integers(-most, most).map(Decimal)


@settings(EXAMPLES, max_examples=400)
@given(case=compared())
def test_decimals_of_any_formats_compare_on_sqlite(
    case: tuple[list[Field], str, list[Decimal]],
) -> None:
    fields, comparison, values = case
    check = ColumnsCheck(name="ck", left="a", comparison=comparison, right="b")
    row = {f.name: stored(v, f) for f, v in zip(fields, values, strict=True)}
    assert passes(check, tuple(fields), row) == OPERATORS[comparison](*values)


def stored(value: Decimal, field: Field) -> int | str:
    """What SQLite holds of a decimal."""
    precision, scale = field.precision or 0, field.scale or 0
    unscaled = int(value.scaleb(scale, WIDE))
    if precision <= EXACT_INTEGER_DIGITS:
        return unscaled
    return str(unscaled + 10**precision).zfill(precision + 1)


def passes(check: Check, fields: tuple[Field, ...], row: dict[str, Any]) -> bool:
    """Whether SQLite takes a row: its CHECK is true of it, or nothing is known."""
    columns = tuple(Column(name=f.name, key=f.name, field=f) for f in fields)
    table = Table(name="rows", columns=columns, checks=(check,))
    shown = condition(check, table, "sqlite").compile(
        dialect=dialect("sqlite"), compile_kwargs={"literal_binds": True}
    )
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    with MEMORY.connect() as connection:
        statement = f"WITH rows({names}) AS (SELECT {marks}) SELECT {shown} FROM rows"
        return connection.exec_driver_sql(statement, row).scalar_one() in (1, None)


MEMORY = sa.create_engine("sqlite://")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("bound", "literal"),
    [("0", "0.0"), ("-1.50", "-1.5"), ("1E+3", "1000.0"), ("1E+300", "1e+300"), ("0.1", "0.1")],
)
def test_bounds_of_floats_are_written_as_in_the_models(
    engine: Engine, bound: str, literal: str
) -> None:
    field = Field(name="n", type="float")
    check = BoundCheck(name="ck", column="n", comparison=">=", bound=Decimal(bound))
    table = Table(name="rows", columns=(Column(name="n", key="n", field=field),))
    assert str(condition(check, table, engine)) == f"n >= {literal}"
