"""A rename of the spec and what the person wrote: their code follows, their words stay."""

from __future__ import annotations

import re

import pytest

from generator.merge import FileMerge, Rename, Use, merger, moves
from generator.merge.renames import rewritten
from generator.tree import Tree

BOOK = Rename(kind="resource", old="book", new="volume")
ITEM = Rename(kind="resource", old="order_item", new="purchase_line")
TITLE = Rename(kind="field", old="title", new="headline", owner="book")
DRAFT = Rename(kind="member", old="draft", new="sketch", owner="BookStatus")

SERVICE = '''"""What can be done with books."""

from app.resources.books.repository import BookRepository
from app.resources.books.schemas import BookCreate, BookRead


class BookService:
    """The rules of books."""

    def __init__(self, executor: Executor) -> None:
        self._books = BookRepository(executor)

    async def create(self, data: BookCreate) -> BookRead:
        """A new book."""
        book = await self._books.add(data)
        return BookRead(book, book.title)

    async def get(self, book_id: int) -> BookRead:
        """A book."""
        return BookRead(await self._books.get(book_id))
'''
REPOSITORY = "class BookRepository: ...\n"
SCHEMAS = "class BookCreate: ...\n\n\nclass BookRead: ...\n"
PATHS = ("service", "repository", "schemas")


