"""The operations of a resource: what its service and its router print for each.

A caller is passed on only where the answer depends on who asks; elsewhere the rule stands in the
decorator alone. So each line comes in the form that its rule asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import naming
from generator.fieldtypes import Name
from generator.spec.model import AUTHENTICATED, BelongsTo, HasMany, ManyToMany, Operation, Resource
from generator.views.imports import import_lines
from generator.views.rules import RuleView, rules
from generator.views.schemas import attributes, is_changed, is_sent


@dataclass(frozen=True, slots=True)
class OperationView:
    """One operation, with the pieces of code that its access rule asks for."""

    parameter: str
    """`caller: Caller, ` in the service, or nothing."""
    argument: str
    """`caller, ` in a call of the service, or nothing."""
    dependency: str
    """`caller: Annotated[Caller, Depends(access.GET)], ` in the router, or nothing."""
    decorator: str
    """`dependencies=[Depends(access.GET)], ` in the decorator, or nothing."""
    owner: str
    """`, owner=access.GET.owner(caller)` in a call of the repository, or nothing."""
    statuses: str
    """What it may answer beside its success, ready for `problems(...)`."""


@dataclass(frozen=True, slots=True)
class GuardView:
    """A reference to a row that not everyone may see: pointing at it needs seeing it."""

    attribute: str
    method: str
    words: str
    repository: str
    rule: str


@dataclass(frozen=True, slots=True)
class NestedView:
    """A list, or one row, below another: `GET /authors/{id}/books`."""

    name: str
    url: str
    class_name: str
    words: str
    repository: str
    condition: str
    single: bool
    service: OperationView
    parent_owner: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """A many-to-many relation from one side: its list, and its URLs to link and unlink."""

    name: str
    url: str
    id_parameter: str
    id_type: str
    id_words: str
    own: str
    other: str
    table: str
    others: str
    operation: OperationView
    guard: GuardView | None
    """What has to be seen before it can be linked, where not everyone may see it."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another resource that this one's service needs."""

    variable: str
    repository: str


@dataclass(frozen=True, slots=True)
class OperationsView:
    """Everything that the service and the router of one resource print."""

    has: frozenset[Operation]
    page: OperationView
    get: OperationView
    create: OperationView
    update: OperationView
    delete: OperationView
    refusal: str
    """Arguments of `refusal` in the service's update, and in its delete."""
    delete_refusal: str
    owner_line: str
    """The statement that makes the caller the owner of a new row, or nothing."""
    passwords: tuple[str, ...]
    create_guards: tuple[GuardView, ...]
    update_guards: tuple[GuardView, ...]
    guards: tuple[GuardView, ...]
    nested: tuple[NestedView, ...]
    links: tuple[LinkView, ...]
    linkable: OperationView
    """What the update's rule alone asks for."""
    neighbours: tuple[Neighbour, ...]
    service_imports: tuple[str, ...]
    router_imports: tuple[str, ...]
    repository_imports: tuple[str, ...]


WRITES = frozenset({"create", "update"})


@dataclass(frozen=True, slots=True)
class Context:
    """The resource, and all others by name."""

    resource: Resource
    resources: dict[str, Resource]

    def module(self, resource: Resource, layer: str) -> str:
        """`app.resources.books.service`."""
        return f"app.resources.{resource.plural}.{layer}"


def operations_view(context: Context) -> OperationsView:
    """The operations of one resource."""
    resource = context.resource
    own = rules(resource.access)
    guards = tuple(_guards(context))
    updated = tuple(g for g in guards if _may_change(context, g.attribute))
    nested = tuple(_nested(context))
    links = tuple(_links(context))
    passwords = tuple(
        naming.attribute(item.name)
        for item in resource.fields
        if item.type == "password" and not (item.readonly or item.hidden)
    )
    creator = resource.owned is not None and not own["create"].public
    return OperationsView(
        has=frozenset(resource.operations),
        page=_operation(own["list"], "list"),
        get=_operation(own["get"], "get"),
        create=_operation(own["create"], "create", wanted=creator or bool(guards)),
        update=_operation(own["update"], "update", wanted=bool(updated)),
        delete=_operation(own["delete"], "delete"),
        refusal=_refusal(own["get"], own["update"]),
        delete_refusal=_refusal(own["get"], own["delete"]),
        owner_line=f'values["{_owner_key(resource)}"] = caller.id' if creator else "",
        passwords=passwords,
        create_guards=guards,
        update_guards=updated,
        guards=guards,
        nested=nested,
        links=links,
        linkable=_operation(own["update"], "link"),
        neighbours=tuple(_neighbours(context)),
        service_imports=import_lines(_service_names(context, own, passwords)),
        router_imports=import_lines(_router_names(context)),
        repository_imports=import_lines(_repository_names(context)),
    )


