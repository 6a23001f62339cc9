"""The page of the API as a test reads it: its sections, and their requests with their answers."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from httpx2 import AsyncClient, Response

PATH = Path(__file__).parents[1] / "docs" / "api.md"

Known: TypeAlias = dict[str, Any]
"""What the names in braces stand for, as far as it is known."""

HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
EXCHANGE = re.compile(
    r"^```http\n(?P<request>.*?)^```\n\n(?P<told>`\d{3} [^\n]*)(\n\n```json\n(?P<body>.*?)^```)?",
    re.MULTILINE | re.DOTALL,
)
ROUTE = re.compile(r"^\| `([A-Z]+) (\S+)` \|", re.MULTILINE)
SPAN = re.compile("`([^`]+)`")
NAME = re.compile(r"\{([^{}]+)\}")
NUMBER = re.compile(r'^(\s*(?:"[^"\n]*": )?)(\{\w+\})(,?)$', re.MULTILINE)
"""A name that stands for a number has no quotes, and JSON knows no such thing."""
REST = "…"
"""What stands for the members of a document that are not shown."""
FORMS = {
    "an instant": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z",
    "a date": r"\d{4}-\d\d-\d\d",
    "a time": r"\d\d:\d\d:\d\d(\.\d+)?",
    "a UUID": "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "a text": ".+",
}
"""What differs each time without a name of its own."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what it is answered, as the page has them."""

    method: str
    target: str
    headers: Mapping[str, str]
    sent: Any
    status: int
    told: Mapping[str, str]
    answered: Any

    def names(self) -> list[str]:
        """The names in the request, in their order."""
        return NAME.findall(" ".join([*self.headers.values(), self.target, json.dumps(self.sent)]))

    async def send(self, client: AsyncClient, known: Known) -> Response:
        """The answer to the request, what is known put in for the names."""
        return await client.request(
            self.method,
            f"http://test{filled(self.target, known)}",
            headers={name: filled(text, known) for name, text in self.headers.items()},
            content=None if self.sent is None else json.dumps(put_in(self.sent, known)),
        )

    def check(self, response: Response, known: Known) -> None:
        """See that the answer is the one on the page, and learn what its names stand for."""
        assert response.status_code == self.status, response.text
        if self.answered is None:
            assert response.content == b""
        else:
            compare(self.answered, response.json(), known, "the answer")
        for name, text in self.told.items():
            learn(text, response.headers[name], known)


def sections() -> dict[str, list[Exchange]]:
    """The examples of the page by the headings above them."""
    _, *parts = HEADING.split(PATH.read_text("utf-8"))
    found = {
        title: list(exchanges(text)) for title, text in zip(parts[::2], parts[1::2], strict=True)
    }
    return {title: examples for title, examples in found.items() if examples}


def listed_routes() -> set[tuple[str, str]]:
    """The methods and paths in the tables of the page."""
    return set(ROUTE.findall(PATH.read_text("utf-8")))


def exchanges(text: str) -> Iterator[Exchange]:
    """The examples in a part of the page."""
    for match in EXCHANGE.finditer(text):
        head, _, body = match["request"].partition("\n\n")
        first, *headers = head.splitlines()
        status, *told = SPAN.findall(match["told"])
        method, _, target = first.partition(" ")
        answered = match["body"]
        yield Exchange(
            method,
            target,
            headers_of(headers),
            document(body) if body else None,
            int(status[:3]),
            headers_of(told),
            document(answered) if answered else None,
        )


def headers_of(lines: list[str]) -> dict[str, str]:
    """The names and the texts of headers."""
    parts = (line.partition(": ") for line in lines)
    return {name: text.strip() for name, _, text in parts}


def document(text: str) -> Any:
    """The JSON of a block, names of numbers in quotes."""
    return json.loads(NUMBER.sub(r'\1"\2"\3', text))


def filled(text: str, known: Known) -> str:
    """A text with what is known in the place of its names."""
    return NAME.sub(lambda match: str(known.get(match[1], match[0])), text)


def learn(said: str, got: str, known: Known) -> None:
    """See that a header is the one on the page, and learn what the names in it stand for."""
    texts = NAME.split(filled(said, known))
    pattern = "".join("([^;]+)" if n % 2 else re.escape(text) for n, text in enumerate(texts))
    match = re.fullmatch(pattern, got)
    assert match, f"{said!r} on the page, {got!r} in fact"
    known.update(zip(texts[1::2], match.groups(), strict=True))


def put_in(value: Any, known: Known) -> Any:
    """A document with what is known in the place of its names."""
    if isinstance(value, dict):
        return {name: put_in(one, known) for name, one in value.items()}
    if isinstance(value, list):
        return [put_in(one, known) for one in value]
    match = NAME.fullmatch(value) if isinstance(value, str) else None
    return known.get(match[1], value) if match else value


def compare(said: Any, got: Any, known: Known, where: str) -> None:
    """See that two documents are the same but for names, and learn what those stand for."""
    if isinstance(said, dict) and isinstance(got, dict):
        shown = {name: one for name, one in said.items() if name != REST}
        assert (shown.keys() <= got.keys()) if REST in said else (shown.keys() == got.keys()), where
        for name, one in shown.items():
            compare(one, got[name], known, f"{where}, {name}")
    elif isinstance(said, list) and isinstance(got, list):
        assert len(said) == len(got), where
        for number, (one, other) in enumerate(zip(said, got, strict=True)):
            compare(one, other, known, f"{where}, {number}")
    elif said != got or type(said) is not type(got):
        assert stands_for(said, got, known), f"{where}: {said!r} on the page, {got!r} in fact"


def stands_for(said: Any, got: Any, known: Known) -> bool:
    """Whether a name on the page may stand for a value, which from now on it does."""
    match = NAME.fullmatch(said) if isinstance(said, str) else None
    if match is None:
        return False
    if match[1] in FORMS:
        return isinstance(got, str) and re.fullmatch(FORMS[match[1]], got) is not None
    return bool(known.setdefault(match[1], got) == got)
