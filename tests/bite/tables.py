"""What the database has to hold."""

from __future__ import annotations

from bite.breakage import Breakage

MODELS = (
    Breakage(
        "the ISBN is not unique",
        "app/resources/books/model.py",
        r"(isbn: .*?), unique=True",
        r"\1",
    ),
    Breakage(
        "an author may have one title twice",
        "app/resources/books/model.py",
        r"        UniqueConstraint\(author_id, title\),\n",
        "",
    ),
    Breakage(
        "reviews stay when their book goes",
        "app/resources/reviews/model.py",
        r'(ForeignKey\("books\.id"), ondelete="CASCADE"',
        r"\1",
    ),
    Breakage(
        "books point at authors that aren't there",
        "app/resources/books/model.py",
        r'mapped_column\(ForeignKey\("authors\.id"\), index=True\)',
        "mapped_column(Uuid, index=True)",
    ),
    Breakage(
        "the migration makes no unique ISBN",
        "migrations/versions/0001_create_the_tables.py",
        r'        sa\.UniqueConstraint\("isbn"[^\n]*\n',
        "",
    ),
    Breakage(
        "the migration forgets an index",
        "migrations/versions/0001_create_the_tables.py",
        r'    op\.create_index\(op\.f\("ix_authors_name"\)[^\n]*\n',
        "",
    ),
)
