"""What those who run the service have: limits, metrics, traces, backups."""

from __future__ import annotations

from bite.breakage import Breakage

MIDDLEWARE, LIMITER = "app/rate_limit/middleware.py", "app/rate_limit/limiter.py"
ATTRIBUTES, STATEMENTS = "app/tracing/attributes.py", "app/tracing/statements.py"
PROVIDER, ARCHIVE = "app/tracing/provider.py", "app/backup/archive.py"


def fault(folder: str, what: str, path: str, found: str, instead: str = "") -> Breakage:
    """A fault that the tests in one folder should notice."""
    return Breakage(what, path, found, instead, near=(f"tests/{folder}/",))


def limit(what: str, path: str, found: str, instead: str = "") -> Breakage:
    return fault("rate_limit", what, path, found, instead)


def metric(what: str, path: str, found: str, instead: str = "") -> Breakage:
    return fault("metrics", what, path, found, instead)


def trace(what: str, path: str, found: str, instead: str = "") -> Breakage:
    return fault("tracing", what, path, found, instead)


def backup(what: str, path: str, found: str, instead: str = "") -> Breakage:
    return fault("backup", what, path, found, instead)


LIMITS = (
    limit(
        "too many are let through",
        MIDDLEWARE,
        r"if standing is None or standing\.is_admitted",
        "if True",
    ),
    limit("health is counted", MIDDLEWARE, r" or scope\[\"path\"\]\.startswith\(HEALTH\)"),
    limit("nobody is told where they stand", MIDDLEWARE, r", \*headers\(standings\)"),
    limit("limits can't be turned off", MIDDLEWARE, r"return settings\.rate_limits", "return True"),
    limit(
        "an operation may be asked as often as all",
        "app/rate_limit/guard.py",
        r"    if not standing\.is_admitted.*?\Z",
        "",
    ),
    limit(
        "what guesses a secret goes on uncounted",
        "app/rate_limit/guard.py",
        r"if operation in STRICT",
        "if False",
    ),
    limit(
        "what guesses a secret has the limit of all",
        LIMITER,
        r"self\._strict if operation in STRICT else ",
        "",
    ),
    limit(
        "operations share one count",
        LIMITER,
        r"self\._count\(limit, subject, operation\)",
        "self._count(limit, subject)",
    ),
    limit(
        "everybody shares one count",
        LIMITER,
        r"self\._count\(self\._overall, subject\)",
        "self._count(self._overall)",
    ),
    limit(
        "a storage that is away is an error",
        LIMITER,
        r"except errors_of\(self\._storage\) as",
        "except ZeroDivisionError as",
    ),
    limit(
        "an account counts by its address",
        "app/rate_limit/subjects.py",
        r"if caller is None else f\"account \{caller\.id\}\"",
    ),
    limit("signing in isn't strict", "app/rate_limit/strict.py", r'        "sign_in",\n'),
)
METRICS = (
    metric(
        "any path is a label", "app/metrics/middleware.py", r", UNMATCHED\)", ', scope["path"])'
    ),
    metric(
        "any word is a method",
        "app/metrics/middleware.py",
        r' if scope\["method"\] in METHODS else "other"',
    ),
    metric(
        "every answer is a 500",
        "app/metrics/middleware.py",
        r'status = message\["status"\]',
        "pass",
    ),
    metric(
        "what raises isn't counted",
        "app/metrics/middleware.py",
        r"            finally:\n(.*?)\n\n",
        r"            except ZeroDivisionError:\n\1\n\n",
    ),
    metric(
        "requests take no time",
        "app/metrics/middleware.py",
        r"perf_counter\(\) - started\)",
        "0.0)",
    ),
    metric(
        "idle connections are used ones",
        "app/metrics/sampling.py",
        r"pool\.checkedin\(\)",
        "pool.checkedout()",
    ),
    metric(
        "the lag is the interval too",
        "app/metrics/sampling.py",
        r" - started - INTERVAL_SECONDS",
        " - started",
    ),
    metric(
        "the dead are still running",
        "app/metrics/collection.py",
        r"    except OSError:\n        return False",
        "    except OSError:\n        return True",
    ),
    metric(
        "a port that is taken is a fault of ours",
        "app/metrics/exporter.py",
        r"except OSError as",
        "except ZeroDivisionError as",
    ),
    metric(
        "port 0 is a port", "app/metrics/exporter.py", r"if settings\.metrics_port == 0", "if False"
    ),
    metric(
        "no read is counted", "app/metrics/caching.py", r"READS\.labels\(outcome\)\.inc\(\)", "pass"
    ),
)
TRACES = (
    trace(
        "the path that a client sent leaves",
        ATTRIBUTES,
        r'        "url\.scheme",',
        '        "url.scheme", "url.path", "url.query",',
    ),
    trace("every attribute leaves", ATTRIBUTES, r" if k in allowed"),
    trace(
        "the text of an error leaves",
        ATTRIBUTES,
        r"status=Status\(span\.status\.status_code\)",
        "status=span.status",
    ),
    trace(
        "values stand in statements",
        STATEMENTS,
        r"with spans\.span\(statement\)",
        "with spans.span(f'{statement} {parameters}')",
    ),
    trace(
        "statements aren't traced",
        STATEMENTS,
        r"    if settings\.otel_exporter_otlp_endpoint:\n",
        "    if False:\n",
    ),
    trace("a statement that fails looks well", STATEMENTS, r"            fail\(span, error\)\n"),
    trace("probes are traced", PROVIDER, r"return path\.startswith\(HEALTH\)", "return False"),
    trace("anybody's trace is ours", PROVIDER, r" if is_trusting else OwnTraces\(\)"),
    trace("nothing is sent at the end", PROVIDER, r"await asyncio\.to_thread\(flush\)", "pass"),
    trace(
        "the end waits for a collector that hangs",
        PROVIDER,
        r"sending\.join\(FLUSH_SECONDS\)",
        "sending.join()",
    ),
    trace(
        "a log line belongs to no trace",
        "app/tracing/correlation.py",
        r'        event\["trace_id"\][^\n]*\n',
    ),
    trace(
        "keys stand in spans of Redis",
        "app/tracing/commands.py",
        r"command = str\(args\[0\]\)",
        'command = " ".join(map(str, args))',
    ),
    trace(
        "each failure is told",
        "app/tracing/exporter.py",
        r"        if not self\._lost:\n(            log)",
        r"        if True:\n\1",
    ),
    trace(
        "nobody is told what was lost",
        "app/tracing/exporter.py",
        r"            log\.warning\(\"traces are taken again\"[^\n]*\n",
        "            pass\n",
    ),
)
BACKUPS = (
    backup("a damaged backup is restored", "app/backup/work.py", r"    verify\(backup\)\n"),
    backup(
        "rows are lost without being asked for",
        "app/backup/work.py",
        r"if not replace and ",
        "if False and ",
    ),
    backup(
        "any engine's backup is tried",
        "app/backup/work.py",
        r"if backup\.suffix != suffix",
        "if False",
    ),
    backup(
        "tables of any revision are restored",
        "app/backup/work.py",
        r"if not is_known\(backup\.revision\)",
        "if False",
    ),
    backup(
        "a migration meanwhile isn't noticed",
        "app/backup/work.py",
        r"if asyncio\.run\(read_revision\(settings\)\) != revision",
        "if False",
    ),
    backup(
        "nothing is ever deleted",
        "app/backup/work.py",
        r"        delete\(backup\)\n",
        "        pass\n",
    ),
    backup("others can read it", ARCHIVE, r"data\.touch\(mode=0o600\)", "data.touch(mode=0o644)"),
    backup(
        "a file has its name before it is whole",
        ARCHIVE,
        r"dump\(data\)",
        "dump(path); shutil.copy(path, data)",
    ),
    backup("whatever lies there is a backup", ARCHIVE, r" and backup\.checksum\.exists\(\)"),
    backup("the oldest is the newest", ARCHIVE, r", reverse=True\)", ")"),
    backup("the checksum says nothing", ARCHIVE, r"digest\(backup\.path\) == wanted", "True"),
    backup(
        "what was never finished stays",
        ARCHIVE,
        r"            shutil\.rmtree\(left, ignore_errors=True\)",
        "            pass",
    ),
    backup("the newest may go", "app/backup/retention.py", r"        \*backups\[:1\],\n"),
    backup("hours keep nothing", "app/backup/retention.py", r"        \*recent\([^\n]*\n"),
    backup(
        "the oldest of a day is kept",
        "app/backup/retention.py",
        r"newest\.setdefault\(period\(backup\.taken\), backup\)",
        "newest[period(backup.taken)] = backup",
    ),
    backup(
        "a week begins on any day",
        "app/backup/retention.py",
        r"isocalendar\(\)\[:2\]",
        "isocalendar()[:3]",
    ),
    backup(
        "months keep nothing",
        "app/backup/retention.py",
        r"        \*newest_of_each\(backups, month[^\n]*\n",
    ),
    backup(
        "a damaged database is backed up",
        "app/backup/tools/sqlite.py",
        r"            check\(target\)\n",
    ),
    backup(
        "a schedule waits for its first",
        "app/backup/schedule.py",
        r"return timedelta\(\)\n",
        "return interval\n",
    ),
    backup(
        "a clock that was wrong stops the schedule",
        "app/backup/schedule.py",
        r"max\(timedelta\(\), min\(left, interval\)\)",
        "max(timedelta(), left)",
    ),
)
