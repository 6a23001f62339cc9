"""Hypothesis strategies that write whole specs, as text, for every part of the tool to chew on.

`specs()` draws a `Written`: a valid spec with odd names and nasty text, in both forms, that says
only what `refuse` does not refuse. `written.text()` is the page; `written.add_field()` makes a
copy with one more line in it.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from generator import naming
from generator.spec.unsupported import UNSUPPORTED, Unsupported

_ODD_NAMES = """
order class from type metadata registry schema json copy validate select model_config date
request list none true null group table index key default q sort limit self id_card int string
datetime time bool user_id field base session query router service model settings app main test
conftest api enum abc typing asyncio news series person category status
"""
ODD_NAMES = tuple(_ODD_NAMES.split())
NASTY_TEXTS = (
    "",
    " ",
    '"',
    "'",
    '"""',
    "'''",
    "\\",
    "\\n",
    "\n",
    "a\nb\n\n# c",
    "\r\n",
    "\t",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{# #}",
    "${HOME}",
    "$(id)",
    "`id`",
    "%s %(x)s {x} {0}",
    "'; DROP TABLE books; --",
    "</script><!-- -->",
    "*/ /* //",
    "]]>",
    "../../etc/passwd",
    "\u2028\u2029\x85\x0b\x0c",
    "\x7f\x1b[31m",
    "\u202ertl",
    "🎉 東京 é",
    "\ufeff",
    "null",
    "true",
    "yes",
    "1.0",
    "1e3",
    "~",
    "- a",
    "a: b",
    "# a",
    "&a *a !a",
    "@ ` % | >",
    "now",
    "f'{x}'",
    "r'\\'",
    "\N{COMBINING ACUTE ACCENT}",
)
PATTERNS: tuple[tuple[str, str], ...] = (
    ("^[A-Z]{3}$", "ABC"),
    (r"^\d+$", "42"),
    (r"a/b", "a/b"),
    (r"^[^\s'\"]+$", "x"),
    (r"= (?:b|c) #", "= b #"),
    (r"^\w+: '{1,2}$", "a: ''"),
    (r"^[\]\[\\]+$", "[]\\"),
    (r"(?i)^x\.y$", "X.y"),
    ("é+", "éé"),
)
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ()?.<>=_-]*[A-Za-z0-9)?]")


OPERATIONS = (
    "[list, get]",
    "[create, list, get, delete]",
    "[list, create, replace]",
    "[get, create, update, replace, delete]",
    "[create, update, delete, bulk]",
    "[list, get, create, bulk]",
)


@dataclass(frozen=True)
class WrittenField:
    """One field: the keys of the long form, each with the source of its value."""

    name: str
    type: str
    keys: dict[str, str]
    default: str | None = None
    arguments: str = ""
    is_list: bool = False
    long: bool = False

    def source(self) -> str:
        """The YAML that says it."""
        return self._long() if self.long else scalar(self.line())

    def line(self) -> str:
        """The one line that says it."""
        words = [self.type + self.arguments + "[]" * self.is_list]
        words[0] += "?" * ("nullable" in self.keys)
        signs = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<", "from": "from"}
        for key, value in self.keys.items():
            if key in signs:
                words.append(f"{signs[key]} {value}")
            elif key == "pattern":
                words.append("/" + value.replace("/", "\\/") + "/")
            elif key != "nullable":
                words.append(key)
        return " ".join(words) + (f" = {self.default}" if self.default is not None else "")

    def _long(self) -> str:
        kind = quote(self.type + self.arguments + "[]" * self.is_list)
        parts = [f"type: {kind}"]
        for key, value in self.keys.items():
            said = quote(value) if key == "pattern" else value
            parts.append(f"{key}: {said or 'true'}")
        if self.default is not None:
            parts.append(f"default: {self.default}")
        return "{" + ", ".join(parts) + "}"


