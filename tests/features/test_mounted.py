"""Each feature's own tests notice where it isn't mounted: the line that mounts it is left out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from generated.projects import Project, made

from generator.features.manifest import Manifest
from generator.features.registry import Registry
from generator.features.roots import template_roots
from generator.pipeline import read, registry

SPEC = """
scaffold: 1
service: {{name: mounted}}
{features}
resources:
  note:
    owned: true
    fields:
      title: string(1..100) index
"""
MOUNTS = (
    "main.lifespans",
    "main.wrappers",
    "main.telemetry",
    "main.setup",
    "main.guards",
    "server.serving",
    "api.routers",
    "commands",
    "logs.processors",
    "redis.pools",
)
"""Slots whose lines bring a feature's code to life."""


def with_feature(feature: str, kind: str) -> str:
    """A spec that turns on one feature of one kind."""
    return SPEC.format(features=f"features: {{{feature}: {kind if kind != feature else 'true'}}}")


@cache
def known() -> Registry:
    """Every feature that there is."""
    return registry(template_roots(None))


def optional() -> list[Manifest]:
    """The kinds of features that are there for who asks for them."""
    return [m for m in known().manifests if m.switch == "features" and not m.default_on]


def active(text: str) -> list[Manifest]:
    """The folders that a spec turns on."""
    return [one.manifest for one in known().active(read(text.encode()))]


def brought(feature: str, kind: str) -> list[Manifest]:
    """The folders that are on for the sake of a feature."""
    others = {manifest.name for manifest in active(SPEC.format(features=""))}
    return [one for one in active(with_feature(feature, kind)) if one.name not in others]


def mounts() -> Iterator[object]:
    """Every line that mounts something: the feature, its kind, and the template of the line."""
    for one, slot in product(optional(), MOUNTS):
        for folder in brought(one.feature, one.kind):
            if (folder.folder / f"slots/{slot}.jinja").exists():
                template = f"features/{folder.name}/slots/{slot}.jinja"
                yield pytest.param(one.feature, one.kind, template, id=f"{one.name}-{slot}")


def own_tests(feature: str, kind: str) -> list[str]:
    """The tests that the feature brings."""
    folders = [one.folder / "files" for one in brought(feature, kind)]
    found = (path.relative_to(top) for top in folders for path in top.rglob("test_*.py.jinja"))
    return sorted(path.as_posix().removesuffix(".jinja") for path in found)


def run_tests(project: Project, feature: str, kind: str) -> int:
    """The exit status of the feature's tests, run in the project."""
    arguments = ["-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
    return project.python(*arguments, *own_tests(feature, kind)).returncode


@pytest.mark.parametrize(("feature", "kind", "template"), [*mounts()])
def test_a_feature_that_is_not_mounted_is_noticed(
    feature: str, kind: str, template: str, tmp_path: Path
) -> None:
    blank = tmp_path / "templates" / template
    blank.parent.mkdir(parents=True)
    blank.write_text("{# context: ProjectView #}\n", "utf-8")
    spec = with_feature(feature, kind)
    templates = f"--templates={tmp_path / 'templates'}"
    project = made("mounted", "sqlite", spec, tmp_path / "unmounted", options=[templates])
    assert run_tests(project, feature, kind) == 1


@pytest.mark.parametrize("manifest", optional(), ids=lambda one: one.name)
def test_a_feature_that_is_mounted_passes(manifest: Manifest, tmp_path: Path) -> None:
    feature, kind = manifest.feature, manifest.kind
    project = made("mounted", "sqlite", with_feature(feature, kind), tmp_path / "mounted")
    assert run_tests(project, feature, kind) == 0
