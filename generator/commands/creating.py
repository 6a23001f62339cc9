"""The command that makes a project."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from generator.commands.options import AsJson, Templates

if TYPE_CHECKING:
    from generator.starter import Answers


def features_from(incomplete: str) -> list[str]:
    """Return the features that begin so, for a shell that completes them."""
    from generator import pipeline

    return [one.name for one in pipeline.grammar().features if one.name.startswith(incomplete)]


def new(
    context: typer.Context,
    spec: Annotated[
        str,
        typer.Argument(
            metavar="SPEC|NAME",
            help="A spec's file; or a name, for a starter spec of that name.",
            show_default=False,
        ),
    ],
    directory: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR",
            help="The folder to create, or an empty one. By default the service's name.",
            show_default=False,
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Take the default wherever it would ask.")
    ] = False,
    description: Annotated[
        str | None, typer.Option(help="What a new service is, in a sentence.", show_default=False)
    ] = None,
    database: Annotated[
        Literal["sqlite", "postgresql", "mariadb"] | None,
        typer.Option(help="The engine of a new service.", show_default=False),
    ] = None,
    accounts: Annotated[
        bool | None,
        typer.Option(help="Whether people sign up and log in.", show_default=False),
    ] = None,
    feature: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="A feature of a new service; may be said again.",
            autocompletion=features_from,
            show_default=False,
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="A feature that it does without; may be said again.",
            autocompletion=features_from,
            show_default=False,
        ),
    ] = None,
    resource: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="A resource of a new service; may be said again.",
            show_default=False,
        ),
    ] = None,
    field: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TEXT",
            help="A field of a resource: 'book.title: string(1..200)'; may be said again.",
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")
    ] = False,
    templates: Templates = None,
    json: AsJson = False,
    no_git: Annotated[
        bool, typer.Option("--no-git", help="Make no repository and no first commit.")
    ] = False,
) -> None:
    """Create a project from a spec; or from a bare name, asking on a terminal what is left open."""
    from generator import pipeline, report
    from generator.starter import Answers, sketches

    wanted = {**dict.fromkeys(feature or (), True), **dict.fromkeys(without or (), False)}
    answers = Answers(
        description=description,
        database=database,
        accounts=accounts,
        features=wanted or None,
        resources=sketches(resource or (), field or ()),
    )
    outcome = pipeline.new(
        spec,
        directory,
        answers=answers if yes or json else _completed(spec, answers, templates),
        dry_run=dry_run,
        with_git=not no_git,
        templates=templates,
        revise=context.obj,
    )
    if json:
        report.put([report.outcome_json(outcome)])
    else:
        report.put(report.outcome_lines(outcome, sys.stdout))


def _completed(word: str, answers: Answers, templates: Path | None) -> Answers:
    """Ask what the answers leave open, where a name is given and there is somebody to ask."""
    from generator.page import is_file
    from generator.starter import is_name

    if is_file(word) or not (is_name(word) and sys.stdin.isatty() and sys.stdout.isatty()):
        return answers
    from generator import pipeline
    from generator.features.roots import template_roots
    from generator.wizard import Interview, completed

    roots = template_roots(templates)
    check = partial(pipeline.mistake, word, roots=roots)
    return completed(answers, Interview(word, pipeline.grammar(roots).features, check))
