"""Hand edits of Python."""

from __future__ import annotations

import ast
import random
import re

from generator.tree import Tree
from simulate import anchors
from simulate.edits import Pick, kind

RESOURCE = r"app/resources/\w+/"
ANY = r"app/(resources/\w+|users|auth)/(service|router|schemas|model|repository)\.py"
SERVICE = r"app/(resources/\w+|users|auth)/service\.py"
ROUTER = r"app/(resources/\w+|users)/router\.py"
MODEL = rf"{RESOURCE}model\.py"
SCHEMAS = rf"{RESOURCE}schemas\.py"
TESTS = r"tests/(resources|users|auth)/test_\w+\.py"
CODE = rf"{ANY}|app/(settings|errors|main|repository|pagination)\.py"


def of(*kinds: type[ast.stmt], within: str = "") -> Pick:
    """Picks one member of some kinds; `within` is what its name must have."""

    def pick(text: str, chance: random.Random) -> tuple[str, ...]:
        found = [name for name in anchors.names(text, *kinds) if re.search(within, name)]
        return (chance.choice(found),)

    def checked(text: str, chance: random.Random) -> tuple[str, ...]:
        try:
            return pick(text, chance)
        except IndexError:
            raise LookupError(kinds) from None

    return checked


FUNCTION = of(ast.FunctionDef, ast.AsyncFunctionDef)
METHOD = of(ast.FunctionDef, ast.AsyncFunctionDef, within=r"\.")
CLASS = of(ast.ClassDef)
FIELD = of(ast.AnnAssign, within=r"\.")

NEW_METHOD = '''
    async def mark_{n}(self, amount: int) -> int:
        """Answer {n}."""
        return amount + {n}
'''
NEW_FUNCTION = '''

def mark_{n}(amount: int) -> int:
    """Answer {n}."""
    return amount + {n}
'''
ROUTE = '''

@router.get("/mark-{n}")
async def mark_{n}() -> int:
    """Answer {n}."""
    return {n}
'''


@kind(CODE, CLASS)
def method_added_at_the_end(text: str, names: tuple[str, ...], number: int) -> str:
    return anchors.inserted(
        text, anchors.end(anchors.find(text, names[0])), NEW_METHOD.format(n=number)
    )


@kind(CODE, METHOD)
def method_added_behind_another(text: str, names: tuple[str, ...], number: int) -> str:
    return anchors.inserted(
        text, anchors.end(anchors.find(text, names[0])), NEW_METHOD.format(n=number)
    )


@kind(CODE)
def function_added_at_the_end(text: str, _names: tuple[str, ...], number: int) -> str:
    return text + NEW_FUNCTION.format(n=number)


@kind(CODE, CLASS)
def function_added_above_a_class(text: str, names: tuple[str, ...], number: int) -> str:
    new = NEW_FUNCTION.format(n=number).lstrip("\n") + "\n\n"
    return anchors.inserted(text, anchors.start(anchors.find(text, names[0])), new)


@kind(CODE)
def constant_added(text: str, _names: tuple[str, ...], number: int) -> str:
    return anchors.inserted(text, anchors.imports_end(text), f"\nMARK_{number} = {number}\n")


@kind(CODE)
def class_added(text: str, _names: tuple[str, ...], number: int) -> str:
    return f'{text}\n\nclass Mark{number}:\n    """One of {number}."""\n\n    size = {number}\n'


def line_in(text: str, name: str, statement: str) -> str:
    first = anchors.first_statement(anchors.function(text, name))
    indent = " " * first.col_offset
    new = "".join(f"{indent}{line}\n" for line in statement.splitlines())
    return anchors.inserted(text, anchors.start(first), new)


@kind(f"{CODE}|{TESTS}", FUNCTION)
def body_changed_at_the_start(text: str, names: tuple[str, ...], number: int) -> str:
    return line_in(text, names[0], f'len("mark {number}")')


@kind(CODE, FUNCTION)
def early_return(text: str, names: tuple[str, ...], number: int) -> str:
    return line_in(text, names[0], f'if not __debug__:\n    raise RuntimeError("mark {number}")')


@kind(CODE, FUNCTION)
def body_changed_before_the_end(text: str, names: tuple[str, ...], number: int) -> str:
    last = anchors.function(text, names[0]).body[-1]
    new = f'{" " * last.col_offset}len("mark {number}")\n'
    return anchors.inserted(text, anchors.start(last), new)


