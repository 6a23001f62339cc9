"""A resource as its templates see it: every string ready to print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import naming
from generator.spec.model import Api, Auth, Engine, Resource
from generator.table import Table
from generator.views.attributes import attributes
from generator.views.case import CaseView
from generator.views.code import Enums
from generator.views.columns import ModelView, model_view
from generator.views.keys import KeyView, key_view
from generator.views.model_context import ModelContext
from generator.views.operation import (
    VARIABLES,
    Context,
    id_type,
    repository_variable,
    route_name,
)
from generator.views.operations import OperationsView, operations_view, owner_attribute
from generator.views.public import Route, public_routes, shown_secrets
from generator.views.queries import default_sort
from generator.views.rules import rules
from generator.views.schemas import SchemaContext, SchemasView, schemas_view
from generator.views.seeding import SeedsView, seeds_view
from generator.views.seeding_context import seed_context
from generator.views.testing import TestsView, tests_view
from generator.views.testing_names import factory_file
from generator.views.testing_rows import TestContext
from generator.views.versions import VersionsView, versions_view

DEFAULT_STAMPS = ("created_at", "updated_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceView:
    """One resource; `word` is for sentences (`order item`), `words` its plural."""

    name: str
    package: str
    """The plural, or where Python keeps that word another."""
    factory: str
    """The module of `tests/factories/`."""
    class_name: str
    """The model."""
    stem: str
    """What the names of its other classes begin with: `Book` of `BookCreate`."""
    plural: str
    table: str
    title: str
    word: str
    words: str
    a_word: str
    A_word: str
    description: str
    url: str
    tag: str
    variable: str
    """The plural as a variable: the repository or service."""
    item: str
    """One of them as a variable."""
    router: str
    route: str
    """One of them, and many, in the names of routes."""
    routes: str
    id_type: str
    key: KeyView
    kept: str
    """What is said of a delete that keeps the row, or nothing."""
    owner: str | None
    """The attribute that says whose a row is; None where rows are nobody's."""
    versioned: bool
    versions: VersionsView
    cache_seconds: int | None
    """How long the answers of its reads are kept at most; None where they aren't."""
    events: tuple[str, ...]
    """Which of its changes others are told of."""
    encrypted: tuple[str, ...]
    """What lies encrypted in the database, and clients may see."""
    order: str
    """In which order a list comes unless asked otherwise."""
    checked: bool
    """Whether columns of a row are compared with each other."""
    body_limit: str
    bulk_limit: str
    """The same for as many of them as one request may hold."""
    model: ModelView
    schemas: SchemasView
    access: tuple[str, ...]
    repository: tuple[str, ...]
    operations: OperationsView
    public_routes: tuple[Route, ...]
    shown_secrets: tuple[str, ...]
    """Fields that clients see, whose names sound like secrets."""
    seeds: SeedsView
    tests: TestsView


@dataclass(frozen=True, slots=True)
class SpecContext:
    """What every resource of a spec shares."""

    database: Engine
    resources: dict[str, Resource]
    tables: dict[str, Table]
    enums: Enums
    api: Api
    auth: Auth | None
    case: CaseView
    late_keys: frozenset[str] = frozenset()


def resource_view(resource: Resource, spec: SpecContext) -> ResourceView:
    """Everything that the templates of one resource print."""
    word = naming.title(resource.name).lower()
    a_word = naming.with_article(word)
    context = operation_context(resource, spec)
    return ResourceView(
        name=resource.name,
        plural=resource.plural,
        package=naming.module(resource.plural),
        factory=factory_file(resource),
        class_name=resource.class_name,
        stem=naming.pascal(resource.name),
        table=resource.table,
        title=naming.title(resource.plural),
        word=word,
        words=naming.title(resource.plural).lower(),
        a_word=a_word,
        A_word=a_word.capitalize(),
        description=resource.description or f"{a_word.capitalize()}.",
        url=f"/{naming.dashed(resource.plural)}",
        tag=naming.dashed(resource.plural),
        variable=repository_variable(resource),
        item=_item(resource),
        router=_router(resource),
        route=route_name(resource.name),
        routes=route_name(resource.plural),
        id_type=id_type(resource).name,
        key=key_view(resource.id),
        kept="; it can be restored" if resource.soft_delete else "",
        owner=owner_attribute(resource),
        versioned=resource.versioned,
        versions=versions_view(resource),
        cache_seconds=resource.cache_seconds,
        events=resource.events,
        encrypted=tuple(_encrypted(resource)),
        order="newest first" if resource.created_field else "by id",
        checked=bool(resource.checks),
        body_limit=_body_limit(resource),
        bulk_limit=_body_limit(resource, MAX_ITEMS),
        model=model_view(model_context(resource, spec)),
        schemas=schemas_view(SchemaContext(resource, spec.resources, spec.enums, spec.api)),
        access=tuple(rule.declaration for rule in rules(resource.access).values()),
        repository=tuple(_repository_lines(resource, spec)),
        operations=operations_view(context),
        public_routes=tuple(public_routes(context)),
        shown_secrets=tuple(shown_secrets(context)),
        seeds=seeds_view(seed_context(resource, spec.resources, spec.tables, spec.enums)),
        tests=tests_view(test_context(resource, spec)),
    )


