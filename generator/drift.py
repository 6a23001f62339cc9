"""Where a project has drifted apart: its page, its code, its models and its migrations."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator import __version__, installed, pipeline, project
from generator.merge.markers import leftovers
from generator.migrations.lineage import heads
from generator.project import Project
from generator.releases import precedes
from generator.spec.model import Engine

TEST_URL = "TEST_DATABASE_URL"
"""The variable that names an empty database of a project's engine, as its own tests read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """One thing that is not as it should be, and what puts it right."""

    what: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What has drifted, and what could not be looked at, with the reason."""

    drifts: tuple[Drift, ...]
    unchecked: tuple[str, ...] = ()


def findings(target: Path, templates: Path | None = None) -> Findings:
    """Look at everything that can drift apart. Raises ScaffoldError where there is no project."""
    found = project.open_project(target)
    open_conflicts = tuple(_conflicts(found))
    drifts = [*open_conflicts, *_version(found), *_history(found)]
    if open_conflicts:
        return Findings(drifts=tuple(drifts))
    outcome = pipeline.sync(
        target, pipeline.Options(dry_run=True, templates=templates, upgrade=True)
    )
    behind = tuple(_behind(outcome))
    models, unchecked = _models(target, outcome.spec.database)
    return Findings(drifts=(*drifts, *behind, *models), unchecked=unchecked)


def _conflicts(found: Project) -> Iterator[Drift]:
    remedy = "settle it, and remove the marks"
    disk = project.on_disk(found.target, {*found.state.base, *project.revisions(found.target)})
    for path, text in disk.files.items():
        for line in leftovers(text):
            yield Drift(what=f"{path}:{line} holds a conflict of a sync", remedy=remedy)
    for path, digest in found.state.lock.unsettled.items():
        if path in disk.files and project.digest(disk.files[path]) == digest:
            what = f"{path} is yours and stands where a generated file should go"
            yield Drift(what=what, remedy=f"compare it with .scaffold/base/{path}, or rename it")


def _version(found: Project) -> Iterator[Drift]:
    written_by = found.state.lock.scaffold
    if precedes(written_by, __version__):
        what = f"the project was written by scaffold {written_by}, and this is {__version__}"
        yield Drift(what=what, remedy="run `scaffold upgrade`")


def _history(found: Project) -> Iterator[Drift]:
    ends = heads(project.revisions(found.target))
    if len(ends) > 1:
        what = f"the migrations have {len(ends)} ends: {', '.join(ends)}"
        yield Drift(what=what, remedy="run `scaffold sync`, which joins them")


def _behind(outcome: pipeline.Outcome) -> Iterator[Drift]:
    changed = [one.path for one in outcome.merged.changes if one.action != "unchanged"]
    if changed:
        shown = ", ".join(changed[:SHOWN]) + (", ..." if len(changed) > SHOWN else "")
        what = f"service.yaml says something else than {len(changed)} files: {shown}"
        yield Drift(what=what, remedy="run `scaffold sync`")


SHOWN = 5
"""So many files are named."""


def _models(target: Path, engine: Engine) -> tuple[tuple[Drift, ...], tuple[str, ...]]:
    url = None if engine == "sqlite" else os.environ.get(TEST_URL)
    if engine != "sqlite" and url is None:
        return (), (f"models against migrations: {TEST_URL} names no {engine} database",)
    try:
        said = installed.disagreement(target, url)
    except LookupError:
        return (), ("models against migrations: `make migrate` installs the project first",)
    if said is None:
        return (), ()
    remedy = 'run `make migration m="..."` for what you changed in the models'
    return (Drift(what=f"models and migrations differ: {said}", remedy=remedy),), ()
