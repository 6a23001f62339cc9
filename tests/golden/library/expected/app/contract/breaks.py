"""What clients of one document of the API would stumble over in another."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from app.contract.schemas import Reader, Schemas

Document: TypeAlias = Mapping[str, Any]
Operation: TypeAlias = Mapping[str, Any]


def breaks(before: Document, after: Document) -> Iterator[str]:
    """Everything that was promised and is so no more, a line each."""
    old, new = operations(before), operations(after)
    old_schemas, new_schemas = schemas(before), schemas(after)
    asked = Reader(reads=new_schemas, writes=old_schemas, lenient=False)
    answered = Reader(reads=old_schemas, writes=new_schemas, lenient=True)
    for name, operation in old.items():
        if name not in new:
            yield f"{name}: gone"
            continue
        for found in (
            access(operation, new[name]),
            parameters(operation, new[name], asked),
            bodies(operation, new[name], asked),
            answers(operation, new[name], answered),
        ):
            yield from (f"{name}: {line}" for line in found)


def operations(document: Document) -> dict[str, Operation]:
    """Every operation by its method and path."""
    return {
        f"{method.upper()} {path}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }


def schemas(document: Document) -> Schemas:
    """The schemas that a document has names for."""
    return Schemas(document.get("components", {}).get("schemas", {}))


def access(before: Operation, after: Operation) -> Iterator[str]:
    """Who got in without a token and does no more."""
    if after.get("security") and not before.get("security"):
        yield "needs a token"


def parameters(before: Operation, after: Operation, asked: Reader) -> Iterator[str]:
    """Parameters that are taken no more as they were, and such as are needed now."""
    old, new = by_name(before), by_name(after)
    for name, parameter in old.items():
        if name not in new:
            yield f"{name}: unknown"
        else:
            yield from asked.refusals(new[name]["schema"], parameter["schema"], name)
    for name, parameter in new.items():
        if parameter.get("required") and not old.get(name, {}).get("required"):
            yield f"{name}: missing"


def by_name(operation: Operation) -> dict[str, Mapping[str, Any]]:
    """The parameters of an operation; the headers' names are in small letters."""
    found = operation.get("parameters", ())
    return {f"{one['in']} {one['name'].lower()}": one for one in found}


def bodies(before: Operation, after: Operation, asked: Reader) -> Iterator[str]:
    """Bodies that are taken no more, and such as are needed now."""
    old, new = before.get("requestBody"), after.get("requestBody")
    if new is not None and old is None and new.get("required"):
        yield "body: missing"
    if old is not None and new is not None:
        yield from contents(asked, new, old, "body")


def answers(before: Operation, after: Operation, answered: Reader) -> Iterator[str]:
    """Answers of success that a client would not understand."""
    for status, old in before["responses"].items():
        if status.startswith("2"):
            new = after["responses"].get(status)
            if new is None:
                yield f"answer {status}: gone"
            else:
                yield from contents(answered, old, new, "answer")


def contents(
    reader: Reader, read: Mapping[str, Any], written: Mapping[str, Any], at: str
) -> Iterator[str]:
    """The refusals of a body or of an answer, for each media type that is read."""
    given = written.get("content", {})
    for kind, content in read.get("content", {}).items():
        if kind not in given:
            yield f"{at}: {kind} no more"
        else:
            yield from reader.refusals(content.get("schema", {}), given[kind].get("schema", {}), at)
