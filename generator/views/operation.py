"""One operation and its access rule: the pieces of code that the rule asks for."""

from __future__ import annotations

from dataclasses import dataclass

from generator import naming
from generator.fieldtype import Name
from generator.spec.model import ManyToMany, Resource, Verb
from generator.views.case import CaseView
from generator.views.keys import key_view
from generator.views.rules import rules


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
    column: str
    """Its name in the API."""
    method: str
    parameter: str
    a_word: str
    repository: str
    stem: str
    rule: str
    id_type: str
    caller: str
    """The type of who asks: nobody in particular, where an operation is public."""
    anonymous: bool
    owned: bool
    """Whether some see their own rows alone."""

    @property
    def admitted(self) -> str:
        """Whether who asks may see the rows at all, as an expression."""
        admitted = f"{self.rule}.admits(caller)"
        return f"(caller is not None and {admitted})" if self.anonymous else admitted


_OF_ACCOUNTS = {"repository": "app.auth.repository", "model": "app.auth.models"}
"""Layers of the accounts that signing in needs too."""


@dataclass(frozen=True, slots=True)
class Context:
    """The resource, and all others by name."""

    resource: Resource
    resources: dict[str, Resource]
    case: CaseView
    has_rules: bool
    """Whether operations have access rules: not where there are no accounts."""

    def package(self, resource: Resource) -> str:
        """`app.resources.books`; that of the accounts is `app.users`."""
        if resource.built_in:
            return "app.users"
        return f"app.resources.{naming.module(resource.plural)}"

    def module(self, resource: Resource, layer: str) -> str:
        """`app.resources.books.service`."""
        if resource.built_in and layer in _OF_ACCOUNTS:
            return _OF_ACCOUNTS[layer]
        return f"{self.package(resource)}.{layer}"


def operation(
    context: Context,
    kind: str,
    *,
    wanted: bool = False,
    guarded: bool = False,
    versioned: bool = False,
) -> OperationView:
    """The pieces for the rule of a kind of operation.

    `wanted` asks for the caller where the rule itself would not, `guarded` too and of public
    operations: what can be pointed at depends on who asks, nobody in particular included. A write
    of what is `versioned` may meet a stale version.
    """
    rule = rules(context.resource.access)[RULES[kind]]
    statuses = {*STATUSES[kind], *({STALE} if versioned else ())}
    constant = f"access.{rule.constant}"
    if rule.public:
        return _public(depending(context, constant), statuses, guarded=guarded)
    passed = rule.limited or wanted or guarded
    return OperationView(
        parameter="caller: Caller, " if passed else "",
        argument="caller, " if passed else "",
        dependency=f"caller: Annotated[Caller, Depends({constant})], " if passed else "",
        decorator="" if passed else depending(context, constant),
        owner=f", owner={constant}.owner(caller)" if rule.limited else "",
        statuses=_printed({*statuses, 401, 403}),
    )


@dataclass(frozen=True, slots=True)
class CachedView:
    """What the router says of a read whose answers are kept; nothing, where they aren't."""

    decorator: str = ""
    """`@cached(seconds=60)`, and the end of the line."""
    responses: str = ""
    """` | NOT_MODIFIED`, behind what else it may answer."""
    argument: str = ""
    """`responses=NOT_MODIFIED, ` in a decorator that says nothing else of what it may answer."""


def cached(resource: Resource, *, versioned: bool) -> CachedView:
    """The pieces for a read of a resource, whose answer may bear the version of a row."""
    if resource.cache_seconds is None:
        return CachedView()
    decorator = f"@cached(seconds={resource.cache_seconds})\n"
    if versioned:
        return CachedView(decorator)
    return CachedView(decorator, " | NOT_MODIFIED", "responses=NOT_MODIFIED, ")


def depending(context: Context, *constants: str) -> str:
    """`dependencies=[Depends(access.GET)], `: rules that hold though nothing asks who calls."""
    if not (constants and context.has_rules):
        return ""
    return f"dependencies=[{', '.join(f'Depends({name})' for name in constants)}], "


