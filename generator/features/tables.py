"""Tables that features bring of their own, said in the spec's language: raw data to resources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from generator import literals, naming
from generator.errors import SpecError
from generator.features.manifest import ManifestError
from generator.spec.grammar import Grammar
from generator.spec.load import load
from generator.spec.model import Resource, Spec

ACCOUNTS = "user"
"""The built-in resource: what features say of it comes before what the spec adds to it."""


def own_resources(spec: Spec, raw: Mapping[str, Any], grammar: Grammar) -> tuple[Resource, ...]:
    """Return the tables of `raw` as resources, in their order.

    A key is the table's name and starts with `_`, so that no resource of a person's can meet it;
    it names the resource too. The key `user` stands for the accounts. The value is what a spec says
    of a resource. Raises ManifestError where that is no such thing.
    """
    words = {_word(key): key for key in raw}
    return tuple(
        _placed(found, words, spec)
        for found in (_load(raw, words, grammar) if raw else ())
        if found.name in words
    )


def _load(
    raw: Mapping[str, Any], words: Mapping[str, str], grammar: Grammar
) -> tuple[Resource, ...]:
    said: dict[str, Any] = {word: raw[key] for word, key in words.items()}
    page = {
        "scaffold": 1,
        "service": {"name": "feature"},
        "auth": "none",
        "resources": {ACCOUNTS: {}, **said},
    }
    try:
        return load(literals.yaml(page), grammar, file="feature.toml").resources
    except SpecError as error:
        raise ManifestError(str(error)) from error


def _word(key: str) -> str:
    """Return a name that the loader takes: `_refresh_tokens` -> `refresh_token`."""
    return key if key == ACCOUNTS else naming.singular(key.lstrip("_"))


def _placed(found: Resource, words: Mapping[str, str], spec: Spec) -> Resource:
    """Return a resource under its own key, its relations too; the spec's part is added to users."""
    relations = tuple(
        replace(relation, resource=words.get(relation.resource, relation.resource))
        for relation in found.relations
    )
    if found.name != ACCOUNTS:
        key = words[found.name]
        return replace(found, name=key, plural=key, table=key, relations=relations)
    added = spec.user
    return replace(
        found,
        fields=found.fields + (added.fields if added else ()),
        relations=relations + (added.relations if added else ()),
    )
