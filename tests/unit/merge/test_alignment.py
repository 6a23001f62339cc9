"""Which lines of one text are which of another, and where what is between them begins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.merge import merge_file
from generator.merge.alignment import blocks, gaps

ROUTE = '''@router.get(
    "/{name}",
)
async def {name}() -> None:
    """Answer."""
    await done()


'''
TEXTS = st.lists(st.sampled_from(["", "a", "  a", "b", "  b"]), max_size=12)


def routes(*names: str) -> str:
    return "".join(ROUTE.replace("{name}", name) for name in names)


@given(TEXTS, TEXTS)
def test_runs_are_equal_and_gaps_are_all_the_rest(one: list[str], other: list[str]) -> None:
    for at, there, size in blocks(one, other):
        assert one[at : at + size] == other[there : there + size]
        assert size >= 0
    rebuilt, last = list[str](), 0
    for start, end, new, new_end in gaps(one, other):
        assert start >= last
        rebuilt += [*one[last:start], *other[new:new_end]]
        last = end
    assert [*rebuilt, *one[last:]] == other


def test_what_is_added_begins_after_an_empty_line() -> None:
    before, after = routes("one", "two").split("\n"), routes("one", "new", "two").split("\n")
    assert list(gaps(before, after)) == [(8, 8, 8, 16)]
    assert list(gaps(after, before)) == [(8, 16, 8, 8)]


def test_a_comment_stays_with_the_route_that_it_was_written_for() -> None:
    base, theirs = routes("zero", "one", "two"), routes("zero", "one", "new", "two")
    two = ROUTE.replace("{name}", "two")
    found = merge_file("app/x.py", base, base.replace(two, f"# Mine.\n{two}"), theirs)
    assert not found.conflicts
    assert f"# Mine.\n{two}" in found.text
    assert "new" in found.text
