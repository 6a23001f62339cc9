"""The memory of a page: pieces that mean together what the page meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from strategies import Written, specs

from generator import pipeline
from generator.spec.model import Resource, Spec
from generator.spec.pieces import assembled, pieces

SAMPLES = sorted((Path(__file__).parents[3] / "sample_specs").glob("*.yaml"))


def by_name(items: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(items, key=lambda item: item.name))


def related(resource: Resource) -> Resource:
    return replace(resource, relations=by_name(resource.relations))


def unordered(spec: Spec) -> Spec:
    """The spec, resources, enums and relations by name: pieces have no order."""
    return replace(
        spec,
        enums=by_name(spec.enums),
        resources=by_name(map(related, spec.resources)),
        user=spec.user and related(spec.user),
    )


@given(specs())
def test_what_is_drawn_means_the_same_in_pieces(drawn: Written) -> None:
    again = assembled(pieces(drawn.text()))
    assert unordered(pipeline.read(again)) == unordered(pipeline.read(drawn.text()))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_page_means_what_its_pieces_say(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    again = assembled(pieces(text))
    assert unordered(pipeline.read(again)) == unordered(pipeline.read(text))
    assert pieces(again) == pieces(text)


def test_odd_values_stay_what_they_are() -> None:
    page = (
        'scaffold: 1\nservice: {name: a, title: "null", description: "\\x85\\u2028 é: # 1"}\n'
        "database: ~\nresources:\n  yes_no:\n    fields:\n      'true': bool = true\n"
        "      a: {type: float, ge: .5, le: +3, default: 1e0}\n"
        '      b: {type: string, default: "1"}\n'
    )
    found = pieces(page)
    assert sorted(found) == ["resources/yes_no.yaml", "service.yaml"]
    assert pieces(assembled(found)) == found
    assert 'title: "null"' in found["service.yaml"]
    assert "database: null" in found["service.yaml"]
    assert '"true": "bool = true"' in found["resources/yes_no.yaml"]
    assert "ge: .5" in found["resources/yes_no.yaml"]
    assert 'default: "1"' in found["resources/yes_no.yaml"]
