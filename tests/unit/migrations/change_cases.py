"""Pages before and after a change, of every kind."""

from __future__ import annotations

AUTHOR = "  author: {fields: {name: string}}\n"
TAG = "  tag: {fields: {name: string}}\n"


def book(*lines: str, relations: str = "", keys: str = "") -> str:
    """A resource `book` with these fields, and one that is always there."""
    fields = "".join(f"      {line}\n" for line in ("title: string", *lines))
    linked = f"    relations: {{{relations}}}\n" if relations else ""
    return f"  book:\n{keys}    fields:\n{fields}{linked}"


def kinds(members: str) -> str:
    """A page with an enum of these members, and a resource that has one."""
    head = f"scaffold: 1\nservice: {{name: shop}}\nauth: none\nenums: {{Kind: {members}}}\n"
    return f"{head}resources:\n{book('kind: Kind')}"


CASES: dict[str, tuple[str, str]] = {
    "a table is added": (book(), book() + AUTHOR),
    "a table is dropped": (book() + AUTHOR, book()),
    "tables in a circle are added and dropped": (
        "  a: {fields: {x: int}}\n  b: {fields: {x: int}, relations: {c: belongs_to c?}}\n"
        "  c: {fields: {x: int}, relations: {b: belongs_to b?}}\n",
        "  a: {fields: {x: int}, relations: {d: belongs_to d?}}\n"
        "  d: {fields: {x: int}, relations: {e: belongs_to e?}}\n"
        "  e: {fields: {x: int}, relations: {d: belongs_to d?}}\n",
    ),
    "a table is renamed": (
        book(
            "isbn: string(13) unique",
            "price: decimal(10, 2) >= 0 index",
            relations="author: belongs_to author",
        )
        + AUTHOR
        + "  review: {fields: {x: int}, relations: {book: belongs_to book on_delete cascade}}\n",
        book(
            "isbn: string(13) unique",
            "price: decimal(10, 2) >= 0 index",
            relations="author: belongs_to author",
            keys="    renamed_from: book\n",
        ).replace("  book:", "  novel:")
        + AUTHOR
        + "  review: {fields: {x: int}, relations: {book: {type: belongs_to, resource: novel, "
        + "on_delete: cascade}}}\n",
    ),
    "a table that counts is renamed": (
        "  book: {id: int, fields: {x: int}}\n",
        "  novel: {id: int, renamed_from: book, fields: {x: int}}\n",
    ),
    "two tables change names": (
        "  a: {fields: {x: int}}\n  b: {fields: {y: int}}\n",
        "  a: {renamed_from: b, fields: {y: int}}\n  b: {renamed_from: a, fields: {x: int}}\n",
    ),
    "a table gets the name of one that goes": (
        "  a: {fields: {x: int unique}}\n  b: {fields: {y: int unique}}\n",
        "  b: {renamed_from: a, fields: {x: int unique}}\n",
    ),
    "a table's own name changes": (book(), book(keys="    table: old_books\n")),
    "a column is added": (book(), book("subtitle: string?", "stock: int = 0")),
    "a column is dropped": (book("subtitle: string?", "stock: int = 0"), book()),
    "a required column is dropped": (book("isbn: string(13) unique"), book()),
    "a column is renamed": (
        book("isbn: string(13) unique", "price: decimal(10, 2) >= 0"),
        book(
            "code: {type: string(13), unique: true, renamed_from: isbn}",
            "cost: {type: 'decimal(10, 2)', ge: 0, renamed_from: price}",
        ),
    ),
    "two columns change names": (
        book("a: int >= 0 unique", "b: int >= 1 index <= 100"),
        book(
            "a: {type: int, ge: 1, le: 100, index: true, renamed_from: b}",
            "b: {type: int, ge: 0, unique: true, renamed_from: a}",
        ),
    ),
    "a column gets the name of one that goes": (
        book("a: int", "b: string?"),
        book("b: {type: int, renamed_from: a}"),
    ),
    "a column's name is used again": (
        book("a: int"),
        book("b: {type: int, renamed_from: a}", "c: {type: string, nullable: true, column: a}"),
    ),
    "a column has another name in the database": (
        book("a: int index"),
        book("a: {type: int, index: true, column: a_b}"),
    ),
    "a column may be null": (book("a: int"), book("a: int?")),
    "a column may be null no more": (book("a: int?"), book("a: int = 7")),
    "a column is unique": (book("a: int"), book("a: int unique")),
    "a column is unique no more": (book("a: int unique"), book("a: int")),
    "a column is indexed": (book("a: int"), book("a: int index")),
    "a column is indexed no more": (book("a: int index"), book("a: int")),
    "indexes of several columns": (
        book("a: int", "b: int", keys="    indexes: [[a, -b]]\n"),
        book("a: int", "b: int", keys="    indexes: [[-a, b], [b]]\n    unique: [[a, b]]\n"),
    ),
    "a column is checked": (book("a: int"), book("a: int >= 0 <= 100")),
    "a check changes": (book("a: int >= 1"), book("a: int >= 0")),
    "a column is checked no more": (book("a: int >= 0"), book("a: int")),
    "a value of an enum is renamed": (
        kinds("[paper, film]"),
        kinds("{paper: Printed, movie: {renamed_from: film}, sound: }"),
    ),
    "a value of an enum has a shorter name": (
        kinds("[paper, film, something_else]"),
        kinds("{paper: , film: , other: {label: Other, renamed_from: something_else}}"),
    ),
    "two values of an enum change names": (
        kinds("[paper, film]"),
        kinds("{paper: {renamed_from: film}, film: {renamed_from: paper}}"),
    ),
    "columns are compared": (
        book("a: int", "b: int"),
        book("a: int", "b: int", keys="    checks: [a <= b]\n"),
    ),
    "a link is added": (book() + AUTHOR, book(relations="author: belongs_to author?") + AUTHOR),
    "a link is dropped": (book(relations="author: belongs_to author") + AUTHOR, book() + AUTHOR),
    "a link is renamed": (
        book(relations="author: belongs_to author") + AUTHOR,
        book(relations="writer: {type: belongs_to, resource: author, renamed_from: author}")
        + AUTHOR,
    ),
    "a link to oneself": (book(), book(relations="next: belongs_to book? on_delete set_null")),
    "what a delete does changes": (
        book(relations="author: belongs_to author?") + AUTHOR,
        book(relations="author: belongs_to author? on_delete cascade") + AUTHOR,
    ),
    "a link is unique": (
        book(relations="author: belongs_to author") + AUTHOR,
        book(relations="author: belongs_to author unique") + AUTHOR,
    ),
    "a link is unique no more": (
        book(relations="author: belongs_to author unique") + AUTHOR,
        book(relations="author: belongs_to author") + AUTHOR,
    ),
    "a join table is added": (book() + TAG, book(relations="tags: many_to_many tag") + TAG),
    "a join table is dropped": (book(relations="tags: many_to_many tag") + TAG, book() + TAG),
    "a join table is renamed with its relation": (
        book(relations="tags: many_to_many tag") + TAG,
        book(relations="labels: {type: many_to_many, resource: tag, renamed_from: tags}") + TAG,
    ),
    "a join table is renamed with its resources": (
        book(relations="tags: many_to_many tag") + TAG,
        book(relations="tags: many_to_many label", keys="    renamed_from: book\n").replace(
            "  book:", "  novel:"
        )
        + TAG.replace("tag: {", "label: {renamed_from: tag, "),
    ),
    "a link is declared at its other side": (
        book(relations="tags: many_to_many tag inverse books") + TAG,
        book() + TAG.replace("}}", "}, relations: {books: many_to_many book inverse tags}}"),
    ),
    "a join table to oneself is renamed": (
        book(relations="others: many_to_many book"),
        book(relations="likes: {type: many_to_many, resource: book, renamed_from: others}"),
    ),
    "rows are kept when deleted": (
        book("isbn: string(13) unique"),
        book("isbn: string(13) unique", keys="    soft_delete: true\n"),
    ),
    "rows are kept no more": (
        book("isbn: string(13) unique", keys="    soft_delete: true\n"),
        book("isbn: string(13) unique"),
    ),
    "timestamps are switched on": (book(keys="    timestamps: false\n"), book()),
    "timestamps are switched off": (book(), book(keys="    timestamps: false\n")),
    "timestamps are renamed": (
        book(),
        book(keys="    timestamps: {created: made_at, updated: changed_at}\n"),
    ),
    "versions are switched on": (book(keys="    versioned: false\n"), book()),
    "versions are switched off": (book(), book(keys="    versioned: false\n")),
    "a search is switched on": (book(), book(keys="    search: [title]\n")),
    "a search is switched off": (book(keys="    search: [title]\n"), book()),
    "a slug of another field": (book(), book("slug: slug unique from title")),
    "filled in by what it is": (
        book(),
        book(
            "a: datetime = now",
            "b: date = today",
            "c: uuid = uuid",
            "d: time = now",
            "e: string[] = []",
        ),
    ),
}
