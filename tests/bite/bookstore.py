"""The bookstore: public lists, references, links, and reviews that belong to their writers."""

from __future__ import annotations

from bite.breakage import Breakage, route
from bite.documents import DOCUMENTS

BOOKS, REVIEWS = "app/resources/books", "app/resources/reviews"
MIGRATION = "migrations/versions/0001_create_the_tables.py"
BY_BOOKS, BY_REVIEWS = ("test_books",), ("test_reviews",)

ROUTES = (
    Breakage("the router of books is not mounted", "app/api.py", r"    books,\n", near=BY_BOOKS),
    Breakage(
        "creating answers 200",
        f"{BOOKS}/router.py",
        r"status_code=status\.HTTP_201_CREATED",
        "status_code=status.HTTP_200_OK",
    ),
    Breakage(
        "deleting answers 200",
        f"{BOOKS}/router.py",
        r"(@router\.delete\(\n[^\n]*\n    status_code=)status\.HTTP_204_NO_CONTENT",
        r"\1status.HTTP_200_OK",
    ),
    Breakage(
        "there is no Location",
        f"{BOOKS}/router.py",
        r'    response\.headers\["Location"\][^\n]*\n',
    ),
    route(f"{BOOKS}/router.py", "put", "/{book_id:key}/tags/{tag_id:key}", "tags can't be linked"),
    route(
        "app/resources/authors/router.py",
        "get",
        "/{author_id:key}/books",
        "an author's books are not listed",
    ),
)
ACCESS = (
    Breakage(
        "a book is created by anyone who has signed in",
        f"{BOOKS}/access.py",
        r'CREATE = allow\("editor", "admin"\)',
        'CREATE = allow("user")',
        near=BY_BOOKS,
    ),
    Breakage(
        "a book is deleted by an editor alone",
        f"{BOOKS}/access.py",
        r'DELETE = allow\("editor", "admin"\)',
        'DELETE = allow("editor")',
        near=BY_BOOKS,
    ),
    Breakage(
        "creating a book has no access rule",
        f"{BOOKS}/router.py",
        r"dependencies=\[Depends\(access\.CREATE\)\],",
    ),
    Breakage(
        "linking a tag has no access rule",
        f"{BOOKS}/router.py",
        r"(@router\.put\([^)]*/tags/[^)]*\n)    dependencies=\[Depends\(access\.UPDATE\)\],",
        r"\1",
    ),
    Breakage(
        "a review is changed whoever wrote it",
        f"{REVIEWS}/service.py",
        r", owner=access\.UPDATE\.owner\(caller\)\s*\)\n        if",
        ")\n        if",
    ),
    Breakage(
        "a review is deleted whoever wrote it",
        f"{REVIEWS}/service.py",
        r", owner=access\.DELETE\.owner\(caller\)\s*\):",
        "):",
    ),
)
VALUES = (
    Breakage(
        "a negative price is taken",
        "app/decimals.py",
        r"ge=self\.ge,",
        near=("decimals", "test_books"),
    ),
    Breakage(
        "a negative stock is taken",
        f"{BOOKS}/schemas.py",
        r"Stock = Annotated\[Int32, Field\(ge=0\)\]",
        "Stock = Int32",
    ),
    Breakage(
        "a title may be one longer",
        f"{BOOKS}/schemas.py",
        r"(Title = .*?max_length=)200",
        r"\g<1>201",
    ),
    Breakage("a title may be empty", f"{BOOKS}/schemas.py", r"(Title = .*?)min_length=1, ", r"\1"),
    Breakage(
        "an ISBN may be anything", f"{BOOKS}/schemas.py", r', pattern="\^\[0-9\]\{13\}\$"', near=()
    ),
    Breakage(
        "32-bit integers are not bounded",
        "app/schemas.py",
        r"Int32 = Annotated\[int, Strict\(\), Field\([^\n]*\)\]",
        "Int32 = Annotated[int, Strict()]",
        near=BY_BOOKS,
    ),
    Breakage(
        "the internal note is shown",
        f"{BOOKS}/schemas.py",
        r"(class BookRead.*?    title: str\n)",
        r"\1    internal_note: str | None\n",
    ),
    Breakage(
        "PATCH takes null for absent",
        f"{BOOKS}/service.py",
        r"(async def update.*?values = data\.model_dump\()\)",
        r"\1exclude_none=True)",
    ),
    Breakage(
        "the default of the stock is another",
        f"{BOOKS}/schemas.py",
        r"stock: Stock = 0",
        "stock: Stock = 1",
    ),
    Breakage(
        "a stale If-Match links all the same",
        f"{BOOKS}/service.py",
        r'row\["version_"\] not in versions',
        "row is versions",
    ),
    Breakage(
        "a stale If-Match deletes all the same",
        f"{BOOKS}/router.py",
        r"await books\.delete\(book_id, versions\)",
        "await books.delete(book_id)",
    ),
)
LISTS = (
    Breakage(
        "books can't be filtered by author",
        f"{BOOKS}/repository.py",
        r'        "author_id",\n',
        near=BY_BOOKS,
    ),
    Breakage(
        "gte is gt",
        "app/filters.py",
        r'"gte": operator\.ge',
        '"gte": operator.gt',
        near=BY_BOOKS,
    ),
    Breakage(
        "a list shows everybody's rows to nobody",
        "app/pagination.py",
        r"executor\.all\(statement",
        "executor.all(statement.where(order.id.is_(None))",
        near=BY_BOOKS,
    ),
    Breakage(
        "an author's books are everybody's",
        "app/resources/authors/service.py",
        r"self\._books\.page\(query, within\)",
        "self._books.page(query)",
    ),
    Breakage(
        "a list of an author that isn't there is empty",
        "app/resources/authors/service.py",
        r"(async def list_books.*?)        await self\.get\([^\n]*\n",
        r"\1",
    ),
)
TABLES = (
    Breakage(
        "the moment of a change is not kept",
        f"{BOOKS}/model.py",
        r", onupdate=utc_now",
        near=BY_BOOKS,
    ),
    Breakage(
        "the ISBN is not unique",
        f"{BOOKS}/model.py",
        r"(isbn: .*?), unique=True",
        r"\1",
        near=BY_BOOKS,
    ),
    Breakage(
        "an author may have one title twice",
        f"{BOOKS}/model.py",
        r"        UniqueConstraint\(author_id, title\),\n",
        near=BY_BOOKS,
    ),
    Breakage(
        "reviews stay when their book goes",
        f"{REVIEWS}/model.py",
        r'(ForeignKey\("books\.id"), ondelete="CASCADE"',
        r"\1",
        near=("test_books", "test_reviews", "migrations"),
    ),
    Breakage(
        "books point at authors that aren't there",
        f"{BOOKS}/model.py",
        r'mapped_column\(ForeignKey\("authors\.id"\), index=True\)',
        "mapped_column(Uuid, index=True)",
        near=BY_BOOKS,
    ),
    Breakage(
        "the migration makes no unique ISBN",
        MIGRATION,
        r'        sa\.UniqueConstraint\("isbn"[^\n]*\n',
        near=("migrations",),
    ),
    Breakage(
        "the migration forgets an index",
        MIGRATION,
        r'    op\.create_index\(op\.f\("ix_authors_name"\)[^\n]*\n',
        near=("migrations",),
    ),
)
BOOKSTORE = {
    "routes": ROUTES,
    "access": ACCESS,
    "values": VALUES,
    "lists": LISTS,
    "tables": TABLES,
    "documents": DOCUMENTS,
}
