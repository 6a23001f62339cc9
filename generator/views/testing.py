"""What the tests of one resource print: sample bodies, who may act, and what must be refused."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator import naming
from generator.fieldtype import ORDER
from generator.literals import py
from generator.spec.model import Verb
from generator.views.attributes import (
    Attribute,
    attributes,
    is_changed,
    is_required,
    is_returned,
    is_sent,
    is_unique,
)
from generator.views.invalid import Invalid, invalid_elements
from generator.views.operations import owner_attribute
from generator.views.queries import QUERY_WORDS, sort_names
from generator.views.rules import RuleView, rules
from generator.views.samples import staggered
from generator.views.testing_access import (
    ROUTES,
    every_route,
    foreign,
    insiders,
    is_replacement,
    outsiders,
)
from generator.views.testing_accounts import precedes
from generator.views.testing_children import ChildView, children
from generator.views.testing_fields import (
    filtered_by,
    in_order,
    invalid_of,
    kept,
    longest,
    references,
    refused,
    sample_of,
    sorted_by,
    steps_of,
    unchanged,
    uniques_of,
    written,
)
from generator.views.testing_hidden import HiddenView, hidden, writing, writing_role
from generator.views.testing_imports import tests_imports
from generator.views.testing_links import LinkTestView, links
from generator.views.testing_names import (
    repository_alias,
)
from generator.views.testing_operations import OperationTestsView, operation_tests
from generator.views.testing_rows import (
    ANYBODY,
    SOMEBODY,
    ActorView,
    MakerView,
    NestedTestView,
    OptionalParentView,
    ParentView,
    TestContext,
    actor,
    nested,
    optional_parents,
    parents,
)
from generator.views.testing_slugs import SlugTestView, slug_tests
from generator.views.testing_soft import SoftTestsView, soft_tests
from generator.views.testing_through import ThroughTestView, through_tests
from generator.views.visibility import writers


@dataclass(frozen=True, slots=True)
class TestsView:
    """Everything that the factory and the tests of one resource print."""

    sample_imports: tuple[str, ...]
    maker: MakerView
    body: tuple[str, ...]
    """Lines `"title": f"Title {n}",` of a request body."""
    numbered: bool
    """Whether values count the rows."""
    parents: tuple[ParentView, ...]
    parent_modules: tuple[str, ...]
    has_owner: str
    secrets: tuple[tuple[str, str], ...]
    """Passwords, with their attributes."""
    repository: str
    """The class of the repository, as the tests call it."""
    actors: dict[str, ActorView]
    echoed: tuple[str, ...]
    """Names that are sent and come back alike."""
    concealed: tuple[str, ...]
    required: tuple[str, ...]
    invalid: tuple[tuple[str, Invalid], ...]
    elements: tuple[tuple[str, int, Invalid], ...]
    """Lists, how many of their elements stay, and what must not be the next."""
    longest: tuple[tuple[str, int], ...]
    """Lists that may have so many elements and no more."""
    refused: tuple[str, ...]
    """Names that a client must not send on creating."""
    unchanged: tuple[tuple[str, str], ...]
    """Names that a change must not have, each with the code of its refusal."""
    uniques: tuple[tuple[str, ...], ...]
    references: tuple[tuple[str, str], ...]
    """References, and the id of no row that they could point at, as JSON carries it."""
    in_order: str
    """The rows in the order in which a list has them."""
    preceded: bool
    """Whether whoever lists has brought a row, which their account needs."""
    filtered: tuple[tuple[str, str], ...]
    """Names with the parameter that filters by them."""
    ranged: tuple[tuple[str, str], ...]
    """Names with their attributes."""
    sorted: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str], ...]
    cleared: tuple[tuple[str, str], ...]
    """Names of what may be null, with their attributes."""
    operations: OperationTestsView
    written: tuple[str, ...]
    optional_parents: tuple[OptionalParentView, ...]
    hidden: tuple[HiddenView, ...]
    """References that somebody can't make on creating a row, since they can't see what is there."""
    hidden_changes: tuple[HiddenView, ...]
    """The same of changing one."""
    related: tuple[tuple[str, str], ...]
    """References that a list may be filtered by, with their attributes."""
    null_sorted: tuple[str, ...]
    """Fields that may be null, and that a list may be sorted by."""
    slugs: tuple[SlugTestView, ...]
    encrypted: tuple[str, ...]
    """Attributes that a client sends and the database can't read."""
    soft: SoftTestsView
    children: tuple[ChildView, ...]
    nested: tuple[NestedTestView, ...]
    links: tuple[LinkTestView, ...]
    through: tuple[ThroughTestView, ...]
    closed: tuple[tuple[str, str], ...]
    """Methods and paths of what nobody may call without signing in."""
    outsiders: tuple[tuple[str, str, str], ...]
    """The same with each role that may not call it."""
    insiders: tuple[tuple[str, str, str], ...]
    """Those on the rows themselves, with each role that a rule names."""
    foreign: tuple[tuple[str, str, int], ...]
    """The same for somebody else's row, with the status that is answered."""
    foreign_list: bool
    foreigner: str
    """The role of somebody who may touch their own rows alone."""
    rows: int
    """How many rows a test makes: fewer than three where no three can differ."""
    imports: tuple[str, ...]