def operation_context(resource: Resource, spec: SpecContext) -> Context:
    """What the operations of one resource are made from."""
    return Context(resource, spec.resources, spec.case, spec.auth is not None)


def test_context(resource: Resource, spec: SpecContext) -> TestContext:
    """What the tests of one resource are made from."""
    return TestContext(resource, spec.resources, spec.enums, spec.auth, spec.case)


def model_context(resource: Resource, spec: SpecContext) -> ModelContext:
    """What the lines of one resource's model are made from."""
    return ModelContext(
        engine=spec.database,
        resource=resource,
        table=spec.tables[resource.table],
        resources=spec.resources,
        enums=spec.enums,
        links=spec.tables,
        late_keys=spec.late_keys,
        case=spec.case,
    )


def _item(resource: Resource) -> str:
    """A variable for one of them, other than the one for many (`news`)."""
    if resource.name == resource.plural:
        return f"one_{resource.name}"
    own = repository_variable(resource)
    return naming.variable(resource.name, VARIABLES | {own})


def _encrypted(resource: Resource) -> Iterator[str]:
    for item in resource.fields:
        if item.encrypted and not (item.hidden or item.writeonly):
            yield naming.attribute(item.name)


def _router(resource: Resource) -> str:
    """The router among all routers; features call theirs `auth` or `auth_...`."""
    taken = {resource.plural} if resource.plural.startswith("auth_") else ()
    return naming.variable(resource.plural, taken)


def slug_lines(resource: Resource) -> Iterator[str]:
    """What a repository says of the slugs that it makes."""
    slugs = [
        f"SlugFrom({naming.attribute(item.name)!r}, {naming.attribute(item.source)!r}, "
        f"{item.max_length})"
        for item in resource.fields
        if item.source
    ]
    if slugs:
        yield f"slugs = ({', '.join(slugs)},)"


def _repository_lines(resource: Resource, spec: SpecContext) -> Iterator[str]:
    owner = owner_attribute(resource)
    if owner is not None:
        yield f'owner = "{owner}"'
    names = [
        item.attribute
        for item in attributes(resource, spec.resources)
        if (item.relation.name if item.relation else item.name) in resource.filter
    ]
    if names:
        yield f"filters = ({', '.join(f'{name!r}' for name in names)},)"
    if resource.search:
        names = [naming.attribute(name) for name in resource.search]
        yield f"searched = ({', '.join(f'{name!r}' for name in names)},)"
    yield from slug_lines(resource)
    stamps = tuple(
        naming.attribute(name) for name in (resource.created_field, resource.updated_field) if name
    )
    if stamps != DEFAULT_STAMPS:
        yield f"stamps = {stamps!r}"
        yield f"default_sort = {default_sort(resource, spec.case)!r}"


ENCODED = {"bytes": 4 / 3}
MIB = 1024 * 1024
MAX_ITEMS = 100
"""As in the template of `bulk.py`."""


def _body_limit(resource: Resource, items: int = 1) -> str:
    """A larger limit of the body where the longest values together need one."""
    characters = sum(
        (item.max_length or 0) * ENCODED.get(item.type, 4) * (item.max_items or 1)
        for item in resource.fields
    )
    characters *= items
    return f"max_body_size={int(characters) + MIB}, " if characters > MIB else ""
