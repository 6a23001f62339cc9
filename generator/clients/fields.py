"""Two states of a resource -> what a client would notice of its fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from generator.clients.notice import Notice
from generator.spec.model import BelongsTo, Field, Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key of the JSON of a resource: what a client gives and gets."""

    name: str
    source: str
    """The name that it had, where that was another."""
    type: str
    accepted: bool
    """Whether a client may say it."""
    required: bool
    returned: bool
    nullable: bool
    immutable: bool
    limits: Mapping[str, object]


LIMITS = ("min_length", "max_length", "ge", "gt", "le", "lt", "pattern", "min_items", "max_items")


def field_notices(
    url: str, old: Resource, new: Resource, sources: Mapping[str, str | None]
) -> Iterator[Notice]:
    """Give what changes of the keys of a resource's JSON.

    `sources` leads from each resource's name to the one that it had.
    """
    before = {key.name: key for key in _keys(old, {})}
    after = tuple(_keys(new, sources))
    kept = {_had(key, before): key for key in after}
    for name, key in before.items():
        if name not in kept and (key.accepted or key.returned):
            yield Notice(True, f"{name} of {url} is gone")
    for had, key in kept.items():
        if had in before:
            for compare in KEYS:
                yield from compare(f"{key.name} of {url}", before[had], key)
        elif key.required:
            yield Notice(True, f"{key.name} of {url} is new, and a row can't be made without it")
        elif key.accepted or key.returned:
            yield Notice(False, f"{key.name} of {url} is new")


def _had(key: Key, before: Mapping[str, Key]) -> str:
    return key.source if key.source in before and key.name not in before else key.name


def _keys(resource: Resource, sources: Mapping[str, str | None]) -> Iterator[Key]:
    for item in resource.fields:
        yield _of_field(item)
    for relation in resource.relations:
        if isinstance(relation, BelongsTo):
            target = sources.get(relation.resource) or relation.resource
            yield _of_relation(relation, target, is_owner=relation.name == resource.owned)
    for name in filter(None, (resource.created_field, resource.updated_field)):
        yield Key(
            name=name,
            source=name,
            type="datetime",
            accepted=False,
            required=False,
            returned=True,
            nullable=False,
            immutable=False,
            limits={},
        )


def _of_field(item: Field) -> Key:
    accepted = not (item.readonly or item.hidden)
    filled = item.nullable or item.default is not None or item.source is not None
    return Key(
        name=item.name,
        source=item.renamed_from or item.name,
        type=f"{item.enum or item.type}{'[]' if item.is_list else ''}",
        accepted=accepted,
        required=accepted and not filled,
        returned=not (item.writeonly or item.hidden or item.type == "password"),
        nullable=item.nullable,
        immutable=item.immutable,
        limits={name: getattr(item, name) for name in LIMITS},
    )


def _of_relation(relation: BelongsTo, target: str, *, is_owner: bool) -> Key:
    return Key(
        name=f"{relation.name}_id",
        source=f"{relation.renamed_from or relation.name}_id",
        type=f"id of {target}",
        accepted=not is_owner,
        required=not (is_owner or relation.nullable),
        returned=True,
        nullable=relation.nullable,
        immutable=False,
        limits={},
    )


def _name(what: str, old: Key, new: Key) -> Iterator[Notice]:
    if old.name != new.name:
        yield Notice(True, f"{what} was called {old.name}")


def _type(what: str, old: Key, new: Key) -> Iterator[Notice]:
    if old.type != new.type:
        yield Notice(True, f"{what} is {new.type}, not {old.type}")


def _use(what: str, old: Key, new: Key) -> Iterator[Notice]:
    if old.accepted and not new.accepted:
        yield Notice(True, f"{what} can't be set any more")
    if old.returned and not new.returned:
        yield Notice(True, f"{what} is in no answer any more")
    if new.immutable and not old.immutable:
        yield Notice(True, f"{what} can't be changed once it is set")
    if new.required and not old.required:
        yield Notice(True, f"{what} has to be given when a row is made")


def _null(what: str, old: Key, new: Key) -> Iterator[Notice]:
    if new.nullable and not old.nullable and new.returned:
        yield Notice(True, f"{what} may be null")
    if old.nullable and not new.nullable and new.accepted:
        yield Notice(True, f"{what} can't be set to null")


def _limits(what: str, old: Key, new: Key) -> Iterator[Notice]:
    for name in LIMITS:
        before, after = old.limits.get(name), new.limits.get(name)
        if before != after and old.type == new.type:
            words = name.replace("_", " ")
            said = "no longer limited" if after is None else f"{after}"
            was = "" if before is None else f", not {before}"
            yield Notice(_narrows(name, before, after), f"{words} of {what} is {said}{was}")


def _narrows(name: str, before: object, after: object) -> bool:
    """Whether a limit lets less through than it did; of two patterns nobody can tell."""
    if after is None:
        return False
    if before is None or name == "pattern":
        return True
    rises = name in ("min_length", "min_items", "ge", "gt")
    return bool(after > before if rises else after < before)  # type: ignore[operator]


KEYS: tuple[Callable[[str, Key, Key], Iterator[Notice]], ...] = (
    _name,
    _type,
    _use,
    _null,
    _limits,
)
"""What is compared of a key."""
