"""Views of a project that are made only where a feature's manifest demands them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator.features.manifest import ManifestError
from generator.spec.model import Resource
from generator.views.graphql import graphql_view
from generator.views.resources import SpecContext

VIEWS: Mapping[str, Callable[[Sequence[Resource], SpecContext], object]] = {
    "graphql": graphql_view,
}
"""Each by the word of the manifest (`views`); templates find it as `project.views.<word>`."""


def demanded(
    names: Sequence[str], resources: Sequence[Resource], spec: SpecContext
) -> dict[str, object]:
    """The views that features demand. Raises ManifestError for one that there isn't."""
    for name in names:
        if name not in VIEWS:
            raise ManifestError(f"there is no view {name!r}; there are: {', '.join(VIEWS)}")
    return {name: VIEWS[name](resources, spec) for name in names}
