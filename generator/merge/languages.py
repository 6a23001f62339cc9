"""The languages that are merged by what their texts say, and how."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass

from generator.merge.model import FileMerge
from generator.merge.outline.merge import merge_outline
from generator.merge.outline.toml import toml_outline
from generator.merge.outline.yaml import yaml_outline
from generator.merge.python.gate import parsed
from generator.merge.python.merge import merge_python
from generator.merge.sides import Sides
from generator.merge.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Language:
    """One language; `suffixes` are those of its paths."""

    suffixes: tuple[str, ...]
    reads: Callable[[str], object]
    """Answers None, or raises, for a text that is none of the language."""
    merge: Callable[[str, Sides[str], Surroundings], FileMerge | None]
    """Answers None where no merge is right."""


def _yaml(text: str) -> bool:
    from ruamel.yaml import YAML  # noqa: PLC0415 - needed for YAML alone

    YAML(typ="rt").load(text)
    return True


def _merge_yaml(path: str, sides: Sides[str], _around: Surroundings) -> FileMerge | None:
    return _checked(merge_outline(path, sides, yaml_outline), _yaml)


def _merge_toml(path: str, sides: Sides[str], _around: Surroundings) -> FileMerge | None:
    return _checked(merge_outline(path, sides, toml_outline), tomllib.loads)


def _checked(found: FileMerge | None, reads: Callable[[str], object]) -> FileMerge | None:
    """Let a merge without conflict through if it can be read. Raises what `reads` does."""
    if found is not None and not found.conflicts:
        reads(found.text)
    return found


LANGUAGES = (
    Language((".py",), parsed, merge_python),
    Language((".toml",), tomllib.loads, _merge_toml),
    Language((".yaml", ".yml"), _yaml, _merge_yaml),
)
"""All else is merged by its lines."""