def _owner_key(resource: Resource) -> str:
    return naming.attribute(f"{resource.owned}_id")


def owner_attribute(resource: Resource) -> str | None:
    """The attribute of the model that holds the owner's id, None where rows have no owner."""
    return None if resource.owned is None else _owner_key(resource)


def _operation(rule: RuleView, verb: str, *, wanted: bool = False) -> OperationView:
    """The pieces for a rule; `wanted` asks for the caller where the rule itself would not."""
    passed = not rule.public and (rule.limited or wanted)
    constant = f"access.{rule.constant}"
    return OperationView(
        parameter="caller: Caller, " if passed else "",
        argument="caller, " if passed else "",
        dependency=f"caller: Annotated[Caller, Depends({constant})], " if passed else "",
        decorator="" if rule.public or passed else f"dependencies=[Depends({constant})], ",
        owner=f", owner={constant}.owner(caller)" if rule.limited else "",
        statuses=", ".join(map(str, _statuses(rule, verb))),
    )


STATUSES = {
    "list": (414, 422, 431, 500, 503),
    "get": (404, 422, 431, 500, 503),
    "create": (400, 409, 413, 422, 431, 500, 503),
    "update": (400, 404, 409, 412, 413, 422, 431, 500, 503),
    "delete": (404, 409, 412, 422, 431, 500, 503),
    "link": (404, 422, 431, 500, 503),
    "nested": (404, 414, 422, 431, 500, 503),
}
"""What each kind of operation may answer beside its success, whoever asks."""


def _statuses(rule: RuleView, verb: str) -> list[int]:
    signed = [] if rule.public else [401, 403]
    return sorted({*STATUSES[verb], *signed})


def _refusal(get: RuleView, write: RuleView) -> str:
    if not write.limited:
        return ""
    seen = {True: "seen_by=access.GET.owner(caller), "}.get(get.limited, "")
    if not (get.public or get.limited or AUTHENTICATED in get.words):
        seen = "seen_by=caller.id, "
    return f", {seen}owner=access.{write.constant}.owner(caller)"


def _guards(context: Context) -> Iterator[GuardView]:
    """References to owned rows, the owner's own and those to users apart."""
    if context.resource.access.create == ("public",):
        return
    sent = {
        a.relation.name
        for a in attributes(context.resource, context.resources)
        if a.relation and is_sent(a, context.resource)
    }
    for relation in context.resource.relations:
        if isinstance(relation, BelongsTo) and relation.name in sent:
            target = context.resources[relation.resource]
            if target.name != "user" and rules(target.access)["get"].limited:
                yield _guard(
                    context, target, naming.attribute(f"{relation.name}_id"), relation.name
                )


def _guard(context: Context, target: Resource, attribute: str, name: str) -> GuardView:
    module = "access" if target.name == context.resource.name else f"{target.plural}_access"
    return GuardView(
        attribute=attribute,
        method=f"see_{name}",
        words=_words(target.name),
        repository=repository_variable(target),
        rule=f"{module}.GET",
    )


def _may_change(context: Context, attribute: str) -> bool:
    return any(
        is_changed(item, context.resource)
        for item in attributes(context.resource, context.resources)
        if item.attribute == attribute
    )


def repository_variable(resource: Resource) -> str:
    """The variable that holds a resource's repository or service: its plural."""
    return naming.attribute(resource.plural)


def _words(name: str) -> str:
    return naming.title(name).lower()


def _nested(context: Context) -> Iterator[NestedView]:
    for relation in context.resource.relations:
        target = context.resources[relation.resource]
        if target.name == "user":
            continue
        if isinstance(relation, HasMany) and {"list", "get"} & set(target.operations):
            key = naming.attribute(f"{relation.via}_id")
            condition = f'{target.class_name}Repository.within("{key}", {context.resource.name}_id)'
            yield _nested_view(context, relation.name, target, condition, single=relation.single)
        if isinstance(relation, ManyToMany) and "list" in target.operations:
            own = repository_variable(context.resource)
            condition = f"self._{own}.{relation.name}_links().of({context.resource.name}_id)"
            yield _nested_view(context, relation.name, target, condition, single=False)


def _nested_view(
    context: Context, name: str, target: Resource, condition: str, *, single: bool
) -> NestedView:
    parent = rules(context.resource.access)["get"]
    child = rules(target.access)["get" if single else "list"]
    return NestedView(
        name=name,
        url=naming.dashed(name),
        class_name=target.class_name,
        words=_words(name),
        repository=repository_variable(target),
        condition=condition,
        single=single,
        service=_nested_operation(context, target, parent, child),
        parent_owner=", owner=access.GET.owner(caller)" if parent.limited else "",
    )


