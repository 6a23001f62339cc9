"""The command line: `python -m app serve`, and whatever `python -m app --help` lists."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from importlib import import_module

from pydantic import ValidationError

COMMANDS = [
    "app.server",
    "app.auth.commands",
]
"""Modules with commands; each has an `add_commands` that adds its own to the parser."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command that the arguments name."""
    parser = ArgumentParser(prog="python -m app", description="Minimal")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for module in COMMANDS:
        import_module(module).add_commands(commands.add_parser)
    chosen = parser.parse_args(arguments)
    try:
        chosen.run(chosen)
    except ValidationError as error:
        sys.exit(explain(error))


def explain(error: ValidationError) -> str:
    """What is wrong with the settings, without their values: they may be secrets."""
    problems = error.errors(include_input=False, include_url=False)
    lines = [": ".join([*map(str, item["loc"]), item["msg"]]) for item in problems]
    return "\n".join([f"{error.title} can't be used:", *lines])


if __name__ == "__main__":
    main()
