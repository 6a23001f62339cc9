"""Specs as data: the samples, and their text."""

from __future__ import annotations

import copy
import io
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

SAMPLES = Path(__file__).parents[2] / "sample_specs"
NAMES = ("bookstore", "helpdesk", "organisation", "wiki")

Data = dict[str, Any]


def sample(name: str) -> Data:
    """A sample spec as plain data."""
    text = (SAMPLES / f"{name}.yaml").read_text(encoding="utf-8")
    data: Data = YAML(typ="safe").load(text)
    return data


def text_of(data: Data) -> str:
    """A spec's page."""
    out = io.StringIO()
    writer = YAML(typ="safe")
    writer.default_flow_style = False
    writer.width = 1000
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    writer.dump(data, out)
    return out.getvalue()


def resources(data: Data) -> dict[str, Any]:
    """The resources that a spec declares itself."""
    found: dict[str, Any] = data["resources"]
    return {name: resource for name, resource in found.items() if name != "user"}


def fields(resource: Data) -> dict[str, Any]:
    """The fields of a resource."""
    found: dict[str, Any] = resource.setdefault("fields", {})
    return found


def relations(resource: Data) -> dict[str, Any]:
    """The relations of a resource."""
    found: dict[str, Any] = resource.setdefault("relations", {})
    return found


def copied(data: Data) -> Data:
    """The same again, to change."""
    return copy.deepcopy(data)


def some(data: Data, chance: random.Random) -> Data:
    """One of the resources."""
    found: Data = data["resources"][chance.choice(list(resources(data)))]
    return found


def inserted(mapping: Data, key: str, value: Any, at: int) -> None:
    """Put a key at a place of a mapping."""
    items = list(mapping.items())
    items.insert(at, (key, value))
    mapping.clear()
    mapping.update(items)


def renamed(mapping: Data, old: str, new: str) -> None:
    """Give a key another name, where it stands."""
    items = [(new if key == old else key, value) for key, value in mapping.items()]
    mapping.clear()
    mapping.update(items)


def lines(data: Data) -> Iterator[tuple[Data, str, str]]:
    """Every field that is written on one line: its mapping, name and line."""
    for resource in resources(data).values():
        for name, line in fields(resource).items():
            if isinstance(line, str):
                yield fields(resource), name, line
