"""Tables that features bring of their own, said in the spec's language: raw data to resources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from generator import literals, naming
from generator.errors import SpecError
from generator.features.manifest import ManifestError
from generator.spec.grammar import Grammar
from generator.spec.load import load
from generator.spec.model import Resource, Spec
from generator.tables import ROLES, roles

ACCOUNTS = "user"
"""The built-in resource: what features say of it comes before what the spec adds to it."""


def own_resources(spec: Spec, raw: Mapping[str, Any], grammar: Grammar) -> tuple[Resource, ...]:
    """Return the tables of `raw` as resources, in their order.

    Each value is what a spec would say of a resource of that name; the enum `Role` is there for its
    fields. The resource that comes of it is named like its table, with a `_` that no name of a
    person's can have; `user` alone stands for the accounts. Raises ManifestError where a value is
    no such thing.
    """
    loaded = _load(spec, raw, grammar) if raw else ()
    names = {found.name: _own_name(found.name) for found in loaded}
    return tuple(_placed(found, names, spec) for found in loaded if found.name in raw)


def _load(spec: Spec, raw: Mapping[str, Any], grammar: Grammar) -> tuple[Resource, ...]:
    page = {
        "scaffold": 1,
        "service": {"name": "feature"},
        "auth": "none",
        "enums": {ROLES.lstrip("_"): [member.value for member in roles(spec).members]},
        "resources": {ACCOUNTS: {}} | {name: _table(said) for name, said in raw.items()},
    }
    try:
        return load(literals.yaml(page), grammar, file="feature.toml").resources
    except SpecError as error:
        raise ManifestError(str(error)) from error


def _table(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said of a table; that it has no URLs goes without saying."""
    return {key: value for key, value in said.items() if key != "operations"}


def _own_name(name: str) -> str:
    return name if name == ACCOUNTS else f"_{naming.plural(name)}"


def _placed(found: Resource, names: Mapping[str, str], spec: Spec) -> Resource:
    """Return a resource under its own name, its relations too; a spec's part is added to users."""
    relations = tuple(
        replace(relation, resource=names[relation.resource]) for relation in found.relations
    )
    fields = tuple(replace(item, enum=item.enum and ROLES) for item in found.fields)
    found = replace(found, fields=fields)
    if found.name != ACCOUNTS:
        own = names[found.name]
        return replace(found, name=own, plural=own, table=own, relations=relations)
    added = spec.user
    if added is None:
        return found
    return replace(added, fields=found.fields + added.fields, relations=relations + added.relations)
