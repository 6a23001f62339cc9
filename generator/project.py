"""The target folder: what the tool knows of it, and how a tree gets into it, all or nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from generator import __version__, journal
from generator.errors import ScaffoldError
from generator.journal import Edit, InTheWayError, Record
from generator.spec.pieces import pieces
from generator.staging import recover, staged
from generator.state import FOLDER, LOCK, STAMP, Lock, State, parsed, stamp
from generator.tree import Tree

SPEC = "service.yaml"
MEMORY = ".scaffold/spec"
REVISIONS = "migrations/versions"
OWN = ("app", "tests", "scripts")
"""Where a person's own code is."""
UNDECODED = "surrogateescape"
"""How bytes that are no UTF-8 get into a text and out of it unchanged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A folder as the tool finds it: what it remembers of it, and the page that is there now."""

    target: Path
    state: State
    page: bytes
    memory: Tree
    """The files of `.scaffold/` as they are on disk."""
    settled: str | None = None
    """What was done about a run that had died, in a sentence."""

    def is_settled(self, pieces: Mapping[str, str]) -> bool:
        """Whether the last sync was of such a page, by this tool, and here; nothing is left to do.

        A memory that another branch was merged into since is not.
        """
        by_this_tool = self.state.lock.scaffold == __version__ and not self.state.lock.templates
        untouched = self.memory.get(STAMP) == stamp(self.memory)
        return by_this_tool and untouched and self.state.pieces == pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDisk:
    """Files of a project as they are now; `foreign` are those behind links, and folders."""

    files: Tree = field(default_factory=Tree)
    foreign: frozenset[str] = frozenset()


def check_new(target: Path) -> None:
    """Settle what a crash may have left at `target`, where a project is to be.

    Raises ScaffoldError where a file, a link or a folder with something in it is in the way.
    """
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise ScaffoldError(f"{target} is in the way: it is not a folder")
    try:
        recover(target.absolute())
        occupied = target.is_dir() and any(target.iterdir())
    except OSError as error:
        raise ScaffoldError(f"{target} can't be read: {error.strerror}") from error
    if occupied:
        raise ScaffoldError(f"{target} is not empty; name a folder that is, or one to create")


def around(folder: Path) -> Path:
    """Return the folder of the project that this one is in; itself where it is in none."""
    parents = (Path(os.path.relpath(one, folder)) for one in folder.resolve().parents)
    candidates = (folder, *parents)
    return next((one for one in candidates if (one / LOCK).is_file()), folder)


def open_project(target: Path) -> Project:
    """Return the project at `target`, after what a run that died has left is settled.

    Raises ScaffoldError where no project is, or what the tool remembers of it can't be read.
    """
    if not (target / LOCK).is_file():
        raise ScaffoldError(f"{target} is no project of scaffold: it has no {LOCK}")
    try:
        settled = journal.recover(target)
        memory = _memory(target)
        return Project(
            target=target,
            state=parsed(memory),
            page=(target / SPEC).read_bytes(),
            memory=memory,
            settled=settled,
        )
    except FileNotFoundError as error:
        raise ScaffoldError(f"{target} has no {SPEC}") from error
    except OSError as error:
        raise ScaffoldError(f"{target} can't be read: {error.strerror}") from error
    except ValueError as error:
        raise ScaffoldError(f"{target / LOCK}: {error}") from error


def on_disk(target: Path, paths: Iterable[str]) -> OnDisk:
    """Read files of a project; links are not followed."""
    read = {path: _text(target, path) for path in paths}
    return OnDisk(
        files=Tree({path: text for path, text in read.items() if isinstance(text, str)}),
        foreign=frozenset(path for path, text in read.items() if text is False),
    )


def revisions(target: Path) -> Tree:
    """Return the revisions of the database that are in the project, a person's own included."""
    found = sorted((target / REVISIONS).glob("*.py"))
    return on_disk(target, [path.relative_to(target).as_posix() for path in found]).files


def own_code(target: Path, known: Iterable[str]) -> Tree:
    """Return the Python that is at none of the `known` paths; links are not followed."""
    found = {path for folder in OWN for path in (target / folder).rglob("*.py")}
    paths = {path.relative_to(target).as_posix() for path in (*found, *target.glob("*.py"))}
    return on_disk(target, sorted(paths.difference(known))).files


