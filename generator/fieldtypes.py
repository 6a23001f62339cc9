"""The one table of field types: what each spec type is in the language, in Python, SQL and JSON.

A type is a row. Everything that must know a type (the loader's grammar, the models, the schemas,
the filters, the migrations) reads its row, so that a new type is one new row and nothing else.
"""

from __future__ import annotations

from types import MappingProxyType

from generator.fieldtype import EQUALITY, ORDER, TEXT, FieldType, Name, SqlType
from generator.spec.grammar import TypeGrammar
from generator.sqltypes import (
    MYSQL,
    bounded_text,
    decimal,
    except_on,
    json,
    long_text,
    plain,
    varchar,
)

KIB, MIB = 1024, 1024 * 1024


SCHEMAS = "app.schemas"
BINARY = "app.binary"
DECIMALS = "app.decimals"
DURATIONS = "app.durations"
COLUMNS = "app.columns"
PARAMETERS = "app.filters"
MARIADB = "app.backends.types"
SQL = "sqlalchemy"


def _text(alias: str, grammar: TypeGrammar) -> FieldType:
    """A row for bounded text: the types of this kind differ in what they accept alone."""
    return FieldType(
        grammar=grammar,
        python=Name("str"),
        column=Name("Varchar", COLUMNS),
        column_arguments=lambda field: (field.max_length,),
        sql=bounded_text,
        accepted=Name(alias, SCHEMAS),
        returned=Name("str"),
        parameter=Name("TextParam", PARAMETERS),
        operators=(*EQUALITY, *TEXT),
    )


def _integer(name: str, bits: int, column: str) -> FieldType:
    """A row for a signed integer of so many bits."""
    return FieldType(
        grammar=TypeGrammar(
            name=name,
            family="integer",
            lowest=-(2 ** (bits - 1)),
            highest=2 ** (bits - 1) - 1,
            bounds=True,
        ),
        python=Name("int"),
        column=Name(column, SQL),
        sql=plain(column),
        accepted=Name(f"Int{bits}", SCHEMAS),
        returned=Name("int"),
        parameter=Name(f"Int{bits}Param", PARAMETERS),
        operators=(*EQUALITY, *ORDER),
    )


