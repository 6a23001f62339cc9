"""The features there are, and which of them a spec turns on, in what order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.features.demands import demanded
from generator.features.manifest import Manifest, ManifestError, Switch, read_manifest
from generator.spec.grammar import FeatureGrammar
from generator.spec.model import Spec

KNOWN_FEATURES = (
    "graphql",
    "cache",
    "rate_limit",
    "jobs",
    "events",
    "metrics",
    "tracing",
    "audit",
    "admin",
    "email",
    "storage",
    "docker",
    "kubernetes",
    "ci",
    "backup",
)
"""Names that the language reserves, whether or not a folder builds them yet."""

Option = str | int | float | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveFeature:
    """A feature that is on: its manifest, and its options as the spec resolved them."""

    manifest: Manifest
    options: tuple[tuple[str, Option], ...] = ()


@dataclass(frozen=True, slots=True)
class Registry:
    """Every feature folder of some template roots, sorted by name."""

    manifests: tuple[Manifest, ...]

    def grammars(self) -> tuple[FeatureGrammar, ...]:
        """What `features` may say, one grammar for each of its keys."""
        optional = [m for m in self.manifests if m.switch == "features"]
        names = sorted({m.feature for m in optional})
        return tuple(_grammar([m for m in optional if m.feature == name], names) for name in names)

    def auth_methods(self) -> tuple[str, ...]:
        """The words that `auth.methods` knows."""
        return tuple(m.kind for m in self.manifests if m.switch == "auth.methods")

    def active(self, spec: Spec) -> tuple[ActiveFeature, ...]:
        """Return what the spec turns on, in order: topological by `requires`, then by name.

        Raises ManifestError where a requirement is off or two that conflict are on.
        """
        asked = [m for m in self.manifests if _SWITCHES[m.switch](m, spec)]
        chosen = _with_implied(asked, self.manifests)
        _check_conflicts(chosen)
        options = {feature.name: feature.options for feature in spec.features}
        return tuple(
            ActiveFeature(manifest=m, options=options.get(m.feature, ())) for m in _ordered(chosen)
        )


def read_registry(roots: Sequence[Path]) -> Registry:
    """Read every manifest below the roots; where two roots have a folder, the first wins."""
    folders: dict[tuple[str, str], Path] = {}
    for root in roots:
        for path in sorted(root.glob("features/*/*/feature.toml")):
            folders.setdefault((path.parent.parent.name, path.parent.name), path.parent)
    return Registry(tuple(read_manifest(folder) for _, folder in sorted(folders.items())))


def _chosen_feature(manifest: Manifest, spec: Spec) -> bool:
    kinds = {f.name: f.kind or f.name for f in spec.features}
    return kinds.get(manifest.feature) == manifest.kind


def _chosen_method(manifest: Manifest, spec: Spec) -> bool:
    auth = spec.auth
    return auth is not None and manifest.kind in {*auth.methods, *auth.credentials}


_SWITCHES: dict[Switch, Callable[[Manifest, Spec], bool]] = {
    "always": lambda _manifest, _spec: True,
    "required": lambda _manifest, _spec: False,
    "together": lambda _manifest, _spec: False,
    "database": lambda manifest, spec: manifest.kind == spec.database,
    "auth": lambda _manifest, spec: spec.auth is not None,
    "auth.methods": _chosen_method,
    "features": _chosen_feature,
    "resources": lambda manifest, spec: demanded(manifest.name, spec),
}


_FIRST: tuple[Switch, ...] = ("always", "required")
"""The switches of what comes before everything else."""


def _is_required(manifest: Manifest, chosen: Sequence[Manifest]) -> bool:
    return any(manifest.name in other.requires for other in chosen)


def _is_met(manifest: Manifest, chosen: Sequence[Manifest]) -> bool:
    return all(any(_matches(other, name) for other in chosen) for name in manifest.requires)


_IMPLIED: dict[Switch, Callable[[Manifest, Sequence[Manifest]], bool]] = {
    "required": _is_required,
    "together": _is_met,
}
"""The switches of what no spec asks for: whether those that are on turn it on too."""


def _with_implied(chosen: list[Manifest], known: Sequence[Manifest]) -> list[Manifest]:
    """Those that are on, and those that are on for nothing but what they are to others."""
    waiting = [m for m in known if m.switch in _IMPLIED and m not in chosen]
    found = [m for m in waiting if _IMPLIED[m.switch](m, chosen)]
    return _with_implied([*chosen, *found], known) if found else chosen


def _grammar(kinds: list[Manifest], names: Sequence[str]) -> FeatureGrammar:
    first, *others = sorted(kinds, key=lambda m: (not m.default_kind, m.kind))
    words = [m.kind for m in (first, *others) if m.kind != m.feature]
    options = {option.name: option for m in kinds for option in m.options}
    return FeatureGrammar(
        name=first.feature,
        kinds=tuple(words),
        default_on=any(m.default_on for m in kinds),
        options=tuple(options.values()),
        requires=_optional_only(first.requires, names),
        conflicts=_optional_only(first.conflicts, names),
        urls=tuple(sorted({url for m in kinds for url in m.urls})),
    )


def _optional_only(wanted: Iterable[str], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in wanted if name in names or name in KNOWN_FEATURES)


def _matches(manifest: Manifest, name: str) -> bool:
    return name in (manifest.name, manifest.feature)


def _check_conflicts(chosen: list[Manifest]) -> None:
    for manifest in chosen:
        for name in manifest.conflicts:
            for other in chosen:
                if other is not manifest and _matches(other, name):
                    raise ManifestError(f"{manifest.name} and {other.name} exclude each other")


def _requirements(manifest: Manifest, chosen: list[Manifest]) -> set[str]:
    """Return the names of what must come before, what everybody builds on first of all."""
    before = {m.name for m in chosen if m.switch in _FIRST and manifest.switch not in _FIRST}
    for name in manifest.requires:
        found = {m.name for m in chosen if _matches(m, name) and m is not manifest}
        if not found:
            raise ManifestError(f"{manifest.name} requires {name}, which is off")
        before |= found
    return before


def _ordered(chosen: list[Manifest]) -> list[Manifest]:
    waiting = {m.name: _requirements(m, chosen) for m in chosen}
    by_name = {m.name: m for m in chosen}
    ordered: list[Manifest] = []
    while waiting:
        ready = sorted(name for name, before in waiting.items() if not before & waiting.keys())
        if not ready:
            raise ManifestError(f"features require each other in a circle: {sorted(waiting)}")
        ordered.append(by_name[ready[0]])
        del waiting[ready[0]]
    return ordered
