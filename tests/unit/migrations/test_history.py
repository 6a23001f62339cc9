"""The heads of a history, whoever wrote its revisions, and how two of them are joined."""

from __future__ import annotations

from generator.migrations.history import joined
from generator.migrations.lineage import heads

FOLDER = "migrations/versions"
OURS = 'revision: str = "{}"\ndown_revision: str | None = {}\n'
THEIRS = "revision = '{}'\ndown_revision = {}\n\ndef upgrade():\n    pass\n"


def files(**texts: str) -> dict[str, str]:
    return {f"{FOLDER}/{name}.py": text for name, text in texts.items()}


def test_the_head_is_what_nothing_follows() -> None:
    found = files(a=OURS.format("0001", None), b=THEIRS.format("b", "'0001'"))
    assert heads(found) == ("b",)


def test_two_branches_have_two_heads() -> None:
    found = files(
        a=OURS.format("0001", None), b=OURS.format("b", "'0001'"), c=OURS.format("c", "'0001'")
    )
    assert heads(found) == ("b", "c")


def test_a_merge_joins_them() -> None:
    found = files(a=OURS.format("0001", None), b=OURS.format("b", "'0001'"))
    found |= files(c=THEIRS.format("c", "('0001',)"))
    join = joined(heads(found))
    assert joined(("c", "b")) == join
    path, text = join.file
    assert path.startswith(f"{FOLDER}/")
    compile(text, path, "exec")
    (head,) = heads({**found, path: text})
    assert head == join.id
    assert f'revision: str = "{head}"' in text.replace("'", '"')


def test_what_is_no_revision_is_passed_over() -> None:
    found = files(a=OURS.format("0001", None), b="def broken(", c="revision = name()\n")
    found["app/revision.py"] = OURS.format("x", None)
    found[f"{FOLDER}/notes.txt"] = OURS.format("y", None)
    assert heads(found) == ("0001",)


def test_without_revisions_there_is_no_head() -> None:
    assert heads({}) == ()
