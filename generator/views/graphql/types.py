"""The types of a resource in GraphQL: their names, and the lines of their classes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from generator import naming
from generator.fieldtype import Name, Operator
from generator.spec.model import Field, Resource
from generator.views.attributes import Attribute, attributes
from generator.views.code import Code, Enums
from generator.views.operation import Context, stem
from generator.views.pages import PagesView
from generator.views.queries import QUERY_WORDS, operators, sort_names

UNSET = "strawberry.UNSET"


def _scalar(name: str) -> Code:
    return Code(f"scalars.{name}", (Name("scalars", "app.graphql"),))


TYPES: dict[str, Code] = {
    "smallint": Code("int"),
    "int": Code("int"),
    "bigint": _scalar("BigInt"),
    "float": Code("float"),
    "decimal": _scalar("Decimal"),
    "bool": Code("bool"),
    "date": _scalar("Date"),
    "time": _scalar("Time"),
    "datetime": _scalar("DateTime"),
    "duration": _scalar("Duration"),
    "uuid": Code("UUID", (Name("UUID", "uuid"),)),
    "json": _scalar("JSON"),
    "bytes": _scalar("Base64"),
}
"""Spec type to the type in a class of Strawberry; any other is a text."""
TEXT = Code("str")
SDL = {"str": "String", "int": "Int", "float": "Float", "bool": "Boolean"}
"""What GraphQL calls the types of Python."""

RESERVED = (
    {"Annotated", "Boolean", "Context", "Float", "ID", "Info", "Int", "Mutation", "Query", "Self"}
    | {"False", "None", "Schema", "StrEnum", "String", "Subscription", "TYPE_CHECKING", "True"}
    | {one.text.removeprefix("scalars.") for one in TYPES.values()}
)
"""Names of GraphQL's own, and those that the modules of resources use."""
IN_BODIES = {"enums", "scalars", "schemas", "strawberry"}
"""What the body of a class of Strawberry's mentions beside types."""
SUFFIXES = {"page": "Page", "filter": "Filter", "sort": "Sort", "lookup": "Lookup"}
TYPED = {"where": "filter", "sort": "sort"}
"""Parameters of lists that have types of their own."""
INPUTS = {"create": "Create", "update": "Update", "replace": "Replace"}


@dataclass(frozen=True, slots=True)
class GraphqlContext:
    """What the view of one resource is made from."""

    own: Context
    enums: Enums
    pages: PagesView

    @property
    def resource(self) -> Resource:
        """The resource itself."""
        return self.own.resource

    @property
    def taken(self) -> set[str]:
        """Names that a type of GraphQL can't have, since another has them."""
        return {stem(one) for one in self.own.resources.values()} | set(self.enums.by_name)


def type_name(context: GraphqlContext, resource: Resource) -> str:
    """The type of a resource: as it is called, unless GraphQL or an enum is called that."""
    return _free(stem(resource), RESERVED | set(context.enums.by_name), "Object")


def type_names(context: GraphqlContext, resource: Resource) -> dict[str, str]:
    """The types beside that of a resource, by what they are for."""
    taken = RESERVED | context.taken
    return {
        kind: _free(stem(resource) + suffix, taken, "Type")
        for kind, suffix in (SUFFIXES | INPUTS).items()
    }


def _free(name: str, taken: Collection[str], suffix: str) -> str:
    while name in taken:
        name += suffix
    return name


def one_name(resource: Resource) -> str:
    """The field that returns one row by its id."""
    name = f"one_{resource.name}" if resource.name == resource.plural else resource.name
    return naming.variable(name, IN_BODIES)


def _attribute(item: Attribute) -> str:
    return f"{item.attribute}_" if item.attribute in IN_BODIES else item.attribute


def field_type(item: Field) -> Code:
    """The type of a value."""
    if item.enum is not None:
        return Code(f"enums.{item.enum}", (Name("enums", "app"),))
    return TYPES.get(item.type, TEXT)


def enum_type(name: str) -> str:
    """What GraphQL calls an enum."""
    return _free(name, RESERVED, "Enum")


def key_type(resource: Resource) -> str:
    """What a document calls the type of an id."""
    name = field_type(resource.id).text.removeprefix("scalars.")
    return SDL.get(name, name)


def output(item: Attribute) -> Code:
    """The annotation of a value that clients see."""
    one = field_type(item.field)
    text = f"list[{one}]" if item.field.is_list else one.text
    return Code(text + (" | None" if item.nullable else ""), one.names)


def field_line(item: Attribute, annotation: Code) -> Code:
    """A value in the class of a type."""
    return Code(f"{_attribute(item)}: {annotation}", annotation.names)


def _optional(attribute: str, annotation: str) -> str:
    return f"{attribute}: {annotation} | None = {UNSET}"


def input_line(item: Attribute, *, required: bool) -> Code:
    """A value in the class of an input; one that isn't required may be left out."""
    shown = output(item)
    plain = shown.text.removesuffix(" | None")
    if required:
        return Code(f"{_attribute(item)}: {plain}", shown.names)
    return Code(_optional(_attribute(item), plain), shown.names)


def filter_lines(resource: Resource, everything: Iterable[Attribute]) -> Iterator[Code]:
    """The filters of a list, by the names that they have in a URL."""
    for item in everything:
        if (item.relation.name if item.relation else item.name) in resource.filter:
            yield from (_filter(item, word) for word in operators(item))


def _filter(item: Attribute, word: Operator) -> Code:
    plain = word == "eq" and item.name not in QUERY_WORDS
    attribute = naming.attribute(item.name + ("" if plain else f"__{word}"))
    attribute += "_" if attribute in IN_BODIES else ""
    one = Code("bool") if word == "isnull" else field_type(item.field)
    annotation = f"list[{one}]" if word == "in" else one.text
    return Code(_optional(attribute, annotation), one.names)


def sort_lines(context: GraphqlContext) -> Iterator[str]:
    """The members of the enum of orders."""
    for name in sort_names(context.resource):
        json = context.own.case.name(name)
        yield f'{name.upper()}_ASC = "{json}"'
        yield f'{name.upper()}_DESC = "-{json}"'


def _asked(context: GraphqlContext, target: Resource) -> Iterator[tuple[str, str]]:
    """What a list of a resource may be asked with, each with its type."""
    names = type_names(context, target)
    own = target.name == context.resource.name
    module = f"{context.own.package(target)}.graphql"
    if any(True for _ in filter_lines(target, attributes(target, context.own.resources))):
        yield "where", names["filter"] if own else _lazy(names["filter"], module)
    if target.sort:
        yield "sort", names["sort"] if own else _lazy(names["sort"], module)
    if target.search:
        yield "q", "str"
    yield from context.pages.asked


def _lazy(name: str, module: str) -> str:
    return f'Annotated["{name}", strawberry.lazy("{module}")]'


def parameters(context: GraphqlContext, target: Resource) -> str:
    """The parameters of a list's field."""
    asked = _asked(context, target)
    return ", ".join(f"{name}: {kind} | None = None" for name, kind in asked)


def arguments(context: GraphqlContext, target: Resource) -> str:
    """The same, passed on."""
    names = [name for name, _ in _asked(context, target)]
    where = "where" if "where" in names else "None"
    return ", ".join([where, *(f"{name}={name}" for name in names if name != "where")])


def mentioned(context: GraphqlContext, target: Resource) -> Iterator[str]:
    """The types that the parameters of a list are of."""
    names = type_names(context, target)
    asked = {word for word, _ in _asked(context, target)}
    return (names[kind] for word, kind in TYPED.items() if word in asked)