def create(
    target: Path, tree: Tree, finish: Callable[[Path], bool | None], templates: Path | None = None
) -> bool:
    """Write a tree as a new project, `finish` it, and only then put it in its place.

    Returns whether `finish` did anything.

    The lock notes where a team's own `templates` are, as seen from the project. A crash leaves
    nothing or everything. Raises ScaffoldError where the folder can't be written.
    """
    lock = Lock(templates=seen(templates, target))
    state = State(lock=lock, pieces=pieces(tree[SPEC]), base=tree)
    whole = tree.with_files(state.tree())
    try:
        with staged(target.absolute()) as folder:
            write(whole, folder)
            journal.remember(folder, ((path, encoded(whole[path])) for path in whole), "new")
            return bool(finish(folder))
    except OSError as error:
        raise ScaffoldError(f"{target} can't be written: {error.strerror}") from error


def change(project: Project, before: Tree, after: Tree, state: State, about: str) -> None:
    """Bring the files `before` to what they are `after`, and the memory to `state`.

    Raises ScaffoldError where a file has changed meanwhile or can't be written; then nothing has.
    """
    old, new = before.with_files(project.memory), after.with_files(state.tree())
    paths = sorted(path for path in {*old, *new} if old.get(path) != new.get(path))
    edits = [
        Edit(path=path, before=_bytes(old.get(path)), after=_bytes(new.get(path))) for path in paths
    ]
    try:
        journal.apply(project.target, edits, about)
    except OSError as error:
        raise ScaffoldError(f"{project.target} can't be written: {error.strerror}") from error


def last_change(target: Path) -> Record:
    """Return the last change of a project. Raises ScaffoldError where there is none."""
    record = journal.last(target)
    if record is None:
        raise ScaffoldError("nothing to take back: the last change is not remembered here")
    return record


def take_back(target: Path, record: Record) -> None:
    """Undo the last change. Raises ScaffoldError where a file of it has been changed since."""
    try:
        journal.undo(target, record)
    except InTheWayError as error:
        words = f"`{record.about}` can't be taken back, nothing was written: {error}"
        raise ScaffoldError(words) from error
    except OSError as error:
        raise ScaffoldError(f"{target} can't be written: {error.strerror}") from error


def write(tree: Tree, folder: Path) -> None:
    """Write every file below a folder of our own making, byte for byte."""
    for parent in sorted({(folder / path).parent for path in tree}):
        parent.mkdir(parents=True, exist_ok=True)
    for path, text in tree.items():
        (folder / path).write_bytes(encoded(text))


def own_templates(project: Project) -> Path | None:
    """Return the folder of a team's own templates that the project was made with."""
    templates = project.state.lock.templates
    return project.target / templates if templates else None


def digest(text: str) -> str:
    """Return the SHA-256 of a text as it is on disk, in hexadecimal."""
    return sha256(encoded(text)).hexdigest()


def encoded(text: str) -> bytes:
    """Return the bytes of a text as they were or will be on disk."""
    return text.encode("utf-8", UNDECODED)


def seen(templates: Path | None, target: Path) -> str | None:
    """The path of a folder of templates from a project, the same on machines that keep both."""
    return Path(os.path.relpath(templates, target)).as_posix() if templates else None


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else encoded(text)


def _memory(target: Path) -> Tree:
    folder = target / FOLDER
    roots = [
        path for path in folder.iterdir() if not path.is_dir() or path.name in ("spec", "base")
    ]
    files = [file for root in roots for file in (root, *root.rglob("*")) if file.is_file()]
    return on_disk(target, [file.relative_to(target).as_posix() for file in files]).files


def _text(target: Path, path: str) -> str | bool | None:
    """The text of a file; None where there is none, False where what is there is no plain file."""
    place = target / path
    inside = [place, *(target / parent for parent in Path(path).parents if parent.name)]
    if any(one.is_symlink() for one in inside) or place.is_dir():
        return False
    try:
        return place.read_bytes().decode("utf-8", UNDECODED)
    except (FileNotFoundError, NotADirectoryError):
        return None
