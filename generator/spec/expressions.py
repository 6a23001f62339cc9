"""The one-line grammar of fields and relations: text to located words.

    field    = type ["?"] {modifier} ["=" default]
    relation = kind resource ["?"] {modifier}

What a line says comes out under the keys that the long form has, each with its place, so that
everything behind this module sees one form only.
"""

from __future__ import annotations

from collections.abc import Callable

from generator import naming
from generator.errors import quoted
from generator.spec.report import Path, Report, Said
from generator.spec.source import Scalar
from generator.spec.tokens import Line, Token

KINDS = ("belongs_to", "has_many", "has_one", "many_to_many")
FLAGS = ("unique", "index", "immutable", "readonly", "writeonly", "hidden", "encrypted")
BOUNDS = {">=": "ge", ">": "gt", "<=": "le", "<": "lt"}
ON_DELETE = ("restrict", "cascade", "set_null")

_SYNONYMS = {
    "optional": "?",
    "nullable": "?",
    "null": "?",
    "uniq": "unique",
    "indexed": "index",
    "secret": "hidden",
    "private": "hidden",
    "read_only": "readonly",
    "write_only": "writeonly",
    "default": "=",
    "min": ">=",
    "max": "<=",
    "ge": ">=",
    "gt": ">",
    "le": "<=",
    "lt": "<",
    "matches": "/.../",
    "pattern": "/.../",
    "on": "on_delete",
}

_HINTS = {
    "required": ": a field is required unless it has a ? or a default",
    "not": ": a field is never null unless it has a ?",
    "primary_key": ": every resource has an id, and `id:` says of what type",
}


def field_line(
    scalar: Scalar, path: Path, report: Report, known: Callable[[str], bool] = bool
) -> dict[str, Said] | None:
    """What one line says of a field; None if even its type cannot be told.

    `known` tells whether a word is a type or close to one. Behind one that isn't, a word that is no
    modifier is part of the same mistake.
    """
    line = Line(scalar, path, report)
    if not _type(line):
        return None
    line.lost = not known(str(line.said["type"].value))
    if question := line.accept("?"):
        line.mark("nullable", question)
    while line.peek.kind not in ("end", "default"):
        _modifier(line)
    if line.peek.kind == "default":
        _default(line)
    return line.said


def type_expression(scalar: Scalar, path: Path, report: Report) -> dict[str, Said] | None:
    """What the `type` of the long form says: a name, arguments and `[]`."""
    line = Line(scalar, path, report)
    if not _type(line):
        return None
    if line.peek.kind != "end":
        hint = "nullable: true" if line.peek.text == "?" else None
        line.wrong("bad-expression", line.peek, "the long form has a key for this", hint)
    return line.said


def relation_line(scalar: Scalar, path: Path, report: Report) -> dict[str, Said] | None:
    """What one line says of a relation; None if its kind or its target cannot be told."""
    line = Line(scalar, path, report)
    kind = line.take()
    if kind.text not in KINDS:
        said = Said(kind.text, line.place(kind.start, max(kind.end, kind.start)), path)
        report.unknown("unknown-relation", said, "kind of relation", KINDS)
        return None
    line.say("type", kind.text, kind.start, kind.end)
    if not _word_behind(line, "resource", kind):
        return None
    if question := line.accept("?"):
        line.mark("nullable", question)
    while line.peek.kind != "end":
        _relation_modifier(line)
    line.said.pop("default", None)  # of which a word was taken for one, and was reported
    return line.said


def _type(line: Line) -> bool:
    name = line.take()
    if name.kind != "word":
        line.wrong("bad-expression", name, "a field starts with its type")
        return False
    if name.text in KINDS:
        line.wrong("misplaced", name, f"{quoted(name.text)} is a relation: it goes under relations")
        return False
    line.say("type", name.text, name.start, name.end)
    if line.accept("(") and not _arguments(line):
        return False
    if opening := line.accept("["):
        closing = line.accept("]")
        if not closing:
            line.wrong("bad-expression", opening, 'a list is written "[]"')
            return False
        line.say("is_list", True, opening.start, closing.end)
    return True


def _arguments(line: Line) -> bool:
    start = line.tokens[line.at - 1].start
    inner: list[Token] = []
    while line.peek.kind not in ("end", "default") and line.peek.text != ")":
        inner.append(line.take())
    closing = line.accept(")")
    if not closing:
        opening = Token("mark", "(", start, start + 1)
        line.wrong("bad-expression", opening, 'no ")" closes this')
        return False
    line.said["arguments"] = Said(
        tuple((token.text, line.place(token.start, token.end)) for token in inner),
        line.place(start, closing.end),
        line.path,
    )
    return True


