"""What the tests call a resource's factory and repository, and where they are."""

from __future__ import annotations

from generator import naming
from generator.spec.model import Resource


def factory_file(resource: Resource) -> str:
    """The module of a resource's factory: no name that pytest takes for a module of tests."""
    name = naming.module(resource.plural)
    collected = name.startswith("test_") or name.endswith("_test") or name == "conftest"
    return f"_{name}_" if collected else name


def factory_module(resource: Resource) -> str:
    """The module with a resource's factory."""
    return f"tests.factories.{'users' if resource.built_in else factory_file(resource)}"


def repository_module(resource: Resource) -> str:
    """The module with a resource's repository."""
    if resource.built_in:
        return "app.auth.repository"
    return f"app.resources.{naming.module(resource.plural)}.repository"


def repository_alias(resource: Resource) -> str:
    """The class of a resource's repository: no name that pytest takes for a class of tests."""
    name = f"{naming.pascal(resource.name)}Repository"
    return f"_{name}" if name.startswith("Test") else name


def repository_import(resource: Resource) -> str:
    """What tests import it as."""
    name, alias = f"{naming.pascal(resource.name)}Repository", repository_alias(resource)
    return name if name == alias else f"{name} as {alias}"
