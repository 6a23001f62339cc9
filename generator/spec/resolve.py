"""Relations find their other sides: every link of two resources is told by both of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from generator import naming
from generator.errors import quoted
from generator.spec.model import BelongsTo, HasMany, Relation
from generator.spec.relations import Draft
from generator.spec.report import Path, Report, Said, listed

Key = tuple[str, str]


@dataclass(frozen=True)
class World:
    """All that relations may refer to. `broken` are the resources with an unreadable relation."""

    drafts: Mapping[Key, Draft]
    tables: Mapping[str, str]
    """Every resource's table, the user's too."""
    broken: frozenset[str]
    report: Report

    def of(self, resource: str, kind: str, target: str) -> list[Draft]:
        """The relations of a resource with a kind and a target."""
        return self._by_ends.get((resource, kind, target), [])

    @cached_property
    def _by_ends(self) -> dict[tuple[str, str, str], list[Draft]]:
        found: dict[tuple[str, str, str], list[Draft]] = {}
        for draft in self.drafts.values():
            found.setdefault((draft.resource, draft.kind, draft.target), []).append(draft)
        return found

    def at(self, code: str, draft: Draft, key: str, message: str, near: str | None = None) -> None:
        """A problem with what a relation says under a key, or with its kind."""
        key = key if key in draft.said else "type"
        self.report.at(code, (*draft.path, key), message, near)

    def second(self, one: Draft, other: Draft) -> Draft:
        """Which of two stands further down in the file."""
        places = [self.report.find(draft.path)[0].start for draft in (one, other)]
        return other if places[1] >= places[0] else one

    def imply(self, draft: Draft, resource: str, name: str) -> None:
        """Remembers that the `inverse` of a relation says another one."""
        place, shown = self.report.find((*draft.path, "inverse"))
        path: Path = ("resources", resource, "relations", name)
        if not self.report.said(path):
            self.report.put(path, place, shown)


@dataclass
class Links:
    """Which has_many or has_one is the other side of which belongs_to, both ways."""

    by_has: dict[Key, Draft] = field(default_factory=dict)
    by_belongs: dict[Key, str] = field(default_factory=dict)

    def join(self, has: Draft, belongs: Draft) -> None:
        """Makes the two the sides of one link."""
        self.by_has[has.key] = belongs
        self.by_belongs[belongs.key] = has.name


def resolve(world: World) -> dict[str, tuple[Relation, ...]]:
    """The relations of each resource: the written ones in their order, then the implied ones."""
    from generator.spec.links import many_to_many  # noqa: PLC0415 - links builds on World

    world = _with_known_targets(world)
    links = Links()
    broken: set[Key] = set()
    _declared_by_belongs_to(world, links, broken)
    _declared_by_has(world, links, broken)
    _found_by_target(world, links, broken)
    found: dict[Key, Relation] = {**many_to_many(world)}
    for draft in world.drafts.values():
        if draft.kind == "belongs_to":
            found[draft.key] = _belongs_to(draft, links)
        elif draft.has and draft.key in links.by_has:
            found[draft.key] = _has(draft, links.by_has[draft.key])
    return _ordered(world, found, _implied(world, links))


def _with_known_targets(world: World) -> World:
    names = [*world.tables]
    known: dict[Key, Draft] = {}
    broken = set(world.broken)
    for draft in world.drafts.values():
        if draft.target in world.tables:
            known[draft.key] = draft
            continue
        broken.add(draft.resource)
        said: Said = draft.said["resource"]
        world.report.unknown("unknown-resource", said, "resource", names)
    return World(known, world.tables, frozenset(broken), world.report)


def _declared_by_belongs_to(world: World, links: Links, broken: set[Key]) -> None:
    for belongs in list(world.drafts.values()):
        name = belongs.get("inverse")
        if belongs.kind != "belongs_to" or name is None:
            continue
        has = world.drafts.get((belongs.target, name))
        if has is None:
            world.imply(belongs, belongs.target, name)
            links.by_belongs[belongs.key] = name
        elif _agree(has, belongs):
            _join(world, links, has, belongs)
        else:
            broken |= {has.key, belongs.key}
            later = world.second(has, belongs)
            message = (
                f"{belongs.resource}.{belongs.name} and {has.resource}.{has.name} "
                "don't name each other as the two sides of one link"
            )
            world.at("bad-inverse", later, "inverse", message)


def _agree(has: Draft, belongs: Draft) -> bool:
    return (
        has.has
        and has.target == belongs.resource
        and has.get("inverse") in (None, belongs.name)
        and belongs.get("inverse") in (None, has.name)
    )


def _join(world: World, links: Links, has: Draft, belongs: Draft) -> None:
    links.join(has, belongs)
    unique = bool(belongs.get("unique"))
    if unique == (has.kind == "has_one"):
        return
    side = f"{belongs.resource}.{belongs.name}"
    if unique:
        world.at("bad-inverse", has, "type", f"{side} is unique: one row at most", "has_one")
    else:
        message = f"has_one needs {side} to be unique; say so there, or has_many here"
        world.at("bad-inverse", has, "type", message)


def _declared_by_has(world: World, links: Links, broken: set[Key]) -> None:
    for has in world.drafts.values():
        name = has.get("inverse")
        if not has.has or name is None or has.key in links.by_has or has.key in broken:
            continue
        belongs = world.drafts.get((has.target, name))
        if belongs is not None and _other_side(has, belongs):
            _claim(world, links, has, belongs)
        elif belongs is not None or has.target not in world.broken:
            _no_such_side(world, has, name)


def _other_side(has: Draft, belongs: Draft) -> bool:
    return belongs.kind == "belongs_to" and belongs.target == has.resource


def _claim(world: World, links: Links, has: Draft, belongs: Draft) -> None:
    other = links.by_belongs.get(belongs.key) or belongs.get("inverse")
    if other is None:
        _join(world, links, has, belongs)
        return
    message = f"{belongs.resource}.{belongs.name} has another side already: {quoted(other)}"
    world.at("bad-inverse", has, "inverse", message)


def _no_such_side(world: World, has: Draft, name: str) -> None:
    names = [draft.name for draft in world.of(has.target, "belongs_to", has.resource)]
    message = f"{has.target} has no belongs_to {has.resource} named {quoted(name)}"
    near = naming.nearest(name, names) or (names[0] if len(names) == 1 else None)
    world.at("bad-inverse", has, "inverse", message, near)


def _found_by_target(world: World, links: Links, broken: set[Key]) -> None:
    for has in world.drafts.values():
        if not has.has or has.get("inverse") or has.key in links.by_has or has.key in broken:
            continue
        candidates = world.of(has.target, "belongs_to", has.resource)
        free = [draft for draft in candidates if draft.key not in links.by_belongs]
        fitting = [draft for draft in free if bool(draft.get("unique")) == (has.kind == "has_one")]
        if len(fitting) == 1 or (not fitting and len(free) == 1):
            _join(world, links, has, (fitting or free)[0])
        elif fitting or free:
            _ambiguous(world, has, fitting or free)
        elif has.target not in world.broken:
            _none_left(world, has, candidates)


def _ambiguous(world: World, has: Draft, drafts: Sequence[Draft]) -> None:
    names = listed([draft.name for draft in drafts])
    message = f"{has.target} belongs to {has.resource} as {names}; say which with inverse"
    world.at("ambiguous-inverse", has, "type", message)


def _none_left(world: World, has: Draft, candidates: Sequence[Draft]) -> None:
    if candidates:
        message = f"every belongs_to {has.resource} of {has.target} has its other side already"
    else:
        message = f"{has.target} has no belongs_to {has.resource}; add one there"
    world.at("missing-inverse", has, "resource", message)


def _belongs_to(draft: Draft, links: Links) -> BelongsTo:
    default = naming.shortened(f"{draft.name}_id")
    return BelongsTo(
        name=draft.name,
        resource=draft.target,
        nullable=bool(draft.get("nullable")),
        unique=bool(draft.get("unique")),
        on_delete=draft.get("on_delete") or "restrict",
        inverse=links.by_belongs.get(draft.key),
        column=draft.get("column") or default,
        description=draft.get("description") or "",
        renamed_from=draft.get("renamed_from"),
    )


def _has(draft: Draft, belongs: Draft) -> HasMany:
    return HasMany(
        name=draft.name,
        resource=draft.target,
        via=belongs.name,
        single=draft.kind == "has_one",
        description=draft.get("description") or "",
        renamed_from=draft.get("renamed_from"),
    )


def _implied(world: World, links: Links) -> Iterable[tuple[str, Relation]]:
    for draft in world.drafts.values():
        name = links.by_belongs.get(draft.key)
        if name is not None and (draft.target, name) not in world.drafts:
            single = bool(draft.get("unique"))
            other = HasMany(name=name, resource=draft.resource, via=draft.name, single=single)
            yield draft.target, other


def _ordered(
    world: World, found: Mapping[Key, Relation], implied: Iterable[tuple[str, Relation]]
) -> dict[str, tuple[Relation, ...]]:
    relations: dict[str, list[Relation]] = {name: [] for name in world.tables}
    for key in world.drafts:
        if key in found:
            relations[key[0]].append(found[key])
    for resource, relation in implied:
        relations[resource].append(relation)
    for (resource, _), relation in found.items():
        if relation not in relations[resource]:
            relations[resource].append(relation)
    return {name: tuple(items) for name, items in relations.items()}
