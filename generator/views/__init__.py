"""What templates see. A stand-in until the real views land."""

from __future__ import annotations

from dataclasses import dataclass

from generator.features.contributions import Contributions
from generator.spec.model import Spec


@dataclass(frozen=True)
class ResourceView:
    """One resource."""

    plural: str


@dataclass(frozen=True)
class ProjectView:
    """The whole project."""

    name: str
    title: str
    description: str
    database: str
    contributions: Contributions
    resources: tuple[ResourceView, ...]
    prefix: str = "/api/v1"
    api_version: str = "v1"
    database_url: str = "sqlite+aiosqlite:///app.db"
    settings: tuple[str, ...] = ()


def project_view(spec: Spec, contributions: Contributions) -> ProjectView:
    """Return everything that templates print."""
    return ProjectView(
        name=spec.service.name,
        title=spec.service.title,
        description=spec.service.description,
        database=spec.database,
        contributions=contributions,
        resources=tuple(ResourceView(plural=r.plural) for r in spec.resources),
    )
