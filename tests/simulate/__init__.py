"""Hand edits and changes of the spec, at random and stacked, and whether the merge keeps both.

The judge knows nothing of the merge: a hand edit is anchored by name, so what must come out is the
edit, applied to the new render.
"""
