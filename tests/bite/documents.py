"""What the page of the bookstore's API says."""

from __future__ import annotations

from bite.breakage import Breakage

PAGE, NEAR = "docs/api.md", ("test_api_page",)
DOCUMENTS = (
    Breakage("the page shows another value", PAGE, r'"stock": 0', '"stock": 1', NEAR),
    Breakage("it shows what isn't there", PAGE, '"stock": 0,', '"stock": 0,\n  "ean": 1,', NEAR),
    Breakage("it tells another status", PAGE, "`204 No Content`", "`200 OK`", NEAR),
    Breakage("it tells another version", PAGE, 'ETag: "2"', 'ETag: "3"', NEAR),
    Breakage("it leaves a URL out", PAGE, r"\| `PATCH /books/\{book_id\}` [^\n]*\n", near=NEAR),
    Breakage("it has a URL that isn't there", PAGE, r"`PATCH /books/", "`PUT /books/", NEAR),
)
