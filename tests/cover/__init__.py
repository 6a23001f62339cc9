"""A pairwise cover of what can be generated: every pair of options is in some project."""
