"""Fields before and after a change of their type, and what becomes of two values."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

D = Decimal
ONE, TWO = UUID(int=2**100 + 1), UUID(int=2**100 + 2)

Case = tuple[str, str, list[Any], list[Any]]
"""Old type, new type, values before and after."""

CARRIED: dict[str, Case] = {
    "text grows": ("string(5)", "string(50)", ["abcde", ""], ["abcde", ""]),
    "text shrinks": ("string(50)", "string(3)", ["abcdé", "ab"], ["abc", "ab"]),
    "text to string": ("text", "string(3)", ["abcdé", "ab"], ["abc", "ab"]),
    "string to text": ("string(50)", "text", ["abc:é", "'"], ["abc:é", "'"]),
    "url to string": (
        "url",
        "string(2048)",
        ["https://a.example", "b"],
        ["https://a.example", "b"],
    ),
    "string to an enum": ("string(50)", "Size", ["small", "large"], ["small", "large"]),
    "enum to a string": ("Size", "string(50)", ["small", "large"], ["small", "large"]),
    "smallint to int": ("smallint", "int", [-(2**15), 7], [-(2**15), 7]),
    "int to bigint": (
        "int >= -2147483648",
        "bigint >= -2147483648",
        [2**31 - 1, -(2**31)],
        [2**31 - 1, -(2**31)],
    ),
    "bigint to int": ("bigint", "int", [2**31 - 1, 0], [2**31 - 1, 0]),
    "int to decimal": ("int", "decimal(12, 2)", [2**31 - 1, -5], [D("2147483647.00"), D("-5.00")]),
    "int to a wide decimal": (
        "int",
        "decimal(30, 2)",
        [2**31 - 1, -5],
        [D("2147483647.00"), D("-5.00")],
    ),
    "int to a small decimal": ("int", "decimal(5, 2)", [999, -5], [D("999.00"), D("-5.00")]),
    "int to float": ("int", "float", [3, -5], [3.0, -5.0]),
    "int to text": ("int", "string(20)", [2**31 - 1, -5], ["2147483647", "-5"]),
    "text to int": ("string(20)", "int", ["2147483647", "-5"], [2**31 - 1, -5]),
    "a decimal grows": (
        "decimal(5, 2) >= 0.5",
        "decimal(8, 4) >= 0.5",
        [D("999.99"), D("0.51")],
        [D("999.9900"), D("0.5100")],
    ),
    "a decimal grows wide": (
        "decimal(5, 2)",
        "decimal(38, 10)",
        [D("999.99"), D("-0.01")],
        [D("999.9900000000"), D("-0.0100000000")],
    ),
    "a decimal shrinks": (
        "decimal(8, 4)",
        "decimal(6, 2)",
        [D("999.9850"), D("-0.0149")],
        [D("999.99"), D("-0.01")],
    ),
    "a wide decimal shrinks": (
        "decimal(38, 10)",
        "decimal(6, 2)",
        [D("999.9850000000"), D("-0.0149000000")],
        [D("999.99"), D("-0.01")],
    ),
    "a wide decimal stays wide": (
        "decimal(38, 10)",
        "decimal(30, 2)",
        [D("12345678901234567890.9850000000"), D("-0.0149000000")],
        [D("12345678901234567890.99"), D("-0.01")],
    ),
    "decimal to int": ("decimal(8, 2)", "int", [D("999.50"), D("-2.51")], [1000, -3]),
    "wide decimal to bigint": ("decimal(20, 2)", "bigint", [D("999.50"), D("-2.51")], [1000, -3]),
    "decimal to float": ("decimal(8, 2)", "float", [D("999.50"), D("-2.51")], [999.5, -2.51]),
    "decimal to text": (
        "decimal(8, 2)",
        "string(20)",
        [D("999.50"), D("-0.01")],
        ["999.50", "-0.01"],
    ),
    "wide decimal to text": (
        "decimal(20, 2)",
        "text",
        [D("999.50"), D("-0.01")],
        ["999.50", "-0.01"],
    ),
    "float to decimal": ("float", "decimal(8, 2)", [999.5, -2.51], [D("999.50"), D("-2.51")]),
    "float to int": ("float", "int", [999.0, -2.6], [999, -3]),
    "int to bool": ("int", "bool", [7, 0], [True, False]),
    "text to decimal": (
        "string(20)",
        "decimal(8, 2)",
        ["999.555", "-1"],
        [D("999.56"), D("-1.00")],
    ),
    "text to a wide decimal": (
        "text",
        "decimal(20, 2)",
        ["999.5", "-1"],
        [D("999.50"), D("-1.00")],
    ),
    "text to uuid": ("string(36)", "uuid", [str(ONE), str(TWO).upper()], [ONE, TWO]),
    "bool to int": ("bool", "int", [True, False], [1, 0]),
    "bool to bigint": ("bool", "bigint", [True, False], [1, 0]),
    "date to datetime": (
        "date",
        "datetime",
        [date(2026, 1, 31), date(1, 1, 1)],
        [datetime(2026, 1, 31, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC)],
    ),
    "datetime to date": (
        "datetime",
        "date",
        [datetime(2026, 1, 31, 23, 59, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)],
        [date(2026, 1, 31), date(2026, 2, 1)],
    ),
    "uuid to text": ("uuid", "string(36)", [ONE, TWO], [str(ONE), str(TWO)]),
    "a list of longer texts": (
        "string(5)[]",
        "string(50)[]",
        [["a", "b:'"], []],
        [["a", "b:'"], []],
    ),
    "a list of larger numbers": ("int[]", "bigint[]", [[1, 2], []], [[1, 2], []]),
    "a list of members to texts": ("Size[]", "string(50)[]", [["small"], []], [["small"], []]),
}

LOST = {
    "text to date": ("string(20)", "date?"),
    "text to json": ("text", "json?"),
    "json to text": ("json", "text?"),
    "a scalar to a list": ("string(20)", "string(20)[] = []"),
    "a list to a scalar": ("string(20)[]", "string(20)?"),
    "datetime to time": ("datetime", "time = now"),
    "indexed text to indexed date": ("string(20) unique", "date? unique"),
    "checked int to a checked date": ("int >= 0 index", "date? index"),
}