@dataclass(frozen=True)
class WrittenResource:
    """One resource: its fields, and the source of every other key."""

    name: str
    fields: tuple[WrittenField, ...] = ()
    relations: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    extra: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """The lines of YAML that say it, with their indents."""
        found = [f"  {self.name}:"]
        found += [f"    {key}: {value}" for key, value in self.keys.items()]
        if self.fields or self.extra:
            found.append("    fields:")
            found += [f"      {one.name}: {one.source()}" for one in self.fields]
            found += [f"      {line}" for line in self.extra]
        if self.relations:
            found.append("    relations:")
            found += [f"      {name}: {line}" for name, line in self.relations.items()]
        return found


@dataclass(frozen=True)
class Written:
    """A whole spec as it was drawn."""

    head: tuple[str, ...]
    resources: tuple[WrittenResource, ...]

    def text(self) -> str:
        """The page."""
        lines = [line for resource in self.resources for line in resource.lines()]
        body = ["resources:", *lines] if lines else []
        return "\n".join([*self.head, *body]) + "\n"

    def add_field(self, index: int, line: str) -> Written:
        """The same with one more line under the fields of one resource."""
        number = index % len(self.resources)
        changed = replace(self.resources[number], extra=(line,))
        found = (*self.resources[:number], changed, *self.resources[number + 1 :])
        return replace(self, resources=found)


