"""Hand edits of what is no Python, and of files as a whole."""

from __future__ import annotations

import re

from simulate.edits import kind


def once(text: str, pattern: str, new: str) -> str:
    """A text with the first match replaced. Raises LookupError where there is none."""
    found, count = re.subn(pattern, new, text, count=1, flags=re.M)
    if not count:
        raise LookupError(pattern)
    return found


@kind(r"README\.md")
def readme_extended(text: str, _names: tuple[str, ...], number: int) -> str:
    return f"{text}\n## Mark {number}\n\nWhat we do about {number}.\n"


@kind(r"README\.md")
def readme_section_added(text: str, _names: tuple[str, ...], number: int) -> str:
    return once(text, r"^## Settings\n", f"## Mark {number}\n\nAbout {number}.\n\n## Settings\n")


@kind(r"README\.md")
def readme_changed(text: str, _names: tuple[str, ...], number: int) -> str:
    return once(text, r"^(Each setting is an environment variable)", rf"Mark {number}. \1")


@kind(r"AGENTS\.md")
def conventions_extended(text: str, _names: tuple[str, ...], number: int) -> str:
    return once(text, r"^(- A test fails when)", rf"- Mark {number} holds.\n\1")


@kind(r"Makefile")
def target_added(text: str, _names: tuple[str, ...], number: int) -> str:
    return once(text, r"^clean:", f"mark-{number}:  ## Mark it\n\techo {number}\n\nclean:")


@kind(r"Makefile")
def target_changed(text: str, _names: tuple[str, ...], number: int) -> str:
    return once(text, r"^(\t\$\(PY\) -m mypy)$", rf"\1\n\techo mark {number}")


@kind(r"Dockerfile")
def image_extended(text: str, _names: tuple[str, ...], number: int) -> str:
    return once(text, r"^(WORKDIR /srv)$", rf"\1\nRUN echo mark-{number}")


@kind(r"Dockerfile")
def image_changed(text: str, _names: tuple[str, ...], number: int) -> str:
    return once(text, r"^(ENV PATH=.*)$", rf"\1 MARK_{number}={number}")


@kind(r"\.env\.example")
def variable_shown(text: str, _names: tuple[str, ...], number: int) -> str:
    return f"{text}\n# Mark {number}.\n# MARK_{number}={number}\n"


@kind(r"pyproject\.toml")
def dependency_added(text: str, _names: tuple[str, ...], number: int) -> str:
    return once(text, r"^(dependencies = \[\n)", rf'\1    "mark-{number}>=1",\n')


@kind(r"pyproject\.toml")
def dependency_added_at_the_end(text: str, _names: tuple[str, ...], number: int) -> str:
    return once(text, r"^(    \"uvloop.*\n)", rf'\1    "zz-mark-{number}>=1",\n')


@kind(r"pyproject\.toml")
def rule_ignored(text: str, _names: tuple[str, ...], number: int) -> str:
    return once(text, r"^(ignore = \[.*)\]$", rf'\1, "D{number % 900 + 100}"]')


@kind(r"pyproject\.toml")
def tool_configured(text: str, _names: tuple[str, ...], number: int) -> str:
    return f"{text}\n[tool.mark-{number}]\nsize = {number}\n"


@kind(r"pyproject\.toml")
def version_raised(text: str, _names: tuple[str, ...], number: int) -> str:
    return once(text, r'^version = ".*"$', f'version = "0.{number}.0"')


@kind(r"compose\.yaml")
def container_added(text: str, _names: tuple[str, ...], number: int) -> str:
    return once(text, r"^volumes:\n", f"  mark-{number}:\n    image: mark:{number}\n\nvolumes:\n")


@kind(r"compose\.yaml")
def container_variable_added(text: str, _names: tuple[str, ...], number: int) -> str:
    return once(text, r"^(      DATABASE_URL: .*\n)", rf"\1      MARK_{number}: on\n")


@kind(r"compose\.yaml")
def port_changed(text: str, _names: tuple[str, ...], number: int) -> str:
    return once(text, r"127\.0\.0\.1:\d+:8000", f"127.0.0.1:{9000 + number}:8000")


@kind(r"\.github/workflows/ci\.yml")
def step_added(text: str, _names: tuple[str, ...], number: int) -> str:
    return once(text, r"^(      - run: make test\n)", rf"      - run: echo mark {number}\n\1")


@kind(r"\.github/workflows/ci\.yml")
def python_added(text: str, _names: tuple[str, ...], number: int) -> str:
    return once(text, r"^(        python: \[.*)\]$", rf'\1, "3.{number + 20}"]')


@kind(r"app/(resources/\w+/(service|router|schemas|model)|settings|main)\.py")
def line_endings(text: str, _names: tuple[str, ...], number: int) -> str:
    return f"{text}\nMARK_{number} = {number}\n".replace("\r\n", "\n").replace("\n", "\r\n")


@kind(r"app/(resources/\w+/(service|router|schemas|model)|settings|main)\.py")
def byte_order_mark(text: str, _names: tuple[str, ...], number: int) -> str:
    return f"\ufeff{text.removeprefix(chr(0xFEFF))}\nMARK_{number} = {number}\n"


@kind(r"app/resources/\w+/(service|router|schemas|model)\.py")
def laid_out_otherwise(text: str, _names: tuple[str, ...], _number: int) -> str:
    """Arguments in brackets of their own, as another formatter would have them."""
    found = re.sub(
        r"^( *)(\w[\w.: \[\]|]* = )?(mapped_column|await self\.\w+\.\w+)\(([^()\n]+)\)$",
        lambda m: f"{m[1]}{m[2] or ''}{m[3]}(\n{m[1]}    {m[4]}\n{m[1]})",
        text,
        flags=re.M,
    )
    if found == text:
        raise LookupError("calls")
    return found
