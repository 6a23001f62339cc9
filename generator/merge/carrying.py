"""A whole project merged: its files, laid out as the person has them, and what is left to say."""

from __future__ import annotations

from collections.abc import Callable

from generator.merge.files import merger
from generator.merge.layout import Reformat, laid_out
from generator.merge.model import Merged
from generator.merge.renames import Renames, moves
from generator.merge.sides import Sides
from generator.merge.trees import merge
from generator.merge.uses import Uses, with_uses
from generator.tree import Tree


def carried(
    trees: Sides[Tree], renames: Renames, reformat: Reformat, own: Callable[[], Tree]
) -> Merged:
    """Merge a project; `own` is asked for the person's own files where a rename concerns them."""
    base, ours, theirs = trees
    file = merger(base, ours, theirs, reformat=reformat, renames=renames)
    merged = merge(base, ours, theirs, file=file, moves=moves(base, theirs, renames))
    tidy = laid_out(merged, ours, reformat, base)
    return with_uses(tidy, base, own(), Uses(renames, theirs)) if renames else tidy
