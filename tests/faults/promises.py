"""What a service promises of how long things take.

A test waits `BUSY` times as long: other tests run on the same machine, and the promise is of one
that has time. What hangs is found all the same, and so is a bound that was forgotten: those of the
libraries are 10 seconds and more, or none. What is late by nature, if not by much, is late each
time: of a few requests one has to keep the promise to the letter.
"""

from __future__ import annotations

BUSY = 2.5

TRIES = 3

PROMPT_SECONDS = 3.0
"""Until a request is answered whose database does not, once in so many tries."""
ANSWER_SECONDS = PROMPT_SECONDS * BUSY
"""Until it is answered every time."""
HEAL_SECONDS = 5.0 * BUSY
"""Until a service answers as before, once its database does."""
EXIT_SECONDS = 5.0 * BUSY
"""Until it has ended that was asked to."""
