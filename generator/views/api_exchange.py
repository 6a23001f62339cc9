"""A request and its answer, as the page of the API shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from generator.literals import code
from generator.views.json_values import json_lines

TITLES = {422: "Unprocessable Content"}
"""What RFC 9110 calls them, where Python's own words differ from version to version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent: `role` is whose access token it has, `tag` what `If-Match` says."""

    method: str
    target: str
    role: str | None = None
    tag: str | None = None
    body: object = None

    @property
    def lines(self) -> tuple[str, ...]:
        """The request as HTTP writes it, without its version."""
        token = [f"Authorization: Bearer {{{self.role}_token}}"] if self.role else []
        match = [f"If-Match: {self.tag}"] if self.tag else []
        sent = [] if self.body is None else ["Content-Type: application/json", ""]
        document = () if self.body is None else json_lines(self.body)
        return (f"{self.method} {self.target}", *token, *match, *sent, *document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What comes back: the status, the headers that matter, and a document if there is one."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: object = None

    @property
    def line(self) -> str:
        """The status and the headers, in Markdown."""
        phrase = TITLES.get(self.status) or HTTPStatus(self.status).phrase
        told = [f"{self.status} {phrase}", *(f"{key}: {one}" for key, one in self.headers.items())]
        return ", ".join(map(code, told))


@dataclass(frozen=True, slots=True)
class Exchange:
    """An example, every line ready to print."""

    says: str
    request: tuple[str, ...]
    status: str
    answer: tuple[str, ...]


def exchange(says: str, request: Request, answer: Answer) -> Exchange:
    """The lines of a request and its answer."""
    document = () if answer.body is None else json_lines(answer.body)
    return Exchange(says, request.lines, answer.line, document)
