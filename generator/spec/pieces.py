"""A page in pieces, one a file: the service, and each enum and resource by itself.

The pieces are the memory of a page as it was last synced. Two branches that each add a resource
write two files, so that plain `git merge` joins them; comments and layout are the page's alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from generator.spec.compose import compose
from generator.spec.source import Entry, Items, Node, Scalar, plain_kind
from generator.spec.source import Mapping as MappingNode

SPLIT = ("enums", "resources")
"""The keys whose entries are pieces of their own, in the folder of that name."""
REST = "service.yaml"

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*\Z")
_WORDS = frozenset({"null", "true", "false"})
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def pieces(text: str) -> dict[str, str]:
    """Return the pieces of a page that has been loaded, by their paths."""
    root = compose(text, lambda *_: None)
    entries = root.entries if isinstance(root, MappingNode) else ()
    rest = [entry for entry in entries if entry.key.text not in SPLIT]
    found = {REST: _printed(rest)}
    for entry in entries:
        if entry.key.text in SPLIT and isinstance(entry.value, MappingNode):
            for one in entry.value.entries:
                found[f"{entry.key.text}/{one.key.text}.yaml"] = _printed([one])
    return found


def assembled(found: Mapping[str, str]) -> str:
    """Return a page that means what the pieces say, enums and resources sorted by name."""
    page = [found.get(REST, "")]
    for folder in SPLIT:
        own = [found[path] for path in sorted(found) if path.startswith(f"{folder}/")]
        if own:
            page += [f"{folder}:\n", *(_indented(text) for text in own)]
    return "".join(page)


def _indented(text: str) -> str:
    return "".join(f"  {line}" for line in text.splitlines(keepends=True))


def _printed(entries: list[Entry]) -> str:
    return "".join(f"{line}\n" for entry in entries for line in _entry(entry))


def _entry(entry: Entry) -> Iterator[str]:
    return _with_head(f"{_key(entry.key.text)}:", entry.value)


def _with_head(head: str, node: Node) -> Iterator[str]:
    """Give the lines of a value: behind its head where one holds it, else below."""
    match node:
        case Scalar():
            yield f"{head} {_scalar(node)}"
        case MappingNode(entries=()):
            yield f"{head} {{}}"
        case MappingNode():
            yield head
            yield from (f"  {line}" for entry in node.entries for line in _entry(entry))
        case Items(items=()):
            yield f"{head} []"
        case Items():
            yield head
            yield from (f"  {line}" for item in node.items for line in _with_head("-", item))


def _key(text: str) -> str:
    return text if _PLAIN.match(text) and text not in _WORDS else _quoted(text)


def _scalar(node: Scalar) -> str:
    kind = plain_kind(node)
    if kind == "text":
        return _quoted(node.text)
    return "null" if kind == "null" else node.text


def _quoted(text: str) -> str:
    """Text in double quotes, as YAML and JSON both write it."""
    return _UNPRINTABLE.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))
