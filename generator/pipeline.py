"""The straight line from a page of YAML to a project; the only module that composes stages.

text -> Spec -> (features) -> Plan -> Tree -> formatted Tree -> merge(base, ours, theirs) -> disk
        old Spec, new Spec -> operations -> Alembic revision ----^
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from generator import git, project
from generator.errors import SpecError
from generator.features.contributions import contributions
from generator.features.registry import KNOWN_FEATURES, Registry, read_registry
from generator.features.roots import template_roots
from generator.features.tables import own_resources
from generator.fieldtypes import GRAMMARS
from generator.formatting import SETTINGS, formatted
from generator.merge import Merged, merge
from generator.migrations.beside import Revise, here
from generator.page import open_page
from generator.plan import plan
from generator.render import render
from generator.spec.grammar import Grammar
from generator.spec.load import load
from generator.spec.model import Spec
from generator.starter import Answers, starter
from generator.tables import tables
from generator.tree import Tree
from generator.views import project_view


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run did, or with `written` false would have done, to the project at `target`."""

    target: Path
    spec: Spec
    merged: Merged
    written: bool


@lru_cache(maxsize=4)
def registry(roots: tuple[Path, ...]) -> Registry:
    """Return every feature that the roots hold."""
    return read_registry(roots)


@lru_cache(maxsize=4)
def grammar(roots: tuple[Path, ...] = ()) -> Grammar:
    """Return the spec language: the types of the table, and the features of the folders."""
    found = registry(roots or template_roots())
    return Grammar(
        types=GRAMMARS,
        features=found.grammars(),
        auth_methods=found.auth_methods(),
        known_features=KNOWN_FEATURES,
    )


def read(text: str | bytes, file: str = project.SPEC, roots: tuple[Path, ...] = ()) -> Spec:
    """Return what a spec means. Raises SpecError with every problem in it."""
    return load(text, grammar(roots), file=file)


def generate(spec: Spec, text: str, revise: Revise = here, roots: tuple[Path, ...] = ()) -> Tree:
    """Return the whole project that a spec describes, `service.yaml` as it was written."""
    roots = roots or template_roots()
    features = registry(roots).active(spec)
    brought = contributions(feature.manifest for feature in features)
    own = own_resources(spec, brought.tables, grammar(roots))
    waiting = revise(tables(spec, own), spec.database)
    planned = plan(project_view(spec, brought, own), features, brought, roots)
    tree = formatted(render(planned, roots).with_files({project.SPEC: text}))
    return tree.with_files(formatted(Tree([waiting()]), settings=tree[SETTINGS]))


def mistake(name: str, answers: Answers, roots: tuple[Path, ...] = ()) -> str | None:
    """Return what is wrong with a new service of these answers, in a sentence."""
    roots = roots or template_roots()
    try:
        read(starter(name, answers, roots), roots=roots)
    except SpecError as error:
        return error.problems[0].message
    return None


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
    found = project.open_new(target or Path(spec.service.name))
    merged = merge(found.base, found.ours, generate(spec, page.data.decode(), revise, roots))
    if not dry_run:
        project.create(found, merged.tree, git.first_commit if with_git else _leave, templates)
    return Outcome(target=found.target, spec=spec, merged=merged, written=not dry_run)


def _leave(_folder: Path) -> None:
    """Finish without a repository."""
