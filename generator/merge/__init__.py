"""Base, ours, theirs: what becomes of each file. Pure: trees and texts in, a tree out.

`base` is what the generator wrote last, `ours` what the person made of it, `theirs` what it would
write now.
"""

from generator.merge.carrying import carried
from generator.merge.files import merge_file, merger
from generator.merge.model import Action, Change, Conflict, FileMerge, Merged, MergeFile, Use
from generator.merge.renames import Rename, Renames, moves
from generator.merge.sides import Sides
from generator.merge.trees import merge

__all__ = [
    "Action",
    "Change",
    "Conflict",
    "FileMerge",
    "MergeFile",
    "Merged",
    "Rename",
    "Renames",
    "Sides",
    "Use",
    "carried",
    "merge",
    "merge_file",
    "merger",
    "moves",
]