_ROWS: tuple[FieldType, ...] = (
    _text(
        "Text",
        TypeGrammar(
            name="string",
            family="text",
            arguments="length",
            default_max=255,
            longest=65_535,
            pattern=True,
        ),
    ),
    FieldType(
        grammar=TypeGrammar(
            name="text",
            family="text",
            arguments="length",
            default_max=64 * KIB,
            longest=16 * MIB,
            pattern=True,
            indexable=False,
        ),
        python=Name("str"),
        column=Name("LongText", COLUMNS),
        sql=long_text,
        accepted=Name("Text", SCHEMAS),
        returned=Name("str"),
        parameter=Name("TextParam", PARAMETERS),
        operators=(*EQUALITY, *TEXT),
        sortable=False,
    ),
    _integer("smallint", 16, "SmallInteger"),
    _integer("int", 32, "Integer"),
    _integer("bigint", 64, "BigInteger"),
    FieldType(
        grammar=TypeGrammar(name="float", family="float", bounds=True),
        python=Name("float"),
        column=Name("Double", SQL),
        sql=plain("Double"),
        accepted=Name("Finite", SCHEMAS),
        returned=Name("float"),
        parameter=Name("FloatParam", PARAMETERS),
        operators=(*EQUALITY, *ORDER),
    ),
    FieldType(
        grammar=TypeGrammar(name="decimal", family="decimal", arguments="decimal", bounds=True),
        python=Name("Decimal", "decimal"),
        column=Name("ExactDecimal", COLUMNS),
        column_arguments=lambda field: (field.precision, field.scale),
        sql=decimal,
        accepted=Name("Exact", DECIMALS),
        returned=Name("PlainDecimal", DECIMALS),
        parameter=Name("DecimalParam", PARAMETERS),
        operators=(*EQUALITY, *ORDER),
    ),
    FieldType(
        grammar=TypeGrammar(name="bool", family="bool"),
        python=Name("bool"),
        column=Name("Boolean", SQL),
        sql=plain("Boolean"),
        accepted=Name("StrictBool", "pydantic"),
        returned=Name("bool"),
        parameter=Name("BoolParam", PARAMETERS),
        operators=("eq",),
    ),
    FieldType(
        grammar=TypeGrammar(name="date", family="date", default_words=frozenset({"today"})),
        python=Name("date", "datetime"),
        column=Name("Date", SQL),
        sql=plain("Date"),
        accepted=Name("IsoDate", SCHEMAS),
        returned=Name("date", "datetime"),
        parameter=Name("IsoDate", SCHEMAS),
        operators=(*EQUALITY, *ORDER),
    ),
    FieldType(
        grammar=TypeGrammar(name="time", family="time", default_words=frozenset({"now"})),
        python=Name("time", "datetime"),
        column=Name("Time", SQL),
        column_on={"mariadb": Name("ExactTime", MARIADB)},
        sql=except_on("mariadb", SqlType("TIME", (("fsp", 6),), MYSQL), "Time"),
        accepted=Name("IsoTime", SCHEMAS),
        returned=Name("IsoTime", SCHEMAS),
        parameter=Name("IsoTime", SCHEMAS),
        operators=(*EQUALITY, *ORDER),
    ),
    FieldType(
        grammar=TypeGrammar(name="datetime", family="datetime", default_words=frozenset({"now"})),
        python=Name("datetime", "datetime"),
        column=Name("UtcDateTime", COLUMNS),
        sql=except_on(
            "mariadb", SqlType("DATETIME", (("fsp", 6),), MYSQL), "DateTime", timezone=True
        ),
        accepted=Name("UtcInstant", SCHEMAS),
        returned=Name("datetime", "datetime"),
        parameter=Name("UtcInstant", SCHEMAS),
        operators=(*EQUALITY, *ORDER),
    ),
    FieldType(
        grammar=TypeGrammar(name="duration", family="duration"),
        python=Name("timedelta", "datetime"),
        column=Name("Microseconds", COLUMNS),
        sql=plain("BigInteger"),
        accepted=Name("IsoDuration", DURATIONS),
        returned=Name("IsoDuration", DURATIONS),
        parameter=Name("IsoDuration", DURATIONS),
        operators=(*EQUALITY, *ORDER),
    ),
    FieldType(
        grammar=TypeGrammar(name="uuid", family="uuid", default_words=frozenset({"uuid"})),
        python=Name("UUID", "uuid"),
        column=Name("Uuid", SQL),
        column_on={"mariadb": Name("OrderedUuid", MARIADB)},
        sql=except_on("mariadb", SqlType("Uuid", (("native_uuid", False),)), "Uuid"),
        accepted=Name("UUID", "uuid"),
        returned=Name("UUID", "uuid"),
        parameter=Name("UUID", "uuid"),
    ),
    FieldType(
        grammar=TypeGrammar(name="json", family="json", indexable=False),
        python=Name("Any", "typing"),
        column=Name("Json", COLUMNS),
        sql=json,
        accepted=Name("JsonDocument", SCHEMAS),
        returned=Name("Any", "typing"),
        parameter=Name("str"),
        operators=(),
        sortable=False,
    ),
    FieldType(
        grammar=TypeGrammar(
            name="bytes",
            family="bytes",
            arguments="length",
            default_max=MIB,
            longest=16 * MIB,
            indexable=False,
        ),
        python=Name("bytes"),
        column=Name("LongBinary", COLUMNS),
        sql=except_on("mariadb", SqlType("LONGBLOB", (), MYSQL), "LargeBinary"),
        accepted=Name("SizedBase64", BINARY),
        returned=Name("Base64", BINARY),
        parameter=Name("str"),
        operators=(),
        sortable=False,
    ),
    _text(
        "Email",
        TypeGrammar(name="email", family="text", arguments="max", default_max=254, longest=254),
    ),
    _text(
        "Url",
        TypeGrammar(name="url", family="text", arguments="max", default_max=2048, longest=65_535),
    ),
    _text(
        "Slug",
        TypeGrammar(name="slug", family="text", arguments="max", default_max=100, longest=255),
    ),
    _text(
        "IpAddress",
        TypeGrammar(name="ip", family="text", arguments="max", default_max=45, longest=45),
    ),
    FieldType(
        grammar=TypeGrammar(
            name="password",
            family="text",
            arguments="length",
            default_min=12,
            default_max=128,
            longest=1024,
            indexable=False,
            listable=False,
        ),
        python=Name("str"),
        column=Name("Varchar", COLUMNS),
        column_arguments=lambda _: (255,),
        sql=lambda _, engine: varchar(255, engine),
        accepted=Name("Password", SCHEMAS),
        returned=Name("str"),
        parameter=Name("str"),
        operators=(),
        sortable=False,
    ),
    FieldType(
        grammar=TypeGrammar(name="enum", family="enum"),
        python=Name("str"),
        column=Name("EnumText", COLUMNS),
        sql=bounded_text,
        accepted=Name("str"),
        returned=Name("str"),
        parameter=Name("str"),
    ),
)

TYPES: MappingProxyType[str, FieldType] = MappingProxyType({row.grammar.name: row for row in _ROWS})
"""Spec type to its row; an enum's fields have the row `enum` and their own class's name."""

GRAMMARS: tuple[TypeGrammar, ...] = tuple(
    row.grammar for row in _ROWS if row.grammar.name != "enum"
)
"""What the loader may accept as a type, enums aside."""
