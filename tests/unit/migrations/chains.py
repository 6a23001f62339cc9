"""Pages that follow each other: each has one thing more, less or otherwise than the one before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from ruamel.yaml import YAML
from strategies.fields import fields
from strategies.texts import free, names, texts
from strategies.written import Written, WrittenField, WrittenResource, quote

ENUM = re.compile(r"  [A-Z]\w*: [\[{]")
KEYS = {
    "soft_delete": "true",
    "versioned": "false",
    "timestamps": "false",
    "unique": "[[created_at]]",
    "indexes": "[[-updated_at]]",
}
"""Keys that are switched on and off."""

Mutation = Callable[[DrawFn, Written], Written]


def _at(draw: DrawFn, page: Written) -> int:
    return draw(st.integers(0, len(page.resources) - 1))


def _with(page: Written, place: int, changed: WrittenResource) -> Written:
    found = (*page.resources[:place], changed, *page.resources[place + 1 :])
    return replace(page, resources=found)


def _name(draw: DrawFn, taken: set[str]) -> str:
    wide = {word for name in taken for word in (name, f"{name}_id", name.removesuffix("_id"))}
    return draw(names().filter(lambda name: free(name, wide)))


def _enums(page: Written) -> dict[str, list[str]]:
    """The enums of a page, and their values."""
    lines = [line for line in page.head if ENUM.match(line)]
    found = YAML(typ="safe").load("\n".join(lines)) or {}
    return {name: [*values] for name, values in found.items()}


def _own_names(resource: WrittenResource) -> set[str]:
    return {one.name for one in resource.fields} | set(resource.relations)


def _optional(field: WrittenField) -> WrittenField:
    """A field that rows which are there can have."""
    keys = {key: value for key, value in field.keys.items() if key not in ("unique", "from")}
    return replace(field, keys={"nullable": "", **keys}, default=None, long=None)


def add_field(draw: DrawFn, page: Written) -> Written:
    place = _at(draw, page)
    resource = page.resources[place]
    name = _name(draw, _own_names(resource))
    added = _optional(draw(fields(name, _enums(page))))
    if added.type == "password":
        return page
    return _with(page, place, replace(resource, fields=(*resource.fields, added)))


def drop_field(draw: DrawFn, page: Written) -> Written:
    place = _at(draw, page)
    resource = page.resources[place]
    return _with(page, place, replace(resource, fields=resource.fields[1:]))


def retype_field(draw: DrawFn, page: Written) -> Written:
    place = _at(draw, page)
    resource = page.resources[place]
    if not resource.fields:
        return page
    other = _optional(draw(fields(resource.fields[0].name, _enums(page))))
    return _with(page, place, replace(resource, fields=(other, *resource.fields[1:])))


def rename_field(draw: DrawFn, page: Written) -> Written:
    place = _at(draw, page)
    resource = page.resources[place]
    if not resource.fields:
        return page
    first = resource.fields[0]
    name = _name(draw, _own_names(resource))
    keys = {key: one.replace(quote(first.name), quote(name)) for key, one in resource.keys.items()}
    said = {**first.keys, "renamed_from": quote(first.name)}
    renamed = replace(first, name=name, keys=said, long=first.long or {})
    others = [_made_from(one, first.name, name) for one in resource.fields[1:]]
    return _with(page, place, replace(resource, fields=(renamed, *others), keys=keys))


def _made_from(field: WrittenField, old: str, new: str) -> WrittenField:
    if field.keys.get("from") != old:
        return field
    return replace(field, keys={**field.keys, "from": new})


def rename_resource(draw: DrawFn, page: Written) -> Written:
    place = _at(draw, page)
    old = page.resources[place]
    if old.name == "user":
        return page
    new = _name(draw, {one.name for one in page.resources})
    renamed = replace(old, name=new, keys={**old.keys, "renamed_from": quote(old.name)})
    word = re.compile(rf"\b{old.name}\b(?!:)")
    changed = [renamed if one is old else one for one in page.resources]
    pointed = tuple(
        replace(one, relations={key: word.sub(new, line) for key, line in one.relations.items()})
        for one in changed
    )
    return replace(page, resources=pointed)


def add_resource(draw: DrawFn, page: Written) -> Written:
    name = _name(draw, {one.name for one in page.resources})
    found = draw(fields("kind", {}))
    return replace(page, resources=(*page.resources, WrittenResource(name, (found,))))


def drop_resource(draw: DrawFn, page: Written) -> Written:
    gone = page.resources[_at(draw, page)]
    kept = (one for one in page.resources if one is not gone)
    word = re.compile(rf"\b{gone.name}\b")
    return replace(
        page,
        resources=tuple(
            replace(one, relations={k: v for k, v in one.relations.items() if not word.search(v)})
            for one in kept
        ),
    )


def add_relation(draw: DrawFn, page: Written) -> Written:
    place, target = _at(draw, page), page.resources[_at(draw, page)].name
    resource = page.resources[place]
    name = _name(draw, _own_names(resource))
    ways = [
        "belongs_to {}?",
        "belongs_to {}? on_delete cascade",
        "belongs_to {}? on_delete set_null",
    ]
    ways += ["many_to_many {}"] if target != "user" else []
    line = draw(st.sampled_from(ways)).format(target)
    return _with(page, place, replace(resource, relations={**resource.relations, name: line}))


def drop_relation(draw: DrawFn, page: Written) -> Written:
    place = _at(draw, page)
    resource = page.resources[place]
    kept = dict(list(resource.relations.items())[1:])
    return _with(page, place, replace(resource, relations=kept))


def switch_key(draw: DrawFn, page: Written) -> Written:
    place, key = _at(draw, page), draw(st.sampled_from(sorted(KEYS)))
    resource = page.resources[place]
    if resource.name == "user":
        return page
    keys = {name: value for name, value in resource.keys.items() if name != key}
    if key not in resource.keys:
        keys[key] = KEYS[key]
    return _with(page, place, replace(resource, keys=keys))


def rename_value(draw: DrawFn, page: Written) -> Written:
    """Another name for a value of an enum, and in the defaults that say it."""
    enums = _enums(page)
    if not enums:
        return page
    name, said = draw(st.sampled_from([*enums.items()]))
    place = next(at for at, line in enumerate(page.head) if line.startswith(f"  {name}:"))
    old = draw(st.sampled_from([*said]))
    new = draw(texts().filter(lambda text: text not in said))
    values = (f"{quote(one)}: " if one != old else _renamed(new, old) for one in said)
    head = (*page.head[:place], f"  {name}: {{{', '.join(values)}}}", *page.head[place + 1 :])
    found = tuple(_with_default(one, name, old, new) for one in page.resources)
    return replace(page, head=head, resources=found)


def _renamed(new: str, old: str) -> str:
    return f"{quote(new)}: {{renamed_from: {quote(old)}}}"


def _with_default(resource: WrittenResource, enum: str, old: str, new: str) -> WrittenResource:
    fields_ = tuple(
        replace(one, default=one.default.replace(quote(old), quote(new)))
        if one.type == enum and one.default
        else one
        for one in resource.fields
    )
    return replace(resource, fields=fields_)


MUTATIONS: tuple[Mutation, ...] = (
    add_field,
    drop_field,
    retype_field,
    rename_field,
    rename_resource,
    add_resource,
    drop_resource,
    add_relation,
    drop_relation,
    switch_key,
    rename_value,
)


def mutated(draw: DrawFn, page: Written) -> Written:
    """The page with one change."""
    if not page.resources:
        return add_resource(draw, page)
    return draw(st.sampled_from(MUTATIONS))(draw, page)
