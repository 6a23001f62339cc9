"""Two specs -> what a client of the API would notice, and what would break one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.clients.fields import field_notices
from generator.clients.notice import Notice
from generator.spec.members import renamed_members
from generator.spec.model import Api, Auth, EnumType, Resource, Spec
from generator.spec.report import listed

__all__ = ["Notice", "notices"]


def notices(old: Spec, new: Spec) -> tuple[Notice, ...]:
    """Return what changes for clients, what breaks them first; in the order of the page else."""
    found = [
        *_api(old.api, new.api),
        *_auth(old.auth, new.auth),
        *_enums(old, new),
        *_resources(old, new),
    ]
    return tuple(sorted(found, key=lambda notice: not notice.breaks))


def _api(old: Api, new: Api) -> Iterator[Notice]:
    if old.version != new.version:
        yield Notice(True, f"every URL begins with /api/{new.version}, not /api/{old.version}")
    if old.pagination != new.pagination:
        yield Notice(True, f"lists are paged by {new.pagination}, not by {old.pagination}")
    if old.case != new.case:
        yield Notice(True, f"names in JSON are {new.case} case, not {old.case} case")
    if new.max_page_size < old.max_page_size:
        yield Notice(
            True, f"a page holds {new.max_page_size} rows at most, not {old.max_page_size}"
        )
    if old.page_size != new.page_size:
        yield Notice(False, f"a page holds {new.page_size} rows unless said, not {old.page_size}")


def _auth(old: Auth | None, new: Auth | None) -> Iterator[Notice]:
    if old is None and new is not None:
        yield Notice(True, "callers sign in: without a token they are answered 401")
    if old is not None and new is None:
        yield Notice(True, "there are no accounts: nothing below /auth and /users answers")
    if old is None or new is None:
        return
    yield from (
        Notice(True, f"nobody signs in by {method}")
        for method in old.methods
        if method not in new.methods
    )
    if "session" in {*old.methods} & {*new.methods} and old.sessions != new.sessions:
        yield Notice(True, "who is signed in with a cookie signs in again")
    if (old.signup, new.signup) == ("open", "closed"):
        yield Notice(True, "nobody signs up: accounts are made by an admin")
    yield from _gone("the role", old.roles, new.roles)


def _enums(old: Spec, new: Spec) -> Iterator[Notice]:
    before = {enum.name: _members(enum) for enum in old.enums}
    renamed = renamed_members(old.enums, new.enums)
    for enum in new.enums:
        if enum.name in before:
            yield from _values(enum, before[enum.name], renamed.get(enum.name, {}))


def _values(enum: EnumType, before: tuple[str, ...], names: Mapping[str, str]) -> Iterator[Notice]:
    had = tuple(names.get(member, member) for member in before)
    for old, new in names.items():
        yield Notice(True, f"{new} of {enum.name} was called {old}")
    yield from _gone(f"{enum.name} has no member", had, _members(enum), "")
    for member in _members(enum):
        if member not in had:
            yield Notice(False, f"{enum.name} may be {member}, too")


def _members(enum: EnumType) -> tuple[str, ...]:
    return tuple(member.value for member in enum.members)


def _resources(old: Spec, new: Spec) -> Iterator[Notice]:
    before = _by_name(old)
    sources = {one.name: _source(one, before) for one in _by_name(new).values()}
    for name, resource in before.items():
        if name not in sources.values():
            yield Notice(True, f"{_url(resource)} is gone")
    for name, resource in _by_name(new).items():
        source = sources[name]
        if source is None:
            yield Notice(False, f"{_url(resource)} is new")
        else:
            yield from _resource(before[source], resource)
            yield from field_notices(_url(resource), before[source], resource, sources)


def _source(resource: Resource, before: Mapping[str, Resource]) -> str | None:
    """The name that the resource had."""
    if resource.renamed_from in before and resource.name not in before:
        return resource.renamed_from
    return resource.name if resource.name in before else None


def _by_name(spec: Spec) -> dict[str, Resource]:
    own = () if spec.user is None else (spec.user,)
    return {resource.name: resource for resource in (*spec.resources, *own)}


def _resource(old: Resource, new: Resource) -> Iterator[Notice]:
    url = _url(new)
    if _url(old) != url:
        yield Notice(True, f"{_url(old)} is {url} now")
    for compare in RESOURCE:
        yield from compare(url, old, new)


def _operations(url: str, old: Resource, new: Resource) -> Iterator[Notice]:
    yield from _gone(f"{url} has no", old.operations, new.operations, "")
    for operation in new.operations:
        if operation not in old.operations:
            yield Notice(False, f"{url} has {operation}, too")


def _access(url: str, old: Resource, new: Resource) -> Iterator[Notice]:
    for verb in ("list", "get", "create", "update", "delete"):
        before, after = getattr(old.access, verb), getattr(new.access, verb)
        if before != after:
            narrower = not set(before) <= set(after) and "public" not in after
            words = f"{verb} of {url} is for {listed(after, 'or')}, not {listed(before, 'or')}"
            yield Notice(narrower, words)


def _lists(url: str, old: Resource, new: Resource) -> Iterator[Notice]:
    for word, attribute in (("filtered", "filter"), ("sorted", "sort")):
        for name in getattr(old, attribute):
            if name not in getattr(new, attribute):
                yield Notice(True, f"{url} can't be {word} by {name}")
    if old.search and not new.search:
        yield Notice(True, f"{url} can't be searched by ?q=")


def _rows(url: str, old: Resource, new: Resource) -> Iterator[Notice]:
    if old.lookup and old.lookup != new.lookup:
        yield Notice(True, f"{url}:by-{old.lookup} is gone")
    if old.soft_delete and not new.soft_delete:
        yield Notice(True, f"what is deleted of {url} can't be restored")
    if old.versioned and not new.versioned:
        yield Notice(True, f"{url} has no ETag, and knows no If-Match")
    if old.id.type != new.id.type:
        yield Notice(True, f"an id of {url} is {new.id.type}, not {old.id.type}")


RESOURCE: tuple[Callable[[str, Resource, Resource], Iterator[Notice]], ...] = (
    _operations,
    _access,
    _lists,
    _rows,
)
"""What is compared of a resource beside its fields."""


def _gone(
    what: str, old: Iterable[str], new: Iterable[str], tail: str = " is gone"
) -> Iterator[Notice]:
    left = set(new)
    return (Notice(True, f"{what} {name}{tail}") for name in old if name not in left)


def _url(resource: Resource) -> str:
    return f"/{resource.plural.replace('_', '-')}"
