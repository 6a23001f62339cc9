"""The straight line from a page of YAML to a project; the only module that composes stages.

text -> Spec -> (features) -> Plan -> Tree -> formatted Tree -> merge(base, ours, theirs) -> disk
        old Spec, new Spec -> operations -> Alembic revision ----^
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from generator import __version__, git, project
from generator.clients import Notice, notices
from generator.errors import ExitStatus, ScaffoldError, SpecError
from generator.evolution import migration
from generator.features.roots import template_roots
from generator.formatting import SETTINGS, formatted
from generator.generation import (
    Design,
    designed,
    generate,
    grammar,
    mistake,
    printed,
    read,
    registry,
)
from generator.merge import Change, Conflict, Merged, Sides, carried, merge
from generator.merge.between import between
from generator.merge.markers import leftovers
from generator.migrations.beside import Revise, here
from generator.migrations.migration import DataLossError, Migration
from generator.page import open_page
from generator.project import OnDisk, Project
from generator.releases import precedes
from generator.spec.edit import Line, with_resource
from generator.spec.model import Spec
from generator.spec.pieces import assembled, pieces
from generator.starter import Answers
from generator.state import State
from generator.tree import Tree

__all__ = [
    "Options",
    "Outcome",
    "add_resource",
    "generate",
    "grammar",
    "mistake",
    "new",
    "read",
    "registry",
    "sync",
    "written_by",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run did, or with `written` false would have done, to the project at `target`."""

    target: Path
    spec: Spec
    merged: Merged
    written: bool
    migration: Migration = field(default_factory=Migration)
    notices: tuple[Notice, ...] = ()
    """What clients of the API would notice."""
    before: Tree = field(default_factory=Tree)
    """The files that the merge began from, as they were on disk."""
    committed: bool = False
    """Whether a repository was made of a new project, with a first commit."""
    settled: str | None = None
    """What was done first about a run that had died."""

    @property
    def status(self) -> ExitStatus:
        """How the process ends."""
        return ExitStatus.DRIFT if self.merged.conflicts else ExitStatus.DONE


def new(  # noqa: PLR0913 - what a command line can say, a name each
    word: str,
    target: Path | None = None,
    *,
    answers: Answers | None = None,
    dry_run: bool = False,
    with_git: bool = True,
    templates: Path | None = None,
    revise: Revise = here,
) -> Outcome:
    """Make a new project from a spec's file or a bare name: a sync with an empty base.

    Raises SpecError for the spec and ScaffoldError for what is in the way; then nothing has been
    written.
    """
    roots = template_roots(templates)
    page = open_page(word, answers or Answers(), roots)
    spec = read(page.data, page.file, roots)
    target = target or Path(spec.service.name)
    project.check_new(target)
    merged = merge(Tree(), Tree(), generate(spec, page.data.decode(), revise, roots))
    outcome = Outcome(target=target, spec=spec, merged=merged, written=not dry_run)
    if dry_run:
        return outcome
    finish = git.first_commit if with_git else _leave
    return replace(outcome, committed=project.create(target, merged.tree, finish, templates))


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a sync is to go."""

    dry_run: bool = False
    """Whether nothing is to be written."""
    allow_data_loss: bool = False
    templates: Path | None = None
    """A team's own; those that the project was made with where none are named."""
    upgrade: bool = False
    """Whether a project of an older version of the tool becomes one of this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One sync: the project as it was found, and the designs of its old page and of its new one."""

    found: Project
    before: Design
    after: Design
    page: str
    about: str
    """The command, for the journal."""
    options: Options


def sync(
    target: Path,
    options: Options = Options(),
    *,
    about: str = "sync",
    page: bytes | None = None,
) -> Outcome:
    """Bring a project to what its `service.yaml` says, a person's edits carried along.

    `page` is what `service.yaml` is to hold from now on, where it isn't what is there. Raises
    SpecError for the spec and ScaffoldError for what is in the way; then nothing has been written.
    """
    found = project.open_project(target)
    _refuse_version(found.state.lock.scaffold, upgrade=options.upgrade)
    page = found.page if page is None else page
    roots = template_roots(options.templates or project.own_templates(found))
    spec = read(page, str(target / project.SPEC), roots)
    if len(roots) == 1 and found.is_settled(pieces(page.decode())):
        return Outcome(
            target=target, spec=spec, merged=NOTHING, written=False, settled=found.settled
        )
    old = read(assembled(found.state.pieces), project.MEMORY, roots)
    return _carried(
        Step(
            found=found,
            before=designed(old, roots),
            after=designed(spec, roots),
            page=page.decode(),
            about=about,
            options=options,
        )
    )


def written_by(target: Path) -> str:
    """Return the version of the tool that a project was last written by."""
    return project.open_project(target).state.lock.scaffold


