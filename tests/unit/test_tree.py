"""A tree is a value, and no path in it leads out of a project."""

from __future__ import annotations

import hashlib

import pytest

from generator.tree import Tree, digest


def test_equal_trees_are_equal_in_any_order() -> None:
    left, right = Tree({"b": "2", "a": "1"}), Tree([("a", "1"), ("b", "2")])
    assert left == right
    assert hash(left) == hash(right)
    assert list(left) == ["a", "b"]


def test_operations_leave_the_tree_alone() -> None:
    tree = Tree({"a": "1", "b": "2"})
    assert tree.with_files({"b": "3", "c": "4"}) == Tree({"a": "1", "b": "3", "c": "4"})
    assert tree.without(["a", "nothing"]) == Tree({"b": "2"})
    assert tree.select(lambda path: path == "a") == Tree({"a": "1"})
    assert tree.under("base/x") == Tree({"base/x/a": "1", "base/x/b": "2"})
    assert tree == Tree({"a": "1", "b": "2"})


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../x",
        "a/../b",
        "a//b",
        "./a",
        "a\\b",
        "c:a",
        ".git/config",
        "a\nb",
        "a/",
    ],
)
def test_a_path_that_could_leave_the_project_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="not a path inside a project"):
        Tree({path: ""})


def test_a_digest_is_of_the_bytes_on_disk() -> None:
    assert digest("\u00e9\n") == hashlib.sha256(b"\xc3\xa9\n").hexdigest()
