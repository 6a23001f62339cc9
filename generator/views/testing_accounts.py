"""Rows that whoever signs in brings with them: those that every account needs."""

from __future__ import annotations

from generator.spec.model import BelongsTo
from generator.views.testing_rows import NOBODY, ActorView, TestContext


def precedes(context: TestContext, lister: ActorView) -> bool:
    """Whether whoever lists brings a row: one of those that every account needs."""
    return lister is not NOBODY and context.resource.name in needed_by_accounts(context)


def needed_by_accounts(context: TestContext) -> set[str]:
    """The resources without a row of which there is no account."""
    found: set[str] = set()
    waiting = [one for one in context.resources.values() if one.built_in]
    for resource in waiting:
        for relation in resource.relations:
            if isinstance(relation, BelongsTo) and not relation.nullable:
                if relation.resource not in found:
                    waiting.append(context.resources[relation.resource])
                found.add(relation.resource)
    return found