def add_resource(
    target: Path, lines: Sequence[Line], options: Options = Options(), *, about: str
) -> Outcome:
    """Write a resource into `service.yaml`, and bring the project to what it says then.

    Raises SpecError with the mistakes in an argument where the person has said it.
    """
    edited = with_resource(project.open_project(target).page.decode(), lines)
    try:
        return sync(target, options, about=about, page=edited.text.encode())
    except SpecError as error:
        raise edited.placed(error) from error


NOTHING = Merged(tree=Tree(), changes=())


def _carried(step: Step) -> Outcome:
    found, base = step.found, step.found.state.base
    revisions = project.revisions(found.target)
    migration = _migration(step, revisions)
    theirs = printed(step.after, step.page)
    theirs = theirs.with_files(formatted(migration.revisions, settings=theirs[SETTINGS]))
    disk = project.on_disk(found.target, {*base, *theirs, *revisions})
    _refuse_unsettled(found, disk.files)
    ours = _put_aside(disk.files, migration.moved)
    merged = _with_foreign(_merged(step, ours, theirs, disk), base, theirs, disk)
    state = State(
        lock=replace(found.state.lock, scaffold=__version__, unsettled=_unsettled(merged, disk)),
        pieces=pieces(step.page),
        base=theirs,
    )
    if not step.options.dry_run:
        after = merged.tree.with_files({project.SPEC: step.page})
        project.change(found, disk.files, after, state, step.about)
    return Outcome(
        target=found.target,
        spec=step.after.spec,
        merged=merged,
        migration=migration,
        notices=notices(step.before.spec, step.after.spec),
        written=not step.options.dry_run,
        before=disk.files,
        settled=found.settled,
    )


def _migration(step: Step, revisions: Tree) -> Migration:
    found = migration(step.before, step.after, step.page, revisions)
    if found.losses and not (step.options.allow_data_loss or step.options.dry_run):
        raise DataLossError(found.losses)
    return found


def _put_aside(files: Tree, moved: Mapping[str, str]) -> Tree:
    """The files, some of them at other paths."""
    return Tree((moved.get(path, path), text) for path, text in files.items())


def _merged(step: Step, ours: Tree, theirs: Tree, disk: OnDisk) -> Merged:
    base = step.found.state.base.without(disk.foreign)
    theirs = theirs.without(disk.foreign)
    return carried(
        Sides(base, ours, theirs),
        between(step.before.spec, step.after.spec),
        reformat=partial(formatted, settings=ours.get(SETTINGS)),
        own=lambda: project.own_code(step.found.target, {*base, *ours, *theirs}),
    )


def _refuse_version(written_by: str, *, upgrade: bool) -> None:
    """Raise ScaffoldError for a project of a newer tool, or of an older one unless it is meant."""
    if precedes(__version__, written_by):
        raise ScaffoldError(
            f"this project was written by scaffold {written_by}, and this is {__version__}; "
            "install that version"
        )
    if precedes(written_by, __version__) and not upgrade:
        raise ScaffoldError(
            f"this project was written by scaffold {written_by}; `scaffold upgrade` brings it to "
            f"{__version__}, with every edit of yours"
        )


def _refuse_unsettled(found: Project, files: Tree) -> None:
    """Raise ScaffoldError where an earlier conflict still stands in a file, or git is at one."""
    marked = [f"{path}:{lines[0]}" for path, text in files.items() if (lines := leftovers(text))]
    if marked:
        words = f"a conflict is still open at {', '.join(marked)}; settle it, then run this again"
        raise ScaffoldError(words, ExitStatus.DRIFT)
    merging = [path for path in git.unmerged(found.target) if path in files]
    if merging:
        words = f"git is in the middle of a merge of {', '.join(merging)}; settle that first"
        raise ScaffoldError(words, ExitStatus.DRIFT)


def _with_foreign(merged: Merged, base: Tree, theirs: Tree, disk: OnDisk) -> Merged:
    """Report files that would change and are links or folders, which are left alone."""
    wanted = [path for path in sorted(disk.foreign) if base.get(path) != theirs.get(path)]
    conflicts = [
        Conflict(
            path=path,
            ours="you put a link or a folder there",
            theirs="service.yaml changes that file",
        )
        for path in wanted
    ]
    changes = [Change(path=path, action="conflict", note="not a plain file") for path in wanted]
    return replace(
        merged,
        conflicts=(*merged.conflicts, *conflicts),
        changes=(*merged.changes, *changes),
    )


def _unsettled(merged: Merged, disk: OnDisk) -> dict[str, str]:
    whole = {conflict.path for conflict in merged.conflicts if conflict.line is None}
    return {path: project.digest(disk.files[path]) for path in sorted(whole & set(disk.files))}


def _leave(_folder: Path) -> bool:
    """Finish without a repository."""
    return False
