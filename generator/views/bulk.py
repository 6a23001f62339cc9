"""Several rows at once: what the service and the router of a resource print for `:bulk`."""

from __future__ import annotations

from dataclasses import dataclass

from generator.features.demands import bulk_verbs
from generator.spec.model import Operation
from generator.views.operation import Context, OperationView, operation


@dataclass(frozen=True, slots=True)
class BulkView:
    """The operations on several rows; each has the rule of its verb."""

    verbs: tuple[Operation, ...]
    """None of them where the resource has no bulk operations."""
    answers: bool
    """Whether some of them answer with rows."""
    values: str
    """What is stored for one `item` that was sent."""
    create: OperationView
    update: OperationView
    delete: OperationView


def bulk(
    context: Context, *, creator: bool, guarded: bool, updated: bool, hashes: bool
) -> BulkView:
    """The bulk operations of a resource.

    `creator` says that rows belong to whoever makes them, `guarded` and `updated` that not everyone
    may see what they point at, and `hashes` that some have passwords.
    """
    verbs = bulk_verbs(context.resource)
    return BulkView(
        verbs=verbs,
        answers=bool({"create", "update"} & set(verbs)),
        values="await self._values(item)" if hashes else "item.model_dump()",
        create=operation(context, "create", wanted=creator, guarded=guarded),
        update=operation(context, "update", guarded=updated),
        delete=operation(context, "bulk_delete"),
    )
