"""What `model.py` prints: the columns, relationships and constraints of one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.fieldtype import Name
from generator.fieldtypes import TYPES
from generator.literals import py
from generator.spec.model import Engine, Field
from generator.table import (
    Column,
    Table,
)
from generator.tables import LIVE, LIVE_VALUE, VERSION, WORDS
from generator.views.code import Code, Enums, default_value, enum_name, factory, special
from generator.views.constraints import constraints, on_its_own, on_one
from generator.views.imports import import_lines
from generator.views.model_context import (
    ModelContext,
    attribute_of,
    foreign_key,
    model_name,
    own_attribute,
)
from generator.views.relationships import LinkView, links, relationships

ORM = "sqlalchemy.orm"
SQL = "sqlalchemy"
ENCRYPTED = Name("Encrypted", "app.encryption")
BIG_KEY = Code(
    'BigInteger().with_variant(Integer(), "sqlite")',
    (Name("BigInteger", SQL), Name("Integer", SQL)),
)
"""SQLite counts a key up by itself only where it is an INTEGER."""
LIST_OF = Name("ListOf", "app.lists")


@dataclass(frozen=True, slots=True)
class ModelView:
    """A model, every line ready to print."""

    imports: tuple[str, ...]
    type_imports: tuple[str, ...]
    """The block of imports that annotations alone need: the models that relationships lead to."""
    columns: tuple[str, ...]
    computed: tuple[str, ...]
    """The attributes that the database fills by itself, and nobody writes."""
    relationships: tuple[str, ...]
    constraints: tuple[str, ...]
    links: tuple[LinkView, ...]


def model_view(context: ModelContext) -> ModelView:
    """Every line of one resource's model."""
    columns = [*_columns(context)]
    related, held = [*relationships(context)], [*constraints(context)]
    joined = tuple(links(context))
    used = [name for code in (*columns, *related, *held) for name in code.names]
    targets = _targets(context)
    if targets:
        used.append(Name("TYPE_CHECKING", "typing"))
    return ModelView(
        imports=import_lines([*used, *_base_names(joined)]),
        type_imports=_type_checking(targets),
        columns=tuple(map(str, columns)),
        computed=(own_attribute(LIVE),) if _counts_by_itself(context) else (),
        relationships=tuple(map(str, related)),
        constraints=_table_args(held, counts=context.table.counts),
        links=joined,
    )


def _targets(context: ModelContext) -> list[Name]:
    own = context.resource.name
    names = {relation.resource for relation in context.resource.relations} - {own}
    return [model_name(context.resources[name]) for name in sorted(names)]


def _type_checking(targets: list[Name]) -> tuple[str, ...]:
    lines = import_lines(targets)
    return ("if TYPE_CHECKING:", *(f"    {line}" for line in lines)) if lines else ()


def _table_args(constraints: list[Code], *, counts: bool) -> tuple[str, ...]:
    lines = [f"    {code}," for code in constraints]
    if counts:
        lines.append('    {"sqlite_autoincrement": True},')
    return ("__table_args__ = (", *lines, ")") if lines else ()


def python_type(item: Field, *, nullable: bool) -> Code:
    """The annotation of a value of the field."""
    name = enum_name(item.enum) if item.enum else TYPES[item.type].python
    text = f"list[{name.name}]" if item.is_list else name.name
    optional = " | None" if nullable else ""
    return Code(text + optional, (name,))


def column_type(item: Field, engine: Engine | None = None) -> Code:
    """The SQLAlchemy type of the field's column in the model; of a key where no engine is said."""
    if item.encrypted:
        return _encrypted_type(item)
    if item == WORDS and engine == "postgresql":
        return Code("Words", (Name("Words", "app.matching"),))
    return _list_type(item) if item.is_list else _item_type(item, engine)


def _encrypted_type(item: Field) -> Code:
    of = _element(item)
    text = f"list[{of.name}]" if item.is_list else of.name
    return Code(f"Encrypted({text})", (of, ENCRYPTED))


def _element(item: Field) -> Name:
    return enum_name(item.enum) if item.enum else TYPES[item.type].listed


def _list_type(item: Field) -> Code:
    element = _item_type(item)
    made = element.text if element.text.endswith(")") else f"{element}()"
    of = _element(item)
    return Code(f"ListOf({made}, {of.name})", (*element.names, of, LIST_OF))