@pytest.mark.parametrize(
    ("text", "rename", "expected"),
    [
        (
            "BookService list_books book_id BOOKS",
            BOOK,
            "VolumeService list_volumes volume_id VOLUMES",
        ),
        (
            "bookstore booked eBook handbook rebooks",
            BOOK,
            "bookstore booked eVolume handbook rebooks",
        ),
        (
            "A book, two Books: /books/{book_id}",
            BOOK,
            "A volume, two Volumes: /volumes/{volume_id}",
        ),
        (
            "order_items OrderItem orderItemId order-items order item Order items ORDER_ITEM",
            ITEM,
            "purchase_lines PurchaseLine purchaseLineId purchase-lines purchase line "
            "Purchase lines PURCHASE_LINE",
        ),
        ("title title__ne Title subtitle", TITLE, "headline headline__ne Headline subtitle"),
        ('DRAFT = "draft" drafts', DRAFT, 'SKETCH = "sketch" drafts'),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, rename: Rename, expected: str) -> None:
    assert rewritten(text, (rename,)) == expected


def test_the_plural_that_the_spec_names_is_the_one() -> None:
    rename = Rename(
        kind="resource", old="badge", new="medal", old_plural="badge_box", new_plural="medal_box"
    )
    assert rewritten("badge_box BadgeBox badge", (rename,)) == "medal_box MedalBox medal"


def test_files_move_with_their_resource() -> None:
    base = [
        "app/resources/books/model.py",
        "tests/factories/books.py",
        "app/main.py",
        "app/books.py",
    ]
    theirs = ["app/resources/volumes/model.py", "tests/factories/volumes.py", "app/main.py"]
    assert moves(base, theirs, (BOOK, TITLE)) == {base[0]: theirs[0], base[1]: theirs[1]}


def carried(ours: str, *renames: Rename, base: str = SERVICE) -> FileMerge:
    """The merge of a service whose resource has been renamed, in a project of three files."""
    texts = dict(zip(PATHS, (base, REPOSITORY, SCHEMAS), strict=True))
    old = Tree({f"app/resources/books/{name}.py": text for name, text in texts.items()})
    new = Tree({rewritten(path, renames): rewritten(text, renames) for path, text in old.items()})
    path = "app/resources/books/service.py"
    now = rewritten(path, renames)
    file = merger(old, old.with_files({path: ours}), new, renames=renames)
    return file(now, base, ours, new[now])


def test_an_edit_of_a_renamed_line_is_in_it_under_the_new_name() -> None:
    found = carried(SERVICE.replace("self._books.add(data)", "self._books.add(data, mine=1)"), BOOK)
    assert not found.conflicts
    assert "        volume = await self._volumes.add(data, mine=1)\n" in found.text
    assert "book" not in found.text.lower()


def test_code_of_ones_own_follows_the_classes_attributes_and_variables_of_a_resource() -> None:
    mine = """
    async def first(self) -> BookRead:
        for book in await self._books.all():
            return BookRead(book)

"""
    ours = SERVICE.replace("\n    async def get(", f"{mine[:-1]}    async def get(").replace(
        "        return BookRead(book, book.title)\n",
        "        log(book)\n        return BookRead(book, book.title)\n",
    )
    found = carried(ours, BOOK)
    assert not found.conflicts
    assert "        log(volume)\n" in found.text
    assert "    async def first(self) -> VolumeRead:\n" in found.text
    assert "        for book in await self._volumes.all():\n" in found.text, (
        "a variable of their own"
    )


def test_an_import_of_ones_own_follows_the_module() -> None:
    base = "x = 1\ny = 2\n"
    ours = (
        base + "\nfrom app.resources.books.repository import BookRepository\n\nz = BookRepository\n"
    )
    old = Tree({"app/main.py": base, "app/resources/books/repository.py": REPOSITORY})
    new = Tree(
        {
            "app/main.py": "x = 1\ny = 3\n",
            "app/resources/volumes/repository.py": rewritten(REPOSITORY, (BOOK,)),
        }
    )
    file = merger(old, old.with_files({"app/main.py": ours}), new, renames=(BOOK,))
    found = file("app/main.py", base, ours, new["app/main.py"])
    assert not found.conflicts
    assert "from app.resources.volumes.repository import VolumeRepository\n" in found.text
    assert "z = VolumeRepository\n" in found.text


def test_a_field_of_old_is_left_in_ones_own_lines_and_reported() -> None:
    ours = SERVICE.replace(
        "        return BookRead(await", "        log(data.title)\n        return BookRead(await"
    )
    found = carried(ours, TITLE)
    assert "        log(data.title)\n" in found.text
    assert "book.headline" in found.text
    line = found.text.splitlines().index("        log(data.title)") + 1
    path = "app/resources/books/service.py"
    assert found.uses == (Use(path=path, line=line, old="title", new="headline"),)


def test_an_old_name_that_theirs_still_has_stays() -> None:
    base = "a = title\nb = title\n"
    old = Tree({"app/resources/books/x.py": base})
    theirs = "a = headline\nb = title\n"
    file = merger(old, old, old.with_files({"app/resources/books/x.py": theirs}), renames=(TITLE,))
    found = file("app/resources/books/x.py", base, base + "c = 1\n", theirs)
    assert found.text == "a = headline\nb = title\nc = 1\n"


def test_a_name_of_several_words_is_written_as_theirs_writes_it_in_each_place() -> None:
    rename = Rename(kind="resource", old="tag", new="order_item")
    base = 'class TagService:\n    """The rules of tags, at /tags."""\n\n    tags = 1\n'
    theirs = (
        'class OrderItemService:\n    """The rules of order items, at /order-items."""\n\n'
        "    order_items = 1\n"
    )
    ours = base.replace("at /tags.", "at /tags. Mine.").replace("= 1", "= 1  # mine")
    old, new = (Tree({"app/x.py": text}) for text in (base, theirs))
    file = merger(old, old.with_files({"app/x.py": ours}), new, renames=(rename,))
    found = file("app/x.py", base, ours, theirs)
    assert not found.conflicts
    assert found.text == theirs.replace("items.", "items. Mine.").replace("= 1", "= 1  # mine")


def test_a_line_that_the_person_moved_follows_the_rename() -> None:
    head, create, get = re.split(r"(?=    async def )", SERVICE)
    moved = f"{head}{get}\n{create.rstrip()}\n"
    found = carried(moved, BOOK)
    assert not found.conflicts
    assert "book" not in found.text.lower()
    assert found.text.count('"""A volume."""') == 1
