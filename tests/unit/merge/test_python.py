"""Python merged by its structure: what lines would call a conflict, and what is one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.merge import merge_file, merger
from generator.merge.markers import leftovers
from generator.tree import Tree

BASE = '''"""The rules of books."""

from app.columns import Number, Text
from app.errors import problems

LIMIT = 3
"""How many at most."""

ITEMS = [
    "one",
    "two",
]


class Book(Base):
    """A book."""

    title: Mapped[str] = column(Text)
    stock: Mapped[int] = column(Number, default=0)

    async def create(self, data: Data) -> Book:
        """A new book."""
        values = data.dump()
        return Book(values, problems(400))

    async def delete(self, key: int) -> None:
        """Remove it."""
        self.remove(key)


router.get("/books", responses=problems(404))(Book)
'''

Change = Callable[[str], str]


def put(*pairs: str) -> Change:
    """A change that puts the second, fourth, ... text for the one before it."""

    def change(text: str) -> str:
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            assert old in text, old
            text = text.replace(old, new, 1)
        return text

    return change


def then(*changes: Change) -> Change:
    """All changes, one after the other."""

    def change(text: str) -> str:
        for one in changes:
            text = one(text)
        return text

    return change


METHOD = '\n    def {}(self) -> int:\n        """Answer."""\n        return 1\n'
BEHIND = "        return Book(values, problems(400))\n"


def method(name: str) -> Change:
    """A new method behind `create`."""
    return put(BEHIND, BEHIND + METHOD.format(name))


BOTH: dict[str, tuple[Change, Change, Change]] = {
    "methods at one place": (
        method("mine"),
        method("theirs"),
        then(method("mine"), method("theirs")),
    ),
    "items of a list": (
        put('    "two",\n', '    "two",\n    "mine",\n'),
        put('    "two",\n', '    "two",\n    "theirs",\n'),
        put('    "two",\n', '    "two",\n    "theirs",\n    "mine",\n'),
    ),
    "names of an import": (
        put("Number, Text", "Date, Number, Text", "LIMIT = 3", "LIMIT = Date(3)"),
        put("Number, Text", "Number, Text, Time", "LIMIT", "DAY = Time()\n\nLIMIT"),
        put(
            "Number, Text",
            "Date, Number, Text, Time",
            "LIMIT = 3",
            "DAY = Time()\n\nLIMIT = Date(3)",
        ),
    ),
    "arguments of a call": (
        put("default=0", "default=0, comment='mine'"),
        put("Number, default", "Number, index=True, default"),
        put("Number, default=0", "Number, index=True, default=0, comment='mine'"),
    ),
    "fields behind one another": (
        put("default=0)\n", "default=0)\n    mine: int = 1\n"),
        put("default=0)\n", "default=0)\n    theirs: int = 2\n"),
        put("default=0)\n", "default=0)\n    theirs: int = 2\n    mine: int = 1\n"),
    ),
    "signature and body": (
        put("data: Data)", "data: Data, mine: int = 0)"),
        put("data.dump()\n", "data.dump(theirs=True)\n"),
        put(
            "data: Data)", "data: Data, mine: int = 0)", "data.dump()\n", "data.dump(theirs=True)\n"
        ),
    ),
    "a comment and what it stands above": (
        put("    async def create(", "    # Mine.\n    async def create("),
        put("create(self, data: Data)", "create(self, data: Data, theirs: int)"),
        put(
            "    async def create(self, data: Data)",
            "    # Mine.\n    async def create(self, data: Data, theirs: int)",
        ),
    ),
    "the same change": (
        put("LIMIT = 3", "LIMIT = 4"),
        put("LIMIT = 3", "LIMIT = 4"),
        put("LIMIT = 3", "LIMIT = 4"),
    ),
    "an order and a change": (
        put('    "one",\n    "two",\n', '    "two",\n    "one",\n'),
        put('    "one",\n', '    "one",\n    "theirs",\n'),
        put('    "one",\n    "two",\n', '    "two",\n    "one",\n    "theirs",\n'),
    ),
    "layout and a change": (
        put("column(Number, default=0)", "column(\n        Number, default=0\n    )"),
        put("column(Text)\n", "column(Text)\n    theirs: int = 2\n"),
        put(
            "column(Text)\n    stock: Mapped[int] = column(Number, default=0)",
            "column(Text)\n    theirs: int = 2\n"
            "    stock: Mapped[int] = column(\n        Number, default=0\n    )",
        ),
    ),
}


@pytest.mark.parametrize(("ours", "theirs", "both"), BOTH.values(), ids=BOTH)
def test_both_changes_are_kept(ours: Change, theirs: Change, both: Change) -> None:
    found = merge_file("app/x.py", BASE, ours(BASE), theirs(BASE))
    assert not found.conflicts
    assert found.text == both(BASE)


CLASHES: dict[str, tuple[Change, Change, str, str]] = {
    "one value": (
        put("LIMIT = 3", "LIMIT = 4"),
        put("LIMIT = 3", "LIMIT = 5"),
        "changed `LIMIT`",
        "changes `LIMIT`",
    ),
    "one body": (
        put("data.dump()", "data.mine()"),
        put("data.dump()", "data.theirs()"),
        "changed `values`",
        "changes `values`",
    ),
    "changed and deleted": (
        put("self.remove(key)", "self.mine(key)"),
        lambda text: (
            text[: text.index("\n    async def delete")] + text[text.index("\n\nrouter") :]
        ),
        "changed the body of `delete`",
        "deletes `delete`",
    ),
    "deleted and changed": (
        lambda text: (
            text[: text.index("\n    async def delete")] + text[text.index("\n\nrouter") :]
        ),
        put("key: int)", "key: str)"),
        "deleted `delete`",
        "changes the parameters of `delete`",
    ),
    "one new name": (
        method("same"),
        put(BEHIND, BEHIND + METHOD.format("same").replace("1", "2")),
        "added `same`",
        "adds `same`",
    ),
}


@pytest.mark.parametrize(("ours", "theirs", "you", "it"), CLASHES.values(), ids=CLASHES)
def test_a_conflict_is_around_what_clashes_alone(
    ours: Change, theirs: Change, you: str, it: str
) -> None:
    found = merge_file("app/x.py", BASE, ours(BASE), theirs(BASE))
    (conflict,) = found.conflicts
    assert (conflict.ours, conflict.theirs) == (you, it)
    assert leftovers(found.text) == (conflict.line,)
    assert found.text.count("\n") < BASE.count("\n") + 25
    outside = found.text.partition("<<<<<<<")[0]
    assert BASE.startswith(outside[: outside.rindex("\n\n")])


def test_an_import_comes_back_that_only_the_person_needs_now() -> None:
    ours = BASE + "\n\nMINE = Number\n"
    theirs = put("Number, Text", "Text", "    stock: Mapped[int] = column(Number, default=0)\n", "")
    found = merge_file("app/x.py", BASE, ours, theirs(BASE))
    assert not found.conflicts
    assert "from app.columns import Number, Text\n" in found.text
    assert "stock" not in found.text


def test_a_definition_stays_that_only_the_person_needs_now() -> None:
    ours = BASE + "\n\nMINE = LIMIT + 1\n"
    theirs = put('LIMIT = 3\n"""How many at most."""\n\n', "")
    found = merge_file("app/x.py", BASE, ours, theirs(BASE))
    assert not found.conflicts
    assert "LIMIT = 3\n" in found.text


def test_an_import_goes_that_nobody_needs_any_more() -> None:
    base = "from a import b\n\nx = b\n\ny = 1\n\nz = b\n"
    found = merge_file("app/x.py", base, base.replace("x = b\n\n", ""), base.replace("z = b\n", ""))
    assert not found.conflicts
    assert found.text.strip() == "y = 1"


def test_a_variable_that_the_spec_renamed_is_a_conflict_where_the_person_uses_it() -> None:
    ours = put(BEHIND, "        log(values)\n" + BEHIND)
    theirs = put(
        "        values = data.dump()\n",
        "        given = data.dump()\n",
        "Book(values",
        "Book(given",
    )
    found = merge_file("app/x.py", BASE, ours(BASE), theirs(BASE))
    assert found.conflicts


def test_two_functions_on_one_route_are_a_conflict() -> None:
    base = '@router.get("/books")\ndef books() -> None:\n    pass\n\n\n# The end.\nx = 1\n'
    mine = '@router.get("/books/{key}")\ndef mine(key: int) -> None:\n    pass\n\n\n' + base
    theirs = (
        base + '\n\n@router.get("/books/{book_id}")\ndef theirs(book_id: int) -> None:\n    pass\n'
    )
    assert merge_file("app/x.py", base, mine, theirs).conflicts
    assert not merge_file("app/x.py", base, mine, theirs.replace("s/{book", "s/x/{book")).conflicts


def test_what_leaves_a_function_does_not_come_before_what_the_spec_adds_there() -> None:
    ours = put(BEHIND, "        return None\n" + BEHIND)
    theirs = put(BEHIND, "        values.check()\n" + BEHIND)
    assert merge_file("app/x.py", BASE, ours(BASE), theirs(BASE)).conflicts


def test_an_import_from_a_module_that_is_gone_is_a_conflict() -> None:
    text = "from app.tags import Tag\n\nx = Tag\ny = 1\n"
    base = Tree({"app/tags.py": "class Tag: ...\n", "app/x.py": text})
    ours = base.with_files({"app/x.py": text + "\n\nmine = Tag\n"})
    theirs = Tree({"app/x.py": "y = 1\n"})
    file = merger(base, ours, theirs)
    found = file("app/x.py", base["app/x.py"], ours["app/x.py"], theirs["app/x.py"])
    (conflict,) = found.conflicts
    assert conflict.line == 1
    assert "mine = Tag" in found.text


@pytest.mark.parametrize(
    "texts",
    [
        ("def f(): ...\n", "def f(): return 1\n", "def f():\n    return 2\n"),
        ("x = (\n", "x = 1\n", "x = 2\n"),
        ("", "x = 1\n", "x = 2\n"),
        ("if a:\n    b\n", "if a: c\n", "if a:\n    d\nelse:\n    e\n"),
        ("x = 1;y = 2\n", "x = 1; y = 3\n", "x = 2\ny = 2\n"),
        ("try:\n    a\nfinally:\n    b\n", "try:\n    c\nfinally:\n    b\n", "a\n"),
    ],
)
def test_whatever_the_texts_a_merge_answers(texts: tuple[str, str, str]) -> None:
    found = merge_file("app/x.py", *texts)
    assert found.conflicts
    assert set(texts[1].split()) <= set(found.text.split())


def test_what_stays_brings_back_the_import_that_it_needs() -> None:
    base = "from app.types import Number, Text\n\nTitle = Text\nPages = Number\n"
    ours = base + "\nOURS = (Pages, 1)\n"
    theirs = "from app.types import Text\n\nTitle = Text\n"
    found = merge_file("x.py", base, ours, theirs)
    assert not found.conflicts
    assert "Number" in found.text.splitlines()[0]
    assert "Pages = Number\n" in found.text
    assert "OURS = (Pages, 1)\n" in found.text