def _public(decorator: str, statuses: set[int], *, guarded: bool) -> OperationView:
    return OperationView(
        parameter="caller: Caller | None, " if guarded else "",
        argument="caller, " if guarded else "",
        dependency="caller: OptionalCallerDep, " if guarded else "",
        decorator=decorator,
        owner="",
        statuses=_printed({*statuses, 401} if guarded else statuses),
    )


def _printed(statuses: set[int]) -> str:
    return ", ".join(map(str, sorted(statuses)))


STATUSES = {
    "list": (414, 422, 431, 500, 503),
    "get": (404, 422, 431, 500, 503),
    "create": (400, 408, 409, 413, 415, 422, 431, 500, 503),
    "update": (400, 404, 408, 409, 413, 415, 422, 431, 500, 503),
    "delete": (404, 409, 422, 431, 500, 503),
    "restore": (404, 409, 422, 431, 500, 503),
    "bulk_delete": (404, 409, 414, 422, 431, 500, 503),
    "link": (404, 422, 431, 500, 503),
    "nested": (404, 414, 422, 431, 500, 503),
}
"""What each kind of operation may answer beside its success, whoever asks."""
STALE = 412
RULES: dict[str, Verb] = {
    "list": "list",
    "get": "get",
    "create": "create",
    "update": "update",
    "delete": "delete",
    "restore": "delete",
    "bulk_delete": "delete",
    "link": "update",
}
"""Whose rule holds for each kind."""


def guard(context: Context, target: Resource, name: str) -> GuardView:
    """The guard of a reference to a resource."""
    module = "access" if target.name == context.resource.name else f"{target.plural}_access"
    own = rules(context.resource.access)
    anonymous = own["create"].public or own["update"].public
    return GuardView(
        attribute=naming.attribute(f"{name}_id"),
        column=context.case.name(f"{name}_id"),
        method=f"sees_{target.name}",
        parameter=f"{target.name}_id",
        a_word=naming.with_article(words(target.name)),
        repository=repository_variable(target),
        stem=stem(target),
        rule=f"{module}.GET",
        id_type=id_type(target).name,
        caller="Caller | None" if anonymous else "Caller",
        anonymous=anonymous,
        owned=rules(target.access)["get"].limited,
    )


VARIABLES = naming.words(
    """
    access add caller change changeable data etags executor found problems query request requests
    response router self status values versions
    """
)
"""What services and routers call other things by, and a library whose calls bandit looks for."""


def repository_variable(resource: Resource) -> str:
    """The variable that holds a resource's repository or service: its plural, where that is free.

    What ends in `_id` or begins with `sees_` may be a parameter or a method beside it.
    """
    name = resource.plural
    taken = {name} if name.endswith("_id") or name.startswith("sees_") else VARIABLES
    return naming.variable(name, taken)


def link_variable(resource: Resource, relation: ManyToMany, resources: dict[str, Resource]) -> str:
    """The variable that holds a join table, named as the side that declares it: `BOOKS_TAGS`."""
    if relation.mirrored:
        return f"{resources[relation.resource].plural}_{relation.inverse}".upper()
    return f"{resource.plural}_{relation.name}".upper()


def stem(resource: Resource) -> str:
    """What the names of a resource's classes begin with: `Book` of `BookCreate`."""
    return naming.pascal(resource.name)


def route_name(name: str) -> str:
    """A name within that of a route, so that no two routes of a service have one name.

    `get_tags_of_book` has one `of` of ours; those of a user's names take an underscore.
    """
    if name == "me":
        return "me_"
    return "_".join(f"{word}_" if word == "of" else word for word in name.split("_"))


def words(name: str) -> str:
    """The name of a resource in a sentence."""
    return naming.title(name).lower()


def id_type(resource: Resource) -> Name:
    """The Python type of a resource's key."""
    return key_view(resource.id).python
