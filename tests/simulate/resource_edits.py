"""Hand edits of a resource's modules, of lists, and of tests."""

from __future__ import annotations

import ast
import random
import re

from generator.tree import Tree
from simulate import anchors
from simulate.edits import kind
from simulate.python_edits import (
    CLASS,
    FIELD,
    FUNCTION,
    METHOD,
    MODEL,
    RESOURCE,
    SCHEMAS,
    SERVICE,
    TESTS,
    imported,
    line_in,
    of,
)

ROUTER = r"app/(resources/\w+|users)/router\.py"
ROUTE = '''

@router.get("/mark-{n}")
async def mark_{n}() -> int:
    """Answer {n}."""
    return {n}
'''


@kind(MODEL, CLASS)
def column_added(text: str, names: tuple[str, ...], number: int) -> str:
    node = anchors.find(text, names[0])
    assert isinstance(node, ast.ClassDef)
    found = [item for item in node.body if isinstance(item, ast.AnnAssign)]
    if not found:
        raise LookupError(names[0])
    new = f"    mark_{number}: Mapped[int] = mapped_column(default={number})\n"
    return anchors.inserted(text, anchors.end(found[number % len(found)]), new)


@kind(MODEL, FIELD)
def column_changed(text: str, names: tuple[str, ...], number: int) -> str:
    node = anchors.as_a(ast.AnnAssign, anchors.find(text, names[0]))
    call = anchors.as_a(ast.Call, node.value)
    code = ast.unparse(call)
    return anchors.replaced(text, call, f'{code[:-1]}, comment="mark {number}")')


@kind(SCHEMAS, CLASS)
def schema_field_added(text: str, names: tuple[str, ...], number: int) -> str:
    node = anchors.find(text, names[0])
    return anchors.inserted(text, anchors.end(node), f"    mark_{number}: int = {number}\n")


@kind(ROUTER)
def route_added(text: str, _names: tuple[str, ...], number: int) -> str:
    return text + ROUTE.format(n=number)


@kind(ROUTER, FUNCTION)
def route_added_behind_another(text: str, names: tuple[str, ...], number: int) -> str:
    at = anchors.end(anchors.find(text, names[0]))
    return anchors.inserted(text, at, ROUTE.format(n=number))


@kind(ROUTER, FUNCTION)
def route_described(text: str, names: tuple[str, ...], number: int) -> str:
    decorators = anchors.function(text, names[0]).decorator_list
    if not decorators or not isinstance(decorators[0], ast.Call):
        raise LookupError(names[0])
    code = ast.unparse(decorators[0])
    if "summary" in code:
        raise LookupError(names[0])
    return anchors.replaced(text, decorators[0], f'{code[:-1]}, summary="Mark {number}")')


def list_item(text: str, target: str, item: str) -> str:
    """A text with one item more at the end of a list that has an item a line."""
    value = getattr(anchors.find(text, target), "value", None)
    if not isinstance(value, ast.List | ast.Tuple) or value.lineno == value.end_lineno:
        raise LookupError(target)
    last = value.elts[-1]
    return anchors.inserted(text, last.end_lineno or 0, f"{' ' * last.col_offset}{item},\n")


@kind(rf"{RESOURCE}repository\.py", CLASS)
def filter_added(text: str, names: tuple[str, ...], number: int) -> str:
    return list_item(text, f"{names[0]}.filters", f'"mark_{number}"')


@kind(r"app/api\.py")
def router_registered(text: str, _names: tuple[str, ...], number: int) -> str:
    found = list_item(text, "ROUTERS", f"mark_{number}")
    return imported(found, f"from app.api_{number} import router as mark_{number}")


@kind(r"app/models\.py")
def model_registered(text: str, _names: tuple[str, ...], number: int) -> str:
    found = list_item(text, "MODELS", f"Mark{number}")
    return imported(found, f"from app.models_{number} import Mark as Mark{number}")


@kind(rf"{RESOURCE}seeds\.py")
def seed_added(text: str, _names: tuple[str, ...], number: int) -> str:
    found = re.sub(
        r"^( +)(\"id\": )", rf'\1"mark_{number}": [{number}],\n\1\2', text, count=1, flags=re.M
    )
    if found == text:
        raise LookupError("id")
    return found


@kind(r"app/enums\.py", CLASS)
def member_added(text: str, names: tuple[str, ...], number: int) -> str:
    node = anchors.find(text, names[0])
    return anchors.inserted(text, anchors.end(node), f'    MARK_{number} = "mark {number}"\n')


@kind(TESTS)
def test_added(text: str, _names: tuple[str, ...], number: int) -> str:
    return f"{text}\n\nasync def test_mark_{number}() -> None:\n    assert {number} == {number}\n"


@kind(TESTS, of(ast.AsyncFunctionDef, ast.FunctionDef, within="^test_"))
def test_added_behind_another(text: str, names: tuple[str, ...], number: int) -> str:
    new = f"\n\ndef test_mark_{number}() -> None:\n    assert {number} == {number}\n"
    return anchors.inserted(text, anchors.end(anchors.find(text, names[0])), new)


