"""The words in which the page of the API speaks of types, rules and people, as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from generator import literals, naming
from generator.fieldtypes import TYPES as FIELD_TYPES
from generator.spec.model import AUTHENTICATED, OWNER, Default, Field, Resource
from generator.views.attributes import Attribute, is_made, is_required
from generator.views.code import Enums
from generator.views.json_values import json_value
from generator.views.queries import operators, sort_names
from generator.views.rules import RuleView

TYPES = {
    "string": "text",
    "text": "text",
    "smallint": "whole number",
    "int": "whole number",
    "bigint": "whole number",
    "float": "number",
    "decimal": "decimal number, as text",
    "bool": "true or false",
    "date": "date",
    "time": "time",
    "datetime": "instant",
    "duration": "duration (ISO 8601)",
    "uuid": "UUID",
    "json": "any JSON",
    "bytes": "bytes, in base64",
    "email": "email address",
    "url": "URL",
    "slug": "slug",
    "ip": "IP address",
    "password": "password",
}
"""What a value is, by the spec's type."""
SHORT = frozenset({"email", "url", "slug", "ip"})
"""Types whose usual limit nobody meets."""
MOMENTS = {"now": "the present", "today": "today", "uuid": "a new one"}
LIMITS = (("ge", ">="), ("gt", ">"), ("le", "<="), ("lt", "<"))


def field_line(item: Attribute, resource: Resource, enums: Enums) -> str:
    """The row of an attribute in the table of a resource."""
    cells = (type_words(item, enums), rule_words(item, resource), list_words(item, resource))
    return table_row((literals.code(item.json), *cells))


def type_words(item: Attribute, enums: Enums) -> str:
    """What an attribute holds."""
    if item.relation is not None:
        return f"id of {naming.with_article(naming.title(item.relation.resource).lower())}"
    one = _one(item.field, enums)
    return f"list: {one}" if item.field.is_list else one


def _one(item: Field, enums: Enums) -> str:
    if item.enum is None:
        return TYPES[item.type]
    return one_of(member.value for member in enums.by_name[item.enum].members)


def one_of(values: Iterable[str]) -> str:
    """Values, any of which may be meant."""
    known = [literals.code(value) for value in values]
    return " or ".join(filter(None, (", ".join(known[:-1]), known[-1])))


def rule_words(item: Attribute, resource: Resource) -> str:
    """What holds of an attribute, from what is most to what is least important to a client."""
    parts = [*_presence(item, resource), *_changes(item, resource), *_limits(item.field)]
    text = "; ".join(parts)
    said = item.relation.description if item.relation else item.field.description
    return ". ".join(filter(None, (text, literals.md(said))))


def _presence(item: Attribute, resource: Resource) -> Iterator[str]:
    if item.field.readonly or _is_ours(item, resource):
        yield "set by the server"
    elif is_required(item):
        yield "required"
    if item.nullable:
        yield "may be null"
    if item.relation is None and item.field.default is not None:
        when = "at first" if item.field.readonly else "if left out"
        yield from (f"{value} {when}" for value in _default(item.field, item.field.default))
    if is_made(item):
        yield f"made of {literals.code(item.case.name(item.field.source or ''))} if left out"


def _is_ours(item: Attribute, resource: Resource) -> bool:
    if item.name == "id":
        return resource.id.type != "string"
    return item.relation is not None and item.relation.name == resource.owned


def _default(item: Field, default: Default) -> Iterator[str]:
    if default.kind != "value":
        yield MOMENTS[default.kind]
    elif default.value is not None:
        yield literals.code(literals.json_(json_value(item, default.value)))


def _changes(item: Attribute, resource: Resource) -> Iterator[str]:
    unique = item.relation.unique if item.relation else item.field.unique
    if unique:
        yield "unique"
    if item.field.immutable or (item.name == "id" and resource.id.type == "string"):
        yield "never changes"
    if item.field.writeonly or item.field.type == "password":
        yield "never shown"


def _limits(item: Field) -> Iterator[str]:
    if item.name == "id" and item.type != "string":
        return
    yield from _length(item)
    for attribute, sign in LIMITS:
        bound = getattr(item, attribute)
        if bound is not None:
            yield literals.code(f"{sign} {bound}")
    if item.precision is not None:
        yield f"{item.precision} digits, {item.scale} of them behind the point"
    if item.pattern is not None:
        yield f"has a match of {literals.code(item.pattern)}"
    yield from _size(item)


def _length(item: Field) -> Iterator[str]:
    usual = item.type in SHORT and item.max_length == FIELD_TYPES[item.type].grammar.default_max
    if item.enum is not None or usual or not (item.min_length or item.max_length):
        return
    unit = "bytes" if item.type == "bytes" else "characters"
    yield f"{_span(item.min_length, item.max_length)} {unit}"


def _size(item: Field) -> Iterator[str]:
    if item.min_items or item.max_items is not None:
        yield f"{_span(item.min_items, item.max_items)} of them"


def _span(least: int | None, most: int | None) -> str:
    if most is None:
        return f"{least} or more"
    if least == most:
        return str(least)
    return f"{least} to {most}" if least else f"at most {most}"


def list_words(item: Attribute, resource: Resource) -> str:
    """What a list can do with an attribute."""
    name = item.relation.name if item.relation else item.name
    able: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("filter", lambda: name in resource.filter and any(operators(item))),
        ("sort", lambda: item.name in sort_names(resource)),
        ("search", lambda: item.name in resource.search),
    )
    return ", ".join(word for word, holds in able if holds())


def who(rule: RuleView) -> str:
    """Whom a rule lets in."""
    if rule.public:
        return "everyone"
    if AUTHENTICATED in rule.words or (OWNER in rule.words and rule.verb == "create"):
        return "anyone signed in"
    roles = [literals.code(word) for word in rule.words if word != OWNER]
    owner = [OWNERS[rule.verb == "list"]] if OWNER in rule.words else []
    return ", ".join([*roles, *owner])


OWNERS = {True: "anyone signed in for their own", False: "the owner"}
"""What a list means by the owner, and what all else does."""


def who_of(known: tuple[RuleView, ...]) -> str:
    """Whom rules that all hold let in, the first of them that of the row above."""
    needed = [rule for rule in known if not all(_includes(rule, one) for one in known)]
    return "; and of those, ".join(dict.fromkeys(map(who, needed or known[-1:])))


def _includes(rule: RuleView, other: RuleView) -> bool:
    """Whether whomever the other lets in this one lets in too, for each row; both ways if equal."""
    if rule is other or rule.public:
        return True
    if AUTHENTICATED in rule.words:
        return not other.public
    return OWNER not in other.words and set(other.words) <= set(rule.words)


def table_row(cells: Iterable[str]) -> str:
    """A row of a table in Markdown."""
    return f"| {' | '.join(cells)} |".replace("|  |", "| |")
