"""Changes of a spec: each takes its data and a source of chance, and changes it in place.

One that finds nothing to change raises LookupError; one whose spec is refused is tried again.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

from generator.merge import Rename
from simulate.specs import Data, fields, inserted, lines, relations, renamed, resources, some

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


NEW_RESOURCE = {
    "description": "Something new.",
    "fields": {"label": "string(1..80) index", "amount": "int >= 0 = 0", "seen_on": "date?"},
}


@change
def resource_added(data: Data, chance: random.Random) -> None:
    target = chance.choice(list(resources(data)))
    name = f"{chance.choice(('parcel', 'ledger', 'voucher', 'gadget'))}_{chance.choice('abcdef')}"
    new = {**NEW_RESOURCE, "relations": {target: f"belongs_to {target}? on_delete set_null"}}
    inserted(data["resources"], name, new, chance.randint(0, len(data["resources"])))


@change
def resource_added_alone(data: Data, chance: random.Random) -> None:
    name = f"{chance.choice(('beacon', 'token', 'widget'))}_{chance.choice('abcdef')}"
    data["resources"][name] = {**NEW_RESOURCE, "owned": bool(data.get("auth") != "none")}


@change
def resource_removed(data: Data, chance: random.Random) -> None:
    if len(resources(data)) < 3:
        raise LookupError
    gone = chance.choice(list(resources(data)))
    del data["resources"][gone]
    for resource in data["resources"].values():
        found = relations(resource)
        for name in [name for name, line in found.items() if re.search(rf"\b{gone}\b", str(line))]:
            del found[name]
            forget(resource, name)


def forget(resource: Data, name: str) -> None:
    """Take out of the lists of a resource whatever names something that is gone."""
    for key in ("unique", "indexes", "checks"):
        found = [item for item in resource.get(key, ()) if not re.search(rf"\b{name}\b", str(item))]
        resource.pop(key, None)
        if found:
            resource[key] = found
    for key in ("search", "filter", "sort"):
        if key in resource:
            resource[key] = [item for item in resource[key] if item != name]


@change
def resource_renamed(data: Data, chance: random.Random) -> Renamed:
    old = chance.choice(list(resources(data)))
    new = f"{chance.choice(('volume', 'dossier', 'sample', 'crate'))}_{chance.choice('abcdef')}"
    renamed(data["resources"], old, new)
    kinds = r"\b(belongs_to|has_many|has_one|many_to_many|through)"
    for resource in data["resources"].values():
        for name, line in relations(resource).items():
            relations(resource)[name] = re.sub(rf"{kinds} {old}\b", rf"\1 {new}", line)
    return (Rename(kind="resource", old=old, new=new),)


def option(key: str, *values: object) -> Change:
    """A change of one key of a resource to another value than it has."""

    def one(data: Data, chance: random.Random) -> Renamed:
        found = some(data, chance)
        value = chance.choice(values)
        if found.get(key) == value:
            raise LookupError
        found[key] = value
        return ()

    return one


CRUD = ["list", "get", "create", "update", "delete"]
CHANGES |= {
    "resource_described": option("description", "Said in other words.", "Said yet otherwise."),
    "operations": option("operations", [*CRUD, "bulk"], [*CRUD, "replace"], CRUD[:4], CRUD[:3]),
    "soft_delete": option("soft_delete", True, False),
    "versioned": option("versioned", False, True),
    "timestamps": option("timestamps", False, {"created": "made_at", "updated": "changed_at"}),
    "owned": option("owned", True, False),
    "access_read": option("access", {"read": "public", "write": "admin"}, {"read": "admin"}),
    "access_write": option("access", {"read": "authenticated", "write": "authenticated"}),
    "id": option("id", "int", "bigint"),
}


@change
def searched(data: Data, chance: random.Random) -> None:
    resource = some(data, chance)
    found = [n for n, line in fields(resource).items() if re.match(r"(string|text)\b", str(line))]
    if not found or "search" in resource:
        raise LookupError
    resource["search"] = found[:2]


@change
def unique_together(data: Data, chance: random.Random) -> None:
    resource = some(data, chance)
    names = [
        n for n, line in fields(resource).items() if re.match(r"(string|int|slug)\b", str(line))
    ]
    if len(names) < 2:
        raise LookupError
    resource.setdefault("unique", []).append(chance.sample(names, 2))


@change
def indexed_together(data: Data, chance: random.Random) -> None:
    resource = some(data, chance)
    names = [n for n, line in fields(resource).items() if re.match(r"(int|date|bool)\b", str(line))]
    if not names:
        raise LookupError
    resource.setdefault("indexes", []).append([chance.choice(names), "-created_at"])


def related(line: str, word: str) -> Change:
    """A change that adds a relation to some resource."""

    def one(data: Data, chance: random.Random) -> Renamed:
        owner, target = (chance.choice(list(resources(data))) for _ in range(2))
        name = fresh(chance, word)
        filled = line.format(target=target, inverse=fresh(chance, "back"))
        relations(data["resources"][owner])[name] = filled
        return ()

    return one


CHANGES |= {
    "belongs_to_added": related("belongs_to {target}? on_delete set_null", "link"),
    "belongs_to_with_inverse": related(
        "belongs_to {target}? on_delete set_null inverse {inverse}", "link"
    ),
    "one_to_one_added": related("belongs_to {target}? unique inverse {inverse}", "single"),
    "many_to_many_added": related("many_to_many {target}", "group"),
    "many_to_many_with_inverse": related("many_to_many {target} inverse {inverse}", "group"),
}


@change
def relation_removed(data: Data, chance: random.Random) -> None:
    resource = some(data, chance)
    found = relations(resource)
    if not found:
        raise LookupError
    name = chance.choice(list(found))
    del found[name]
    forget(resource, name)


@change
def relation_renamed(data: Data, chance: random.Random) -> Renamed:
    owner = chance.choice(list(resources(data)))
    found = relations(data["resources"][owner])
    own = [name for name, line in found.items() if str(line).startswith("belongs_to")]
    if not own:
        raise LookupError
    old, new = chance.choice(own), fresh(chance, "renamed")
    renamed(found, old, new)
    mentions(data["resources"][owner], old, new)
    for resource in data["resources"].values():
        for name, line in relations(resource).items():
            relations(resource)[name] = re.sub(rf"inverse {old}\b", f"inverse {new}", str(line))
    return (Rename(kind="relation", old=old, new=new, owner=owner),)


@change
def on_delete_changed(data: Data, chance: random.Random) -> None:
    found = relations(some(data, chance))
    own = [name for name, line in found.items() if re.match(r"belongs_to \w+(?!\?)", str(line))]
    if not own:
        raise LookupError
    name = chance.choice(own)
    line = str(found[name])
    other = "restrict" if "cascade" in line else "cascade"
    bare = re.sub(r" on_delete \w+", "", line)
    found[name] = re.sub(r"^(belongs_to \S+( unique)?)", rf"\1 on_delete {other}", bare)


def service(part: str, key: str, *values: object) -> Change:
    """A change of one key above the resources."""

    def one(data: Data, chance: random.Random) -> Renamed:
        found = data.setdefault(part, {})
        value = chance.choice(values)
        if found.get(key) == value:
            raise LookupError
        found[key] = value
        return ()

    return one


CHANGES |= {
    "service_described": service("service", "description", "Does what it says.", "Does more."),
    "service_titled": service("service", "title", "Another Title", "A Third Title"),
    "api_version": service("api", "version", "v2", "v3"),
    "pagination": service("api", "pagination", "page", "cursor"),
    "page_size": service("api", "page_size", 15, 30),
    "max_page_size": service("api", "max_page_size", 150, 250),
    "case": service("api", "case", "camel", "snake"),
    "sign_up": service("auth", "signup", "closed", "open"),
    "check_user": service("auth", "check_user", True, False),
    "metrics": service("features", "metrics", "prometheus"),
    "no_docker": service("features", "docker", False, True),
    "no_ci": service("features", "ci", False, "github"),
}


@change
def role_added(data: Data, chance: random.Random) -> None:
    if data.get("auth") == "none":
        raise LookupError
    roles = data.setdefault("auth", {}).setdefault("roles", [])
    roles.append(f"role{chance.randint(2, 99)}")


@change
def database(data: Data, chance: random.Random) -> None:
    others = [name for name in ("sqlite", "postgresql", "mariadb") if name != data.get("database")]
    data["database"] = chance.choice(others)
