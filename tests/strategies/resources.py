"""Resources: fields, links to what stands above, and every other key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from strategies.fields import fields, is_keyable, is_seen, made_slugs
from strategies.texts import free, key, names, texts
from strategies.written import WrittenField, WrittenResource, quote

OPERATIONS = (
    "[list, get]",
    "[create, list, get, delete]",
    "[list, create, replace]",
    "[get, create, update, replace, delete]",
    "[create, update, delete, bulk]",
    "[list, get, create, bulk]",
    "[list, get, create, update, replace, delete, bulk]",
)
ACCESS = (
    "{read: public, write: [editor, admin], delete: admin}",
    "{list: authenticated, get: public, create: editor}",
    "{read: [editor, admin], update: public}",
)
OF_OWNERS = (
    "{read: public, create: authenticated, write: [owner, editor]}",
    "{list: owner, get: [owner, admin], create: authenticated}",
)
IDS = ("int", "bigint", "uuid", "string(5) /^[A-Z]{5}$/", "string(2..40)")
TIMESTAMPS = ("{updated: updated_on}", "{created: made_on}", "false")
URL_TYPES = ("string", "int", "bigint", "uuid", "email", "slug")
ORDERED = ("smallint", "int", "bigint", "float", "date", "time", "datetime", "duration")
TWIN = "_of_its_twin"
COMPARED = (*ORDERED, "decimal", "bool", "uuid")
OF_USERS = ("email", "password", "password_hash", "full_name", "role", "is_active")


@st.composite
def resources(
    draw: DrawFn,
    name: str,
    earlier: Sequence[str],
    enums: dict[str, list[str]],
) -> WrittenResource:
    """A resource that may belong to itself and to what stands above it."""
    chosen = draw(st.lists(names().filter(lambda n: free(n, ())), max_size=6, unique_by=key))
    split = draw(st.integers(0, len(chosen)))
    found = draw(made_slugs([draw(fields(one, enums)) for one in chosen[:split]]))
    found += draw(_twins(found))
    relations = {one: draw(_relations(name, one, earlier)) for one in chosen[split:]}
    keys = draw(_keys(name, found, "user" in earlier))
    return WrittenResource(name, tuple(found), relations, keys)


@st.composite
def _twins(draw: DrawFn, found: Sequence[WrittenField]) -> list[WrittenField]:
    """Another field of the type of one that is there: the two compare."""
    compared = [one for one in found if is_compared(one)]
    if not compared or draw(st.booleans()):
        return []
    one = draw(st.sampled_from(compared))
    return [replace(one, name=f"{one.name}{TWIN}", long=None)]


@st.composite
def users(draw: DrawFn, targets: Sequence[str], enums: dict[str, list[str]]) -> WrittenResource:
    """What is added to accounts: fields, and links that may be null: no circle is required."""
    own = names().filter(lambda n: free(n, OF_USERS))
    chosen = draw(st.lists(own, min_size=1, max_size=4, unique_by=key))
    split = draw(st.integers(0, len(chosen))) if targets else len(chosen)
    found = draw(made_slugs([draw(fields(one, enums)) for one in chosen[:split]]))
    ways = ("belongs_to {}?", "belongs_to {}? on_delete set_null", "many_to_many {}")
    relations = {
        one: draw(st.sampled_from(ways)).format(draw(st.sampled_from(targets)))
        for one in chosen[split:]
    }
    return WrittenResource("user", tuple(found), relations)


@st.composite
def _relations(draw: DrawFn, name: str, own: str, earlier: Sequence[str]) -> str:
    """A link to what stands above, so that no circle is required; or to itself."""
    target = draw(st.sampled_from([name, *earlier]))
    back = f" inverse {own}_of_{name}"
    ways = [f"belongs_to {target}?", f"belongs_to {target}? on_delete set_null"]
    ways += [f"belongs_to {target}?{back}", f"belongs_to {target}? unique{back}"]
    if target != name:
        ways += [f"belongs_to {target} unique", f"belongs_to {target} on_delete cascade{back}"]
    if target != "user":
        ways.append(f"many_to_many {target}")
    if target not in (name, "user"):
        ways.append(f"many_to_many {target}{back}")
    line = draw(st.sampled_from(ways))
    long = (
        f"{{type: belongs_to, resource: {quote(target)}, nullable: true, on_delete: cascade, "
        f"column: {quote(own + ' of old')}}}"
    )
    return draw(st.sampled_from([line, quote(line), long]))


@st.composite
def _keys(draw: DrawFn, name: str, found: Sequence[WrittenField], auth: bool) -> dict[str, str]:
    """Some of the keys that go with these fields."""
    ways = {**_plain(name), **_of_fields(found)}
    if auth:
        ways |= {"owned": st.sampled_from(["true", "keeper_of_it"]), "access": st.just("")}
    chosen = [word for word in ways if draw(st.booleans())]
    keys = {word: draw(ways[word]) for word in chosen}
    if "access" in keys:
        keys["access"] = draw(st.sampled_from((*ACCESS, *OF_OWNERS * ("owned" in keys))))
        if "owned" in keys:
            keys["access"] = keys["access"].replace("update: public", "update: admin")
    if "timestamps" in keys:
        keys.pop("indexes", None)
        keys.pop("sort", None)
    return keys


def _plain(name: str) -> dict[str, SearchStrategy[str]]:
    """The keys that go with any fields."""
    ways = {
        "description": texts().map(quote),
        "operations": st.sampled_from(OPERATIONS),
        "soft_delete": st.sampled_from(["true", "false"]),
        "versioned": st.just("false"),
        "timestamps": st.sampled_from(TIMESTAMPS),
        "table": st.sampled_from(["Old {}s", "{} 'n' all", "{}%"]).map(
            lambda table: quote(table.format(name))
        ),
        "plural": st.just(f"{name}_as_many"),
    }
    return ways | {"id": st.sampled_from(IDS)}


def _of_fields(found: Sequence[WrittenField]) -> dict[str, SearchStrategy[str]]:
    """The keys that name some of the fields, each where there are such."""
    keyed = [one.name for one in found if is_keyable(one)]
    visible = [one.name for one in found if is_keyable(one) and is_seen(one)]
    found_by = [
        one.name for one in found if is_seen(one) and "unique" in one.keys and one.type in URL_TYPES
    ]
    searched = [one.name for one in found if is_seen(one) and one.type in ("string", "text")]
    checks = [*_checks(found)]
    ways: dict[str, tuple[Sequence[str], str]] = {
        "indexes": (keyed, f"[[{quote('-' + ''.join(keyed[:1]))}, created_at]]"),
        "unique": (keyed, f"[{listed(keyed[:2])}]"),
        "filter": (visible, listed(visible)),
        "sort": (visible, listed(["created_at", *visible])),
        "lookup": (found_by, "".join(found_by[:1])),
        "search": (searched, listed(searched)),
        "checks": (checks, listed(checks[:3])),
    }
    return {word: st.just(text) for word, (possible, text) in ways.items() if possible}


def _checks(found: Sequence[WrittenField]) -> list[str]:
    """Comparisons of two fields of one type."""
    pairs = combinations([one for one in found if is_compared(one)], 2)
    return [
        f"{left.name} {'<=' if left.type in ORDERED else '!='} {right.name}"
        for left, right in pairs
        if left.type == right.type
    ]


def is_compared(one: WrittenField) -> bool:
    """Whether a check can compare it with its like."""
    return one.type in COMPARED and is_keyable(one)


def listed(words: Sequence[str]) -> str:
    """A list of YAML."""
    return f"[{', '.join(map(quote, words))}]"
