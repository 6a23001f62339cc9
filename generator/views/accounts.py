"""What a spec adds to accounts: the lines that the templates of accounts print beside their own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.literals import py
from generator.spec.model import Auth, BelongsTo, Resource
from generator.table import ColumnsCheck, Table
from generator.views.api_accounts import AccountPageView, account_page
from generator.views.attributes import attributes, is_returned
from generator.views.classes import ACCOUNTS
from generator.views.columns import ModelView, model_view
from generator.views.operation import Context, GuardView
from generator.views.operations import OperationsView, operations_view
from generator.views.public import SOUNDS_SECRET
from generator.views.queries import sort_words
from generator.views.resources import SpecContext, model_context, slug_lines
from generator.views.rules import rules
from generator.views.schemas import SchemaContext, SchemasView, schemas_view
from generator.views.seeding import SeedsView, seeds_view
from generator.views.seeding_context import seed_context
from generator.views.testing import TestsView, tests_view
from generator.views.testing_related import RelatedTestsView, related_tests
from generator.views.testing_rows import TestContext


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """What a spec adds to accounts, every line ready to print; most specs add nothing."""

    model: ModelView
    constraints: tuple[str, ...]
    """Items of `__table_args__`."""
    schemas: SchemasView
    read: tuple[str, ...]
    aliases: tuple[str, ...]
    """Names of the types that creating and changing share."""
    slugs: tuple[str, ...]
    """What the repository says of slugs that it makes."""
    filters: tuple[str, ...]
    """Attributes that a list may be filtered by."""
    sorts: tuple[str, ...]
    shown: tuple[str, ...]
    """Names that clients see."""
    shown_secrets: tuple[str, ...]
    """Those among them that sound like secrets."""
    profile_statuses: str
    """What a change of one's own account may answer, ready for `problems(...)`."""
    operations: OperationsView
    changed: tuple[str, ...]
    """Names that people may change, of what no account is without or that no row stands for."""
    cleared: tuple[str, ...]
    uniques: tuple[str, ...]
    references: str
    """Names of references with the id of no row, as an expression."""
    filtered: tuple[tuple[str, str], ...]
    """Names with the parameter that filters by them, as far as clients see them."""
    guards: tuple[GuardView, ...]
    """One for each resource that not everyone may see and that people may point at."""
    tests: TestsView
    related: RelatedTestsView
    page: AccountPageView
    seeds: SeedsView
    """How accounts are seeded, what all of them have included."""


def with_added(user: Resource, added: Resource) -> Resource:
    """The accounts, what the spec adds to them as `added` has it."""
    names = {item.name for item in added.fields}
    own = tuple(item for item in user.fields if item.name not in names)
    return replace(user, fields=own + added.fields)


def account_view(user: Resource, added: Resource, spec: SpecContext) -> AccountView:
    """The view of `added`, which is `user` with what the spec adds and nothing of its own."""
    added = replace(added, created_field=None, updated_field=None, versioned=False)
    context = replace(
        spec, tables={**spec.tables, user.table: _added(spec.tables[user.table], added)}
    )
    everything = attributes(added, spec.resources, spec.case)
    shown = tuple(item.json for item in everything if is_returned(item) and item.name != "id")
    tested = TestContext(added, spec.resources, spec.enums, spec.auth, spec.case)
    tests = tests_view(tested)
    pairs = [f"({py(name)}, {missing})" for name, missing in tests.references]
    model = model_view(model_context(added, context))
    schemas = _schemas(added, spec)
    operations = operations_view(Context(added, spec.resources, spec.case, spec.auth is not None))
    return AccountView(
        model=model,
        constraints=model.constraints[1:-1],
        schemas=schemas,
        read=schemas.read[1:],
        aliases=tuple(line.split(" = ")[0] for line in schemas.aliases),
        slugs=tuple(slug_lines(added)),
        filters=tuple(
            item.attribute
            for item in everything
            if (item.relation.name if item.relation else item.name) in added.filter
        ),
        sorts=sort_words(added, spec.case),
        shown=shown,
        shown_secrets=tuple(name for name in shown if SOUNDS_SECRET.search(name)),
        profile_statuses=f"400, 408{', 409' if schemas.update else ''}, 412, 413, 415",
        operations=operations,
        guards=tuple({item.method: item for item in operations.update_guards}.values()),
        changed=tuple(name for name, _ in tests.changed),
        cleared=tuple(name for name, _ in tests.cleared),
        uniques=tuple(names[0] for names in tests.uniques if len(names) == 1),
        references=f"[{', '.join(pairs)}]",
        filtered=tuple(pair for pair in tests.filtered if pair[0] in shown),
        tests=tests,
        related=related_tests(tested),
        page=account_page(tested, spec.auth or Auth(), spec.api),
        seeds=seeds_view(seed_context(user, spec.resources, spec.tables, spec.enums)),
    )


def _schemas(added: Resource, spec: SpecContext) -> SchemasView:
    """The schemas; what not everyone may see can't be pointed at before somebody signed in."""

    def view(resource: Resource) -> SchemasView:
        return schemas_view(SchemaContext(resource, spec.resources, spec.enums, spec.api, ACCOUNTS))

    unsorted = replace(added, sort=())
    seen = tuple(
        item
        for item in added.relations
        if rules(spec.resources[item.resource].access)["get"].open
        or spec.resources[item.resource].built_in
    )
    return replace(view(unsorted), create=view(replace(unsorted, relations=seen)).create)


def _added(table: Table, added: Resource) -> Table:
    """The part of the table of accounts that the spec adds."""
    keys = {item.name for item in added.fields}
    keys |= {f"{item.name}_id" for item in added.relations if isinstance(item, BelongsTo)}
    columns = tuple(column for column in table.columns if column.key in keys)
    names = {column.name for column in columns}
    return replace(
        table,
        columns=columns,
        uniques=tuple(one for one in table.uniques if set(one.columns) <= names),
        indexes=tuple(one for one in table.indexes if {name for name, _ in one.columns} <= names),
        checks=tuple(
            one for one in table.checks if isinstance(one, ColumnsCheck) or one.column in names
        ),
    )
