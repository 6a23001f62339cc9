"""The default list of every reader has an index to read."""

from __future__ import annotations

import re

import pytest

from generator import pipeline

HEAD = "scaffold: 1\nservice: {name: shop}\nauth: {roles: [agent]}\nresources:\n"
OWN, ALL = "ix_notes_owner_id_created_at_id", "ix_notes_created_at_id"


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("{}", {ALL}),
        ("{access: {read: admin}}", {ALL}),
        ("{owned: true}", {OWN}),
        ("{owned: true, access: {read: public}}", {ALL}),
        ("{owned: true, access: {read: [owner, agent]}}", {OWN, ALL}),
        ("{owned: true, access: {read: admin}}", {ALL}),
        ("{owned: true, operations: [get]}", set()),
    ],
)
def test_a_list_reads_an_index(said: str, wanted: set[str]) -> None:
    text = f"{HEAD}  note: {said}\n"
    model = pipeline.generate(pipeline.read(text), text)["app/resources/notes/model.py"]
    assert set(re.findall(r'Index\(\s*"(ix_notes_\w+_id)"', model)) == wanted