def quote(text: str) -> str:
    """The text as a double-quoted scalar of YAML, whatever is in it."""
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char.isprintable() and char != "\ufeff":
        return char
    code = ord(char)
    return (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


def scalar(text: str) -> str:
    """The text as a scalar of YAML: plain where that is safe."""
    return text if _PLAIN.fullmatch(text) else quote(text)


def texts(longest: int = 40) -> SearchStrategy[str]:
    """Any text that a spec can hold: nasty pieces, and all of Unicode but NUL and surrogates."""
    free = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
    return st.one_of(st.sampled_from(NASTY_TEXTS), free).map(lambda text: text[:longest])


def names() -> SearchStrategy[str]:
    """Names of resources, fields and relations: words that others keep, and any other."""
    free = st.from_regex(r"[a-z][a-z0-9]{0,5}(_[a-z0-9]{1,4}){0,2}", fullmatch=True)
    return st.one_of(st.sampled_from(ODD_NAMES), free)


_RESERVED = {
    "id",
    "created_at",
    "updated_at",
    "updated_on",
    "owner",
    "user",
    "auth",
    "alembic_version",
}


def _free(name: str, taken: Collection[str]) -> bool:
    words = {name, name + "_id", name.removesuffix("_id"), naming.camel(name).lower()}
    return not words & {*taken, *_RESERVED} and not name.startswith("sqlite")


@st.composite
def fields(
    draw: DrawFn, name: str, enums: dict[str, list[str]], refused: Collection[str]
) -> WrittenField:
    """A field of any type, with modifiers that go together."""
    types = [*_BY_TYPE, *enums]
    word = draw(st.sampled_from(types))
    arguments, keys, value = draw(_BY_TYPE[word]()) if word in _BY_TYPE else ("", {}, "")
    value = quote(draw(st.sampled_from(enums[word]))) if word in enums else value
    keys = dict(keys)
    is_list = "lists" not in refused and word != "password" and draw(st.booleans())
    value = None if word == "password" else f"[{value}]" if is_list else value
    default = value if draw(st.booleans()) else None
    if draw(st.booleans()):
        keys["nullable"] = ""
        default = draw(st.sampled_from([default, "null"])) if word != "password" else None
    default = default if not (default == "null" and word == "json") else None
    keyed = word not in ("text", "json", "bytes", "password") and not is_list
    keys |= dict.fromkeys(
        draw(_flags(keyed, "nullable" in keys or default is not None, refused)), ""
    )
    long = draw(st.booleans())
    return WrittenField(name, word, keys, default, arguments, is_list, long)


@st.composite
def _flags(draw: DrawFn, keyed: bool, filled: bool, refused: Collection[str]) -> list[str]:
    ways: list[list[str]] = [[], ["immutable"], ["writeonly"]]
    if keyed:
        ways += [["unique"], ["index"], ["unique", "immutable"]]
    if filled:
        ways += [["readonly"], ["hidden"]]
    if "encrypted fields" not in refused:
        ways += [["encrypted"]]
    return draw(st.sampled_from(ways))


Parts = tuple[str, dict[str, str], str]
"""Arguments, keys and a value that the field can hold, all as source."""


@st.composite
def _string(draw: DrawFn) -> Parts:
    if draw(st.booleans()):
        pattern, sample = draw(st.sampled_from(PATTERNS))
        return "(2..80)" if len(sample) > 1 else "", {"pattern": pattern}, quote(sample)
    low = draw(st.integers(0, 3))
    shape = draw(st.sampled_from(["", f"({low}..)", f"({low}..60)", "(60)"]))
    return shape, {}, quote(draw(texts()).ljust(low, "x"))


@st.composite
def _long_text(draw: DrawFn) -> Parts:
    return draw(st.sampled_from(["", "(1000)", "(0..)"])), {}, quote(draw(texts()))


def _number(low: int, high: int) -> Any:
    @st.composite
    def parts(draw: DrawFn) -> Parts:
        value = draw(st.integers(low, high))
        keys = draw(st.sampled_from([{}, {"ge": low}, {"le": high}, {"ge": low, "le": high}]))
        return "", {key: str(bound) for key, bound in keys.items()}, str(value)

    return parts


@st.composite
def _float(draw: DrawFn) -> Parts:
    value = draw(st.floats(-1e300, 1e300, allow_nan=False))
    keys = draw(st.sampled_from([{}, {"gt": "-1e301"}, {"gt": "-1e301", "lt": "1e301"}]))
    return "", dict(keys), repr(value)


@st.composite
def _decimal(draw: DrawFn) -> Parts:
    precision = draw(st.integers(1, 38))
    scale = draw(st.integers(0, precision))
    digits = draw(st.integers(0, 10**precision - 1))
    value = Decimal(f"{digits}E-{scale}")
    return f"({precision}, {scale})", draw(st.sampled_from([{}, {"ge": "0"}])), f"{value:f}"


@st.composite
def _json(draw: DrawFn) -> Parts:
    leaves = st.one_of(
        st.sampled_from(["null", "true", "false", "no", "[]", "{}"]),
        st.integers(-99, 99).map(str),
        texts().map(quote),
    )
    trees = st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda found: f"[{', '.join(found)}]"),
            st.dictionaries(texts(10), inner, max_size=3).map(
                lambda found: "{" + ", ".join(f"{quote(k)}: {v}" for k, v in found.items()) + "}"
            ),
        ),
        max_leaves=4,
    )
    return "", {}, draw(trees)


def _constants(*values: str) -> Any:
    @st.composite
    def parts(draw: DrawFn) -> Parts:
        return "", {}, draw(st.sampled_from(values))

    return parts


@st.composite
def _bytes(draw: DrawFn) -> Parts:
    data = draw(st.binary(max_size=20))
    return draw(st.sampled_from(["", "(20)"])), {}, quote(base64.b64encode(data).decode())


