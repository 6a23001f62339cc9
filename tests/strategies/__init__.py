"""Hypothesis strategies that write whole specs, as text, for every part of the tool to chew on.

`specs()` draws a `Written`: a valid spec with odd names and nasty text, in both forms.
`written.text()` is the page; `written.add_field()` makes a copy with one more line in it.
"""

from strategies.specs import specs
from strategies.texts import texts
from strategies.written import Written, quote

__all__ = ["Written", "quote", "specs", "texts"]
