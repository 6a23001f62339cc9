"""Fields of every type, with modifiers that go together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from strategies.texts import texts
from strategies.values import BY_TYPE
from strategies.written import WrittenField, quote

UNKEYED = ("text", "json", "bytes", "password")
"""Types that no index holds."""
SECRET = {"hidden", "writeonly", "encrypted"}
"""Modifiers of what clients don't see."""
SPOKEN = ("string", "text", "email", "url")
"""Types whose values a slug can be made from."""


@st.composite
def fields(draw: DrawFn, name: str, enums: dict[str, list[str]]) -> WrittenField:
    """A field of any type."""
    word = draw(st.sampled_from([*BY_TYPE, *enums]))
    arguments, keys, value = draw(BY_TYPE[word]()) if word in BY_TYPE else ("", {}, "")
    value = quote(draw(st.sampled_from(enums[word]))) if word in enums else value
    is_list = word != "password" and draw(st.booleans())
    value = None if word == "password" else f"[{value}]" if is_list else value
    default = value if draw(st.booleans()) else None
    keys = dict(keys)
    if draw(st.booleans()):
        keys["nullable"] = ""
        default = draw(st.sampled_from([default, "null"])) if word != "password" else None
    default = default if not (default == "null" and word == "json") else None
    keyed = word not in UNKEYED and not is_list
    filled = "nullable" in keys or default is not None
    keys |= dict.fromkeys(draw(_flags(keyed, filled)), "")
    long = draw(st.none() | _long_keys(name, is_list))
    return WrittenField(name, word, keys, default, arguments, is_list, long)


@st.composite
def _flags(draw: DrawFn, keyed: bool, filled: bool) -> list[str]:
    ways: list[list[str]] = [[], ["immutable"], ["writeonly"], ["encrypted"]]
    if keyed:
        ways += [["unique"], ["index"], ["unique", "immutable"]]
    if filled:
        ways += [["readonly"], ["hidden"]]
    return draw(st.sampled_from(ways))


@st.composite
def _long_keys(draw: DrawFn, name: str, is_list: bool) -> dict[str, str]:
    """What only the long form can say."""
    ways = {
        "description": texts().map(quote),
        "column": st.sampled_from(["Old {}", "{} 100%", "{}.Old", "it's {}"]).map(
            lambda column: quote(column.format(name))
        ),
    }
    if is_list:
        ways |= {"min_items": st.just("0"), "max_items": st.sampled_from(["1", "7"])}
    chosen = draw(st.lists(st.sampled_from([*ways]), unique=True))
    return {key: draw(ways[key]) for key in chosen}


@st.composite
def made_slugs(draw: DrawFn, found: Sequence[WrittenField]) -> list[WrittenField]:
    """The same fields, some slugs of which are made from another."""
    sources = [one.name for one in found if one.type in SPOKEN and is_seen(one)]
    return [
        replace(one, keys={**one.keys, "from": draw(st.sampled_from(sources))}, default=None)
        if can_be_made(one) and sources and draw(st.booleans())
        else one
        for one in found
    ]


def can_be_made(one: WrittenField) -> bool:
    """Whether it is a slug that can do without a default."""
    filled = "nullable" in one.keys or not {"readonly", "hidden"} & one.keys.keys()
    return one.type == "slug" and not one.is_list and filled


def is_seen(one: WrittenField) -> bool:
    """Whether clients read it, one value at a time."""
    return not (SECRET & one.keys.keys() or one.is_list)


def is_keyable(one: WrittenField) -> bool:
    """Whether it can be part of a key or an index."""
    return not (one.type in UNKEYED or one.is_list or "encrypted" in one.keys)