_BY_TYPE: dict[str, Any] = {
    "string": _string,
    "text": _long_text,
    "smallint": _number(-(2**15), 2**15 - 1),
    "int": _number(-(2**31), 2**31 - 1),
    "bigint": _number(-(2**63), 2**63 - 1),
    "float": _float,
    "decimal": _decimal,
    "bool": _constants("true", "false"),
    "date": _constants("2026-01-31", "0001-01-01", "9999-12-31"),
    "time": _constants('"09:30"', '"23:59:59.999999"'),
    "datetime": _constants('"2026-01-31T09:30:00Z"', '"2026-01-31T09:30:00.5+05:30"'),
    "duration": _constants("PT90S", "P1DT2H", "90s", '"-PT1S"'),
    "uuid": _constants("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
    "json": _json,
    "bytes": _bytes,
    "email": _constants("a@b.example", '"ohara@x.example"'.replace("''", "'")),
    "url": _constants('"https://example.com/a?b=c#d"', '"http://x.example"'),
    "slug": _constants("a", "a-1-b"),
    "ip": _constants('"::1"', "127.0.0.1"),
    "password": _constants(""),
}


@st.composite
def specs(draw: DrawFn, refuse: Sequence[Unsupported] = UNSUPPORTED, most: int = 4) -> Written:
    """A valid spec of up to `most` resources that says nothing that `refuse` refuses.

    Its features are off, so that it loads with every grammar that has the types.
    """
    refused = {line.what for line in refuse}
    chosen = draw(st.lists(names().filter(lambda n: _free(n, ())), max_size=most, unique_by=_key))
    enums = draw(_enums({naming.class_name(name) for name in chosen}))
    owner = "an open service" in refused or draw(st.booleans())
    head = draw(_heads(refused, enums, owner))
    resources: list[WrittenResource] = []
    for number, name in enumerate(chosen):
        earlier = [*chosen[:number], *(["user"] if owner else [])]
        resources.append(draw(_resources(name, earlier, enums, refused)))
    if owner and draw(st.booleans()):
        resources.append(draw(_user(chosen, enums, refused)))
    return Written(tuple(head), tuple(resources))


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", naming.plural(name))


@st.composite
def _enums(draw: DrawFn, classes: Collection[str]) -> dict[str, list[str]]:
    free = st.from_regex(r"[A-Z][A-Za-z0-9]{1,8}", fullmatch=True)
    found = draw(st.lists(free.filter(lambda name: name not in classes), max_size=2, unique=True))
    values = st.lists(texts(), min_size=1, max_size=5, unique=True)
    return {name: draw(values) for name in found if name != "User"}


_AUTHS = (
    "auth: {roles: [editor, admin]}",
    "auth: {roles: [editor, admin], signup: closed}",
    "auth: {roles: [editor, admin], signup: closed, check_user: true}",
)


_PAGINATIONS = st.sampled_from(["cursor", "page"])
_CASES = st.sampled_from(["snake", "camel"])


@st.composite
def _heads(
    draw: DrawFn, refused: Collection[str], enums: dict[str, list[str]], auth: bool
) -> list[str]:
    engines = ["sqlite", "postgresql", "mariadb"]
    service = draw(st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,5}){0,2}", fullmatch=True))
    head = [
        "scaffold: 1",
        f"service: {{name: {quote(service)}, description: {quote(draw(texts()))}}}",
        f"database: {draw(st.sampled_from(engines[:2]))}",
        f"api: {{page_size: {draw(st.integers(1, 100))}, pagination: {draw(_PAGINATIONS)}, "
        f"case: {draw(_CASES)}}}",
        draw(st.sampled_from(_AUTHS)) if auth else "auth: none",
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


@st.composite
def _resources(
    draw: DrawFn,
    name: str,
    earlier: Sequence[str],
    enums: dict[str, list[str]],
    refused: Collection[str],
) -> WrittenResource:
    chosen = draw(st.lists(names().filter(lambda n: _free(n, ())), max_size=6, unique_by=_key))
    split = draw(st.integers(0, len(chosen)))
    found = [draw(fields(one, enums, refused)) for one in chosen[:split]]
    relations = {one: draw(_relations(name, earlier)) for one in chosen[split:]}
    keys = draw(_keys(found, "user" in earlier, refused))
    return WrittenResource(name, tuple(found), relations, keys)


_OF_USERS = ("email", "password", "password_hash", "full_name", "role", "is_active")


@st.composite
def _user(
    draw: DrawFn, targets: Sequence[str], enums: dict[str, list[str]], refused: Collection[str]
) -> WrittenResource:
    """What is added to accounts: fields, and links that may be null: no circle is required."""
    own = names().filter(lambda n: _free(n, _OF_USERS))
    chosen = draw(st.lists(own, min_size=1, max_size=4, unique_by=_key))
    split = draw(st.integers(0, len(chosen))) if targets else len(chosen)
    found = [draw(fields(one, enums, refused)) for one in chosen[:split]]
    ways = ("belongs_to {}?", "belongs_to {}? on_delete set_null", "many_to_many {}")
    relations = {
        one: draw(st.sampled_from(ways)).format(draw(st.sampled_from(targets)))
        for one in chosen[split:]
    }
    return WrittenResource("user", tuple(found), relations)


@st.composite
def _relations(draw: DrawFn, name: str, earlier: Sequence[str]) -> str:
    """A link to what stands above, so that no circle is required; or to itself."""
    target = draw(st.sampled_from([name, *earlier]))
    ways = [f"belongs_to {target}?", f"belongs_to {target}? on_delete set_null"]
    if target != name:
        ways += [f"belongs_to {target} unique", f"belongs_to {target} on_delete cascade"]
    if target != "user":
        ways.append(f"many_to_many {target}")
    line = draw(st.sampled_from(ways))
    long = f"{{type: belongs_to, resource: {quote(target)}, nullable: true, on_delete: cascade}}"
    return draw(st.sampled_from([line, quote(line), long]))


@st.composite
def _keys(
    draw: DrawFn,
    found: Sequence[WrittenField],
    auth: bool,
    refused: Collection[str],
) -> dict[str, str]:
    """Some of the keys that go with these fields."""
    seen = [one for one in found if not {"hidden", "writeonly", "encrypted"} & one.keys.keys()]
    keyed = [one.name for one in found if _keyable(one)]
    visible = [one.name for one in seen if _keyable(one)]
    found_by = [one.name for one in seen if "unique" in one.keys and _fits_a_url(one)]
    searched = [one.name for one in seen if one.type in ("string", "text") and not one.is_list]
    ids = ["int", "bigint", "string(5) /^[A-Z]{5}$/"]
    ways: dict[str, tuple[object, SearchStrategy[str]]] = {
        "description": (True, texts().map(quote)),
        "operations": (True, st.sampled_from(OPERATIONS)),
        "indexes": (keyed, st.just(f"[[{quote('-' + ''.join(keyed[:1]))}, created_at]]")),
        "unique": (keyed, st.just(f"[{_listed(keyed[:2])}]")),
        "filter": (visible, st.just(_listed(visible))),
        "sort": (visible, st.just(_listed(["created_at", *visible]))),
        "lookup": (found_by, st.just("".join(found_by[:1]))),
        "owned": (auth, st.just("true")),
        "access": (auth, st.just("{read: public, write: [editor, admin], delete: admin}")),
        "search": (searched, st.just(_listed(searched))),
        "soft_delete": (True, st.just("true")),
        "versioned": (True, st.just("false")),
        "timestamps": (True, st.just("{updated: updated_on}")),
        "id": ("ids other than uuid" not in refused, st.sampled_from(ids)),
    }
    chosen = [key for key, (possible, _) in ways.items() if possible and draw(st.booleans())]
    return {key: draw(ways[key][1]) for key in chosen}


def _fits_a_url(one: WrittenField) -> bool:
    return one.type in ("string", "int", "bigint", "uuid", "email", "slug")


def _keyable(one: WrittenField) -> bool:
    long = one.type in ("text", "json", "bytes", "password")
    return not (long or one.is_list or "encrypted" in one.keys)


def _listed(names: Sequence[str]) -> str:
    return f"[{', '.join(map(quote, names))}]"
