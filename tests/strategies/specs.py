"""Whole specs."""

from __future__ import annotations

from collections.abc import Collection

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from generator import naming
from strategies.engines import fitting
from strategies.links import linked
from strategies.resources import resources, users
from strategies.texts import free, key, names, texts
from strategies.written import Written, WrittenResource, quote

ENGINES = ("sqlite", "postgresql", "mariadb")
AUTHS = (
    "auth: {roles: [editor, admin]}",
    "auth: {roles: [editor, admin], signup: closed}",
    "auth: {roles: [editor, admin], signup: closed, check_user: true}",
)
PAGINATIONS = st.sampled_from(["cursor", "page"])
CASES = st.sampled_from(["snake", "camel"])


@st.composite
def specs(draw: DrawFn, most: int = 4) -> Written:
    """A valid spec of up to `most` resources.

    Its features are off, so that it loads with every grammar that has the types.
    """
    chosen = draw(st.lists(names().filter(lambda n: free(n, ())), max_size=most, unique_by=key))
    enums = draw(_enums({naming.class_name(name) for name in chosen}))
    owner = draw(st.booleans())
    head = draw(_heads(enums, owner))
    found: list[WrittenResource] = []
    for number, name in enumerate(chosen):
        earlier = [*chosen[:number], *(["user"] if owner else [])]
        found.append(draw(resources(name, earlier, enums)))
    found = draw(linked(found))
    if owner and draw(st.booleans()):
        found.append(draw(users(chosen, enums)))
    return fitting(Written(draw(st.sampled_from(ENGINES)), tuple(head), tuple(found)))


@st.composite
def _enums(draw: DrawFn, classes: Collection[str]) -> dict[str, list[str]]:
    named = st.from_regex(r"[A-Z][A-Za-z0-9]{1,8}", fullmatch=True)
    found = draw(st.lists(named.filter(lambda name: name not in classes), max_size=2, unique=True))
    values = st.lists(texts(), min_size=1, max_size=5, unique=True)
    return {name: draw(values) for name in found if name != "User"}


@st.composite
def _heads(draw: DrawFn, enums: dict[str, list[str]], auth: bool) -> list[str]:
    service = draw(st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,5}){0,2}", fullmatch=True))
    head = [
        "scaffold: 1",
        f"service: {{name: {quote(service)}, description: {quote(draw(texts()))}}}",
        f"api: {{page_size: {draw(st.integers(1, 100))}, pagination: {draw(PAGINATIONS)}, "
        f"case: {draw(CASES)}}}",
        draw(st.sampled_from(AUTHS)) if auth else "auth: none",
    ]
    if draw(st.booleans()):
        head.append(f"# {draw(st.sampled_from(['a comment', '🎉', 'x: y']))}")
    if enums:
        head.append("enums:")
    for name, values in enums.items():
        listed = ", ".join(map(quote, values))
        labelled = ", ".join(f"{quote(value)}: {quote(value)}" for value in values)
        head.append(f"  {name}: " + draw(st.sampled_from([f"[{listed}]", f"{{{labelled}}}"])))
    return head
