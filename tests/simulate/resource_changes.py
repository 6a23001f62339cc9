"""Changes of resources, relations, and what stands above them."""

from __future__ import annotations

import random
import re

from generator.merge import Rename
from simulate.changes import CHANGES, Change, Renamed, change, fresh, mentions
from simulate.specs import Data, fields, inserted, relations, renamed, resources, some

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
