"""Rules about one field: what can't hold, and what no engine can do with its type."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator import naming
from generator.errors import quoted
from generator.spec.facts import Facts, Finding, Rule
from generator.spec.grammar import TypeGrammar
from generator.spec.model import Field, Resource
from generator.spec.report import Path

CONTRADICTION = "contradiction"


def unfillable(facts: Facts) -> Iterator[Finding]:
    """A field that nobody gives a value needs a default, or to be nullable."""
    for path, _, field in facts.fields():
        flag = next((flag for flag in ("readonly", "hidden") if getattr(field, flag)), None)
        filled = field.nullable or field.source or facts.said(*path, "default")
        if flag and not filled:
            message = f"{flag}, never null and without a default: nothing could fill it"
            yield Finding(CONTRADICTION, (*path, flag), message)


_EXCLUDED = (("readonly", "writeonly"), ("hidden", "writeonly"))


def excluded(facts: Facts) -> Iterator[Finding]:
    """Two flags that can't both hold; the second of them is the mistake."""
    for path, _, field in facts.fields():
        for one, other in _EXCLUDED:
            if getattr(field, one) and getattr(field, other):
                places = {flag: facts.report.find((*path, flag))[0].start for flag in (one, other)}
                later = max(places, key=lambda flag: places[flag])
                yield Finding(
                    CONTRADICTION, (*path, later), f"{one} and {other} exclude each other"
                )


def keyed(facts: Facts) -> Iterator[Finding]:
    """`unique` and `index` on what has no key: long text, encrypted values, lists."""
    for path, _, field in facts.fields():
        for flag in ("unique", "index"):
            if getattr(field, flag) and (found := unkeyable(facts, field, flag)):
                yield Finding(found[0], (*path, flag), found[1])


def unkeyable(facts: Facts, field: Field, what: str) -> tuple[str, str] | None:
    """Code and message where a field can't be part of a key or an index; else None."""
    if field.encrypted:
        return CONTRADICTION, f"encrypted values can't be found by: no {what}"
    if field.is_list:
        return "engine-limit", f"no {what} of a list is the same on every engine"
    if not facts.type(field).indexable:
        tail = "; string(255) would fit" if field.type == "text" else ""
        return "engine-limit", f"not every engine can hold {field.type} in a key: no {what}{tail}"
    return None


def listed_only(facts: Facts) -> Iterator[Finding]:
    """What is said of lists, of fields that are none; and lists of what makes none."""
    for path, _, field in facts.fields():
        for key in ("min_items", "max_items"):
            if getattr(field, key) is not None and not field.is_list:
                message = f"{key} is said of lists, {field.enum or field.type}[]"
                yield Finding("not-applicable", (*path, key), message)
        low, high = field.min_items, field.max_items
        if field.is_list and low is not None and high is not None and low > high:
            message = f"no list has at least {low} and at most {high} items"
            yield Finding(CONTRADICTION, (*path, "max_items"), message)
        if field.is_list and not facts.type(field).listable:
            yield Finding("not-applicable", (*path, "is_list"), f"no lists of {field.type}")


def sourced(facts: Facts) -> Iterator[Finding]:
    """`from` makes a slug of another text field."""
    for path, resource, field in facts.fields():
        if field.source is not None:
            yield from _source(facts, (*path, "from"), resource, field)


def _source(facts: Facts, path: Path, resource: Resource, field: Field) -> Iterator[Finding]:
    others = {other.name: other for other in resource.fields if other.name != field.name}
    other = others.get(str(field.source))
    if field.type != "slug" or field.is_list:
        yield Finding("not-applicable", path, "only a slug is made from another field")
    elif other is None:
        texts = [name for name, one in others.items() if _speaks(facts, one)]
        near = naming.nearest(str(field.source), texts)
        yield Finding("unknown-field", path, f"no other field {quoted(str(field.source))}", near)
    elif not _speaks(facts, other):
        message = f"a slug is made from readable text, and {other.name} is none"
        yield Finding("wrong-family", path, message)


def _speaks(facts: Facts, field: Field) -> bool:
    secret = field.hidden or field.writeonly or field.encrypted or field.type == "password"
    text = field.type == "?" or facts.family(field) == "text"
    return text and not secret and not field.is_list


def empty_range(facts: Facts) -> Iterator[Finding]:
    """Bounds that leave no value."""
    for path, _, field in facts.fields():
        said = [key for key in ("ge", "gt", "le", "lt") if getattr(field, key) is not None]
        if not said:
            continue
        later = max(said, key=lambda key: facts.report.find((*path, key))[0].start)
        message = _empty(field, facts.type(field))
        if message:
            yield Finding(CONTRADICTION, (*path, later), message)


def _empty(field: Field, row: TypeGrammar) -> str | None:
    if field.ge is not None and field.gt is not None:
        return ">= and > are both said; one lower bound is enough"
    if field.le is not None and field.lt is not None:
        return "<= and < are both said; one upper bound is enough"
    low, high = _lowest(field, row), _highest(field, row)
    if low is not None and high is not None and low > high:
        return "no value is within these bounds"
    open_ended = field.gt is not None or field.lt is not None
    if low == high and low is not None and open_ended and _step(field, row) is None:
        return "no value is within these bounds"
    return None


def _step(field: Field, row: TypeGrammar) -> Decimal | None:
    """The distance of two neighbours; None where there is always one between."""
    if row.family == "integer":
        return Decimal(1)
    if row.family == "decimal" and field.scale is not None:
        return Decimal(1).scaleb(-field.scale)
    return None


def _lowest(field: Field, row: TypeGrammar) -> Decimal | None:
    step = _step(field, row)
    bound = field.ge if field.gt is None else field.gt + step if step else field.gt
    limits = [bound, _limit(field, row, -1)]
    return max((limit for limit in limits if limit is not None), default=None)


def _highest(field: Field, row: TypeGrammar) -> Decimal | None:
    step = _step(field, row)
    bound = field.le if field.lt is None else field.lt - step if step else field.lt
    limits = [bound, _limit(field, row, 1)]
    return min((limit for limit in limits if limit is not None), default=None)


def _limit(field: Field, row: TypeGrammar, sign: int) -> Decimal | None:
    """The smallest or the largest value that the type itself holds."""
    if row.family == "integer":
        limit = row.highest if sign > 0 else row.lowest
        return None if limit is None else Decimal(limit)
    if row.family == "decimal" and field.precision is not None and field.scale is not None:
        return sign * (Decimal(10) ** field.precision - 1).scaleb(-field.scale)
    return None


def renamed(facts: Facts) -> Iterator[Finding]:
    """`renamed_from` names what is gone, or what was itself renamed."""
    for path, resource in facts.resources():
        stays = {item.name for item in resource.fields if not item.renamed_from}
        stays |= {item.name for item in resource.relations if not item.renamed_from}
        for group, items in (("fields", resource.fields), ("relations", resource.relations)):
            for item in items:
                if item.renamed_from in stays or item.renamed_from == item.name:
                    message = f"{quoted(str(item.renamed_from))} is still here"
                    yield Finding(CONTRADICTION, (*path, group, item.name, "renamed_from"), message)
    stays = {resource.name for _, resource in facts.resources() if not resource.renamed_from}
    for path, resource in facts.resources():
        if resource.renamed_from in stays or resource.renamed_from == resource.name:
            message = f"{quoted(str(resource.renamed_from))} is still here"
            yield Finding(CONTRADICTION, (*path, "renamed_from"), message)


RULES: tuple[Rule, ...] = (
    unfillable,
    excluded,
    keyed,
    listed_only,
    sourced,
    empty_range,
    renamed,
)
