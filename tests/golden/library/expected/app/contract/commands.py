"""The document on the command line: `python -m app openapi`."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any


def add_commands(add: Callable[..., ArgumentParser]) -> None:
    """Tell the command line what there is."""
    command = add("openapi", help="print the OpenAPI document, or what it breaks")
    command.add_argument(
        "--breaks",
        type=Path,
        metavar="FILE",
        help="print what clients of this earlier document would stumble over; the status is 1 if any",
    )
    command.set_defaults(run=openapi)


def openapi(arguments: Namespace) -> None:
    """Print the document, or compare it."""
    from app.main import create_app

    document = create_app().openapi()
    if arguments.breaks is None:
        sys.stdout.write(f"{json.dumps(document, indent=2)}\n")
    else:
        compare(arguments.breaks, document)


def compare(path: Path, document: dict[str, Any]) -> None:
    """Print what breaks clients of the document in a file."""
    from app.contract.breaks import breaks

    try:
        before = json.loads(path.read_text(encoding="utf-8"))
        found = list(breaks(before, document))
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        sys.stderr.write(f"{path} holds no OpenAPI document: {error}\n")
        sys.exit(2)
    sys.stdout.writelines(f"{line}\n" for line in found)
    if found:
        sys.exit(1)
