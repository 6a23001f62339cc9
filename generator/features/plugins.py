"""Feature folders that other packages bring, by the entry point group `scaffold.features`.

The value of an entry point names a package with a folder `features/` in it, laid out as ours:
`features/<feature>/<kind>/feature.toml`. Nothing of the package is run.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from generator.errors import ScaffoldError
from generator.features.manifest import Manifest, read_manifest

GROUP = "scaffold.features"
SHARED = ("project", "resource", "starter")
"""The folders of templates that every project is made from: not a package's to change."""


class PluginError(ScaffoldError):
    """A package that brings features can't be used as it is."""


def plugin_roots(own: Path) -> tuple[Path, ...]:
    """Return the folder of each package that brings features, sorted by the entry points' names.

    Raises PluginError for a package that isn't there, that brings a folder which `own` or another
    package has, or what a spec doesn't have to ask for.
    """
    taken = dict.fromkeys(_folders(own), "scaffold itself")
    return tuple(_root(point, taken) for point in sorted(entry_points(group=GROUP)))


def _root(point: EntryPoint, taken: dict[str, str]) -> Path:
    root = _package(point)
    for name in _folders(root):
        if name in taken:
            raise PluginError(f"{_named(point)} brings features/{name}, as {taken[name]} does")
        if not _is_asked_for(read_manifest(root / "features" / name), set(_folders(root))):
            raise PluginError(f"{_named(point)}: features/{name} is on without being asked for")
        taken[name] = _named(point)
    return root


def _is_asked_for(manifest: Manifest, own: set[str]) -> bool:
    """Whether a folder is on only where a spec asks for it, or for another one of `own`."""
    if manifest.switch == "together":
        features = {name.partition("/")[0] for name in own - {manifest.name}}
        return any(name in own or name in features for name in manifest.requires)
    return manifest.switch == "required" or (
        manifest.switch == "features" and not manifest.default_on
    )


def _package(point: EntryPoint) -> Path:
    try:
        found = find_spec(point.value)
    except ImportError:
        found = None
    for place in (found.submodule_search_locations if found else None) or ():
        if (Path(place) / "features").is_dir():
            return _features_alone(Path(place), point)
    raise PluginError(f"{_named(point)} names {point.value}, which has no folder features/")


def _features_alone(root: Path, point: EntryPoint) -> Path:
    for name in SHARED:
        if (root / name).is_dir():
            raise PluginError(f"{_named(point)} has a folder {name}/; a package brings features")
    return root


def _folders(root: Path) -> Iterator[str]:
    for path in sorted(root.glob("features/*/*/feature.toml")):
        yield f"{path.parent.parent.name}/{path.parent.name}"


def _named(point: EntryPoint) -> str:
    package = f" of {point.dist.name}" if point.dist else ""
    return f"the entry point {point.name}{package}"
