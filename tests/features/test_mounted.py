"""Each feature's own tests notice where it isn't mounted: the line that mounts it is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import NamedTuple

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
    "main.document",
    "main.guards",
    "health.needs",
    "accounts.endings",
    "engine.layers",
    "server.serving",
    "api.routers",
    "commands",
    "logs.processors",
    "redis.pools",
    "jobs.kinds",
    "jobs.schedule",
    "cleaning.cleanups",
    "exports.layers",
    "worker.working",
    "events.extensions",
)
"""Slots whose lines bring a feature's code to life."""
ASKED = {
    ("auth", "session"): "auth: {methods: [session]}",
    ("session_store", "redis"): "auth: {methods: [session], sessions: redis}",
    ("auth", "oauth2"): "auth: {methods: [oauth2]}",
    ("provider_login", "tokens"): "auth: {methods: [jwt, oauth2]}",
}
"""What turns on folders that are no keys of `features`."""


def with_feature(feature: str, kind: str) -> str:
    """A spec that turns on one feature of one kind."""
    return with_features((feature, kind))


def with_features(*features: tuple[str, str]) -> str:
    """A spec that turns on some features, each of one kind."""
    keys = [one for one in features if one not in ASKED]
    said = (f"{name}: {kind if kind != name else 'true'}" for name, kind in keys)
    lines = [ASKED[one] for one in features if one in ASKED]
    return SPEC.format(features="\n".join([*lines, f"features: {{{', '.join(said)}}}"]))


@cache
def known() -> Registry:
    """Every feature that there is."""
    return registry(template_roots(None))


def optional() -> list[Manifest]:
    """The kinds of features that are there for who asks for them."""
    return [
        m
        for m in known().manifests
        if (m.switch == "features" and not m.default_on) or (m.feature, m.kind) in ASKED
    ]


def active(text: str) -> list[Manifest]:
    """The folders that a spec turns on."""
    return [one.manifest for one in known().active(read(text.encode()))]


def brought(feature: str, kind: str) -> list[Manifest]:
    """The folders that are on for the sake of a feature."""
    others = {manifest.name for manifest in active(SPEC.format(features=""))}
    return [one for one in active(with_feature(feature, kind)) if one.name not in others]


class Mount(NamedTuple):
    """A line that mounts something."""

    owner: str
    """Whose line it is."""
    place: str
    given: tuple[object, ...]
    """What a test of it is given."""


def sampled(found: Iterable[Mount]) -> Iterator[object]:
    """Each as a parameter; of what is one owner's the shorter proof takes the first."""
    owners = set[str]()
    for one in found:
        mark = pytest.mark.thorough if one.owner in owners else pytest.mark.proof
        owners.add(one.owner)
        yield pytest.param(*one.given, id=f"{one.owner}-{one.place}", marks=mark)


def mounts() -> Iterator[Mount]:
    """Every line that mounts something: the feature, its kind, and the template of the line."""
    for one, slot in product(optional(), MOUNTS):
        for folder in brought(one.feature, one.kind):
            if (folder.folder / f"slots/{slot}.jinja").exists():
                template = f"features/{folder.name}/slots/{slot}.jinja"
                place = f"{folder.name}-{slot}"
                yield Mount(one.name, place, (one.feature, one.kind, template))


def shared_mounts() -> Iterator[Mount]:
    """Every line that is there for the sake of two features: the spec, the folder, and the slot."""
    for one, other in combinations(optional(), 2):
        pair = [(one.feature, one.kind), (other.feature, other.kind)]
        if one.feature == other.feature or {*pair} <= ASKED.keys():
            continue
        alone = {folder.name for each in pair for folder in active(with_feature(*each))}
        for folder, slot in product(active(with_features(*pair)), MOUNTS):
            if folder.name not in alone and (folder.folder / f"slots/{slot}.jinja").exists():
                owner = f"{one.feature}-{other.feature}-{folder.name}"
                place = f"{slot}-{one.kind}-{other.kind}"
                yield Mount(owner, place, (with_features(*pair), folder, slot))


def own_tests(feature: str, kind: str) -> list[str]:
    """The tests that the feature brings."""
    return own_tests_of(*brought(feature, kind))


def own_tests_of(*folders: Manifest) -> list[str]:
    """The tests that some folders bring."""
    files = [one.folder / "files" for one in folders]
    found = (path.relative_to(top) for top in files for path in top.rglob("test_*.py.jinja"))
    return sorted(path.as_posix().removesuffix(".jinja") for path in found)


def run_tests(project: Project, tests: list[str]) -> int:
    """The exit status of some tests of the project."""
    arguments = ["-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
    return project.python(*arguments, *tests).returncode


def unmounted(spec: str, template: str, folder: Path) -> Project:
    """A project in which the lines of a template are left out."""
    blank = folder / "templates" / template
    blank.parent.mkdir(parents=True)
    blank.write_text("{# context: ProjectView #}\n", "utf-8")
    templates = f"--templates={folder / 'templates'}"
    return made("mounted", "sqlite", spec, folder / "unmounted", options=[templates])


@pytest.mark.parametrize(("feature", "kind", "template"), [*sampled(mounts())])
def test_a_feature_that_is_not_mounted_is_noticed(
    feature: str, kind: str, template: str, tmp_path: Path
) -> None:
    project = unmounted(with_feature(feature, kind), template, tmp_path)
    assert run_tests(project, own_tests(feature, kind)) == 1


@pytest.mark.parametrize(("spec", "folder", "slot"), [*sampled(shared_mounts())])
def test_what_two_features_have_together_is_noticed_too(
    spec: str, folder: Manifest, slot: str, tmp_path: Path
) -> None:
    project = unmounted(spec, f"features/{folder.name}/slots/{slot}.jinja", tmp_path)
    assert run_tests(project, own_tests_of(folder)) == 1


@pytest.mark.proof
@pytest.mark.parametrize("manifest", optional(), ids=lambda one: one.name)
def test_a_feature_that_is_mounted_passes(manifest: Manifest, tmp_path: Path) -> None:
    feature, kind = manifest.feature, manifest.kind
    project = made("mounted", "sqlite", with_feature(feature, kind), tmp_path / "mounted")
    assert run_tests(project, own_tests(feature, kind)) == 0
