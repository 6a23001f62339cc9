"""What the layers of a resource import from each other and from other resources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.fieldtype import Name
from generator.spec.model import BelongsTo, ManyToMany, Resource
from generator.views.keys import key_view
from generator.views.operation import (
    Context,
    id_type,
    link_variable,
    repository_variable,
    stem,
)
from generator.views.rules import rules


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another resource that this one's service needs."""

    variable: str
    repository: str


def _neighbour_resources(context: Context) -> list[Resource]:
    """The other resources whose rows the service reads."""
    names: dict[str, None] = {}
    for relation in context.resource.relations:
        target = context.resources[relation.resource]
        if target.name == context.resource.name:
            continue
        if isinstance(relation, BelongsTo) and not rules(target.access)["get"].limited:
            continue
        names[target.name] = None
    return [context.resources[name] for name in names]


def neighbours(context: Context) -> Iterator[Neighbour]:
    """The repositories that the service takes beside its own."""
    for target in _neighbour_resources(context):
        yield Neighbour(repository_variable(target), f"{stem(target)}Repository")


def service_names(context: Context, passwords: tuple[str, ...]) -> Iterator[Name]:
    """What the service may need; what it doesn't, the formatter takes out."""
    resource = context.resource
    yield id_type(resource)
    yield Name("Caller", "app.auth.access")
    yield Name("access", context.package(resource))
    for relation in resource.relations:
        target = context.resources[relation.resource]
        yield id_type(target)
        if target.name != resource.name:
            yield Name(f"access as {target.plural}_access", context.package(target))
            yield Name(f"{stem(target)}Repository", context.module(target, "repository"))
        for suffix in ("Page", "Query", "Read"):
            yield Name(f"{stem(target)}{suffix}", context.module(target, "schemas"))
    if passwords:
        yield Name("SecretStr", "pydantic")
        yield Name("hash_password", "app.passwords")


def router_names(context: Context) -> Iterator[Name]:
    """What the router may need; what it doesn't, the formatter takes out."""
    resource = context.resource
    yield Name("IdempotentRoute", "app.idempotency.route")
    yield Name("cached", "app.cache")
    yield Name("NOT_MODIFIED", "app.cache")
    yield from key_view(resource.id).parameter.names
    yield Name("OptionalCallerDep", "app.auth.authentication")
    yield Name("Caller", "app.auth.access")
    yield Name("access", context.package(resource))
    for relation in resource.relations:
        target = context.resources[relation.resource]
        yield from key_view(target.id).parameter.names
        if target.name != resource.name:
            yield Name(f"access as {target.plural}_access", context.package(target))
        for suffix in ("Page", "Query", "Read"):
            yield Name(f"{stem(target)}{suffix}", context.module(target, "schemas"))


def repository_bases(context: Context) -> tuple[Name, ...]:
    """The classes that a repository extends, each before those whose methods it calls."""
    resource = context.resource
    owned, soft = resource.owned is not None, resource.soft_delete
    bases = {
        Name("SlugRepository", "app.slugs"): any(item.source for item in resource.fields),
        Name("OwnedSoftRepository", "app.soft_ownership"): owned and soft,
        Name("OwnedRepository", "app.ownership"): owned and not soft,
        Name("SoftRepository", "app.soft_deletion"): soft and not owned,
        Name("SearchedRepository", "app.search"): bool(resource.search),
        Name("ReferringRepository", "app.references"): _refers_to_soft(context),
    }
    chosen = tuple(name for name, wanted in bases.items() if wanted)
    return chosen or (Name("Repository", "app.repository"),)


def _refers_to_soft(context: Context) -> bool:
    return any(
        context.resources[one.resource].soft_delete
        for one in context.resource.relations
        if isinstance(one, BelongsTo)
    )


def repository_names(context: Context) -> Iterator[Name]:
    """What the repository needs: its bases, and what its links lead to."""
    yield from repository_bases(context)
    if any(item.source for item in context.resource.fields):
        yield Name("SlugFrom", "app.slugs")
    for relation in context.resource.relations:
        if isinstance(relation, ManyToMany) and not relation.through:
            target = context.resources[relation.resource]
            holder = target if relation.mirrored else context.resource
            table = link_variable(context.resource, relation, context.resources)
            yield Name(table, context.module(holder, "model"))
            yield Name("Links", "app.links")
            if target.name != context.resource.name:
                yield Name(target.class_name, context.module(target, "model"))
