"""The commands inside of a project: they bring it on, take it back, or look at it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.commands.options import AllowDataLoss, AsJson, Directory, Templates
from generator.errors import ExitStatus

if TYPE_CHECKING:
    from generator.pipeline import Outcome


def add_resource(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="The resource's name, singular.", show_default=False),
    ] = None,
    fields: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FIELD",
            help="A field or relation as service.yaml says it: 'rating: int >= 1 <= 5'.",
            show_default=False,
        ),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="FILE", help="A file that says the resource.", show_default=False
        ),
    ] = None,
    directory: Annotated[
        Path | None,
        typer.Option("--project", metavar="DIR", help="The project's folder.", show_default=False),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")
    ] = False,
    allow_data_loss: AllowDataLoss = False,
    templates: Templates = None,
    json: AsJson = False,
) -> int:
    """Write a resource into service.yaml, and sync."""
    from generator import addition, pipeline

    outcome = pipeline.add_resource(
        _project(directory),
        addition.lines(name, fields or (), source),
        pipeline.Options(dry_run=dry_run, allow_data_loss=allow_data_loss, templates=templates),
        about=f"add-resource {name or source}",
    )
    return _told(outcome, json=json)


def sync(
    directory: Directory = None,
    allow_data_loss: AllowDataLoss = False,
    templates: Templates = None,
    json: AsJson = False,
) -> int:
    """Bring a project to what its service.yaml says; every edit of yours is carried along."""
    from generator import pipeline

    options = pipeline.Options(allow_data_loss=allow_data_loss, templates=templates)
    return _told(pipeline.sync(_project(directory), options), json=json)


def plan(
    directory: Directory = None,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show the lines of every file that would change.")
    ] = False,
    sql: Annotated[
        bool, typer.Option("--sql", help="Show the SQL of the migration, on the project's engine.")
    ] = False,
    templates: Templates = None,
    json: AsJson = False,
) -> int:
    """Say what `sync` would do, and write nothing."""
    from generator import pipeline

    options = pipeline.Options(dry_run=True, templates=templates)
    outcome = pipeline.sync(_project(directory), options)
    return _told(outcome, json=json, diff=diff, sql=sql)


def upgrade(
    directory: Directory = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")
    ] = False,
    templates: Templates = None,
    json: AsJson = False,
) -> int:
    """Bring a project of an older scaffold to this one; every edit of yours is carried along."""
    from generator import changes_report, pipeline, report

    target = _project(directory)
    options = pipeline.Options(dry_run=dry_run, templates=templates, upgrade=True)
    written_by = pipeline.written_by(target)
    outcome = pipeline.sync(target, options, about="upgrade")
    if not json:
        report.put(changes_report.release_lines(written_by, sys.stdout))
    return _told(outcome, json=json)


def undo(directory: Directory = None, json: AsJson = False) -> None:
    """Take back the last change that scaffold made, if nothing has been built on it."""
    from generator import changes_report, report
    from generator.undo import undo as take_back

    record = take_back(_project(directory))
    report.put(
        [changes_report.undone_json(record)] if json else changes_report.undone_lines(record)
    )


def check(directory: Directory = None, templates: Templates = None, json: AsJson = False) -> int:
    """For CI: exit 1 where the page, the code, the models and the migrations have drifted apart."""
    from generator import changes_report, report
    from generator.drift import findings

    found = findings(_project(directory), templates)
    report.put(
        [changes_report.drift_json(found)]
        if json
        else changes_report.drift_lines(found, sys.stdout)
    )
    return ExitStatus.DRIFT if found.drifts else ExitStatus.DONE


def _project(directory: Path | None) -> Path:
    """Return the project's folder: the one that is named, or the one that this is inside of."""
    from generator.project import around

    return directory or around(Path())


def _told(outcome: Outcome, *, json: bool, diff: bool = False, sql: bool = False) -> int:
    """Report what a sync did or would do; return the exit status."""
    from generator import changes_report, report

    if json:
        report.put([changes_report.changes_json(outcome)])
    else:
        report.put(changes_report.changes_lines(outcome, sys.stdout))
        report.put(changes_report.sql_lines(outcome, sys.stdout) if sql else ())
        report.put(changes_report.diff_lines(outcome, sys.stdout) if diff else ())
    return outcome.status