@kind(CODE, FUNCTION)
def docstring_changed(text: str, names: tuple[str, ...], number: int) -> str:
    node = anchors.as_a(ast.Expr, anchors.function(text, names[0]).body[0])
    anchors.as_a(ast.Constant, node.value)
    line = anchors.end(node) - 1
    lines = text.splitlines(keepends=True)
    lines[line] = lines[line].replace('"""\n', f' Mark {number}."""\n')
    return "".join(lines)


@kind(CODE)
def module_docstring_changed(text: str, _names: tuple[str, ...], number: int) -> str:
    node = anchors.as_a(ast.Expr, ast.parse(text).body[0])
    at = anchors.end(node) - 1
    lines = text.splitlines(keepends=True)
    lines[at] = lines[at].replace('"""\n', f'\n\nMark {number}.\n"""\n')
    return "".join(lines)


@kind(CODE, of(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.AnnAssign))
def comment_added(text: str, names: tuple[str, ...], number: int) -> str:
    node = anchors.find(text, names[0])
    new = f"{' ' * node.col_offset}# Mark {number}.\n"
    return anchors.inserted(text, anchors.start(node), new)


@kind(rf"{MODEL}|{SCHEMAS}", FIELD)
def trailing_comment(text: str, names: tuple[str, ...], number: int) -> str:
    lines = text.splitlines(keepends=True)
    at = anchors.end(anchors.find(text, names[0])) - 1
    lines[at] = lines[at].replace("\n", f"  # Mark {number}.\n")
    return "".join(lines)


@kind(SERVICE, METHOD)
def decorator_added(text: str, names: tuple[str, ...], number: int) -> str:
    node = anchors.find(text, names[0])
    new = f"{' ' * node.col_offset}@mark_{number}(print)\n"
    found = anchors.inserted(text, anchors.start(node), new)
    return imported(found, f"from functools import wraps as mark_{number}")


def imported(text: str, line: str) -> str:
    return anchors.inserted(text, anchors.imports_end(text), f"{line}\n")


@kind(SERVICE, METHOD)
def parameter_added(text: str, names: tuple[str, ...], number: int) -> str:
    arguments = anchors.function(text, names[0]).args
    last = (arguments.kwonlyargs or arguments.args)[-1]
    defaults = arguments.kw_defaults if arguments.kwonlyargs else arguments.defaults
    behind = (defaults[-1] if defaults else None) or last.annotation
    if behind is None:
        raise LookupError(names[0])
    return anchors.replaced(text, behind, f"{ast.unparse(behind)}, mark_{number}: int = {number}")


@kind(SERVICE, METHOD)
def annotation_changed(text: str, names: tuple[str, ...], _number: int) -> str:
    returns = anchors.function(text, names[0]).returns
    if returns is None or "object" in ast.unparse(returns):
        raise LookupError(names[0])
    return anchors.replaced(text, returns, f"{ast.unparse(returns)} | object")


@kind(SERVICE, METHOD)
def argument_annotation_changed(text: str, names: tuple[str, ...], _number: int) -> str:
    found = [arg for arg in anchors.function(text, names[0]).args.args if arg.annotation]
    if not found or found[0].annotation is None:
        raise LookupError(names[0])
    known = ast.unparse(found[0].annotation)
    if "None" in known:
        raise LookupError(names[0])
    return anchors.replaced(text, found[0].annotation, f"{known} | None")


@kind(SCHEMAS, FIELD)
def default_changed(text: str, names: tuple[str, ...], number: int) -> str:
    node = anchors.as_a(ast.AnnAssign, anchors.find(text, names[0]))
    return anchors.replaced(text, anchors.as_a(ast.Constant, node.value), str(number))


@kind(CODE)
def import_added(text: str, _names: tuple[str, ...], number: int) -> str:
    found = imported(text, f"from json import dumps as mark_{number}")
    return f"{found}\n\nMARKED_{number} = mark_{number}({number})\n"


@kind(ANY)
def import_extended(text: str, _names: tuple[str, ...], number: int) -> str:
    found = re.sub(
        r"^(from uuid import )", rf"\1uuid4 as mark_{number}, ", text, count=1, flags=re.M
    )
    if found == text:
        raise LookupError("uuid")
    return f"{found}\n\nMARKED_{number} = mark_{number}()\n"


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


