"""What the active features bring, folded into one value by one rule.

Lists join, tables merge, unequal scalars are an error that names both features.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.features.manifest import Manifest, ManifestError

_AFTER_NAME = re.compile(r"[^a-z0-9._-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One field of the generated `Settings` class; each string is Python source, ready to print."""

    name: str
    type: str
    default: str | None = None
    """A Python expression; None: the setting is required."""
    comment: str = ""
    secret: bool = False
    fresh: str | None = None
    """A shell command that prints a value of one's own; None: a stack starts without one."""
    example: str | None = None
    """The value in `.env.example`; None: the line names the setting alone."""
    feature: str = ""

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return self.name.upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A line of `.env.example` that is no setting of the service."""

    name: str
    value: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target of the generated Makefile, its recipe one command a line."""

    name: str
    help: str
    recipe: tuple[str, ...]
    needs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page below `docs/` or `docs/adr/`, as the index there lists it."""

    path: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributions:
    """All that the active features bring, in their order."""

    documents: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    dependencies: tuple[str, ...] = ()
    dev_dependencies: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()
    environment: tuple[Variable, ...] = ()
    targets: tuple[Target, ...] = ()
    pages: tuple[Page, ...] = ()
    decisions: tuple[Page, ...] = ()
    compose: Mapping[str, Any] = field(default_factory=dict)
    ci: Mapping[str, Any] = field(default_factory=dict)
    pyproject: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, Any] = field(default_factory=dict)
    """Tables of the features' own by name, raw: `{"fields": {...}, ...}` in the spec's words."""


def fold(parts: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, Any]:
    """Fold tables, each with the name of the feature that brings it, into one.

    Raises ManifestError that names both features where two say different things in one place.
    """
    folded: dict[str, Any] = {}
    origins: dict[tuple[str, ...], str] = {}
    for feature, table in parts:
        _merge(folded, table, feature, (), origins)
    return folded


def contributions(manifests: Iterable[Manifest]) -> Contributions:
    """Fold what manifests bring, in their order. Raises ManifestError as `fold` does."""
    ordered = tuple(manifests)
    brought = fold((m.name, m.brings) for m in ordered)
    origin = {name: m.name for m in ordered for name in m.brings.get("settings", {})}
    dependencies = brought.get("dependencies", {})
    runtime = dependencies.get("runtime", ())
    return Contributions(
        documents=tuple(brought.get("documents", ())),
        views=tuple(brought.get("views", ())),
        dependencies=_sorted(runtime),
        dev_dependencies=_sorted(set(dependencies.get("dev", ())) - set(runtime)),
        settings=_named(Setting, brought, "settings", feature=origin),
        environment=_named(Variable, brought, "environment"),
        targets=_named(Target, brought, "make"),
        pages=_pages(brought, "docs"),
        decisions=_pages(brought, "decisions"),
        **{key: brought.get(key, {}) for key in ("compose", "ci", "pyproject", "tables")},
    )


def _pages(brought: Mapping[str, Any], section: str) -> tuple[Page, ...]:
    pages = sorted(brought.get(section, {}).items())
    return tuple(Page(path=path, title=page["title"]) for path, page in pages)


def _sorted(requirements: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(requirements, key=lambda text: (_AFTER_NAME.split(text.lower())[0], text)))


def _named(
    kind: type[Any],
    brought: Mapping[str, Any],
    section: str,
    feature: Mapping[str, str] | None = None,
) -> tuple[Any, ...]:
    origin = {name: {"feature": who} for name, who in (feature or {}).items()}
    return tuple(
        kind(name=name, **_frozen(raw), **origin.get(name, {}))
        for name, raw in brought.get(section, {}).items()
    )


def _frozen(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in raw.items()}


def _merge(
    into: dict[str, Any],
    table: Mapping[str, Any],
    feature: str,
    path: tuple[str, ...],
    origins: dict[tuple[str, ...], str],
) -> None:
    for key, value in table.items():
        here = (*path, key)
        origins.setdefault(here, feature)
        held = into.get(key)
        if isinstance(value, Mapping) and isinstance(held, dict | None):
            _merge(into.setdefault(key, {}), value, feature, here, origins)
        elif isinstance(value, list) and isinstance(held, list | None):
            into[key] = [*(held or ()), *(item for item in value if item not in (held or ()))]
        elif held is None or (held == value and type(held) is type(value)):
            into[key] = value
        else:
            raise ManifestError(
                f"{origins[here]} and {feature} disagree on {'.'.join(here)}: {held!r}, {value!r}"
            )
