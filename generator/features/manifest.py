"""A feature's manifest: `feature.toml`, read into a frozen value.

A feature is its folder, `features/<feature>/<kind>/`: the manifest, `files/` that mirror the
output, and `slots/`. Nothing else in the generator knows a feature's name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from generator.errors import ScaffoldError
from generator.spec.grammar import OptionGrammar

Switch = Literal[
    "always", "required", "together", "database", "auth", "auth.methods", "features", "resources"
]
"""What turns a folder on: nothing; another one that is on and requires it; all that it requires
itself being on; or in the spec `database: <kind>`, any `auth`, an auth method named `<kind>`, a key
`<feature>` under `features`, or whatever needs `<feature>/<kind>`."""

ABOUT = frozenset(
    {"title", "description", "switch", "default_on", "default_kind", "requires", "conflicts"}
    | {"urls"}
)
"""Keys of a manifest that describe the feature itself."""

SECTIONS: dict[str, str] = {
    "documents": "files built as data that exist only with this feature (`compose.yaml`)",
    "dependencies": "requirements of the project: `runtime`, `dev`",
    "settings": "fields of app/settings.py, by name",
    "environment": "variables of .env.example that are not settings, by name",
    "compose": "parts of compose.yaml: `services`, `volumes`, `configs`, `secrets`",
    "ci": "what the tests need in CI, in the words of a GitHub job: `services`, `env`",
    "make": "targets of the Makefile, by name",
    "pyproject": "more of pyproject.toml: `tool` and what is below it",
    "docs": "pages under docs/, by file name, with their title",
    "decisions": "pages under docs/adr/, by file name, with their title",
    "views": "views of the project beside those that every template sees, by name",
    "tables": "tables of the feature's own, in the spec's field language",
}
"""Sections that a manifest may contribute, with their meaning."""


class ManifestError(ScaffoldError, ValueError):
    """A manifest that can't be read, or manifests that can't be combined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What one feature folder says of itself, and all that it contributes as raw tables."""

    feature: str
    kind: str
    folder: Path
    title: str
    description: str
    switch: Switch = "features"
    default_on: bool = False
    default_kind: bool = False
    requires: tuple[str, ...] = ()
    """Other features by name, or by `feature/kind`."""
    conflicts: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    """What URLs of its own begin with, below the API's prefix: no resource may be there."""
    options: tuple[OptionGrammar, ...] = ()
    brings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The folder's own name among all: `metrics/prometheus`."""
        return f"{self.feature}/{self.kind}"


def read_manifest(folder: Path) -> Manifest:
    """Read `feature.toml` of a feature folder.

    Raises ManifestError, naming the file, where it is malformed or says an unknown word.
    """
    path = folder / "feature.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return _manifest(folder, data)
    except (ValueError, TypeError, AttributeError) as error:
        raise ManifestError(f"{path}: {error}") from error


def _manifest(folder: Path, data: dict[str, Any]) -> Manifest:
    unknown = data.keys() - ABOUT - SECTIONS.keys() - {"options"}
    if unknown:
        raise ManifestError(f"unknown key {min(unknown)!r}")
    about = {key: _frozen(data[key]) for key in ABOUT & data.keys()}
    if about.get("switch", "features") not in get_args(Switch):
        raise ManifestError(f"unknown switch {about['switch']!r}")
    return Manifest(
        feature=folder.parent.name,
        kind=folder.name,
        folder=folder,
        options=tuple(OptionGrammar(name=k, **_option(v)) for k, v in _table(data, "options")),
        brings={key: data[key] for key in SECTIONS if key in data},
        **about,
    )


def _table(data: dict[str, Any], key: str) -> list[tuple[str, dict[str, Any]]]:
    return list(data.get(key, {}).items())


def _option(raw: dict[str, Any]) -> dict[str, Any]:
    return {key: _frozen(value) for key, value in raw.items()}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
