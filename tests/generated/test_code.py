"""What is written reads as if someone good had written it, and is the same every time."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from generated.projects import (
    PROOF,
    QUICK,
    THOROUGH,
    Project,
    Sample,
    contents,
    each_sample,
    generate,
)

CHECKS = {
    "ruff": ["ruff", "check", "--no-cache", "."],
    "format": ["ruff", "format", "--check", "--no-cache", "."],
    "bandit": ["bandit", "--quiet", "--recursive", "--configfile", "pyproject.toml", "app"],
}
REMNANTS = re.compile(r"\{%|%\}|\{#|#\}|Undefined|<generator\.|TODO|FIXME")
"""What a template leaves behind when something went wrong in it."""
VOCABULARIES = re.compile(
    r"app/(clock|columns|filters|lists|schemas|backends/types|seeding/\w+)\.py"
)
"""Modules with a name for each type, or each kind of value, whether a field has it yet or not."""
OFFERED = {"OptionalCallerDep", "WholeTables", "has_decimals", "pytest_plugins"}
"""What is there for routes and checks to come, and what tools look up by its name."""
PROSE = {"service.yaml", "given.yaml"}
"""Files whose words are the person's own."""


@each_sample()
@pytest.mark.parametrize("check", CHECKS)
def test_the_code_passes(project: Project, check: str) -> None:
    project.must("-m", *CHECKS[check])


@each_sample(quick=QUICK[1:], proof=(*QUICK[:1], *PROOF), thorough=THOROUGH)
def test_the_types_hold(project: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    cache = tmp_path_factory.getbasetemp() / "mypy"
    project.must("-m", "mypy", "--cache-dir", str(cache))


@each_sample()
def test_every_file_is_text_that_ends_in_one_newline(project: Project) -> None:
    wrong = [path for path, text in project.texts() if text and not ends_well(text)]
    assert wrong == []


def ends_well(text: str) -> bool:
    return text.endswith("\n") and not text.endswith("\n\n") and "\r" not in text


@each_sample()
def test_no_line_ends_in_a_blank(project: Project) -> None:
    lines = [(path, line) for path, text in project.texts() for line in text.split("\n")]
    wrong = [(path, line) for path, line in lines if line != line.rstrip()]
    assert [one for one in wrong if one[0] not in PROSE] == []


@each_sample()
def test_no_module_is_empty_but_a_package_may_be(project: Project) -> None:
    modules = [(path, text) for path, text in project.texts() if path.endswith(".py")]
    empty = [path for path, text in modules if not text.strip()]
    assert [path for path in empty if not path.endswith("__init__.py")] == []


@each_sample()
def test_every_module_of_the_service_says_what_it_is(project: Project) -> None:
    modules = {p: ast.parse(t) for p, t in project.texts() if p.endswith(".py") and t.strip()}
    assert [path for path, module in modules.items() if not ast.get_docstring(module)] == []


@each_sample()
def test_every_definition_is_used(project: Project) -> None:
    modules = {path: ast.parse(text) for path, text in project.texts() if path.endswith(".py")}
    used = {name for module in modules.values() for name in uses(module)} | OFFERED
    kept = [path for path in modules if not VOCABULARIES.fullmatch(path)]
    unused = [(path, name) for path in kept for name in definitions(modules[path]) - used]
    assert unused == []


def definitions(module: ast.Module) -> set[str]:
    """The functions, classes and constants of a module; what a decorator has taken up is used."""
    bare = [node for node in module.body if not getattr(node, "decorator_list", ())]
    named = {node.name for node in bare if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    awaited = {node.name for node in bare if isinstance(node, ast.AsyncFunctionDef)}
    targets = [node.targets for node in bare if isinstance(node, ast.Assign)]
    constants = {one.id for line in targets for one in line if isinstance(one, ast.Name)}
    found = named | awaited | constants
    return {name for name in found if not name.startswith(("test_", "__"))}


def uses(module: ast.Module) -> Iterator[str]:
    """Every name that a module reads or imports, and every word that may be one."""
    for node in ast.walk(module):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name):
                yield name
            case ast.ImportFrom(names=names):
                yield from (one.name for one in names)
            case ast.Constant(value=str(word)):
                yield word.removeprefix(f"{word.partition(':')[0]}:")  # as a server is told


@each_sample()
def test_no_template_shows_through(project: Project) -> None:
    description = "{{ braces }}, {% tags %}"  # that of everything.yaml, on purpose
    texts = ((p, t.replace(description, "")) for p, t in project.texts() if p not in PROSE)
    found = [(path, REMNANTS.findall(text)) for path, text in texts if not path.endswith(".mako")]
    assert [one for one in found if one[1]] == []


@each_sample()
def test_the_same_spec_gives_the_same_bytes(project: Project, tmp_path: Path) -> None:
    again = generate(project.name, project.engine, tmp_path / "again", PYTHONHASHSEED="1")
    assert contents(again.folder) == contents(project.folder)


@each_sample()
def test_this_environment_is_what_the_project_asks_for(project: Project) -> None:
    declared = tomllib.loads((project.folder / "pyproject.toml").read_text("utf-8"))
    asked = [*declared["project"]["dependencies"], *declared["dependency-groups"]["dev"]]
    wanted = [Requirement(text) for text in asked]
    assert [str(one) for one in wanted if metadata.version(one.name) not in one.specifier] == []


OFF: dict[Sample, list[str]] = {
    ("minimal", "sqlite"): [
        "/metrics",
        "app.metrics",
        "prometheus",
        "opentelemetry",
        "app.tracing",
        "asyncpg",
        r"app\.enums",
    ],
    ("weather", "sqlite"): [
        r"app[./]auth",
        r"\baccounts?\b",
        r"caller:",
        "sign_?in",
        "secret_key: ",
        "owner",
        "password_memory",
        "argon2",
        "jwt",
        "ForbiddenError",
        "UnauthenticatedError",
        "/metrics",
    ],
    ("bookstore", "sqlite"): [
        "/metrics",
        "app.metrics",
        "prometheus",
        "opentelemetry",
        "app.tracing",
        "asyncpg",
        "graphql",
    ],
}
"""Words of what a sample does not turn on."""


@pytest.mark.parametrize("given", OFF, ids="-".join)
def test_nothing_is_there_of_what_is_off(
    generated: Callable[[Sample], Project], given: Sample
) -> None:
    project = generated(given)
    words = re.compile("|".join(OFF[given]), re.IGNORECASE)
    texts = [(path, path + "\n" + text) for path, text in project.texts() if path not in PROSE]
    assert [(path, words.findall(text)) for path, text in texts if words.search(text)] == []
