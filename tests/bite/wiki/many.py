"""Several rows in one request, whole rows, rows by their key, and slugs."""

from __future__ import annotations

from bite.breakage import Breakage, route

PAGES, SPACES = "app/resources/pages", "app/resources/spaces"
NEAR = ("test_pages",)
BULK = (
    route(f"{PAGES}/router.py", "patch", ":bulk", "several pages can't be changed"),
    route(f"{PAGES}/router.py", "delete", ":bulk", "several pages can't be deleted"),
    Breakage(
        "some rows are written though others are refused",
        "app/resources/pages/service.py",
        r"service = PageService\(unit\)",
        "service = self",
        near=NEAR,
    ),
    Breakage(
        "the item at fault is not named",
        "app/bulk.py",
        r"            error\.errors = [^\n]*\n",
        "            _ = error\n",
        near=NEAR,
    ),
    Breakage(
        "a row may be named twice",
        "app/bulk.py",
        r"if len\(set\(ids\)\) < len\(ids\):",
        "if not ids:",
        near=NEAR,
    ),
    Breakage(
        "more rows are taken than may be",
        "app/bulk.py",
        r"MAX_ITEMS = 100",
        "MAX_ITEMS = 1000",
        near=NEAR,
    ),
    Breakage(
        "none is taken for several",
        "app/bulk.py",
        r"items: Annotated\[list\[ItemT\], Field\(min_length=1, ",
        "items: Annotated[list[ItemT], Field(",
        near=NEAR,
    ),
    Breakage(
        "the answers come in another order",
        "app/bulk.py",
        r"return \[written\[number\] for number in range\(len\(items\)\)\]",
        "return list(written.values())",
        near=NEAR,
    ),
    Breakage(
        "pages are changed whoever wrote them",
        f"{PAGES}/service.py",
        r"page_id, values, versions=versions, owner=access\.UPDATE\.owner\(caller\)",
        "page_id, values, versions=versions",
    ),
    Breakage(
        "pages are deleted whoever wrote them",
        f"{PAGES}/service.py",
        r"page_id, versions=versions, owner=access\.DELETE\.owner\(caller\)",
        "page_id, versions=versions",
    ),
    Breakage(
        "the last of several is not deleted",
        f"{PAGES}/service.py",
        r"await each\(ids, lambda one: service\.delete",
        "await each(ids[:-1], lambda one: service.delete",
    ),
)
REPLACE = (
    route(f"{PAGES}/router.py", "put", "/{page_id:key}", "a page can't be replaced"),
    Breakage(
        "PUT keeps what is left out",
        f"{PAGES}/schemas.py",
        r"(class PageReplace.*?parent_id: )UUID \| None = None",
        r"\1UUID | MISSING | None = MISSING",
    ),
    Breakage(
        "PUT does not ask for all that is required",
        f"{PAGES}/schemas.py",
        r"(class PageReplace.*?title: )Title\n",
        r"\1Title | MISSING = MISSING\n",
    ),
    Breakage(
        "a stale If-Match replaces all the same",
        f"{PAGES}/router.py",
        r"(async def replace_page.*?pages\.update\(caller, page_id, data), versions\)",
        r"\1)",
    ),
    Breakage(
        "a replaced page has no ETag",
        f"{PAGES}/router.py",
        r"(async def replace_page.*?)    etags\.tag\(response, page\)\n",
        r"\1",
    ),
)
LOOKUP = (
    route(f"{SPACES}/router.py", "get", ":by-key/{key:path}", "a space is not found by its key"),
    Breakage(
        "a space is found by its name",
        f"{SPACES}/service.py",
        r'within\("key", key\)',
        'within("name", key)',
    ),
    Breakage(
        "a space is found by anyone",
        f"{SPACES}/router.py",
        r"(:by-key/\{key:path\}\",\n)    dependencies=\[Depends\(access\.GET\)\],\n",
        r"\1",
    ),
    Breakage(
        "a space that is found has no ETag",
        f"{SPACES}/router.py",
        r"(await spaces\.find\(key\)\n)    etags\.tag\(response, space\)\n",
        r"\1",
    ),
)
SLUGS = (
    Breakage(
        "no slug is made",
        "app/slugs.py",
        r"slug for slug in self\.slugs if slug\.name not in values",
        "slug for slug in self.slugs if not slug.name",
        near=("test_pages", "slugs"),
    ),
    Breakage(
        "a slug that is taken is a conflict",
        "app/slugs.py",
        r"TRIES = 20",
        "TRIES = 0",
        near=("test_pages", "slugs"),
    ),
    Breakage(
        "the client's own slug is not kept",
        "app/slugs.py",
        r"slug for slug in self\.slugs if slug\.name not in values",
        "slug for slug in self.slugs",
        near=("test_pages", "slugs"),
    ),
    Breakage(
        "a slug has capitals",
        "app/slugs.py",
        r"anyascii\(str\(text or \"\"\)\)\)\.lower\(\)",
        'anyascii(str(text or "")))',
        near=("slugs",),
    ),
    Breakage(
        "a slug may be too long",
        "app/slugs.py",
        r"\[:longest\]\.rstrip\(\"-\"\) or",
        " or",
        near=("slugs", "test_pages"),
    ),
)
