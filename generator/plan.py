"""Which files a project consists of, as data: no template is opened here but to list its path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.documents import DOCUMENTS
from generator.features.contributions import Contributions
from generator.features.manifest import ManifestError
from generator.features.registry import ActiveFeature
from generator.features.slots import SLOTS
from generator.ownership import Policy, policy_of
from generator.views import ProjectView

SUFFIX = ".jinja"

RESOURCE_FILES: tuple[tuple[str, str], ...] = (
    ("__init__.py", "app/resources/{package}/__init__.py"),
    ("model.py", "app/resources/{package}/model.py"),
    ("schemas.py", "app/resources/{package}/schemas.py"),
    ("repository.py", "app/resources/{package}/repository.py"),
    ("service.py", "app/resources/{package}/service.py"),
    ("router.py", "app/resources/{package}/router.py"),
    ("access.py", "app/resources/{package}/access.py"),
    ("seeds.py", "app/resources/{package}/seeds.py"),
    ("test_resource.py", "tests/resources/test_{plural}.py"),
    ("factory.py", "tests/factories/{factory}.py"),
)
"""Each template below `templates/resource/`, or `resource/` of a feature, and where it goes.

Another of a feature's, in folders of its own, says by its path where it goes:
`resource/app/resources/{package}/events.py`.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFile:
    """One file to be: a template by its name and context, or `data` that is text already."""

    path: str
    template: str = ""
    data: str | None = None
    context: Mapping[str, Any] = field(default_factory=dict)
    policy: Policy = "merge"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotText:
    """A template whose lines go into a slot of the shared templates."""

    slot: str
    template: str
    context: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Every file, sorted by path, and the texts of the slots in the order of the features."""

    files: tuple[PlannedFile, ...]
    slots: tuple[SlotText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureView:
    """What a feature's own templates see of it, beside the project."""

    name: str
    kind: str
    title: str
    options: Mapping[str, str | int | float | bool]


def plan(
    project: ProjectView,
    features: Sequence[ActiveFeature],
    brought: Contributions,
    roots: Sequence[Path],
) -> Plan:
    """List every file of a project.

    Raises ManifestError where two features, or a feature and the project, bring one path.
    """
    shared = {"project": project, "contributions": brought}
    files = [
        *_project_files(shared, roots),
        *_resource_files(project, shared, _resource_templates(features, roots)),
        *(file for feature in features for file in _feature_files(feature, shared)),
        *_documents(project, brought),
    ]
    return Plan(files=_unique(files), slots=tuple(_slot_texts(features, shared)))


def _project_files(shared: Mapping[str, Any], roots: Sequence[Path]) -> Iterable[PlannedFile]:
    for name in sorted({name for root in roots for name in _templates(root / "project")}):
        yield _templated(name, f"project/{name}{SUFFIX}", shared)


def _resource_templates(features: Sequence[ActiveFeature], roots: Sequence[Path]) -> dict[str, str]:
    """Return the template of each file that every resource has, by the file's name."""
    found = {
        name: f"resource/{name}{SUFFIX}" for root in roots for name in _templates(root / "resource")
    }
    for feature in features:
        manifest = feature.manifest
        for name in _templates(manifest.folder / "resource"):
            found[name] = f"features/{manifest.name}/resource/{name}{SUFFIX}"
    return found


def _resource_files(
    project: ProjectView, shared: Mapping[str, Any], templates: Mapping[str, str]
) -> Iterable[PlannedFile]:
    paths = {name: path for name, path in RESOURCE_FILES if name in templates}
    paths |= {name: name for name in templates if "/" in name and "{" in name}
    for resource in project.resources:
        context = {**shared, "resource": resource}
        for name, path in paths.items():
            target = path.format(
                plural=resource.plural, package=resource.package, factory=resource.factory
            )
            yield _templated(target, templates[name], context)


def _feature_files(feature: ActiveFeature, shared: Mapping[str, Any]) -> Iterable[PlannedFile]:
    manifest = feature.manifest
    context = {**shared, "feature": _feature_view(feature)}
    for name in sorted(_templates(manifest.folder / "files")):
        yield _templated(name, f"features/{manifest.name}/files/{name}{SUFFIX}", context)


def _documents(project: ProjectView, brought: Contributions) -> Iterable[PlannedFile]:
    for path in brought.documents:
        yield PlannedFile(path=path, data=DOCUMENTS[path](project, brought))


def _slot_texts(features: Iterable[ActiveFeature], shared: Mapping[str, Any]) -> Iterable[SlotText]:
    for feature in features:
        manifest = feature.manifest
        for slot in sorted(_templates(manifest.folder / "slots")):
            if slot not in SLOTS:
                raise ManifestError(f"{manifest.name}: there is no slot {slot!r}")
            yield SlotText(
                slot=slot,
                template=f"features/{manifest.name}/slots/{slot}{SUFFIX}",
                context={**shared, "feature": _feature_view(feature)},
            )


def _feature_view(feature: ActiveFeature) -> FeatureView:
    manifest = feature.manifest
    return FeatureView(
        name=manifest.feature,
        kind=manifest.kind,
        title=manifest.title,
        options=dict(feature.options),
    )


def _templated(path: str, template: str, context: Mapping[str, Any]) -> PlannedFile:
    return PlannedFile(path=path, template=template, context=context, policy=policy_of(path))


def _templates(folder: Path) -> set[str]:
    """Return the paths below a folder that its templates print, without the suffix."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob(f"*{SUFFIX}"))
    return {path.removesuffix(SUFFIX) for path in found}


def _unique(files: Iterable[PlannedFile]) -> tuple[PlannedFile, ...]:
    by_path: dict[str, PlannedFile] = {}
    for file in files:
        other = by_path.setdefault(file.path, file)
        if other is not file:
            sources = f"{other.template or 'data'} and {file.template or 'data'}"
            raise ManifestError(f"{sources} both write {file.path}")
    return tuple(by_path[path] for path in sorted(by_path))
