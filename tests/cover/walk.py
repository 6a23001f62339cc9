"""A walk over a running service: every resource from create to delete, and what is linked to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from cover.maker import Maker, Row, dashed, url
from generator.spec.model import HasMany, ManyToMany, Resource


def live(maker: Maker, resource: Resource) -> None:
    """A row is made, and read, listed, changed, replaced and deleted as far as that may be."""
    row = maker.made(resource)
    for operation, step in STEPS.items():
        if operation in resource.operations:
            step(maker, resource, row)


def link(maker: Maker, resource: Resource) -> None:
    """Every list below a row answers, and what can be linked is linked and let go."""
    for relation in resource.relations:
        match relation:
            case HasMany(single=False):
                maker.ids(below(maker, resource, relation))
            case ManyToMany(through=None) if may_be_linked(maker, resource, relation):
                link_and_unlink(maker, resource, relation)


def get(maker: Maker, resource: Resource, row: Row) -> None:
    """By its id, and by its lookup where there is one."""
    assert maker.ask("GET", at(resource, row), 200) == row
    if resource.lookup:
        key = f"{dashed(resource.lookup)}/{row[maker.named(resource.lookup)]}"
        assert maker.ask("GET", f"{url(resource)}:by-{key}", 200) == row


def find(maker: Maker, resource: Resource, row: Row) -> None:
    """In the list."""
    assert row["id"] in maker.ids(url(resource))


def change(maker: Maker, resource: Resource, row: Row) -> None:
    """Each value by itself is changed, and is kept."""
    path = at(resource, row)
    schemas, _ = maker.asked_for("patch", pattern(resource))
    compared = {
        maker.named(name) for check in resource.checks for name in (check.left, check.right)
    }
    for name in schemas:
        if name not in compared:
            drawn = partial(maker.drawn, resource, schemas, [name])
            changed = maker.accepted("PATCH", path, 200, drawn)
            if "get" in resource.operations:
                assert maker.ask("GET", path, 200) == changed


def replace(maker: Maker, resource: Resource, row: Row) -> None:
    """The whole of it, at once."""
    drawn = partial(maker.needed, resource, "put", pattern(resource))
    assert maker.accepted("PUT", at(resource, row), 200, drawn)["id"] == row["id"]


def delete(maker: Maker, resource: Resource, row: Row) -> None:
    """Then it is gone; what is hidden only comes back, and goes again."""
    path = at(resource, row)
    maker.ask("DELETE", path, 204)
    if resource.soft_delete:
        maker.ask("DELETE", path, 404)
        assert maker.ask("POST", f"{path}:restore", 200)["id"] == row["id"]
        maker.ask("DELETE", path, 204)
    if "get" in resource.operations:
        maker.ask("GET", path, 404)
    maker.ask("DELETE", path, 404)


def write_in_bulk(maker: Maker, resource: Resource, _row: Row) -> None:
    """Two more are made, changed and deleted, in a request each."""
    path = f"{url(resource)}:bulk"

    def two() -> Row:
        return {"items": [maker.needed(resource, "post", url(resource)) for _ in range(2)]}

    ids = [item["id"] for item in maker.accepted("POST", path, 201, two)["items"]]
    if "update" in resource.operations:
        maker.ask("PATCH", path, 200, json={"items": [{"id": one} for one in ids]})
    if "delete" in resource.operations:
        maker.ask("DELETE", f"{path}?{'&'.join(f'id={one}' for one in ids)}", 204)


STEPS: Mapping[str, Callable[[Maker, Resource, Row], None]] = {
    "get": get,
    "list": find,
    "update": change,
    "replace": replace,
    "delete": delete,
    "bulk": write_in_bulk,
}
"""What is done to a new row, by the operation that allows it."""


def may_be_linked(maker: Maker, resource: Resource, relation: ManyToMany) -> bool:
    """Whether it is rows that a spec declares, and not accounts, that are linked."""
    declared = {one.name for one in maker.spec.resources}
    return "update" in resource.operations and relation.resource in declared


def link_and_unlink(maker: Maker, resource: Resource, relation: ManyToMany) -> None:
    """A row of the other side, twice: the second time changes nothing."""
    (target,) = [one for one in maker.spec.resources if one.name == relation.resource]
    path, other = below(maker, resource, relation), maker.made(target)["id"]
    for _ in range(2):
        maker.ask("PUT", f"{path}/{other}", 204)
    assert maker.ids(path) == [other]
    maker.ask("DELETE", f"{path}/{other}", 204)
    assert maker.ids(path) == []


def below(maker: Maker, resource: Resource, relation: HasMany | ManyToMany) -> str:
    """The URL of a relation of a new row."""
    return f"{at(resource, maker.made(resource))}/{dashed(relation.name)}"


def at(resource: Resource, row: Row) -> str:
    """The URL of a row."""
    return f"{url(resource)}/{row['id']}"


def pattern(resource: Resource) -> str:
    """The path of a row, as the document has it."""
    return f"{url(resource)}/{{{resource.name}_id}}"
