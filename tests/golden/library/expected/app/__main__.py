"""The command line: `python -m app serve`, and whatever `python -m app --help` lists."""

from argparse import ArgumentParser
from collections.abc import Sequence
from importlib import import_module

from app.settings import ConfigurationError

COMMANDS = [
    "app.server",
    "app.contract.commands",
    "app.seeding.commands",
    "app.auth.commands",
]
"""Modules with commands; each has an `add_commands` that adds its own to the parser."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command that the arguments name."""
    parser = ArgumentParser(prog="python -m app", description="City library")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for module in COMMANDS:
        import_module(module).add_commands(commands.add_parser)
    chosen = parser.parse_args(arguments)
    try:
        chosen.run(chosen)
    except ConfigurationError as error:
        parser.exit(2, f"{error}\n")


if __name__ == "__main__":
    main()
