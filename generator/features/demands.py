"""What a spec says that needs code which others don't: a folder `<feature>/<kind>` each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from types import MappingProxyType
from typing import Literal

from generator.spec.model import (
    AUTHENTICATED,
    OWNER,
    PUBLIC,
    BelongsTo,
    Field,
    ManyToMany,
    Operation,
    Resource,
    Spec,
)

Demand = Callable[[Spec], bool]

BULK_VERBS: tuple[Operation, ...] = ("create", "update", "delete")
"""What `bulk` adds to, where a resource has it."""


def _any_field(needs: Callable[[Field], object]) -> Demand:
    return lambda spec: any(needs(field) for one in _resources(spec) for field in one.fields)


def _any_key(*types: str) -> Demand:
    return lambda spec: any(one.id.type in types for one in _resources(spec))


def _any_soft(named: Callable[[Resource], Iterable[str]]) -> Demand:
    """Whether a delete keeps the rows of some resource that another one names so."""

    def demand(spec: Spec) -> bool:
        soft = {one.name for one in spec.resources if one.soft_delete}
        return any(soft.intersection(named(one)) for one in _resources(spec))

    return demand


def _searched(spec: Spec) -> bool:
    return any(one.search for one in spec.resources)


def _parents(resource: Resource) -> Iterator[str]:
    return (one.resource for one in resource.relations if isinstance(one, BelongsTo))


def _links(resource: Resource) -> Iterator[str]:
    return (one.through or "" for one in resource.relations if isinstance(one, ManyToMany))


def _is_linked(resource: Resource) -> bool:
    return any(isinstance(one, ManyToMany) for one in resource.relations)


def _operation(word: Operation) -> Demand:
    return lambda spec: any(word in one.operations for one in spec.resources)


def _pages(word: Literal["cursor", "page"]) -> Demand:
    return lambda spec: spec.api.pagination == word


def _methods(with_: Collection[str], without: Collection[str] = ()) -> Demand:
    """Whether callers prove who they are in some ways, and not in some others."""

    def demand(spec: Spec) -> bool:
        methods = {*spec.auth.methods, *spec.auth.credentials} if spec.auth else set()
        return spec.auth is not None and methods >= set(with_) and methods.isdisjoint(without)

    return demand


_by_provider = _methods({"oauth2"})


def _has_passwords(spec: Spec) -> bool:
    """Whether a method was chosen that signs people in by a password."""
    return spec.auth is not None and not set(spec.auth.credentials).isdisjoint(spec.auth.methods)


def _store(word: Literal["database", "redis"]) -> Demand:
    """Whether there are sessions of browsers, and where they are."""
    has_any = _methods({"session"})
    return lambda spec: has_any(spec) and spec.auth is not None and spec.auth.sessions == word


def _is_fixed(resource: Resource) -> bool:
    """Whether a request that changes a row could name a field that never changes."""
    if not {"update", "replace"} & set(resource.operations) and not resource.built_in:
        return False
    immutable = any(one.immutable and not (one.readonly or one.hidden) for one in resource.fields)
    return immutable or resource.id.type == "string"


def bulk_verbs(resource: Resource) -> tuple[Operation, ...]:
    """Return what can be done with several rows of a resource at once."""
    chosen = resource.operations if "bulk" in resource.operations else ()
    return tuple(word for word in BULK_VERBS if word in chosen)


def is_restored(resource: Resource) -> bool:
    """Whether a row that was deleted can be made live again."""
    return resource.soft_delete and "delete" in resource.operations


def _resources(spec: Spec) -> tuple[Resource, ...]:
    return (*spec.resources, *((spec.user,) if spec.user else ()))


def _holds(user: Resource) -> bool:
    return bool(user.fields) or any(isinstance(one, BelongsTo) for one in user.relations)


def _relates(user: Resource) -> bool:
    return any(not isinstance(one, BelongsTo) for one in user.relations)


def is_read_apart(resource: Resource) -> bool:
    """Whether not everyone may read each row: some read their own alone."""
    words = set(resource.access.get)
    owned = resource.owned is not None and OWNER in words
    return owned and not words & {PUBLIC, AUTHENTICATED}


def reads_apart(resources: Iterable[Resource]) -> bool:
    """Whether rows that belong to somebody, or accounts, refer to such rows."""
    known = tuple(resources)
    apart = {one.name for one in known if is_read_apart(one)}
    held = {one.name for one in known if one.built_in or one.owned is not None}
    return any(
        one.name in held and link.resource in apart
        for one in known
        for link in one.relations
        if isinstance(link, BelongsTo | ManyToMany)
    )


DEMANDS: MappingProxyType[str, Demand] = MappingProxyType(
    {
        "keys/counted": _any_key("int", "bigint"),
        "keys/uuid": _any_key("uuid"),
        "keys/text": _any_key("string"),
        "columns/bytes": _any_field(lambda field: field.type == "bytes"),
        "columns/decimals": _any_field(lambda field: field.type == "decimal"),
        "columns/durations": _any_field(lambda field: field.type == "duration"),
        "columns/slugs": _any_field(lambda field: field.source),
        "columns/encrypted": _any_field(lambda field: field.encrypted),
        "columns/immutable": lambda spec: any(map(_is_fixed, _resources(spec))),
        "columns/lists": _any_field(lambda field: field.is_list),
        "columns/passwords": _any_field(lambda field: field.type == "password"),
        "accounts/added": lambda spec: spec.user is not None and _holds(spec.user),
        "accounts/related": lambda spec: spec.user is not None and _relates(spec.user),
        "callers/checked": lambda spec: spec.auth is not None and spec.auth.check_user,
        "callers/nobody": lambda spec: spec.auth is None,
        "callers/claimed": lambda spec: spec.auth is not None and not spec.auth.check_user,
        "credentials/bearer": _methods({"jwt"}, {"session"}),
        "credentials/cookie": _methods({"session"}, {"jwt"}),
        "credentials/either": _methods({"jwt", "session"}),
        "session_store/database": _store("database"),
        "session_store/redis": _store("redis"),
        "pages/cursor": _pages("cursor"),
        "pages/numbered": _pages("page"),
        "rows/checked": lambda spec: any(one.checks for one in spec.resources),
        "rows/linked": lambda spec: any(map(_is_linked, _resources(spec))),
        "rows/owned": lambda spec: any(one.owned for one in spec.resources),
        "names/snake": lambda spec: spec.api.case == "snake",
        "names/camel": lambda spec: spec.api.case == "camel",
        "rows/referring": _any_soft(_parents),
        "rows/soft": lambda spec: any(one.soft_delete for one in spec.resources),
        "rows/soft_links": _any_soft(_links),
        "rows/soft_owned": lambda spec: any(o.owned and o.soft_delete for o in spec.resources),
        "search/words": _searched,
        "search/like": lambda spec: _searched(spec) and spec.database != "postgresql",
        "search/tsvector": lambda spec: _searched(spec) and spec.database == "postgresql",
        "operations/bulk": lambda spec: any(map(bulk_verbs, spec.resources)),
        "operations/create": _operation("create"),
        "seeding/readers": lambda spec: reads_apart(_resources(spec)),
        "provider_login/alone": lambda spec: _by_provider(spec) and not _has_passwords(spec),
        "provider_login/beside": lambda spec: _by_provider(spec) and _has_passwords(spec),
        "sign_up/closed": lambda spec: spec.auth is not None and spec.auth.signup == "closed",
        "sign_up/open": lambda spec: spec.auth is not None and spec.auth.signup == "open",
        "user_pages/cursor": lambda spec: spec.auth is not None and _pages("cursor")(spec),
        "user_pages/numbered": lambda spec: spec.auth is not None and _pages("page")(spec),
        "versions/etags": lambda spec: any(one.versioned for one in _resources(spec)),
    }
)
"""The name of a folder, and whether a spec needs it."""


def demanded(name: str, spec: Spec) -> bool:
    """Whether a spec needs the folder of that name."""
    return name in DEMANDS and DEMANDS[name](spec)