@kind(TESTS, of(ast.AsyncFunctionDef, within="^test_"))
def test_removed(text: str, names: tuple[str, ...], _number: int) -> str:
    node = anchors.find(text, names[0])
    found = anchors.without(text, anchors.start(node) - 2, anchors.end(node))
    if not ast.parse(found).body:
        raise LookupError(names[0])
    return found


@kind(TESTS, of(ast.AsyncFunctionDef, within="^test_"))
def test_edited(text: str, names: tuple[str, ...], number: int) -> str:
    asserts = [
        node for node in anchors.function(text, names[0]).body if isinstance(node, ast.Assert)
    ]
    if not asserts:
        raise LookupError(names[0])
    new = f'{" " * asserts[0].col_offset}assert {number} > 0, "mark {number}"\n'
    return anchors.inserted(text, anchors.start(asserts[0]), new)


@kind(TESTS, of(ast.AsyncFunctionDef, within="^test_"))
def case_added(text: str, names: tuple[str, ...], number: int) -> str:
    for decorator in anchors.function(text, names[0]).decorator_list:
        if isinstance(decorator, ast.Call) and len(decorator.args) > 1:
            value = decorator.args[1]
            if isinstance(value, ast.List) and value.elts and value.lineno != value.end_lineno:
                last = value.elts[-1]
                case = f'pytest.param("mark {number}", {number}, id="mark {number}"),'
                line = f"{' ' * last.col_offset}{case}\n"
                return anchors.inserted(text, last.end_lineno or 0, line)
    raise LookupError(names[0])


@kind(r"tests/factories/\w+\.py", FUNCTION)
def factory_changed(text: str, names: tuple[str, ...], number: int) -> str:
    return line_in(text, names[0], f'len("mark {number}")')


@kind(r"tests/conftest\.py")
def fixture_added(text: str, _names: tuple[str, ...], number: int) -> str:
    return f"{text}\n\n@pytest.fixture\ndef mark_{number}() -> int:\n    return {number}\n"


@kind(r"app/settings\.py", FIELD)
def setting_added(text: str, names: tuple[str, ...], number: int) -> str:
    node = anchors.find(text, names[0])
    return anchors.inserted(text, anchors.start(node), f"    mark_{number}: int = {number}\n")


def repository(tree: Tree, chance: random.Random) -> tuple[str, ...]:
    """A repository of some resource: its module and its class."""
    found = [path for path in tree if re.fullmatch(rf"{RESOURCE}repository\.py", path)]
    path = chance.choice(found)
    name = anchors.names(tree[path], ast.ClassDef)[0]
    return path.removesuffix(".py").replace("/", "."), name


@kind(SERVICE, CLASS, near=repository)
def other_resource_used(text: str, names: tuple[str, ...], number: int) -> str:
    """A method of one's own that works with another resource's repository."""
    owner, module, name = names
    method = f'''
    def mark_{number}(self) -> {name}:
        """Use {number}."""
        return {name}(self.mark_{number}, {number})
'''
    found = anchors.inserted(text, anchors.end(anchors.find(text, owner)), method)
    known = re.search(rf"^from {re.escape(module)} import .*\b{name}\b", found, re.M)
    return found if known else imported(found, f"from {module} import {name}")


def imported_name(text: str, chance: random.Random) -> tuple[str, ...]:
    found = [
        alias.asname or alias.name
        for node in ast.parse(text).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    if not found:
        raise LookupError("imports")
    return (chance.choice(found),)


@kind(rf"{RESOURCE}(model|schemas|repository)\.py", imported_name)
def other_name_used(text: str, names: tuple[str, ...], number: int) -> str:
    """Code of one's own that leans on what the module imports anyway."""
    return f"{text}\n\nMARK_{number} = ({names[0]}, {number})\n"


def own_constant(text: str, chance: random.Random) -> tuple[str, ...]:
    found = [
        name
        for name in anchors.names(text, ast.Assign, ast.AnnAssign)
        if re.match(r"[A-Z]\w+$", name)
    ]
    if not found:
        raise LookupError("constants")
    return (chance.choice(found),)


@kind(SCHEMAS, own_constant)
def other_constant_used(text: str, names: tuple[str, ...], number: int) -> str:
    """Code of one's own that leans on what the module defines."""
    return f"{text}\n\nMARK_{number} = ({names[0]}, {number})\n"


@kind(SERVICE, METHOD)
def call_changed(text: str, names: tuple[str, ...], number: int) -> str:
    calls = [
        item
        for item in ast.walk(anchors.function(text, names[0]))
        if isinstance(item, ast.Call) and isinstance(item.func, ast.Attribute)
    ]
    found = [call for call in calls if call.func.attr == "model_dump"]  # type: ignore[attr-defined]
    if not found or found[0].keywords:
        raise LookupError(names[0])
    return anchors.replaced(
        text, found[0], f"{ast.unparse(found[0].func)}(round_trip={number} > 0)"
    )
