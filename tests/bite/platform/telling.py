"""Events: what changed is written down, handed over, and dealt with."""

from __future__ import annotations

from bite.breakage import Breakage

UNIT, WRITES, ROWS = "app/events/unit.py", "app/events/writes.py", "app/events/rows.py"
RELAY, OUTBOX, LANES = "app/events/relay.py", "app/events/outbox.py", "app/events/lanes.py"
CHANGES, INBOX = "app/events/changes.py", "app/consumers/inbox.py"


def told(what: str, path: str, found: str, instead: str = "") -> Breakage:
    """A fault of events, which their tests should notice."""
    return Breakage(what, path, found, instead, near=("tests/events/", "tests/consumers/"))


EVENTS = (
    told(
        "what is changed isn't written down",
        "app/events/database.py",
        r"await Outbox\(inner\)\.add\([^\n]*",
        "pass",
    ),
    told(
        "a statement alone is told of apart",
        "app/events/database.py",
        r"return table in self\.published",
        "return False",
    ),
    told(
        "new rows aren't told of",
        UNIT,
        r'        self\._note\(published, "created", outcome\.rows\)\n',
    ),
    told(
        "a change that nobody sees is told of",
        UNIT,
        r"if not shows\(statement, published, parameters\)",
        "if False",
    ),
    told(
        "what goes along is forgotten",
        UNIT,
        r"        for published, row in departures\.gone:.*?\n        for",
        "        for",
    ),
    told(
        "what is emptied is forgotten",
        UNIT,
        r"        for published, rows in departures\.emptied:.*?rows\)\)\n",
    ),
    told(
        "a savepoint is no savepoint",
        UNIT,
        r"self\.changes\.return_to_point\(\)",
        "self.changes.forget_point()",
    ),
    told(
        "a hidden row is changed",
        ROWS,
        r'return "deleted" if hides else None',
        'return "updated" if hides else None',
    ),
    told(
        "a row that comes back is changed",
        ROWS,
        r'return "created" if hides else "updated"',
        'return "updated"',
    ),
    told("a deleted row is live", ROWS, r'return row\.get\("deleted_at_"\) is None', "return True"),
    told(
        "what goes along ends with the first table",
        WRITES,
        r"                waiting\.append\(column\.table\)\n",
        "                pass\n",
    ),
    told(
        "made and changed is changed",
        CHANGES,
        r'\("created", "updated"\): "created"',
        '("created", "updated"): "updated"',
    ),
    told(
        "made and deleted is deleted",
        CHANGES,
        r'\("created", "deleted"\): None',
        '("created", "deleted"): "deleted"',
    ),
    told(
        "kinds that nobody asked for are told", CHANGES, r" if one\.kind in one\.published\.kinds"
    ),
    told(
        "the youngest goes first", OUTBOX, r"order_by\(columns\.id\)", "order_by(columns.id.desc())"
    ),
    told("what is delivered waits still", OUTBOX, r"if positions:", "if False:"),
    told("nothing old ever goes", OUTBOX, r" if ids else 0", " if False else 0"),
    told(
        "a lane is anybody's",
        LANES,
        r"columns\.id == lane, columns\.held_until < now",
        "columns.id == lane",
    ),
    told("a lane is left that is another's", LANES, r", columns\.held_by == self\._me"),
    told(
        "what wasn't sent is delivered",
        RELAY,
        r"await send\(waiting\.event\)\n(\s+)sent\.append\(waiting\.position\)",
        r"sent.append(waiting.position)\n\1await send(waiting.event)",
    ),
    told(
        "the events of a row go the other way round",
        RELAY,
        r"for waiting in events:",
        "for waiting in reversed(events):",
    ),
    told(
        "one row that isn't sent stops all",
        RELAY,
        r"except NotSentError as error",
        "except ZeroDivisionError as error",
    ),
    told(
        "a relay ends with its broker",
        RELAY,
        r"            except Exception as error:",
        "            except ZeroDivisionError as error:",
    ),
    told("a relay doesn't stop", RELAY, r"        self\._stopping\.set\(\)", "        pass"),
    told(
        "what lies encrypted is told", "app/events/published.py", r", exclude=set\(self\.without\)"
    ),
    told(
        "the whole of a deleted row is told",
        "app/events/published.py",
        r'if kind == "deleted"',
        "if False",
    ),
    told(
        "an event is dealt with each time",
        INBOX,
        r"                await self\._note\(unit, event\.id\)\n",
    ),
    told(
        "consumers share what they have seen",
        INBOX,
        r'"consumer": self\._consumer, ',
        '"consumer": "any", ',
    ),
    told("ids are forgotten at once", INBOX, r", SEEN\.c\.seen_at < utc_now\(\) - REMEMBERED"),
    told(
        "what is no event comes again",
        "app/consumers/journal.py",
        r"            return\n",
        "            raise\n",
    ),
    told(
        "what failed is gone",
        "app/consumers/journal.py",
        r"type\(error\)\.__name__\)\n            raise",
        "type(error).__name__)",
    ),
)
