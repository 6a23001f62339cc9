"""The cache of answers, and the second door to the services."""

from __future__ import annotations

from bite.breakage import Breakage

CACHE, DATABASE, READS = "app/cache/cache.py", "app/cache/database.py", "app/cache/reads.py"
RESPONSES, TABLES = "app/cache/responses.py", "app/cache/tables.py"
BATCHES, DOCUMENTS = "app/graphql/batches.py", "app/graphql/documents.py"
ROUTER, VALUES = "app/graphql/router.py", "app/graphql/values.py"
CONTEXT = "app/graphql/context.py"


def cached(what: str, path: str, found: str, instead: str = "") -> Breakage:
    """A fault of the cache, which its tests should notice."""
    return Breakage(what, path, found, instead, near=("tests/cache/",))


def asked(what: str, path: str, found: str, instead: str = "") -> Breakage:
    """A fault of GraphQL, which its tests should notice."""
    return Breakage(what, path, found, instead, near=("tests/graphql/",))


CACHED = (
    cached("nothing is kept", CACHE, r"await self\._keep\([^)]*\)", "pass"),
    cached(
        "a unit of work forgets nothing", DATABASE, r"await self\.cache\.forget\(written\)", "pass"
    ),
    cached(
        "a statement alone forgets nothing",
        DATABASE,
        r"(return await super\(\)\.run.*?)await self\._forget\(statement\)",
        r"\1pass",
    ),
    cached("what is rolled back forgets", DATABASE, r"if is_whole", "if True"),
    cached(
        "an answer holds whatever was written",
        "app/cache/answers.py",
        r" if then\.items\(\) <= generations\.items\(\) else None",
    ),
    cached(
        "a delete takes nothing along",
        TABLES,
        r"return changed_with\(table\)",
        "return frozenset({table.name})",
    ),
    cached(
        "a cascade ends with the first table", TABLES, r"        waiting \+= cascading - emptied\n"
    ),
    cached(
        "what was read in text is kept",
        TABLES,
        r"return None\n    return frozenset\(part",
        "pass\n    return frozenset(part",
    ),
    cached(
        "all questions are one",
        READS,
        r"digest\(self\._form \+ to_json\(asked\)\)",
        "digest(self._form)",
    ),
    cached(
        "the cache can't be turned off", READS, r"if not state\.settings\.cache_answers", "if False"
    ),
    cached("an old form is handed out", READS, r"digest\(self\._form \+ ", "digest("),
    cached("answers of any length are kept", CACHE, r" or len\(made\.answer\.body\) > MAX_BYTES"),
    cached(
        "a row that is known isn't sent",
        RESPONSES,
        r"return json\(answer, \{\"ETag\": answer\.version\}\)",
        "return Response(status_code=HTTPStatus.NOT_MODIFIED)",
    ),
    cached("nobody has it already", RESPONSES, r"if is_known\(request, tag\)", "if False"),
    cached(
        "anybody may keep one's own",
        RESPONSES,
        r"if not hasattr\(request\.state, \"principal\"\)",
        "if True",
    ),
)
GRAPHQL = (
    asked("each read goes alone", BATCHES, r"MAX_BRANCHES = 100", "MAX_BRANCHES = 1"),
    asked(
        "a read gets the rows of another",
        BATCHES,
        r"found\[row\.pop\(BRANCH\)\]",
        "found[row.pop(BRANCH) * 0]",
    ),
    asked(
        "a batch has no order",
        BATCHES,
        r"\.order_by\(literal_column\(BRANCH\), literal_column\(PLACE\)\)",
        ".order_by(literal_column(PLACE).desc())",
    ),
    asked(
        "a document may be as deep as it likes",
        DOCUMENTS,
        r"depth=Depth\(document\)\.of_operations\(\)",
        "depth=0",
    ),
    asked(
        "names of one's own are free",
        DOCUMENTS,
        r"sum\(field\.alias is not None for field in fields\)",
        "0",
    ),
    asked(
        "a document may be as long as it likes",
        DOCUMENTS,
        r", max_tokens=settings\.graphql_max_tokens",
    ),
    asked(
        "fragments have no depth",
        DOCUMENTS,
        r"0 if fragment is None else self\._below\(fragment\)",
        "0",
    ),
    asked(
        "production shows the schema",
        DOCUMENTS,
        r"if size\.asks_for_schema and not settings\.serves_schema",
        "if False",
    ),
    asked("rows are free", "app/graphql/operation.py", r"if self\._rows > [^:]*:", "if False:"),
    asked(
        "a fault tells what it was",
        "app/graphql/errors.py",
        r"message, extensions = HIDDEN",
        "message, extensions = str(error)",
    ),
    asked(
        "a refusal has the code of a fault",
        "app/graphql/errors.py",
        r"\"code\": error\.code\}",
        '"code": ApplicationError.code}',
    ),
    asked("a key is taken and not heeded", ROUTER, r"    refuse_key\(request\)\n"),
    asked(
        "what is refused looks like what is done",
        ROUTER,
        r"HTTPStatus\.BAD_REQUEST if is_refused\(result\) else HTTPStatus\.OK",
        "HTTPStatus.OK",
    ),
    asked("a NUL goes to the database", ROUTER, r", AfterValidator\(without_nul\)"),
    asked("lists aren't counted", VALUES, r"    info\.context\.count\([^\n]*\n"),
    asked(
        "what there is not is an error",
        VALUES,
        r"return None\n\n\ndef page_of",
        "raise\n\n\ndef page_of",
    ),
    asked(
        "a version isn't compared",
        VALUES,
        r"return None if version is None else frozenset\(\{version\}\)",
        "return None",
    ),
    asked(
        "whoever signed in may do it", CONTEXT, r"        rule\.owner\(caller\)\n", "        pass\n"
    ),
    asked("nobody is somebody", CONTEXT, r"        if caller is None:\n[^\n]*\n"),
)
