"""The row that the examples of a resource are about: what is sent of it, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator import naming
from generator.spec.model import Default, Operation, Resource, Verb
from generator.views.api_exchange import proof
from generator.views.attributes import (
    Attribute,
    attributes,
    is_made,
    is_required,
    is_returned,
    is_sent,
)
from generator.views.json_values import Placeholder, json_value
from generator.views.rules import VERB_OF, rules
from generator.views.samples import staggered
from generator.views.testing_accounts import needed_by_accounts
from generator.views.testing_fields import sample_of, steps_of
from generator.views.testing_hidden import writing_role
from generator.views.testing_rows import TestContext

Json = dict[str, Any]

INSTANT = Placeholder("an instant")
MOMENTS = {
    ("now", "datetime"): INSTANT,
    ("now", "time"): Placeholder("a time"),
    ("today", "date"): Placeholder("a date"),
    ("uuid", "uuid"): Placeholder("a UUID"),
}
"""What stands for a default that differs each time, by its word and the type of the field."""
FAR = 9_999
"""The number of a sample that no row has which tests make for an account."""
NATURAL = frozenset({"string", "text", "slug", "email", "url", "smallint", "int", "bigint"})
"""Types whose examples, as a spec gives them, are what JSON carries."""


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """A row, and who makes it: `role` is None where nobody has to sign in for that."""

    context: TestContext
    everything: tuple[Attribute, ...]
    role: str | None

    @property
    def resource(self) -> Resource:
        """What it is a row of."""
        return self.context.resource

    @property
    def sent(self) -> tuple[Attribute, ...]:
        """What a client sends to make it: all that has no default, and nothing it may refer to.

        What a check compares is sent with it: a default that is now would not fit the samples.
        """
        checks = self.resource.checks
        compared = {name for check in checks for name in (check.left, check.right)}
        kept = (item for item in self.everything if is_sent(item, self.resource))
        return tuple(item for item in kept if _is_told(item) or item.name in compared)

    @property
    def is_preceded(self) -> bool:
        """Whether there are rows before it: those that the accounts need."""
        return self.context.auth is not None and self.resource.name in needed_by_accounts(
            self.context
        )

    @property
    def number(self) -> int:
        """Which of the samples it has."""
        auth = self.context.auth
        referring = any(item.relation for item in self.sent)
        behind = self.resource.built_in and (referring or (auth and auth.signup == "closed"))
        return FAR if behind or self.is_preceded else 1

    @property
    def key_name(self) -> str:
        """What stands for its id, and for that of no other row."""
        name = f"{self.resource.name}_id"
        taken = {item.name for item in self.everything if item.relation is not None}
        return f"this_{name}" if name in taken else name

    @property
    def key(self) -> object:
        """Its id, as JSON has it."""
        kind, named = self.resource.id.type, "create" in self.resource.operations
        if kind == "string" and named:
            return self.value(self.everything[0])
        return Placeholder(self.key_name, is_text=kind in ("string", "uuid"))

    def value(self, item: Attribute, later: int = 0) -> Any:
        """What it has there; or another row, so many rows later."""
        steps = steps_of(self.resource)
        if later == 0 and item.name not in steps and _has_example(item):
            return item.field.example
        sample = staggered(sample_of(item, self.context.enums), steps.get(item.name, 0))
        return sample.at(self.number + later)

    def body(self, items: tuple[Attribute, ...], later: int = 0) -> Json:
        """What a client sends of these."""
        return {
            item.json: _reference(item) if item.relation else self.value(item, later)
            for item in items
        }

    def representation(self, sent: Json | None = None) -> Json:
        """What clients see of it, by what was sent; by all that is, if unsaid."""
        sent = self.body(self.sent) if sent is None else sent
        shown = (item for item in self.everything if is_returned(item))
        return {item.json: sent.get(item.json, self._made(item)) for item in shown}

    def _made(self, item: Attribute) -> Any:
        """What the server puts where a client has sent nothing."""
        if item.name == "id":
            return self.key
        if item.relation is not None:
            return _reference(item) if item.relation.name == self.resource.owned else None
        if item.name in (self.resource.created_field, self.resource.updated_field):
            return INSTANT
        return None if item.field.default is None else _default(item, item.field.default)


def example_row(context: TestContext) -> ExampleRow:
    """The row of a resource's examples."""
    everything = attributes(context.resource, context.resources, context.case)
    return ExampleRow(context, everything, _role(context, everything))


def caller(row: ExampleRow, verb: Verb) -> str | None:
    """The role of whoever does that to the row: of the one who made it, as far as those may."""
    rule = rules(row.resource.access)[verb]
    if rule.public and (row.role is None or verb != "create"):
        return None
    return row.role if row.role is not None and rule.admits(row.role) else rule.role


def proof_of(row: ExampleRow, verb: Verb) -> tuple[str, ...]:
    """The headers by which whoever does that to the row says who they are."""
    return proof(caller(row, verb), row.context.auth, writes=verb not in ("list", "get"))


def _role(context: TestContext, everything: tuple[Attribute, ...]) -> str | None:
    words: tuple[Operation, ...] = ("create", *context.resource.operations)
    first = next(word for word in words if word in context.resource.operations)
    rule = rules(context.resource.access)[VERB_OF.get(first, "list")]
    sent = [item for item in everything if is_sent(item, context.resource)]
    found = writing_role(context, sent, "create") if first == "create" else None
    return found or (None if rule.public else rule.role)


def _is_told(item: Attribute) -> bool:
    if item.relation is not None:
        return is_required(item)
    return item.field.default is None or is_made(item)


def _has_example(item: Attribute) -> bool:
    known = item.relation is None and item.field.type in NATURAL and not item.field.is_list
    return known and isinstance(item.field.example, str | int)


def _reference(item: Attribute) -> Placeholder:
    return Placeholder(item.name, is_text=item.field.type not in ("int", "bigint"))


def _default(item: Attribute, default: Default) -> Any:
    if default.kind != "value":
        return MOMENTS[default.kind, item.field.type]
    return json_value(item.field, default.value)


def person(role: str | None) -> str:
    """Somebody of a role, at the beginning of a sentence."""
    if role is None:
        return "Anyone"
    return naming.with_article(role).capitalize()
