"""Every URL of a resource: what it does, and whose rules hold for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import naming
from generator.features.demands import bulk_verbs, is_restored
from generator.spec.model import Operation, Resource
from generator.views.lookup import lookup
from generator.views.nested import NestedView, links, nested
from generator.views.operation import Context, words
from generator.views.rules import VERB_OF, RuleView, rules


@dataclass(frozen=True, slots=True)
class RouteView:
    """A method and a path below the prefix of the API, as OpenAPI writes it."""

    method: str
    path: str
    does: str
    """What it does, for a table: the end of a sentence that begins with the URL."""
    rules: tuple[RuleView, ...]
    """All of them hold."""


ROUTES: dict[Operation, tuple[str, str, str]] = {
    "list": ("GET", "", "lists {many}"),
    "create": ("POST", "", "creates {one}"),
    "get": ("GET", "/{{{id}}}", "returns {one}"),
    "update": ("PATCH", "/{{{id}}}", "changes what is sent of {one}"),
    "replace": ("PUT", "/{{{id}}}", "replaces all that may be changed of {one}"),
    "delete": ("DELETE", "/{{{id}}}", "deletes {one}{kept}"),
}
BULK = {
    "create": "creates several {many}, all or none",
    "update": "changes several {many}, all or none",
    "delete": "deletes several {many}, all or none",
}


def routes(context: Context) -> Iterator[RouteView]:
    """Every route of a resource, those below its rows last."""
    yield from _own(context)
    yield from _found(context)
    yield from _several(context)
    yield from _restored(context)
    yield from below(context)


def row_path(context: Context) -> str:
    """The path of one row."""
    return f"{_url(context)}/{{{context.resource.name}_id}}"


def _url(context: Context) -> str:
    return f"/{naming.dashed(context.resource.plural)}"


def _told(context: Context, text: str) -> str:
    resource = context.resource
    return text.format(
        id=f"{resource.name}_id",
        one=naming.with_article(words(resource.name)),
        many=words(resource.plural),
        kept=", and keeps the row" if resource.soft_delete else "",
    )


def _own(context: Context) -> Iterator[RouteView]:
    own = rules(context.resource.access)
    for word, (method, path, does) in ROUTES.items():
        if word in context.resource.operations:
            whole = _url(context) + _told(context, path)
            yield RouteView(method, whole, _told(context, does), (own[VERB_OF[word]],))


def _found(context: Context) -> Iterator[RouteView]:
    found = lookup(context)
    if found is not None:
        does = f"{_told(context, 'returns {one}')} by its {found.words}"
        path = f"{_url(context)}:by-{found.url}/{{{found.variable}}}"
        yield RouteView("GET", path, does, (rules(context.resource.access)["get"],))


def _several(context: Context) -> Iterator[RouteView]:
    own = rules(context.resource.access)
    for word in bulk_verbs(context.resource):
        method = ROUTES[word][0]
        yield RouteView(
            method, f"{_url(context)}:bulk", _told(context, BULK[word]), (own[VERB_OF[word]],)
        )


def _restored(context: Context) -> Iterator[RouteView]:
    if is_restored(context.resource):
        does = _told(context, "takes the delete of {one} back")
        rule = rules(context.resource.access)["delete"]
        yield RouteView("POST", f"{row_path(context)}:restore", does, (rule,))


def below(context: Context) -> Iterator[RouteView]:
    """The routes below a row: lists of other resources, and links to them."""
    own, row = rules(context.resource.access), row_path(context)
    targets = {item.name: item.resource for item in context.resource.relations}
    for item in nested(context):
        target = context.resources[targets[item.name]]
        child = rules(target.access)["get" if item.single else "list"]
        yield RouteView("GET", f"{row}/{item.url}", _shows(item, target), (own["get"], child))
    for link in links(context):
        path = f"{row}/{link.url}/{{{link.id_parameter}}}"
        yield RouteView("PUT", path, f"links {link.an_other}", (own["update"],))
        yield RouteView("DELETE", path, f"unlinks {link.an_other}", (own["update"],))


def _shows(item: NestedView, target: Resource) -> str:
    """What a list below a row does; of what, where the name of the relation doesn't tell."""
    one, many = words(target.name), words(target.plural)
    if item.single:
        verb, what, kind = "returns", one, f", which is {naming.with_article(one)}"
    else:
        verb, what, kind = "lists", many, f", which are {many}"
    told = what.endswith(item.words) or item.words.endswith(what)
    return f"{verb} its {item.words}{'' if told else kind}"
