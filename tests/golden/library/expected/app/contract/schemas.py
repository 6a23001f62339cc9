"""Two JSON Schemas, side by side: what one of them allows that the other does not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import eq, ge, le
from typing import Any, TypeAlias

Schema: TypeAlias = Mapping[str, Any]
Pairs: TypeAlias = frozenset[tuple[int, int]]
"""The objects that a comparison is inside of: a schema may lead back to itself."""

ANY_TYPE = ("string", "integer", "number", "boolean", "array", "object", "null")
LIMITS: dict[str, Callable[[Any, Any], bool]] = {
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems"), le),
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems"), ge),
    **dict.fromkeys(("pattern", "format"), eq),
}
"""Keys that bound a value, and how one bound has to stand to another so as to let no more through."""


@dataclass(frozen=True, slots=True)
class Schemas:
    """The schemas of a document by their names."""

    by_name: Mapping[str, Schema]

    def resolve(self, schema: Schema) -> Schema:
        """What a reference leads to; any other schema is itself."""
        while "$ref" in schema:
            schema = self.by_name[schema["$ref"].rpartition("/")[2]]
        return schema

    def alternatives(self, schema: Schema) -> list[Schema]:
        """The schemas of which a value needs to fit one."""
        schema = self.resolve(schema)
        if "anyOf" not in schema:
            return [schema]
        rest = {key: value for key, value in schema.items() if key != "anyOf"}
        return [{**rest, **found} for one in schema["anyOf"] for found in self.alternatives(one)]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who takes values of schemas of its own from somebody who writes by others.

    A `lenient` one passes over properties that it doesn't know, as clients do with answers.
    """

    reads: Schemas
    writes: Schemas
    lenient: bool

    def refusals(
        self, read: Schema, written: Schema, at: str, above: Pairs = frozenset()
    ) -> Iterator[str]:
        """What may be written and is not read: the place and the reason, a line each."""
        known = self.reads.alternatives(read)
        for one in self.writes.alternatives(written):
            found = [list(self._alone(each, one, at, above)) for each in known]
            yield from min(found, key=len)

    def _alone(self, read: Schema, written: Schema, at: str, above: Pairs) -> Iterator[str]:
        """The refusals where neither schema has alternatives."""
        if "not" in written:
            return
        if "not" in read:
            yield f"{at}: unknown"
            return
        yield from (f"{at}: {reason}" for reason in limits(read, written))
        if "items" in read and "items" in written:
            yield from self.refusals(read["items"], written["items"], f"{at}[]", above)
        yield from self._properties(read, written, at, above)

    def _properties(self, read: Schema, written: Schema, at: str, above: Pairs) -> Iterator[str]:
        known, given = read.get("properties", {}), written.get("properties", {})
        here = (id(known), id(given))
        if here in above:
            return
        needed = set(read.get("required", ())) - set(written.get("required", ()))
        yield from (f"{at}.{name}: missing" for name in sorted(needed))
        if read.get("additionalProperties") is False and not self.lenient:
            unknown = [name for name in given if name not in known and "not" not in given[name]]
            yield from (f"{at}.{name}: unknown" for name in unknown)
        for name in (name for name in known if name in given):
            yield from self.refusals(known[name], given[name], f"{at}.{name}", above | {here})


def limits(read: Schema, written: Schema) -> Iterator[str]:
    """Why a single value of `written` may not fit `read`."""
    more = set(types(written)) - set(types(read))
    if "number" in types(read):
        more.discard("integer")
    yield from sorted(more)
    yield from (f"the value {value!r}" for value in unlisted(read, written))
    for key, fits in LIMITS.items():
        if key in read and not (key in written and fits(written[key], read[key])):
            yield f"{key} {written.get(key, 'unset')} instead of {read[key]}"


def types(schema: Schema) -> Sequence[str]:
    """The types that a value may have."""
    told = schema.get("type", ANY_TYPE)
    return [told] if isinstance(told, str) else told


def unlisted(read: Schema, written: Schema) -> Iterator[object]:
    """The values of `written` that `read`, which lists its own, does not list."""
    known, given = values(read), values(written)
    if known is not None:
        yield from ["any"] if given is None else (one for one in given if one not in known)


def values(schema: Schema) -> Sequence[object] | None:
    """All the values there are, None where they are not listed."""
    return [schema["const"]] if "const" in schema else schema.get("enum")
