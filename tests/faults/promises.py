"""What a service promises of how long things take.

A test waits `BUSY` times as long: other tests run on the same machine, and the promise is of one
that has time. What hangs is found all the same, and so is a bound that was forgotten: those of the
libraries are 10 seconds and more, or none.
"""

from __future__ import annotations

BUSY = 2.5

ANSWER_SECONDS = 3.0 * BUSY
"""Until a request is answered whose database does not."""
HEAL_SECONDS = 5.0 * BUSY
"""Until a service answers as before, once its database does."""
EXIT_SECONDS = 5.0 * BUSY
"""Until it has ended that was asked to."""
