"""The features that a spec can turn on, as a person or a program reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from generator.features.manifest import Manifest
from generator.features.roots import template_roots
from generator.pipeline import registry
from generator.spec.grammar import FeatureGrammar


def as_data(templates: Path | None = None) -> list[dict[str, Any]]:
    """Return every feature as plain data, sorted by name; a team's own `templates` included."""
    found = registry(template_roots(templates))
    return [_feature(grammar, found.manifests) for grammar in found.grammars()]


def lines(templates: Path | None = None) -> Iterator[str]:
    """Give the catalogue as text: each feature, the words that turn it on, what it brings."""
    for feature in as_data(templates):
        state = " (on unless false)" if feature["default_on"] else ""
        yield f"{feature['name']}: {' | '.join(feature['kinds']) or 'true'}{state}"
        for kind in feature["brings"]:
            yield f"    {kind['title']}. {kind['description']}"
            yield from (f"    {section}: {', '.join(what)}" for section, what in kind["parts"])
        for option in feature["options"]:
            yield f"    option {option['name']}: {option['description']}"
        yield ""


def _feature(grammar: FeatureGrammar, manifests: Sequence[Manifest]) -> dict[str, Any]:
    kinds = [m for m in manifests if m.feature == grammar.name]
    return {
        "name": grammar.name,
        "kinds": list(grammar.kinds),
        "default_on": grammar.default_on,
        "options": [
            {"name": option.name, "type": option.type, "description": option.description}
            for option in grammar.options
        ],
        "brings": [
            {"title": m.title, "description": m.description, "parts": _parts(m)} for m in kinds
        ],
    }


def _parts(manifest: Manifest) -> list[tuple[str, list[str]]]:
    folder = manifest.folder / "files"
    printed = (path.relative_to(folder).as_posix() for path in folder.rglob("*.jinja"))
    built = manifest.brings.get("documents", [])
    named = {
        "files": sorted([*(path.removesuffix(".jinja") for path in printed), *built]),
        "settings": [name.upper() for name in manifest.brings.get("settings", {})],
        "make": list(manifest.brings.get("make", {})),
        "requirements": manifest.brings.get("dependencies", {}).get("runtime", []),
    }
    return [(section, what) for section, what in named.items() if what]
