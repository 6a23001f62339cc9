"""The Python classes of resources and enums: none hides a name that generated code uses itself.

A resource or an enum is called as the spec has it, and only where a module that mentions it has
another use for that name is it a `TableModel` or a `TextEnum`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from generator import naming
from generator.fieldtype import FieldType
from generator.fieldtypes import TYPES
from generator.spec.model import EnumType, Field, Resource, Spec

MODEL, ENUM = "Model", "Enum"
DERIVED = (
    "Create",
    "CreateMany",
    "Update",
    "Change",
    "UpdateMany",
    "Replace",
    "Read",
    "Many",
    "Page",
    "Query",
)
"""What the schemas of a resource end in: `BookCreate`."""

BUILTINS = naming.words(
    """
    I O
    ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError
    BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError
    ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError Ellipsis
    EncodingWarning EnvironmentError Exception ExceptionGroup False FileExistsError
    FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError
    ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError
    KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError None NotADirectoryError
    NotImplemented NotImplementedError OSError OverflowError PendingDeprecationWarning
    PermissionError ProcessLookupError PythonFinalizationError RecursionError ReferenceError
    ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError
    SyntaxWarning SystemError SystemExit TabError TimeoutError True TypeError UnboundLocalError
    UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning
    UserWarning ValueError Warning ZeroDivisionError
    """
)
"""What a class of that name would hide, and letters that read like numbers."""


def _names(*callables: str) -> frozenset[str]:
    """The names of the type table in these columns."""
    rows: Iterable[FieldType] = TYPES.values()
    return frozenset(getattr(row, column).name for row in rows for column in callables)


_MODELS = (
    BUILTINS
    | _names("python", "column")
    | {
        "Annotated",
        "Base",
        "CheckConstraint",
        "Column",
        "Depends",
        "Encrypted",
        "ForeignKey",
        "Index",
        "Link",
        "Links",
        "Seeds",
    }
    | {"ListOf", "Mapped", "OwnedRepository", "Repository", "SlugFrom"}
    | {"Computed", "Linked", "LiveLinked", "OwnedSoftRepository", "ReferringRepository"}
    | {"SearchedRepository", "Words"}
    | {"SlugRepository", "SoftRepository", "TYPE_CHECKING", "Table"}
    | {"UniqueConstraint"}
)
"""What the modules use that mention models."""
_SCHEMAS = (
    _names("accepted", "returned", "parameter")
    | {
        "Annotated",
        "Changes",
        "Field",
        "Items",
        "Literal",
        "MISSING",
        "Many",
        "Page",
        "Paging",
        "Schema",
        "Sought",
        "Stored",
    }
    | {"StrEnum", "UTC", "Versioned"}
)
"""What the modules use beside that which mention enums."""


ACCOUNTS = frozenset(
    {"AnyPassword", "Credentials", "EmailAddress", "FullName", "LoginAttempt", "NewAccount"}
    | {"NewPassword", "PasswordChange", "Path", "ProfileUpdate", "Role", "Session", "User"}
    | {"UserCreate", "UserPage", "UserQuery", "UserRead", "UserUpdate"}
)
"""What the modules of accounts call things of their own, where a spec adds to them."""


def with_classes(spec: Spec, extra: Iterable[Resource] = ()) -> Spec:
    """The spec, each resource's `class_name` and each enum's name that of its Python class."""
    stems = [naming.pascal(resource.name) for resource in spec.resources]
    derived = {stem + suffix for stem in stems for suffix in DERIVED}
    others = {stem + "Repository" for stem in stems} | {one.class_name for one in extra}
    natural = {*stems, *(enum.name for enum in spec.enums)}
    ours = ACCOUNTS if spec.user and (spec.user.fields or spec.user.relations) else frozenset()
    models = _renamed(stems, MODEL, _MODELS | others | ours, natural)
    words = _MODELS | _SCHEMAS | derived | ours | set(models.values())
    enums = _renamed([enum.name for enum in spec.enums], ENUM, words, natural)
    return replace(
        spec,
        resources=tuple(_resource(one, models, enums) for one in spec.resources),
        user=spec.user and replace(spec.user, fields=_fields(spec.user.fields, enums)),
        enums=tuple(_enum(one, enums) for one in spec.enums),
    )


def _renamed(
    names: Iterable[str], suffix: str, reserved: Collection[str], natural: Collection[str]
) -> dict[str, str]:
    """Each name and its class: itself, or where that is reserved with the suffix until it is free.

    `natural` are the names of everything, which no other may get.
    """
    found: dict[str, str] = {}
    for name in names:
        free = name
        while free in reserved or (free != name and free in {*natural, *found.values()}):
            free += suffix
        found[name] = free
    return found


def _resource(resource: Resource, models: dict[str, str], enums: dict[str, str]) -> Resource:
    name = models[naming.pascal(resource.name)]
    return replace(resource, class_name=name, fields=_fields(resource.fields, enums))


def _fields(fields: Iterable[Field], enums: dict[str, str]) -> tuple[Field, ...]:
    return tuple(replace(item, enum=item.enum and enums[item.enum]) for item in fields)


def _enum(enum: EnumType, enums: dict[str, str]) -> EnumType:
    return replace(enum, name=enums[enum.name])
