"""Links of many to many: which two relations are one link, and what its table is."""

from __future__ import annotations

from dataclasses import dataclass

from generator import naming
from generator.errors import quoted
from generator.spec.model import ManyToMany
from generator.spec.relations import Draft
from generator.spec.report import listed
from generator.spec.resolve import Key, World


@dataclass(frozen=True, slots=True)
class _Link:
    """One link: the side that names its table, and the name that the other side has."""

    owner: Draft
    inverse: str | None
    mirror: Draft | None = None


def many_to_many(world: World) -> dict[Key, ManyToMany]:
    """Both sides of every link, under the resource and the name that each side has."""
    found: dict[Key, ManyToMany] = {}
    for link in _links(world):
        table = _table(world, link)
        if table is None:
            continue
        name, own, other = table
        found[link.owner.key] = _owner(link, name, own, other)
        if link.inverse is not None:
            found[(link.owner.target, link.inverse)] = _mirror(link, name, own, other)
    return found


def _links(world: World) -> list[_Link]:
    links: list[_Link] = []
    done: set[Key] = set()
    for draft in world.drafts.values():
        if draft.kind == "many_to_many" and draft.key not in done:
            link = _link(world, draft, done)
            links += [link] if link else []
    return links


def _link(world: World, draft: Draft, done: set[Key]) -> _Link | None:
    done.add(draft.key)
    other = _other_side(world, draft, done)
    name = draft.get("inverse")
    if other is None and name is None:
        return _Link(draft, None)
    if other is None:
        world.imply(draft, draft.target, str(name))
        return _Link(draft, name)
    done.add(other.key)
    if not _agree(draft, other):
        message = (
            f"{draft.resource}.{draft.name} and {other.resource}.{other.name} "
            "don't name each other as the two sides of one link"
        )
        world.at("bad-inverse", world.second(draft, other), "inverse", message)
        return None
    return _Link(draft, other.name, other)


def _agree(one: Draft, other: Draft) -> bool:
    return (
        other.kind == "many_to_many"
        and other.target == one.resource
        and one.get("inverse") in (None, other.name)
        and other.get("inverse") in (None, one.name)
        and (one.get("through") or other.get("through"))
        == (other.get("through") or one.get("through"))
    )


def _other_side(world: World, draft: Draft, done: set[Key]) -> Draft | None:
    """The relation that one side names; or else the only one that there is each way."""
    name = draft.get("inverse")
    if name is not None:
        return world.drafts.get((draft.target, name))
    others = world.of(draft.target, "many_to_many", draft.resource)
    naming_us = [other for other in others if other.get("inverse") == draft.name]
    if naming_us:
        return naming_us[0]
    if draft.target == draft.resource:
        return None
    free = [other for other in others if other.get("inverse") is None and other.key not in done]
    mine = world.of(draft.resource, "many_to_many", draft.target)
    ours = [one for one in mine if one.get("inverse") is None]
    if free and (len(free) > 1 or len(ours) > 1):
        names = listed([f"{other.resource}.{other.name}" for other in free])
        message = f"{names} may be the other side of {draft.name}; say which with inverse"
        world.at("ambiguous-inverse", draft, "type", message)
        done.update(other.key for other in (*free, *ours))
        return None
    return free[0] if free else None


def _table(world: World, link: _Link) -> tuple[str, str, str] | None:
    """The link's table, the owner's column in it and the other side's."""
    draft = link.owner
    through = draft.get("through") or (link.mirror.get("through") if link.mirror else None)
    if through is not None:
        return _through(world, link, str(through))
    own = naming.shortened(f"{draft.resource}_id")
    return naming.shortened(f"{world.tables[draft.resource]}_{draft.name}"), own, _column(draft)


def _column(draft: Draft) -> str:
    if draft.target != draft.resource:
        return naming.shortened(f"{draft.target}_id")
    word = naming.singular(draft.name)
    word = word if word != draft.resource else f"other_{draft.resource}"
    return naming.shortened(f"{word}_id")


def _through(world: World, link: _Link, through: str) -> tuple[str, str, str] | None:
    draft = link.owner if link.owner.get("through") else link.mirror or link.owner
    if through not in world.tables:
        names = [*world.tables]
        world.report.unknown("unknown-resource", draft.said["through"], "resource", names)
        return None
    own = world.of(through, "belongs_to", link.owner.resource)
    other = world.of(through, "belongs_to", link.owner.target)
    if link.owner.target == link.owner.resource:
        own, other = own[:1], own[1:]
    if len(own) == 1 and len(other) == 1:
        columns = [side.get("column") or f"{side.name}_id" for side in (own[0], other[0])]
        return world.tables[through], columns[0], columns[1]
    if through not in world.broken:
        both = f"{link.owner.resource} and {link.owner.target}"
        message = f"{quoted(through)} needs one belongs_to for each of {both}"
        world.at("bad-through", draft, "through", message)
    return None


def _owner(link: _Link, table: str, own: str, other: str) -> ManyToMany:
    draft = link.owner
    return ManyToMany(
        name=draft.name,
        resource=draft.target,
        table=table,
        own_column=own,
        other_column=other,
        inverse=link.inverse,
        through=draft.get("through") or (link.mirror.get("through") if link.mirror else None),
        description=draft.get("description") or "",
        renamed_from=draft.get("renamed_from"),
    )


def _mirror(link: _Link, table: str, own: str, other: str) -> ManyToMany:
    draft, mirror = link.owner, link.mirror
    return ManyToMany(
        name=str(link.inverse),
        resource=draft.resource,
        table=table,
        own_column=other,
        other_column=own,
        mirrored=True,
        inverse=draft.name,
        through=draft.get("through") or (mirror.get("through") if mirror else None),
        description=(mirror.get("description") if mirror else None) or "",
        renamed_from=mirror.get("renamed_from") if mirror else None,
    )
