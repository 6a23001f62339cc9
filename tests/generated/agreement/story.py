"""What led to answers that differ, as a person reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from generated.agreement.lockstep import Turn
from generated.agreement.names import NAME
from generated.agreement.requests import ABSENT, Request

LONGEST_LINE = 3000


def story(turns: Sequence[Turn]) -> str:
    """The last turn, with each engine's answer, behind those of the earlier ones that it leans on.

    Nothing behind the first difference has been asked, so no shorter beginning shows it.
    """
    *earlier, last = turns
    answers = (f"{engine}: {json.dumps(one)}" for engine, one in last.answers.items())
    lines = [*map(line, leaned_on(earlier, last)), "", line(last), *answers]
    return "\n".join(one[:LONGEST_LINE] for one in lines)


def leaned_on(earlier: Sequence[Turn], last: Turn) -> list[Turn]:
    """The writes that the last turn may depend on: to rows of its kind, and to what is named."""
    wanted = names(last)
    kept = []
    for turn in reversed(earlier):
        is_near = turn.request.operation.kind == last.request.operation.kind
        if is_write(turn) and (is_near or names(turn) & wanted):
            wanted |= set(NAME.findall(said(turn.request)))
            kept.append(turn)
    return kept[::-1]


def is_write(turn: Turn) -> bool:
    """Whether it changed anything."""
    return turn.request.method != "get" and turn.first["status"] < 300


def names(turn: Turn) -> set[str]:
    """Whatever has a name in the request or an answer."""
    answers = (json.dumps(one, ensure_ascii=False) for one in turn.answers.values())
    return set(NAME.findall(said(turn.request))).union(*map(NAME.findall, answers))


def line(turn: Turn) -> str:
    """One turn on a line."""
    return f"{turn.number}. {said(turn.request)} -> {turn.first['status']}"


def said(request: Request) -> str:
    """A request on a line."""
    return " ".join(re.sub(r"\s+", " ", part) for part in _parts(request))


def _parts(request: Request) -> Iterator[str]:
    yield f"{request.caller}: {request.method.upper()} {request.path}"
    if request.query:
        yield "?" + "&".join(f"{name}={value!a}" for name, value in request.query)
    yield from (f"{name}: {value}" for name, value in request.headers.items())
    if request.body is not ABSENT:
        yield ascii(request.body)
