"""The `scaffold` command: parse, call the pipeline, print a report. No logic.

What a command needs is imported when it runs, so that `--help` answers at once.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer import _click as click

from generator import __version__
from generator.errors import ExitStatus, ScaffoldError
from generator.migrations.beside import Revise, here
from generator.naming import nearest

if TYPE_CHECKING:
    from generator.pipeline import Outcome
    from generator.starter import Answers

INTERRUPTED = 130
"""The exit status of a run that the person stopped: 128 and the number of SIGINT."""
DEBUG = "SCAFFOLD_DEBUG"

app = typer.Typer(
    name="scaffold",
    help="From one page, service.yaml, a FastAPI service that is yours.",
    epilog="\b\nExample:\n  scaffold new service.yaml",
    suggest_commands=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]

Directory = Annotated[
    Path | None,
    typer.Argument(
        metavar="DIR",
        help="The project's folder. By default the one that you are in.",
        show_default=False,
    ),
]

AllowDataLoss = Annotated[
    bool,
    typer.Option("--allow-data-loss", help="Drop or narrow columns and tables with data in them."),
]

Templates = Annotated[
    Path | None,
    typer.Option(
        "--templates",
        metavar="DIR",
        help="A folder of your own templates: a path in it shadows the same path of scaffold's.",
        show_default=False,
    ),
]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"scaffold {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def scaffold(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback has answered
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Print the help where no command is named."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command(
    epilog="\b\nExamples:\n"
    "  scaffold new service.yaml\n"
    "  scaffold new bookstore\n"
    '  scaffold new bookstore --yes --field "book.title: string(1..200)"'
)
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
            show_default=False,
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="A feature that it does without; may be said again.",
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


@app.command(
    epilog="\b\nExamples:\n"
    '  scaffold add-resource review "rating: int >= 1 <= 5" "body: text?" "book: belongs_to book"\n'
    "  scaffold add-resource --from review.yaml"
)
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


@app.command(epilog="\b\nExample:\n  scaffold sync")
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


@app.command(epilog="\b\nExamples:\n  scaffold plan\n  scaffold plan --diff | less -R")
def plan(
    directory: Directory = None,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show the lines of every file that would change.")
    ] = False,
    templates: Templates = None,
    json: AsJson = False,
) -> int:
    """Say what `sync` would do, and write nothing."""
    from generator import pipeline

    options = pipeline.Options(dry_run=True, templates=templates)
    outcome = pipeline.sync(_project(directory), options)
    return _told(outcome, json=json, diff=diff)


@app.command(epilog="\b\nExample:\n  scaffold undo")
def undo(directory: Directory = None, json: AsJson = False) -> None:
    """Take back the last change that scaffold made, if nothing has been built on it."""
    from generator import changes_report, report
    from generator.undo import undo as take_back

    record = take_back(_project(directory))
    report.put(
        [changes_report.undone_json(record)] if json else changes_report.undone_lines(record)
    )


@app.command(epilog="\b\nExample:\n  scaffold check")
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


def _told(outcome: Outcome, *, json: bool, diff: bool = False) -> int:
    """Report what a sync did or would do; return the exit status."""
    from generator import changes_report, report

    if json:
        report.put([changes_report.changes_json(outcome)])
    else:
        report.put(changes_report.changes_lines(outcome, sys.stdout))
        report.put(changes_report.diff_lines(outcome, sys.stdout) if diff else ())
    return outcome.status


def _project(directory: Path | None) -> Path:
    """Return the project's folder: the one that is named, or the one that this is inside of."""
    from generator.project import around

    return directory or around(Path())


@app.command(epilog="\b\nExample:\n  scaffold features")
def features(templates: Templates = None, json: AsJson = False) -> None:
    """List what a spec can turn on, and what each feature brings."""
    from generator import catalogue, report

    if json:
        report.put([report.as_json(features=catalogue.as_data(templates))])
    else:
        report.put(catalogue.lines(templates))


@app.command(epilog="\b\nExample:\n  scaffold schema > service.schema.json")
def schema(templates: Templates = None) -> None:
    """Print the JSON Schema of service.yaml, for an editor."""
    from json import dumps

    from generator import pipeline, report
    from generator.features.roots import template_roots
    from generator.spec.schema import json_schema

    language = pipeline.grammar(template_roots(templates))
    report.put([dumps(json_schema(language), indent=2, ensure_ascii=False)])


@app.command(epilog="\b\nExample:\n  scaffold explain unknown-type")
def explain(
    code: Annotated[str, typer.Argument(metavar="CODE", help="What stands in `error[...]`.")],
    json: AsJson = False,
) -> None:
    """Explain an error in a spec, with a wrong and a right example."""
    from generator import report
    from generator.spec import codes

    text = codes.explain(code)
    report.put([report.as_json(explanation=text)] if json else [text.rstrip("\n")])


def run(arguments: Sequence[str], revise: Revise = here) -> int:
    """Run one command line and return its exit status; every failure is told, none is raised."""
    command = typer.main.get_command(app)
    try:
        status = command.main(
            list(arguments), prog_name="scaffold", standalone_mode=False, obj=revise
        )
        return status if isinstance(status, int) else ExitStatus.DONE
    except click.exceptions.UsageError as error:
        near = _suggestion(error)
        return _failed(_usage(error, near), "usage", ExitStatus.BAD_INPUT, arguments, near)
    except typer.Abort:  # the end of the input, at a question
        return INTERRUPTED
    except ScaffoldError as error:
        return _failed(error, "input", error.exit_status, arguments)
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        return _failed(_fault(error), "fault", ExitStatus.FAULT, arguments)


def _failed(
    error: Exception,
    code: str,
    status: ExitStatus,
    arguments: Sequence[str],
    suggestion: str | None = None,
) -> int:
    from generator import report

    if "--json" in arguments:
        report.put([report.error_json(error, code, suggestion)])
    else:
        report.put(report.error_lines(error, sys.stderr), sys.stderr)
    return status


def _fault(error: Exception) -> Exception:
    first, *_ = str(error).splitlines() or [""]
    return RuntimeError(
        f"a fault of scaffold's own, nothing was written: {type(error).__name__}: {first} "
        f"(set {DEBUG}=1 for the details)"
    )


def _usage(error: click.exceptions.UsageError, suggestion: str | None) -> Exception:
    is_option = isinstance(error, click.exceptions.NoSuchOption)
    message = error.message if is_option else error.format_message()
    message = message.replace("Value error, ", "").rstrip(".")
    hint = f'; did you mean "{suggestion}"?' if suggestion else ""
    help_of = error.ctx.command_path if error.ctx else "scaffold"
    return ScaffoldError(f"{message}{hint} (see `{help_of} --help`)")


def _suggestion(error: click.exceptions.UsageError) -> str | None:
    """Return the command, option or choice that is nearest to the wrong word."""
    context: Any = error.ctx
    if isinstance(error, click.exceptions.NoSuchOption) and context is not None:
        options = [name for p in context.command.get_params(context) for name in p.opts]
        return nearest(error.option_name, options)
    wrong, *choices = re.findall(r"'([^']*)'", error.message) or [""]
    return nearest(wrong, choices or list(getattr(context and context.command, "commands", ())))
