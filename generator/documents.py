"""Files that are data: built from what the features bring, and serialised the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator import literals
from generator.features.contributions import Contributions, fold
from generator.views import ProjectView

COMMENT = "#"
"""A key of this name holds a comment on its table."""
WIDTH = 88
LIKE = "like"
"""A key of a service that has all of another one, but for what it says itself, and its ports."""
SERVICE_KEYS = (COMMENT, "image", "build", "command", "depends_on", "environment")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_PLAIN_YAML = re.compile(r"[A-Za-z_./][A-Za-z0-9_./@%+-]*(?:[:][A-Za-z0-9_./@%+-]+)*")
_YAML_LINES = re.compile(r"(?:[!-~][ -~]*\n)+")
"""A text of whole lines that a block in YAML shows as they are."""
_YAML_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n", "~"})


def pyproject(project: ProjectView, brought: Contributions) -> str:
    """Return pyproject.toml: the project, its requirements, and the settings of its tools."""
    head = {
        "project": {
            "name": project.name,
            "version": "0.1.0",
            "description": project.description or project.title,
            "readme": "README.md",
            "requires-python": ">=3.11",
            "dependencies": list(brought.dependencies),
        },
        "dependency-groups": {"dev": list(brought.dev_dependencies)},
    }
    return toml_document(fold([("project", head), ("features", brought.pyproject)]))


def compose(project: ProjectView, brought: Contributions) -> str:
    """Return compose.yaml: every service of the stack under the project's name."""
    said = brought.compose["services"]
    services = {name: _in_order(_whole(part, said)) for name, part in said.items()}
    return yaml_document({"name": project.name, **brought.compose, "services": services})


def _whole(service: Mapping[str, Any], services: Mapping[str, Any]) -> dict[str, Any]:
    """Return a service with what it has of the one that it is like."""
    other = services.get(service.get(LIKE, ""), {})
    shared = {key: value for key, value in other.items() if key not in (COMMENT, "ports")}
    return {key: value for key, value in (shared | dict(service)).items() if key != LIKE}


def _in_order(service: Mapping[str, Any]) -> dict[str, Any]:
    """Return a service with the keys that identify it first, whoever brought which."""
    return {key: service[key] for key in (*SERVICE_KEYS, *service) if key in service}


DOCUMENTS: dict[str, Callable[[ProjectView, Contributions], str]] = {
    "compose.yaml": compose,
    "pyproject.toml": pyproject,
}
"""Each path that is built as data, with what builds it; a manifest asks for one by its path."""


def toml_document(data: Mapping[str, Any]) -> str:
    """Return a TOML document: plain keys of a table first, then its tables, in their order."""
    return "\n".join(_toml_table(data, ())).strip("\n") + "\n"


def yaml_document(data: Mapping[str, Any]) -> str:
    """Return a YAML document in block style, empty lines between its tables."""
    lines: list[str] = []
    for key, value in data.items():
        if not _is_table(value) or not value:
            lines.extend(_yaml_item(key, value, ""))
            continue
        lines.extend(["", f"{_yaml_word(key)}:"])
        for name, item in value.items():
            gap = [""] if _is_table(item) and not lines[-1].endswith(f"{key}:") else []
            lines.extend([*gap, *_yaml_item(name, item, "  ")])
    return "\n".join(lines).strip("\n") + "\n"


def _toml_table(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    values = {k: v for k, v in table.items() if not _is_table(v) and k != COMMENT}
    if path and (values or len(table) == 0):
        yield ""
        yield from _comment_lines(table)
        yield f"[{'.'.join(map(_toml_key, path))}]"
    for key, value in values.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            continue
        yield f"{_toml_key(key)} = {_toml_value(_toml_key(key), value)}"
    for key, value in table.items():
        if _is_table(value):
            yield from _toml_table(value, (*path, key))
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield from _toml_array_of_tables(value, (*path, key))


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping)


def _toml_array_of_tables(tables: list[Mapping[str, Any]], path: tuple[str, ...]) -> Iterator[str]:
    for table in tables:
        yield ""
        yield from _comment_lines(table)
        yield f"[[{'.'.join(map(_toml_key, path))}]]"
        for key, value in table.items():
            if key != COMMENT:
                yield f"{_toml_key(key)} = {_toml_value(_toml_key(key), value)}"


def _comment_lines(table: Mapping[str, Any]) -> Iterator[str]:
    for line in table.get(COMMENT, "").splitlines():
        yield f"# {literals.comment(line)}"


def _toml_key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else literals.toml(key)


def _toml_value(key: str, value: object) -> str:
    inline = literals.toml(value)
    if not isinstance(value, list) or (key != "dependencies" and len(inline) + len(key) < WIDTH):
        return inline
    return "\n".join(["[", *(f"    {literals.toml(item)}," for item in value), "]"])


def _yaml_item(key: str, value: object, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        yield from (f"{indent}{line}" for line in _comment_lines(value))
        yield f"{indent}{_yaml_word(key)}:"
        for inner, item in value.items():
            if inner != COMMENT:
                yield from _yaml_item(inner, item, indent + "  ")
    elif isinstance(value, list) and value and _is_table(value[0]):
        yield f"{indent}{_yaml_word(key)}:"
        for table in value:
            lines = [line for k, v in table.items() for line in _yaml_item(k, v, indent + "    ")]
            yield f"{indent}  - {lines[0].strip()}"
            yield from lines[1:]
    elif isinstance(value, list) and value:
        yield f"{indent}{_yaml_word(key)}:"
        yield from (f"{indent}  - {_yaml_scalar(item)}" for item in value)
    elif isinstance(value, str) and _YAML_LINES.fullmatch(value):
        yield f"{indent}{_yaml_word(key)}: |"
        yield from (f"{indent}  {line}" for line in value.splitlines())
    else:
        yield f"{indent}{_yaml_word(key)}: {_yaml_scalar(value)}"


def _yaml_scalar(value: object) -> str:
    return _yaml_word(value) if isinstance(value, str) else literals.yaml(value)


def _yaml_word(text: str) -> str:
    plain = _PLAIN_YAML.fullmatch(text) and text.lower() not in _YAML_WORDS
    return text if plain else literals.yaml(text)
