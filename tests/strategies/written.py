"""What is drawn, and the page that says it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ()?.<>=_-]*[A-Za-z0-9)?]")


@dataclass(frozen=True)
class WrittenField:
    """One field: the keys of the long form, each with the source of its value."""

    name: str
    type: str
    keys: dict[str, str]
    default: str | None = None
    arguments: str = ""
    is_list: bool = False
    long: dict[str, str] | None = None
    """What the long form says beside them; None where one line says it all."""

    def source(self) -> str:
        """The YAML that says it."""
        return scalar(self.line()) if self.long is None else self._long(self.long)

    def line(self) -> str:
        """The one line that says it."""
        words = [self.type + self.arguments + "[]" * self.is_list]
        words[0] += "?" * ("nullable" in self.keys)
        signs = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<", "from": "from"}
        for key, value in self.keys.items():
            if key in signs:
                words.append(f"{signs[key]} {value}")
            elif key == "pattern":
                words.append("/" + value.replace("/", "\\/") + "/")
            elif key != "nullable":
                words.append(key)
        return " ".join(words) + (f" = {self.default}" if self.default is not None else "")

    def _long(self, more: dict[str, str]) -> str:
        kind = quote(self.type + self.arguments + "[]" * self.is_list)
        parts = [f"type: {kind}"]
        for key, value in {**self.keys, **more}.items():
            said = quote(value) if key == "pattern" else value
            parts.append(f"{key}: {said or 'true'}")
        if self.default is not None:
            parts.append(f"default: {self.default}")
        return "{" + ", ".join(parts) + "}"


@dataclass(frozen=True)
class WrittenResource:
    """One resource: its fields, and the source of every other key."""

    name: str
    fields: tuple[WrittenField, ...] = ()
    relations: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    extra: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """The lines of YAML that say it, with their indents."""
        found = [f"  {self.name}:"]
        found += [f"    {key}: {value}" for key, value in self.keys.items()]
        if self.fields or self.extra:
            found.append("    fields:")
            found += [f"      {one.name}: {one.source()}" for one in self.fields]
            found += [f"      {line}" for line in self.extra]
        if self.relations:
            found.append("    relations:")
            found += [f"      {name}: {line}" for name, line in self.relations.items()]
        return found


@dataclass(frozen=True)
class Written:
    """A whole spec as it was drawn."""

    engine: str
    head: tuple[str, ...]
    resources: tuple[WrittenResource, ...]

    def text(self) -> str:
        """The page."""
        lines = [line for resource in self.resources for line in resource.lines()]
        body = ["resources:", *lines] if lines else []
        return "\n".join([self.head[0], f"database: {self.engine}", *self.head[1:], *body]) + "\n"

    def add_field(self, index: int, line: str) -> Written:
        """The same with one more line under the fields of one resource."""
        number = index % len(self.resources)
        changed = replace(self.resources[number], extra=(line,))
        found = (*self.resources[:number], changed, *self.resources[number + 1 :])
        return replace(self, resources=found)


def quote(text: str) -> str:
    """The text as a double-quoted scalar of YAML, whatever is in it."""
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char.isprintable() and char != "\ufeff":
        return char
    code = ord(char)
    return (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


def scalar(text: str) -> str:
    """The text as a scalar of YAML: plain where that is safe."""
    return text if _PLAIN.fullmatch(text) else quote(text)
