"""The operations of a resource: what its service and its router print for each.

A caller is passed on only where the answer depends on who asks; elsewhere the rule stands in the
decorator alone. So each line comes in the form that its rule asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator import naming
from generator.features.demands import is_restored
from generator.spec.model import BelongsTo, Operation, Resource, Verb
from generator.views.attributes import attributes, is_changed, is_sent
from generator.views.bulk import BulkView, bulk
from generator.views.dependencies import (
    Neighbour,
    neighbours,
    repository_bases,
    repository_names,
    router_names,
    service_names,
)
from generator.views.imports import import_lines
from generator.views.lookup import LookupView, lookup, lookup_names
from generator.views.nested import LinkView, NestedView, links, nested
from generator.views.operation import (
    CachedView,
    Context,
    GuardView,
    OperationView,
    cached,
    guard,
    operation,
    stem,
)
from generator.views.rules import RuleView, rules
from generator.views.through import ThroughView, through, through_names
from generator.views.visibility import hides, writers


@dataclass(frozen=True, slots=True)
class OperationsView:
    """Everything that the service and the router of one resource print."""

    has: frozenset[Operation]
    listed: bool
    """Whether there is a list of these rows: their own, or one below another resource."""
    route_class: str
    """`, route_class=IdempotentRoute` in the router where something is created, or nothing."""
    page: OperationView
    cached_page: CachedView
    get: OperationView
    cached_get: CachedView
    create: OperationView
    update: OperationView
    changes: str
    """The schemas of what may be changed, for the service; empty where nothing is."""
    delete: OperationView
    restore: OperationView | None
    """None where a row that was deleted is gone."""
    lookup: LookupView | None
    bulk: BulkView
    refusal: str
    """Arguments of `refusal` in the service's update, and in its delete."""
    delete_refusal: str
    creator: bool
    """Whether a new row belongs to whoever makes it."""
    add: str
    """How the repository is told of a new row's `values`."""
    asks_first: str
    """Why some writes ask whether the row may be changed before they do; empty where none does."""
    """The statement that makes the caller the owner of a new row, or nothing."""
    passwords: tuple[str, ...]
    changed_passwords: tuple[str, ...]
    """Those of them that an update may change."""
    values: str
    """What is stored for the `data` that was sent."""
    create_guards: tuple[GuardView, ...]
    update_guards: tuple[GuardView, ...]
    guards: tuple[GuardView, ...]
    nested: tuple[NestedView, ...]
    links: tuple[LinkView, ...]
    through: tuple[ThroughView, ...]
    linkable: OperationView
    """What the update's rule alone asks for."""
    neighbours: tuple[Neighbour, ...]
    service_imports: tuple[str, ...]
    router_imports: tuple[str, ...]
    repository_base: str
    """The class that the repository extends."""
    repository_imports: tuple[str, ...]


WRITES = frozenset({"create", "update"})


def operations_view(context: Context) -> OperationsView:
    """The operations of one resource."""
    resource = context.resource
    own = rules(resource.access)
    guards = tuple(_guards(context, "create"))
    updated = tuple(g for g in _guards(context, "update") if _may_change(context, g.attribute))
    passwords = tuple(_passwords(resource))
    changed = tuple(item for item in passwords if _may_change(context, item))
    changed = changed if {"update", "replace"} & {*resource.operations} else ()
    linked = tuple(links(context))
    creator = resource.owned is not None and not own["create"].public
    return OperationsView(
        has=frozenset(resource.operations),
        listed=_is_listed(context),
        route_class=", route_class=IdempotentRoute" if "create" in resource.operations else "",
        page=operation(context, "list"),
        cached_page=cached(resource, versioned=False),
        get=operation(context, "get"),
        cached_get=cached(resource, versioned=resource.versioned),
        create=operation(context, "create", wanted=creator, guarded=bool(guards)),
        update=operation(context, "update", guarded=bool(updated), versioned=resource.versioned),
        changes=" | ".join(_changes(resource)),
        delete=operation(context, "delete", versioned=resource.versioned),
        restore=operation(context, "restore") if is_restored(resource) else None,
        lookup=lookup(context),
        bulk=bulk(
            context,
            creator=creator,
            guarded=bool(guards),
            updated=bool(updated),
            hashes=bool(passwords),
        ),
        refusal=_refusal(own["get"], own["update"]),
        delete_refusal=_refusal(own["get"], own["delete"]),
        creator=creator,
        add="add_own(values, owner=caller.id)" if creator else "add(values)",
        asks_first=_asks_first(links=bool(linked), passwords=bool(changed)),
        passwords=passwords,
        changed_passwords=changed,
        values="await self._values(data)" if passwords else "data.model_dump()",
        create_guards=guards,
        update_guards=updated,
        guards=_distinct((*guards, *updated, *(link.guard for link in linked if link.guard))),
        nested=tuple(nested(context)),
        links=linked,
        through=tuple(through(context)),
        linkable=operation(context, "link", versioned=resource.versioned),
        neighbours=tuple(neighbours(context)),
        service_imports=import_lines((*service_names(context, passwords), *lookup_names(context))),
        router_imports=import_lines((*router_names(context), *lookup_names(context))),
        repository_base=", ".join(base.name for base in repository_bases(context)),
        repository_imports=import_lines((*repository_names(context), *through_names(context))),
    )


def _changes(resource: Resource) -> Iterator[str]:
    for word in ("update", "replace"):
        if word in resource.operations:
            yield f"{stem(resource)}{word.capitalize()}"


def _is_listed(context: Context) -> bool:
    if "list" in context.resource.operations:
        return True
    every = context.resources.values()
    below = (one for other in every for one in nested(replace(context, resource=other)))
    return any(one.stem == stem(context.resource) and not one.single for one in below)


def _passwords(resource: Resource) -> Iterator[str]:
    for item in resource.fields:
        if item.type == "password" and not (item.readonly or item.hidden):
            yield naming.attribute(item.name)


def _asks_first(*, links: bool, passwords: bool) -> str:
    if passwords:
        return "Nobody else has a password hashed, which takes far longer than to ask."
    return "Links are the row's own: who may change it may change them." if links else ""


def _owner_key(resource: Resource) -> str:
    return naming.attribute(f"{resource.owned}_id")


def owner_attribute(resource: Resource) -> str | None:
    """The attribute of the model that holds the owner's id, None where rows have no owner."""
    return None if resource.owned is None else _owner_key(resource)


def _refusal(get: RuleView, write: RuleView) -> str:
    if not write.limited:
        return ""
    seen = "" if get.open else "seen_by=access.GET.seen_by(caller), "
    return f", {seen}owner=access.{write.constant}.owner(caller)"


def _guards(context: Context, verb: Verb) -> Iterator[GuardView]:
    """References to rows that not everyone who writes may see."""
    sent = {
        a.relation.name
        for a in attributes(context.resource, context.resources)
        if a.relation and is_sent(a, context.resource)
    }
    write = writers(context.resource, verb)
    for relation in context.resource.relations:
        if isinstance(relation, BelongsTo) and relation.name in sent:
            target = context.resources[relation.resource]
            if hides(target, write):
                yield guard(context, target, relation.name)


def _distinct(guards: tuple[GuardView, ...]) -> tuple[GuardView, ...]:
    """One for each resource that is pointed at, however often it is."""
    return tuple({item.method: item for item in guards}.values())


def _may_change(context: Context, attribute: str) -> bool:
    return any(
        is_changed(item, context.resource)
        for item in attributes(context.resource, context.resources)
        if item.attribute == attribute
    )
