"""Arguments and options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
