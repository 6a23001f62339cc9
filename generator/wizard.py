"""`scaffold new NAME` on a terminal: a few questions, each of which an option answers too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

import questionary

from generator import naming
from generator.spec.grammar import FeatureGrammar
from generator.spec.model import Engine
from generator.starter import FIELD, Answers, Sketch

ENGINES: Mapping[Engine, str] = {
    "sqlite": "SQLite: a file, nothing to install",
    "postgresql": "PostgreSQL",
    "mariadb": "MariaDB",
}
ENOUGH = "Enter alone to go on"

Check = Callable[[Answers], str | None]
"""What is wrong with a page of these answers, in a sentence."""


@dataclass(frozen=True, slots=True)
class Interview:
    """Whom the questions are about: the service's name, what it may turn on, and what is wrong."""

    name: str
    features: Sequence[FeatureGrammar]
    check: Check


def completed(answers: Answers, interview: Interview) -> Answers:
    """Ask for everything that the answers leave open.

    Raises KeyboardInterrupt where the person stops it.
    """
    for open_part, ask in QUESTIONS.items():
        if getattr(answers, open_part) is None:
            said: dict[str, Any] = {open_part: ask(answers, interview)}
            answers = replace(answers, **said)
    return answers


def _description(answers: Answers, interview: Interview) -> str:
    def valid(text: str) -> bool | str:
        return interview.check(replace(answers, description=text)) or True

    default = f"{naming.title(interview.name)}."
    question = questionary.text(
        "What is it, in a sentence?", instruction=f"({default}) ", validate=valid
    )
    return str(_said(question)) or default


def _database(_answers: Answers, _interview: Interview) -> Engine:
    choices = [questionary.Choice(ENGINES[engine], engine) for engine in get_args(Engine)]
    engine: Engine = _said(questionary.select("Which database?", choices=choices))
    return engine


def _accounts(_answers: Answers, _interview: Interview) -> bool:
    return bool(_said(questionary.confirm("Do people sign up and log in?", default=True)))


def _features(_answers: Answers, interview: Interview) -> dict[str, bool]:
    choices = [
        questionary.Choice(feature.name, checked=feature.default_on)
        for feature in interview.features
    ]
    chosen = _said(questionary.checkbox("What comes with it?", choices=choices))
    return {
        f.name: f.name in chosen for f in interview.features if f.default_on or f.name in chosen
    }


def _resources(answers: Answers, interview: Interview) -> tuple[Sketch, ...]:
    found: tuple[Sketch, ...] = ()
    while name := _new_name(answers, interview, found):
        found = (*found, _with_fields(Sketch(name=name), answers, interview, found))
    return found


def _new_name(answers: Answers, interview: Interview, found: tuple[Sketch, ...]) -> str:
    def valid(text: str) -> bool | str:
        if text in {sketch.name for sketch in found}:
            return f"there is {naming.with_article(text)} already"
        tried = replace(answers, resources=(*found, Sketch(name=text)))
        return not text or interview.check(tried) or True

    example = "Another resource" if found else "What does it keep? A word such as book"
    return str(_said(questionary.text(f"{example} ({ENOUGH})", validate=valid)))


def _with_fields(
    sketch: Sketch, answers: Answers, interview: Interview, found: tuple[Sketch, ...]
) -> Sketch:
    def valid(text: str) -> bool | str:
        tried = replace(answers, resources=(*found, _with_field(sketch, text)))
        return not text or _no_colon(text) or interview.check(tried) or True

    while text := _said(questionary.text(_field_question(sketch), validate=valid)):
        sketch = _with_field(sketch, text)
    return sketch


def _field_question(sketch: Sketch) -> str:
    example = "" if sketch.fields else f", such as {FIELD[0]}: {FIELD[1]}"
    return f"  A field of {sketch.name}{example} ({ENOUGH})"


def _no_colon(text: str) -> str | None:
    return None if ":" in text else 'a field is said as "name: type"'


def _with_field(sketch: Sketch, text: str) -> Sketch:
    name, _, expression = text.partition(":")
    return replace(sketch, fields={**sketch.fields, name.strip(): expression.strip()})


def _said(question: questionary.Question) -> Any:
    return question.unsafe_ask()


QUESTIONS: Mapping[str, Callable[[Answers, Interview], Any]] = {
    "description": _description,
    "database": _database,
    "accounts": _accounts,
    "features": _features,
    "resources": _resources,
}
"""What is asked for each part of `Answers`, in order."""