def _modifier(line: Line) -> None:
    token = line.take()
    if token.text in FLAGS:
        line.mark(token.text, token)
    elif token.text in BOUNDS:
        _bound(line, token)
    elif token.kind == "pattern":
        inner = line.scalar.slice(token.start + 1, token.end - 1)
        line.say("pattern", inner, token.start, token.end)
    elif token.text == "from":
        _word_behind(line, "from", token)
    else:
        _unknown(line, token, (*FLAGS, "from"))


def _bound(line: Line, sign: Token) -> None:
    if line.peek.kind == "number":
        number = line.take()
        line.say(BOUNDS[sign.text], number.text, sign.start, number.end)
        return
    line.wrong("bad-expression", sign, f'a number follows "{sign.text}"')
    _skip(line, _starts_modifier)


def _relation_modifier(line: Line) -> None:
    token = line.take()
    match token.text:
        case "unique":
            line.mark("unique", token)
        case "on_delete":
            _on_delete(line, token)
        case "inverse" | "through":
            _word_behind(line, token.text, token)
        case _ if token.kind in ("sign", "default"):
            line.wrong("bad-expression", token, "a relation has no default")
            line.at = len(line.tokens)
        case _:
            _unknown(line, token, ("unique", "on_delete", "inverse", "through"))


def _on_delete(line: Line, token: Token) -> None:
    word = line.take()
    if word.text in ON_DELETE:
        line.say("on_delete", word.text, word.start, word.end)
    elif word.kind == "end":
        line.wrong("bad-expression", token, f"one of {', '.join(ON_DELETE)} follows")
    else:
        said = Said(word.text, line.place(word.start, word.end), line.path)
        line.report.unknown("unknown-word", said, "on_delete", ON_DELETE)
        line.said["on_delete"] = Said(None, said.place, line.path)


def _word_behind(line: Line, key: str, token: Token) -> bool:
    if line.peek.kind == "word":
        word = line.take()
        line.say(key, word.text, word.start, word.end)
        return True
    line.wrong("bad-expression", token, f'a name follows "{token.text}"')
    _skip(line, _starts_modifier)
    return False


def _unknown(line: Line, token: Token, words: tuple[str, ...]) -> None:
    """One report for a word that is no modifier, and for all that belongs to it."""
    text = token.text
    if token.kind == "sign":
        message = "a default stands behind a = with a space on each side"
        line.wrong("bad-expression", token, message)
        _take_as_said(line, token, "=")
    elif text == "/":
        line.wrong("bad-pattern", token, "no / closes this pattern (a slash in it is \\/)")
        line.at = len(line.tokens)
    elif text == "?":
        line.wrong("bad-expression", token, "the ? stands right behind the type")
        _take_as_said(line, token, "?")
    elif token.kind == "word":
        _unknown_word(line, token, words)
    else:
        line.wrong("bad-expression", token, f"{quoted(text)} means nothing here")
    _skip(line, _starts_modifier)


def _unknown_word(line: Line, token: Token, words: tuple[str, ...]) -> None:
    known = naming.nearest(token.text, words) or _SYNONYMS.get(token.text.lower())
    hint = _HINTS.get(token.text.lower(), "")
    if known or not line.lost:
        line.wrong("unknown-modifier", token, f"no modifier {quoted(token.text)}{hint}", known)
    _take_as_said(line, token, known)


def _take_as_said(line: Line, token: Token, meant: str | None) -> None:
    """What was meant counts as said, so that its lack is no second mistake."""
    key, value = {"?": ("nullable", True), "=": ("default", None)}.get(meant or "", ("", None))
    if key:
        line.said.setdefault(key, Said(value, line.place(token.start, token.end), line.path))


def _skip(line: Line, stop: Callable[[Token], bool]) -> None:
    while line.peek.kind != "end" and not stop(line.peek):
        line.at += 1


def _starts_modifier(token: Token) -> bool:
    words = (*FLAGS, *BOUNDS, "from", "on_delete", "inverse", "through")
    return token.kind in ("default", "pattern") or token.text in words


def _default(line: Line) -> None:
    sign = line.take()
    text = line.scalar.text
    start = sign.end + len(text[sign.end :]) - len(text[sign.end :].lstrip())
    end = len(text.rstrip())
    if start >= end:
        message = (
            'nothing follows "="; quote the line where its default holds " #" or is empty text'
        )
        line.wrong("bad-expression", sign, message)
        line.said["default"] = Said(None, line.place(sign.start, sign.end), line.path)
        return
    line.say("default", line.scalar.slice(start, end), start, end)