@kind(CODE, CLASS)
def base_added(text: str, names: tuple[str, ...], number: int) -> str:
    node = anchors.find(text, names[0])
    assert isinstance(node, ast.ClassDef)
    lines = text.splitlines(keepends=True)
    head = lines[node.lineno - 1]
    if head.rstrip().endswith("):"):
        lines[node.lineno - 1] = head.replace("):\n", f", Mark{number}):\n")
    elif head.rstrip() == f"class {node.name}:":
        lines[node.lineno - 1] = head.replace(":\n", f"(Mark{number}):\n")
    else:
        raise LookupError(names[0])
    return imported("".join(lines), f"from typing import Protocol as Mark{number}")


@kind(SERVICE, METHOD)
def variable_renamed(text: str, names: tuple[str, ...], _number: int) -> str:
    node = anchors.function(text, names[0])
    local = [
        item.targets[0].id
        for item in ast.walk(node)
        if isinstance(item, ast.Assign) and isinstance(item.targets[0], ast.Name)
    ]
    if not local or local[0].endswith("_mine"):
        raise LookupError(names[0])
    lines = text.splitlines(keepends=True)
    for at in range(node.lineno - 1, anchors.end(node)):
        lines[at] = re.sub(rf"(?<![\w.\"]){local[0]}\b(?!\"|=)", f"{local[0]}_mine", lines[at])
    return "".join(lines)


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


@kind(SERVICE, METHOD)
def method_removed(text: str, names: tuple[str, ...], _number: int) -> str:
    node = anchors.find(text, names[0])
    if names[0].rpartition(".")[2].startswith("__"):
        raise LookupError(names[0])
    lines = text.splitlines()
    last = anchors.end(node)
    gap = last < len(lines) and not lines[last].strip()
    return anchors.without(text, anchors.start(node) - (0 if gap else 1), last + gap)


def two_methods(text: str, chance: random.Random) -> tuple[str, ...]:
    found = [name for name in anchors.names(text, ast.AsyncFunctionDef) if "." in name]
    if len(found) < 3:
        raise LookupError("methods")
    one, other = sorted(chance.sample(range(len(found)), 2))
    return found[one], found[other]


@kind(SERVICE, two_methods)
def members_reordered(text: str, names: tuple[str, ...], _number: int) -> str:
    one, other = (anchors.find(text, name) for name in names)
    if anchors.start(other) <= anchors.end(one):
        raise LookupError(names)
    lines = text.splitlines(keepends=True)
    moved = lines[anchors.start(one) : anchors.end(one)]
    rest = anchors.without(text, anchors.start(one), anchors.end(one) + 1)
    last = anchors.end(anchors.find(rest, names[1]))
    return anchors.inserted(rest, last, "\n" + "".join(moved))


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


@kind(SERVICE, METHOD)
def body_wrapped(text: str, names: tuple[str, ...], number: int) -> str:
    """Every statement of a body, one level deeper."""
    node = anchors.function(text, names[0])
    first = anchors.first_statement(node)
    if any('"""' in line for line in text.splitlines()[anchors.start(first) : anchors.end(node)]):
        raise LookupError(names[0])
    lines = text.splitlines(keepends=True)
    indent = " " * first.col_offset
    body = [
        f"    {line}" if line.strip() else line
        for line in lines[anchors.start(first) : anchors.end(node)]
    ]
    head = [f"{indent}try:\n"]
    tail = [f"{indent}finally:\n{indent}    len('mark {number}')\n".replace("'", '"')]
    return "".join(
        [*lines[: anchors.start(first)], *head, *body, *tail, *lines[anchors.end(node) :]]
    )


def repository(tree: Tree, chance: random.Random) -> tuple[str, ...]:
    """A repository of some resource: its module, its class, and what an instance is called."""
    found = [path for path in tree if re.fullmatch(rf"{RESOURCE}repository\.py", path)]
    path = chance.choice(found)
    name = anchors.names(tree[path], ast.ClassDef)[0]
    return path.removesuffix(".py").replace("/", "."), name, f"_{path.split('/')[2]}"


@kind(SERVICE, CLASS, near=repository)
def other_resource_used(text: str, names: tuple[str, ...], number: int) -> str:
    """A method of one's own that works with another resource's repository."""
    owner, module, name, variable = names
    method = f'''
    def mark_{number}(self) -> {name}:
        """Use {number}."""
        return {name}(self.mark{variable}, {number})
'''
    found = anchors.inserted(text, anchors.end(anchors.find(text, owner)), method)
    known = re.search(rf"^from {re.escape(module)} import .*\b{name}\b", found, re.M)
    return found if known else imported(found, f"from {module} import {name}")
