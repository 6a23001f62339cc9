"""Any text as a literal of another language.

Each function answers with source text of its language that means the given text and nothing else,
whatever is in it. What a language can't hold (NUL, lone surrogates) becomes U+FFFD.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Mapping, Sequence

REPLACEMENT = "\ufffd"
_UNENCODABLE = re.compile("[\x00\ud800-\udfff]")
_SHORT_ESCAPES = 0x10000
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_PLAIN_ENV = re.compile(r"[A-Za-z0-9_./:@+,=-]*")
_PLAIN_YAML = re.compile(r"[A-Za-z_][\w.()?<>=|-]*(?:,? [\w.()?<>=|-]+)*")
_DIRECTIVE = re.compile(
    r"\b(coding|type|fmt|ruff|isort|mypy|pragma|flake8|pylint|pyright|syntax|escape|check)(\s*[:=])",
    re.IGNORECASE,
)
_SILENCER = re.compile(r"\bno(qa|sec|inspection)\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"[\\`*\[\]|~$]|(?<![^\W_])_|_(?![^\W_])")
_BLOCK_START = re.compile(r"^([-+=#:]|\d+[.)])")


def py(value: object) -> str:
    """Return a Python expression that equals `value`: text, numbers, None, lists, tuples, dicts.

    Raises TypeError for a value that has no literal.
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{py(k)}: {py(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(py, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(py, value))}{',' if len(value) == 1 else ''})"
    if value is None or type(value) in (str, int, bool, bytes):
        return repr(value)
    if type(value) is float and abs(value) < float("inf"):
        return repr(value)
    raise TypeError(f"no Python literal for {value}")


def docstring(text: str) -> str:
    """Return a triple-quoted Python string; its lines stay lines."""
    lines = re.split(r"\r\n|\r|\n", text.strip())
    body = "\n".join(_printable(line.replace("\\", "\\\\"), _python_escape) for line in lines)
    if '"""' in body or body.startswith('"') or body.endswith('"'):
        body = body.replace('"', '\\"')
    return f'"""{body}"""'


def toml(value: object) -> str:
    """Return a TOML value on one line. Raises TypeError where TOML has none (null)."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_quoted(str(k))} = {toml(v)}" for k, v in value.items()) + "}"
    if value is None:
        raise TypeError("TOML has no null")
    return _scalar_or_list(value, toml)


def plain_yaml(text: str) -> str:
    """Return a YAML scalar for a name or an expression of a spec: bare where that means the same.

    `true`, `null` and numbers are none of them.
    """
    return text if _PLAIN_YAML.fullmatch(text) else yaml(text)


def yaml(value: object) -> str:
    """Return a YAML flow value on one line, its texts in double quotes."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_quoted(str(k))}: {yaml(v)}" for k, v in value.items()) + "}"
    return "null" if value is None else _scalar_or_list(value, yaml)


def json_(value: object) -> str:
    """Return a JSON value on one line, in ASCII."""
    return json.dumps(value, allow_nan=False)


def comment(text: str) -> str:
    """Return one line to follow a `#`, in which no tool finds a directive of its own."""
    line = _DIRECTIVE.sub(r"\1 \2", _one_line(text))
    return _SILENCER.sub(r"no-\1", line).rstrip("\\ ")


def md(text: str) -> str:
    """Return Markdown text for a heading, a paragraph, a list item or a table cell."""
    line = _one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _BLOCK_START.sub(_escape_last, _MARKDOWN.sub(r"\\\g<0>", line))


def code(text: str) -> str:
    """Return a Markdown code span, in a table cell too."""
    line = _one_line(text).replace("|", "\\|")
    fence = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    pad = " " if line[:1] in ("", "`") or line[-1:] == "`" else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def html(text: str) -> str:
    """Return HTML text, in an attribute's quotes too."""
    line = _one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return line.replace('"', "&quot;").replace("'", "&#39;")


def sh(text: str) -> str:
    """Return one word of a POSIX shell."""
    return shlex.quote(_one_line(text))


def make(text: str) -> str:
    """Return one shell word in a recipe of a Makefile."""
    return sh(text).replace("$", "$$")


def dotenv(text: str) -> str:
    """Return a value of a `.env` file, as python-dotenv, Compose and a shell read it alike.

    Quotes become typographic: the readers disagree on how to escape them.
    """
    line = _one_line(text).replace("'", "\u2019").replace("\\", "\uff3c").replace("$", "\uff04")
    return line if _PLAIN_ENV.fullmatch(line) else f"'{line}'"


def dockerfile(text: str) -> str:
    """Return a quoted word of a Dockerfile instruction."""
    line = _one_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + line.replace("$", "\\$") + '"'


def _scalar_or_list(value: object, write: Callable[[object], str]) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Sequence):
        return f"[{', '.join(write(item) for item in value)}]"
    if type(value) in (bool, int) or (type(value) is float and abs(value) < float("inf")):
        return json.dumps(value)
    raise TypeError(f"no literal for {value}")


def _quoted(text: str) -> str:
    """Quote for TOML and YAML, whose double-quoted strings share these escapes."""
    return '"' + "".join(_SHORT.get(c) or _printable(c, _unicode_escape) for c in text) + '"'


def _printable(text: str, escape: Callable[[str], str]) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else escape(c) for c in text)


def _python_escape(char: str) -> str:
    return repr(char)[1:-1]


def _unicode_escape(char: str) -> str:
    if _UNENCODABLE.match(char):
        return REPLACEMENT
    number = ord(char)
    return f"\\u{number:04x}" if number < _SHORT_ESCAPES else f"\\U{number:08x}"


def _one_line(text: str) -> str:
    """Return the words of a text on one line, its other control characters replaced."""
    return _printable(" ".join(text.split()), lambda _char: REPLACEMENT)


def _escape_last(match: re.Match[str]) -> str:
    return f"{match[0][:-1]}\\{match[0][-1]}"