def _item_type(item: Field, engine: Engine | None = None) -> Code:
    row = TYPES["enum" if item.enum else item.type]
    column = row.column if engine is None else row.column_on.get(engine, row.column)
    arguments = [str(argument) for argument in row.column_arguments(item)]
    names = [column]
    if item.enum is not None:
        arguments = [item.enum]
        names.append(enum_name(item.enum))
    text = f"{column.name}({', '.join(arguments)})" if arguments else column.name
    return Code(text, tuple(names))


def _base_names(links: tuple[LinkView, ...]) -> Iterator[Name]:
    yield Name("Base", "app.database")
    yield Name("Mapped", ORM)
    yield Name("mapped_column", ORM)
    if links:
        yield from (
            Name("Table", SQL),
            Name("Column", SQL),
            Name("ForeignKey", SQL),
            Name("Index", SQL),
        )


def _columns(context: ModelContext) -> Iterator[Code]:
    for column in context.table.columns:
        yield _column(context, column)
    if _counts_by_itself(context):
        yield _live_column()


def _counts_by_itself(context: ModelContext) -> bool:
    return context.table.counts_live and context.engine == "mariadb"


def _live_column() -> Code:
    """What MariaDB's keys count live rows by; the other engines have indexes over some rows."""
    attribute = own_attribute(LIVE)
    kind, computed = TYPES[LIVE.type].column, Name("Computed", SQL)
    call = f'{py(LIVE.name)}, {kind.name}, Computed({py(LIVE_VALUE)}), key="{attribute}"'
    return Code(f"{attribute}: Mapped[int | None] = mapped_column({call})", (kind, computed))


def _column(context: ModelContext, column: Column) -> Code:
    attribute = attribute_of(column)
    annotation = python_type(column.field, nullable=column.nullable)
    arguments = [*_column_arguments(context, column, attribute)]
    names = [*annotation.names, *(name for code in arguments for name in code.names)]
    call = ", ".join(code.text for code in arguments)
    return Code(f"{attribute}: Mapped[{annotation}] = mapped_column({call})", tuple(names))


def _column_arguments(context: ModelContext, column: Column, attribute: str) -> Iterator[Code]:
    if attribute != column.name:
        yield Code(py(column.name))
    if column.references is not None:
        yield foreign_key(context, context.table, column)
    elif column.primary_key and column.field.type == "bigint":
        yield BIG_KEY
    elif column.field is not VERSION:
        engine = None if column.primary_key else context.engine
        yield column_type(column.field, engine)
    if attribute != column.name:
        yield Code(f'key="{attribute}"')
    if column.primary_key:
        yield Code("primary_key=True")
    yield from _single_constraints(context.table, column)
    yield from _default(context, column)


def _single_constraints(table: Table, column: Column) -> Iterator[Code]:
    """`unique=True` and `index=True`, where the naming convention gives the name that we want."""
    if any(on_its_own(one, column.name, table) for one in table.uniques):
        yield Code("unique=True")
    if any(one.columns[0][0] == column.name and on_one(one, table) for one in table.indexes):
        yield Code("index=True")


def _default(context: ModelContext, column: Column) -> Iterator[Code]:
    item = column.field
    if item is VERSION:
        yield Code("default=1")
    elif item is WORDS:
        yield Code('default=""')
    elif column.primary_key and item.type == "uuid":
        yield Code("default=uuid7", (Name("uuid7", "uuid_utils.compat"),))
    elif column.references is None and item.name == context.resource.created_field:
        yield Code("default=utc_now", (Name("utc_now", "app.clock"),))
    elif column.references is None and item.name == context.resource.updated_field:
        yield Code("default=utc_now, onupdate=utc_now", (Name("utc_now", "app.clock"),))
    elif item.default is not None and column.references is None:
        yield _declared_default(item, context.enums)


def _declared_default(item: Field, enums: Enums) -> Code:
    default = item.default
    if default is None:
        raise ValueError(f"{item.name} has no default")
    if default.kind != "value":
        made = special(default.kind, item.type)
        return Code(f"default={made}", made.names)
    value = default_value(item, default, enums)
    if item.is_list or item.type == "json":
        return Code(f"default={factory(value)}", value.names)
    return Code(f"default={value}", value.names)
