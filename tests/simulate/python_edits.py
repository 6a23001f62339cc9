"""Hand edits of Python."""

from __future__ import annotations

import ast
import random
import re

from simulate import anchors
from simulate.edits import Pick, kind

RESOURCE = r"app/resources/\w+/"
ANY = r"app/(resources/\w+|users|auth)/(service|router|schemas|model|repository)\.py"
SERVICE = r"app/(resources/\w+|users|auth)/service\.py"
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


def argument(text: str, chance: random.Random) -> tuple[str, ...]:
    """Picks a method and an argument of it that has a type."""
    (name,) = METHOD(text, chance)
    arguments = [arg.arg for arg in anchors.function(text, name).args.args if arg.annotation]
    if not arguments:
        raise LookupError(name)
    return (name, chance.choice(arguments))


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


@kind(SERVICE, argument)
def argument_annotation_changed(text: str, names: tuple[str, ...], _number: int) -> str:
    for arg in anchors.function(text, names[0]).args.args:
        if arg.arg == names[1] and arg.annotation and "None" not in ast.unparse(arg.annotation):
            return anchors.replaced(text, arg.annotation, f"{ast.unparse(arg.annotation)} | None")
    raise LookupError(names)


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