def tests_view(context: TestContext) -> TestsView:
    """Everything that the tests of one resource print."""
    resource = context.resource
    everything = attributes(resource, context.resources, context.case)
    sent = [item for item in everything if is_sent(item, resource)]
    fields = [item for item in sent if item.relation is None]
    steps = steps_of(resource)
    samples = {
        item.name: staggered(sample_of(item, context.enums), steps.get(item.name, 0))
        for item in fields
    }
    own = rules(resource.access)
    preceded = precedes(context, actor(own["list"]))
    needed = tuple(parents(context, sent))
    changed = [item for item in sent if is_changed(item, resource)]
    has = frozenset(resource.operations)
    routes = {word: route for word, route in ROUTES.items() if word in has}
    every = tuple(every_route(context, routes))
    url = f"/{naming.dashed(resource.plural)}"
    below, lists = children(context), tuple(nested(context))
    linked = tuple(links(context))
    unseen = hidden(context, sent, "create")
    unseen_changes = hidden(context, changed, "update")
    others = tuple(foreign(url, every, own))
    actors = _actors(context, own, sent, changed)
    updater = writing_role(context, changed, "update") or writers(resource, "update").role
    optional = tuple(optional_parents(context, changed, actors["update"], updater))
    uniques = tuple(uniques_of(resource, sent, own["create"]))
    soft = soft_tests(context, sent, uniques)
    return TestsView(
        maker=SOMEBODY if context.auth else ANYBODY,
        sample_imports=tuple(sorted({line for s in samples.values() for line in s.uses})),
        body=tuple(f"{py(i.json)}: {samples[i.name].expression}," for i in fields),
        numbered=any(re.search(r"\bn\b", s.expression) for s in samples.values()),
        parents=needed,
        parent_modules=tuple(sorted({f"from {p.module} import {p.make}" for p in needed})),
        has_owner=owner_attribute(resource) or "",
        secrets=tuple((i.json, i.attribute) for i in fields if i.field.type == "password"),
        repository=repository_alias(resource),
        actors=actors,
        echoed=tuple(
            i.json for i in sent if is_returned(i) and (i.relation is None or is_required(i))
        ),
        concealed=tuple(item.json for item in everything if not is_returned(item)),
        required=tuple(item.json for item in sent if is_required(item)),
        invalid=tuple(
            (item.json, wrong) for item in fields for wrong in invalid_of(item, context.enums)
        ),
        elements=tuple(
            (item.json, kept(item.field), wrong)
            for item in fields
            for wrong in invalid_elements(item.field, context.enums)
        ),
        longest=tuple(longest(fields)),
        refused=refused(everything, tuple(sent)),
        unchanged=unchanged(everything, tuple(changed), resource),
        uniques=uniques,
        references=tuple(references(sent)),
        in_order=in_order(resource),
        preceded=preceded,
        filtered=tuple(
            (item.json, f"{item.json}__eq" if item.name in QUERY_WORDS else item.json)
            for item in filtered_by(resource, fields, samples, ("eq",))
            if not preceded
        ),
        ranged=tuple(
            (item.json, item.attribute)
            for item in filtered_by(resource, fields, samples, ORDER)
            if not preceded
        ),
        sorted=tuple(sorted_by(resource, everything)),
        changed=tuple(
            (i.json, i.attribute)
            for i in changed
            if i.name not in steps and (i.relation is None or is_required(i))
        ),
        cleared=tuple((i.json, i.attribute) for i in changed if i.nullable and i.relation is None),
        operations=operation_tests(context, sent, changed, others),
        written=tuple(written(resource)),
        optional_parents=optional,
        hidden=unseen,
        hidden_changes=unseen_changes,
        related=tuple(
            (i.json, i.attribute)
            for i in sent
            if i.relation and is_required(i) and i.relation.name in resource.filter
        ),
        null_sorted=tuple(
            i.json for i in fields if i.nullable and i.name in sort_names(resource) and not preceded
        ),
        slugs=tuple(slug_tests(resource, context.case)),
        encrypted=tuple(item.attribute for item in fields if item.field.encrypted),
        soft=soft,
        children=below,
        nested=lists,
        links=linked,
        through=tuple(through_tests(context)),
        closed=tuple(
            (route.method, url + route.path)
            for route in every
            if not all(rule.public for rule in route.rules)
        ),
        outsiders=tuple(outsiders(context, every, url)),
        insiders=tuple(insiders(context, routes, url)),
        foreign=tuple(one for one in others if not is_replacement(one)),
        foreign_list="list" in routes and own["list"].limited,
        foreigner="user",
        rows=min([3, *(samples[i.name].distinct for i in fields if is_unique(i))]),
        imports=tuple(
            sorted(tests_imports(context, has, optional, (*unseen, *unseen_changes), soft.parents))
        ),
    )


def _actors(
    context: TestContext,
    own: dict[Verb, RuleView],
    sent: list[Attribute],
    changed: list[Attribute],
) -> dict[str, ActorView]:
    """Who acts: somebody who sees what the rows point at, even if all may act."""
    actors: dict[str, ActorView] = {verb: actor(rule) for verb, rule in own.items()}
    actors["create"] = writing(context, sent, "create")
    actors["update"] = writing(context, changed, "update")
    return actors
