"""Spec -> (features) -> Plan -> Tree -> formatted Tree: what a page means, as files.

Nothing here knows a folder that a project is in, nor what was there before.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import SpecError
from generator.features.contributions import Contributions, contributions
from generator.features.registry import KNOWN_FEATURES, ActiveFeature, Registry, read_registry
from generator.features.roots import template_roots
from generator.features.tables import own_resources
from generator.fieldtypes import GRAMMARS
from generator.formatting import formatted
from generator.migrations.beside import Revise, here
from generator.spec.grammar import Grammar
from generator.spec.load import load
from generator.spec.model import Resource, Spec
from generator.starter import Answers, starter
from generator.table import Table
from generator.tables import tables
from generator.tree import Tree

if TYPE_CHECKING:
    from generator.views import ProjectView

PAGE = "service.yaml"


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


def read(text: str | bytes, file: str = PAGE, roots: tuple[Path, ...] = ()) -> Spec:
    """Return what a spec means. Raises SpecError with every problem in it."""
    return load(text, grammar(roots), file=file)


def generate(spec: Spec, text: str, revise: Revise = here, roots: tuple[Path, ...] = ()) -> Tree:
    """Return the whole project that a spec describes, `service.yaml` as it was written."""
    design = designed(spec, roots)
    waiting = revise(design.tables, spec.database)
    files = _rendered(design, text)
    return formatted(files.with_files(Tree([waiting()])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """A spec with all that its features bring: what files and tables are made from."""

    spec: Spec
    roots: tuple[Path, ...]
    features: tuple[ActiveFeature, ...]
    brought: Contributions
    own: tuple[Resource, ...]
    """The resources that features bring."""

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the service."""
        return tables(self.spec, self.own)

    @property
    def resources(self) -> tuple[Resource, ...]:
        """Everything that has a table: what features bring, then the spec's own."""
        return (*self.own, *self.spec.resources)

    @property
    def view(self) -> ProjectView:
        """What templates see."""
        from generator.views import project_view  # noqa: PLC0415 - as below

        return project_view(self.spec, self.brought, self.own)


def designed(spec: Spec, roots: tuple[Path, ...] = ()) -> Design:
    """Return a spec with what its features bring."""
    roots = roots or template_roots()
    features = tuple(registry(roots).active(spec))
    brought = contributions(feature.manifest for feature in features)
    own = own_resources(spec, brought.tables, grammar(roots))
    return Design(spec=spec, roots=roots, features=features, brought=brought, own=own)


def printed(design: Design, text: str) -> Tree:
    """Return every file of a project but the revisions of its database, and `service.yaml`."""
    return formatted(_rendered(design, text))


def _rendered(design: Design, text: str) -> Tree:
    from generator.plan import plan  # noqa: PLC0415 - a sync without a change does without
    from generator.render import render  # noqa: PLC0415 - as above

    planned = plan(design.view, design.features, design.brought, design.roots)
    return render(planned, design.roots).with_files({PAGE: text})


def mistake(name: str, answers: Answers, roots: tuple[Path, ...] = ()) -> str | None:
    """Return what is wrong with a new service of these answers, in a sentence."""
    roots = roots or template_roots()
    try:
        read(starter(name, answers, roots), roots=roots)
    except SpecError as error:
        return error.problems[0].message
    return None
