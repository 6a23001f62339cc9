"""Rows that a delete hides and keeps, and what restores them."""

from __future__ import annotations

from bite.breakage import Breakage, route

SPACES, PAGES = "app/resources/spaces", "app/resources/pages"
NEAR = ("test_spaces", "test_pages", "test_categories")
SOFT = (
    route(f"{SPACES}/router.py", "post", "/{space_id:key}:restore", "a space can't be restored"),
    Breakage(
        "a deleted row is read",
        "app/soft_deletion.py",
        r"cls\._get = cls\._get\.where\(\*live\(cls\.table\)\)",
        "pass",
        near=NEAR,
    ),
    Breakage(
        "deleted rows are listed",
        "app/soft_deletion.py",
        r"super\(\)\.page\(query, within & self\._live\)",
        "super().page(query, within)",
        near=NEAR,
    ),
    Breakage(
        "a deleted row is changed",
        "app/soft_deletion.py",
        r"\[\*super\(\)\._one_row\(row_id, versions\), \*live\(self\.table\)\]",
        "super()._one_row(row_id, versions)",
        near=NEAR,
    ),
    Breakage(
        "a deleted row is found by its key",
        "app/soft_deletion.py",
        r"super\(\)\.first\(within & self\._live\)",
        "super().first(within)",
        near=NEAR,
    ),
    Breakage(
        "a delete keeps nothing",
        "app/soft_deletion.py",
        r"return await hide\(unit, self\.table, where\)",
        "return await super()._remove(where, row_id)",
        near=NEAR,
    ),
    Breakage(
        "a unique key counts deleted rows",
        f"{SPACES}/model.py",
        r'(Index\("uq_spaces_key", key, unique=True), sqlite_where=deleted_at_\.is_\(None\)',
        r"\1",
        near=("test_spaces",),
    ),
    Breakage(
        "unique titles count deleted rows",
        f"{PAGES}/model.py",
        r'("uq_pages_space_id_title",\n            space_id,\n            title,\n'
        r"            unique=True,\n)            sqlite_where=deleted_at_\.is_\(None\),\n",
        r"\1",
        near=("test_pages",),
    ),
    Breakage(
        "a unique key of the migration counts deleted rows",
        "migrations/versions/0001_create_the_tables.py",
        r'(op\.f\("uq_spaces_key"\).*?)        sqlite_where=[^\n]*\n',
        r"\1",
        near=("migrations",),
    ),
    Breakage(
        "what belongs to a deleted row stays",
        "app/deletions.py",
        r"            waiting \+= [^\n]*\n",
        near=NEAR,
    ),
    Breakage(
        "a row is deleted that is in use",
        "app/deletions.py",
        r"    if tables:\n        raise in_use\(sorted\(set\(tables\)\)\)\n",
        near=NEAR,
    ),
    Breakage(
        "what pointed at a deleted row still does",
        "app/deletions.py",
        r"        await clear_references\(unit, rows, instant\)\n",
        "        pass\n",
        near=("test_categories", "test_pages"),
    ),
    Breakage(
        "a row is restored whose parent is deleted",
        "app/deletions.py",
        r"        await lock_referenced\(unit, rows\)\n",
        "        pass\n",
        near=("test_pages", "test_comments", "test_categories"),
    ),
    Breakage(
        "a restore brings back what was deleted before",
        "app/deletions.py",
        r"\[\*where, table\.c\.deleted_at_ == before\]",
        "[*where, table.c.deleted_at_.is_(None) if before is None "
        "else table.c.deleted_at_.is_not(None)]",
        near=NEAR,
    ),
    Breakage(
        "a restore is no new version",
        "app/deletions.py",
        r"\{\*\*values, \*\*next_version\(table\)\}",
        "values",
        near=NEAR,
    ),
    Breakage(
        "something new points at a deleted row",
        "app/references.py",
        r"            if missing:\n                raise missing_reference\(\*names\(missing\)\)\n",
        near=("test_pages", "test_comments"),
    ),
    Breakage(
        "a deleted label is linked",
        f"{PAGES}/service.py",
        r"        if await self\._labels\.get\(label_id\) is None:\n"
        r"            raise self\._labels\.not_found\(\)\n",
    ),
    Breakage(
        "links of deleted rows are shown",
        "app/live_links.py",
        r" \+ live\(self\._table\)",
        near=("test_pages", "test_readers", "test_bookmarks"),
    ),
    Breakage(
        "a space is restored by anyone",
        f"{SPACES}/router.py",
        r'(:restore",\n)    dependencies=\[Depends\(access\.DELETE\)\],\n',
        r"\1",
    ),
    Breakage(
        "a page is restored whoever wrote it",
        f"{PAGES}/service.py",
        r"self\._pages\.restore\(page_id, owner=access\.DELETE\.owner\(caller\)\)",
        "self._pages.restore(page_id)",
    ),
    Breakage(
        "a restore answers without an ETag",
        f"{SPACES}/router.py",
        r"(await spaces\.restore\(space_id\)\n)    etags\.tag\(response, space\)\n",
        r"\1",
    ),
)