def _nested_operation(
    context: Context, target: Resource, parent: RuleView, child: RuleView
) -> OperationView:
    """Both rules hold: the parent's for seeing it, the child's for its list."""
    same = target.name == context.resource.name
    module = "access" if same else f"{target.plural}_access"
    constants = {f"access.{parent.constant}": parent, f"{module}.{child.constant}": child}
    limited = [name for name, rule in constants.items() if rule.limited]
    passed = limited[-1:]
    others = [n for n, rule in constants.items() if not rule.public and n not in passed]
    signed = [401, 403] if passed or others else []
    return OperationView(
        parameter="caller: Caller, " if passed else "",
        argument="caller, " if passed else "",
        dependency=f"caller: Annotated[Caller, Depends({passed[0]})], " if passed else "",
        decorator=f"dependencies=[{', '.join(f'Depends({n})' for n in others)}], "
        if others
        else "",
        owner=f", owner={module}.{child.constant}.owner(caller)" if child.limited else "",
        statuses=", ".join(map(str, sorted({*STATUSES["nested"], *signed}))),
    )


def _links(context: Context) -> Iterator[LinkView]:
    for relation in context.resource.relations:
        if not isinstance(relation, ManyToMany) or relation.through:
            continue
        target = context.resources[relation.resource]
        same = target.name == context.resource.name
        update = rules(context.resource.access)["update"]
        guarded = rules(target.access)["get"].limited and not update.public
        singular = naming.singular(relation.name)
        parameter = (
            f"{singular}_id" if f"{singular}_id" != f"{context.resource.name}_id" else "other_id"
        )
        yield LinkView(
            name=relation.name,
            url=naming.dashed(relation.name),
            id_parameter=parameter,
            id_type=_id_type(target).name,
            id_words=_words(target.name),
            own=relation.own_column,
            other=relation.other_column,
            table=relation.table.upper(),
            others=target.class_name,
            operation=_operation(update, "link", wanted=guarded),
            guard=_guard(context, target, parameter, relation.name) if guarded else None,
        )


def _id_type(resource: Resource) -> Name:
    return {"uuid": Name("UUID", "uuid")}.get(resource.id.type) or Name(
        {"string": "str"}.get(resource.id.type, "int")
    )


def id_type(resource: Resource) -> Name:
    """The Python type of a resource's key."""
    return _id_type(resource)


def _neighbour_resources(context: Context) -> list[Resource]:
    """The other resources whose rows the service reads."""
    names: dict[str, None] = {}
    for relation in context.resource.relations:
        target = context.resources[relation.resource]
        if target.name == "user" or target.name == context.resource.name:
            continue
        if isinstance(relation, BelongsTo) and not rules(target.access)["get"].limited:
            continue
        names[target.name] = None
    return [context.resources[name] for name in names]


def _neighbours(context: Context) -> Iterator[Neighbour]:
    for target in _neighbour_resources(context):
        yield Neighbour(repository_variable(target), f"{target.class_name}RepositoryDep")


def _service_names(
    context: Context, own: dict[str, RuleView], passwords: tuple[str, ...]
) -> Iterator[Name]:
    resource = context.resource
    yield _id_type(resource)
    yield Name("Caller", "app.auth.access")
    yield Name("access", f"app.resources.{resource.plural}")
    for relation in resource.relations:
        target = context.resources[relation.resource]
        if target.name == "user":
            continue
        yield _id_type(target)
        if target.name != resource.name:
            yield Name(f"access as {target.plural}_access", f"app.resources.{target.plural}")
            yield Name(f"{target.class_name}RepositoryDep", context.module(target, "repository"))
            yield Name(f"{target.class_name}Repository", context.module(target, "repository"))
        for suffix in ("Page", "Query", "Read"):
            yield Name(f"{target.class_name}{suffix}", context.module(target, "schemas"))
    if passwords:
        yield Name("SecretStr", "pydantic")
        yield Name("hash_password", "app.passwords")


def _router_names(context: Context) -> Iterator[Name]:
    resource = context.resource
    yield _id_type(resource)
    yield Name("Caller", "app.auth.access")
    yield Name("access", f"app.resources.{resource.plural}")
    for relation in resource.relations:
        target = context.resources[relation.resource]
        if target.name != "user":
            yield _id_type(target)
            if target.name != resource.name:
                yield Name(f"access as {target.plural}_access", f"app.resources.{target.plural}")
            for suffix in ("Page", "Query", "Read"):
                yield Name(f"{target.class_name}{suffix}", context.module(target, "schemas"))


def _repository_names(context: Context) -> Iterator[Name]:
    for relation in context.resource.relations:
        if isinstance(relation, ManyToMany) and not relation.through:
            target = context.resources[relation.resource]
            holder = target if relation.mirrored else context.resource
            yield Name(relation.table.upper(), context.module(holder, "model"))
            yield Name("Links", "app.links")
            if target.name != context.resource.name:
                yield Name(target.class_name, context.module(target, "model"))
