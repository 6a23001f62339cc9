"""What the tool remembers of a project, in its folder `.scaffold/`.

    lock.json    which tool wrote the project, and with which templates
    spec/        the page as it was last synced, in pieces
    base/        every file as it was last generated, before anybody edited it

All of it is text that belongs into version control, and nothing in it changes with every sync: two
branches merge it as they merge any other file. What belongs to one machine is ignored.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from generator import __version__
from generator.ownership import is_recorded
from generator.tree import Tree

FOLDER = ".scaffold"
LOCK_VERSION = 1
LOCK, BASE, SPEC = f"{FOLDER}/lock.json", f"{FOLDER}/base", f"{FOLDER}/spec"
STAMP = f"{FOLDER}/stamp"
"""A digest of the rest: where it fits, nothing but a sync has touched the memory since the last."""
IGNORED = """\
# What one machine remembers: the change under way, the last one, and that all was in order then.
journal*/
last/
stamp
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """Which tool wrote a project, and where a team's own `templates` are as seen from it.

    `unsettled` holds files of a person's that stand where generated ones should go, each with the
    digest that it had: whole files have no marks by which they could be found again.
    """

    scaffold: str = __version__
    templates: str | None = None
    unsettled: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """The lock as it is written."""
        own = {"templates": self.templates, "unsettled": dict(self.unsettled)}
        lock = {"lock": LOCK_VERSION, "scaffold": self.scaffold}
        said = {key: value for key, value in own.items() if value}
        return json.dumps({**lock, **said}, indent=2, sort_keys=True) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The memory of a project: its lock, the pieces of its page, and the pristine tree."""

    lock: Lock
    pieces: Mapping[str, str]
    base: Tree

    def tree(self) -> Tree:
        """Return the files of the memory, as seen from the project."""
        base = self.base.select(is_recorded).under(BASE)
        own = {f"{FOLDER}/.gitignore": IGNORED, LOCK: self.lock.text()}
        whole = base.with_files(own).with_files(Tree(self.pieces).under(SPEC))
        return whole.with_files({STAMP: stamp(whole)})


def stamp(memory: Tree) -> str:
    """Return the digest of a memory, whatever stamp is in it."""
    said = sha256()
    for path, text in memory.without([STAMP]).items():
        said.update(f"{path}\0{len(text)}\0{text}".encode("utf-8", "surrogateescape"))
    return f"{said.hexdigest()}\n"


def parsed(files: Mapping[str, str]) -> State:
    """Return the memory that files of `.scaffold/` hold, by their paths in the project.

    Raises ValueError where the lock is none of ours.
    """
    return State(
        lock=_lock(files[LOCK]),
        pieces=dict(_below(SPEC, files)),
        base=Tree(_below(BASE, files)),
    )


def _below(folder: str, files: Mapping[str, str]) -> Mapping[str, str]:
    start = f"{folder}/"
    return {path[len(start) :]: files[path] for path in sorted(files) if path.startswith(start)}


def _lock(text: str) -> Lock:
    said = json.loads(text)
    if not isinstance(said, dict) or said.get("lock") != LOCK_VERSION:
        raise ValueError("no lock of this version of scaffold")
    return Lock(
        scaffold=str(said.get("scaffold", "")),
        templates=said.get("templates"),
        unsettled=dict(said.get("unsettled", {})),
    )
