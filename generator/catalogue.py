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
        for word in ("needs", "excludes"):
            if feature[word]:
                yield f"    {word}: {', '.join(feature[word])}"
        for option in feature["options"]:
            yield f"    option {option['name']}: {option['description']}"
        yield ""


def _feature(grammar: FeatureGrammar, manifests: Sequence[Manifest]) -> dict[str, Any]:
    kinds = [m for m in manifests if m.feature == grammar.name]
    return {
        "name": grammar.name,
        "kinds": list(grammar.kinds),
        "default_on": grammar.default_on,
        "needs": list(grammar.requires),
        "excludes": list(grammar.conflicts),
        "options": [
            {"name": option.name, "type": option.type, "description": option.description}
            for option in grammar.options
        ],
        "brings": [
            {
                "title": m.title,
                "description": m.description,
                "parts": _parts([m, *_implied(m, manifests)]),
            }
            for m in kinds
        ],
    }


def _implied(manifest: Manifest, manifests: Sequence[Manifest]) -> list[Manifest]:
    """What is on for nothing but being required by it, directly or not."""
    wanted = [m for m in manifests if m.name in manifest.requires and m.switch == "required"]
    return [*wanted, *(more for m in wanted for more in _implied(m, manifests))]


def _parts(manifests: Sequence[Manifest]) -> list[tuple[str, list[str]]]:
    named = {
        "files": sorted({path for m in manifests for path in _files(m)}),
        "settings": [name.upper() for name in _brought(manifests, "settings")],
        "make": _brought(manifests, "make"),
        "requirements": sorted(
            item for m in manifests for item in m.brings.get("dependencies", {}).get("runtime", [])
        ),
    }
    return [(section, what) for section, what in named.items() if what]


def _files(manifest: Manifest) -> list[str]:
    folder = manifest.folder / "files"
    printed = (path.relative_to(folder).as_posix() for path in folder.rglob("*.jinja"))
    return [
        *(path.removesuffix(".jinja") for path in printed),
        *manifest.brings.get("documents", []),
    ]


def _brought(manifests: Sequence[Manifest], section: str) -> list[str]:
    return [name for m in manifests for name in m.brings.get(section, {})]
