"""The commands that answer a question, and touch nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from generator.commands.options import AsJson, Templates

if TYPE_CHECKING:
    pass


def features(templates: Templates = None, json: AsJson = False) -> None:
    """List what a spec can turn on, and what each feature brings."""
    from generator import catalogue, report

    if json:
        report.put([report.as_json(features=catalogue.as_data(templates))])
    else:
        report.put(catalogue.lines(templates))


def schema(templates: Templates = None) -> None:
    """Print the JSON Schema of service.yaml, for an editor."""
    from json import dumps

    from generator import pipeline, report
    from generator.features.roots import template_roots
    from generator.spec.schema import json_schema

    language = pipeline.grammar(template_roots(templates))
    report.put([dumps(json_schema(language), indent=2, ensure_ascii=False)])


def codes_from(incomplete: str) -> list[str]:
    """Return the codes of errors that begin so, for a shell that completes them."""
    from generator.spec.codes import CODES

    return [code for code in CODES if code.startswith(incomplete)]


def explain(
    code: Annotated[
        str,
        typer.Argument(
            metavar="CODE", help="What stands in `error[...]`.", autocompletion=codes_from
        ),
    ],
    json: AsJson = False,
) -> None:
    """Explain an error in a spec, with a wrong and a right example."""
    from generator import report
    from generator.spec import codes

    text = codes.explain(code)
    report.put([report.as_json(explanation=text)] if json else [text.rstrip("\n")])
