"""The `scaffold` command: what a command line means, and how a process ends."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from typer import _click as click

from generator import __version__
from generator.commands import asking, creating, evolving
from generator.errors import ExitStatus, ScaffoldError
from generator.migrations.beside import Revise, here
from generator.naming import nearest

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


COMMANDS: tuple[tuple[Callable[..., Any], tuple[str, ...]], ...] = (
    (
        creating.new,
        (
            "scaffold new service.yaml",
            "scaffold new bookstore",
            'scaffold new bookstore --yes --field "book.title: string(1..200)"',
        ),
    ),
    (
        evolving.add_resource,
        (
            'scaffold add-resource review "rating: int >= 1 <= 5" "book: belongs_to book"',
            "scaffold add-resource --from review.yaml",
        ),
    ),
    (evolving.sync, ("scaffold sync",)),
    (evolving.plan, ("scaffold plan", "scaffold plan --diff | less -R")),
    (evolving.undo, ("scaffold undo",)),
    (evolving.check, ("scaffold check",)),
    (evolving.upgrade, ("scaffold upgrade",)),
    (asking.features, ("scaffold features",)),
    (asking.schema, ("scaffold schema > service.schema.json",)),
    (asking.explain, ("scaffold explain unknown-type",)),
)
"""Every command, and the examples in which its help ends."""

for _command, _examples in COMMANDS:
    _head = "Example:" if len(_examples) == 1 else "Examples:"
    app.command(epilog="\n".join(["\b", _head, *(f"  {line}" for line in _examples)]))(_command)


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
    from generator import report  # noqa: PLC0415 - it is needed where something failed

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
