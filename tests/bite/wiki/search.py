"""Lists that are searched by words."""

from __future__ import annotations

from bite.breakage import Breakage

NEAR = ("test_pages", "test_comments", "test_labels")
SEARCH = (
    Breakage(
        "q is ignored",
        "app/search.py",
        r"within & self\._matching\(words\) if words else within",
        "within",
        near=NEAR,
    ),
    Breakage(
        "a search in a part searches the whole",
        "app/search.py",
        r"within & self\._matching\(words\)",
        "self._matching(words)",
        near=NEAR,
    ),
    Breakage(
        "a new row is not found",
        "app/search.py",
        r"\{\*\*values, \*\*self\._words\(\{\*\*self\._defaults, \*\*values\}\)\}",
        "values",
        near=NEAR,
    ),
    Breakage(
        "a changed row is found by what it was",
        "app/search.py",
        r"\{\*\*values, \*\*self\._words\(\{\*\*before, \*\*values\}\)\}",
        "dict(values)",
        near=NEAR,
    ),
    Breakage(
        "a change forgets the words of the other texts",
        "app/search.py",
        r"self\._words\(\{\*\*before, \*\*values\}\)",
        "self._words({**dict.fromkeys(before), **values})",
        near=NEAR,
    ),
    Breakage(
        "a word is found in the middle of another",
        "app/matching.py",
        r'column\.contains\(f" \{word\}"\)',
        "column.contains(word)",
        near=NEAR,
    ),
    Breakage(
        "one word of several is enough",
        "app/matching.py",
        r"return and_\(\*",
        "return __import__('sqlalchemy').or_(*",
        near=NEAR,
    ),
    Breakage(
        "words are told apart by case",
        "app/words.py",
        r"text\.casefold\(\)",
        "text",
        near=("words", *NEAR),
    ),
    Breakage(
        "the body is not searched",
        "app/resources/pages/repository.py",
        r'(searched = \(\n        "title",\n)        "body",\n',
        r"\1",
        near=("test_pages",),
    ),
    Breakage(
        "one may look for a NUL",
        "app/words.py",
        r'Field\(pattern=r"\^\[\^\\x00\]\*\$", max_length=200\)',
        "Field(max_length=200)",
        near=NEAR,
    ),
)
