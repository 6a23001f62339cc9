"""Changes of a spec: each takes its data and a source of chance, and changes it in place.

One that finds nothing to change raises LookupError; one whose spec is refused is tried again.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

from generator.merge import Rename
from simulate.specs import Data, fields, inserted, lines, renamed, resources, some

Renamed = tuple[Rename, ...]
Change = Callable[[Data, random.Random], Renamed]
CHANGES: dict[str, Change] = {}


def change(function: Callable[[Data, random.Random], Renamed | None]) -> Change:
    """Register a kind of change by its function's name."""

    def called(data: Data, chance: random.Random) -> Renamed:
        return function(data, chance) or ()

    CHANGES[function.__name__] = called
    return called


def added(line: str, word: str) -> Change:
    """A change that adds a field of a line, anywhere among the others."""

    def add(data: Data, chance: random.Random) -> Renamed:
        found = fields(some(data, chance))
        inserted(found, fresh(chance, word), line, chance.randint(0, len(found)))
        return ()

    return add


def fresh(chance: random.Random, word: str) -> str:
    """A name that isn't there yet."""
    return f"{word}_{chance.choice('abcdefghijkmnpqrstuvwxyz')}{chance.randint(2, 99)}"


for kind, line in {
    "string": "string(1..60)",
    "indexed": "string(40) index",
    "number": "int >= 0 = 0",
    "decimal": "decimal(8, 2)?",
    "date": "date?",
    "instant": "datetime = now",
    "flag": "bool = false",
    "list": "string(20)[] = []",
    "text": "text?",
    "duration": "duration?",
    "hidden": "text? hidden",
}.items():
    CHANGES[f"field_added_{kind}"] = added(line, kind)


def field_line(data: Data, chance: random.Random, pattern: str) -> tuple[Data, str, str]:
    """A field whose line fits."""
    found = [item for item in lines(data) if re.search(pattern, item[2])]
    if not found:
        raise LookupError(pattern)
    return chance.choice(found)


def rewrite(pattern: str, old: str, new: str) -> Change:
    """A change of a field's line."""

    def one(data: Data, chance: random.Random) -> Renamed:
        found, name, line = field_line(data, chance, pattern)
        changed = re.sub(old, new, line, count=1)
        if changed == line:
            raise LookupError(pattern)
        found[name] = changed
        return ()

    return one


CHANGES |= {
    "field_retyped_bigger": rewrite(r"^int\b", r"^int", "bigint"),
    "field_retyped_text": rewrite(r"^string\([\d.]+\)\??$", r"string\([\d.]+\)", "text(2000)"),
    "field_retyped_longer": rewrite(r"^string\(.*?(\d+)\)", r"(\d+)\)", r"1\1)"),
    "field_nullable": rewrite(r"^\w+(\([^)]*\))?( |$)(?!.*=)", r"^(\w+(\([^)]*\))?)", r"\1?"),
    "field_not_nullable": rewrite(r"\?.*$", r"\?", ""),
    "field_unique": rewrite(r"^string\([\d.]+\)( index)?$", r"$", " unique"),
    "field_indexed": rewrite(r"^(string\([\d.]+\)\??|int|date\??|datetime\??)$", r"$", " index"),
    "field_not_indexed": rewrite(r" index", r" index", ""),
    "field_bounds": rewrite(r"^\w*int\b(?!.*<)", r"^(\w+\??)", r"\1 <= 30000"),
    "field_bounds_changed": rewrite(r">= \d", r">= \d", ">= 2"),
    "field_default": rewrite(r"^(small|big)?int( >= \d)?( index)?$", r"$", " = 7"),
    "field_default_changed": rewrite(r"= \d+$", r"= \d+$", "= 9"),
    "field_immutable": rewrite(r"^(string|int|date)[^/=]*$", r"$", " immutable"),
    "field_writeonly": rewrite(r"^(string\([\d.]+\)|url|decimal\(.*\))\?$", r"$", " writeonly"),
}


@change
def field_removed(data: Data, chance: random.Random) -> None:
    found = fields(some(data, chance))
    if len(found) < 2:
        raise LookupError
    del found[chance.choice(list(found))]


@change
def field_renamed(data: Data, chance: random.Random) -> Renamed:
    name = chance.choice(list(resources(data)))
    found = fields(data["resources"][name])
    old = chance.choice(list(found))
    new = fresh(chance, "renamed")
    renamed(found, old, new)
    mentions(data["resources"][name], old, new)
    return (Rename(kind="field", old=old, new=new, owner=name),)


def mentions(resource: Data, old: str, new: str) -> None:
    """Rename what the lists of a resource say."""
    for key in ("unique", "indexes", "search", "filter", "sort", "checks", "lookup"):
        if key in resource:
            resource[key] = said(resource[key], old, new)


def said(value: Any, old: str, new: str) -> Any:
    """The same lists with one name changed."""
    if isinstance(value, list):
        return [said(item, old, new) for item in value]
    return re.sub(rf"\b{old}\b", new, value) if isinstance(value, str) else value


@change
def fields_reordered(data: Data, chance: random.Random) -> None:
    found = fields(some(data, chance))
    if len(found) < 2:
        raise LookupError
    items = list(found.items())
    items.append(items.pop(chance.randrange(len(items) - 1)))
    found.clear()
    found.update(items)


@change
def field_described(data: Data, chance: random.Random) -> None:
    found, name, line = field_line(data, chance, r"^(text|bool|date|uuid)\??$")
    found[name] = {
        "type": line.rstrip("?"),
        "nullable": line.endswith("?"),
        "description": f"What it is, in {chance.randint(2, 99)} words.",
    }


@change
def enum_added(data: Data, chance: random.Random) -> None:
    name = f"Shade{chance.randint(2, 99)}"
    data.setdefault("enums", {})[name] = ["light", "dark"]
    fields(some(data, chance))[fresh(chance, "shade")] = f"{name} = dark"


@change
def enum_member_added(data: Data, chance: random.Random) -> None:
    _, members = enum(data, chance)
    if isinstance(members, dict):
        members[f"extra{chance.randint(2, 99)}"] = "Another"
    else:
        members.insert(chance.randint(0, len(members)), f"extra{chance.randint(2, 99)}")


def enum(data: Data, chance: random.Random) -> tuple[str, Any]:
    """One of the enums."""
    found = data.get("enums") or {}
    if not found:
        raise LookupError
    name = chance.choice(list(found))
    return name, found[name]


@change
def enum_member_removed(data: Data, chance: random.Random) -> None:
    _, members = enum(data, chance)
    if len(members) < 2:
        raise LookupError
    if isinstance(members, dict):
        del members[chance.choice(list(members))]
    else:
        members.pop(chance.randrange(len(members)))


@change
def enum_member_renamed(data: Data, chance: random.Random) -> Renamed:
    name, members = enum(data, chance)
    old = chance.choice(list(members))
    new = f"renamed{chance.randint(2, 99)}"
    if isinstance(members, dict):
        renamed(members, old, new)
    else:
        members[members.index(old)] = new
    for found, field, line in lines(data):
        if name in line:
            found[field] = re.sub(rf"= {re.escape(old)}$", f"= {new}", line)
    return (Rename(kind="member", old=old, new=new, owner=name),)
