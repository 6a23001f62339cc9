"""Regular expressions of the numbers between two bounds, digit by digit.

A numeral is what JSON writes as a number (RFC 8259) without an exponent: no `+`, no needless zero in
front, and a digit on both sides of a point. Nothing looks ahead, which not every engine can.
"""

ANY = "[0-9]"


def signed(low: int, high: int, scale: int) -> str:
    """Numerals from one number to another; both are given without the point that stands before
    their last `scale` digits, so -150 is -1.50 where that is 2.
    """
    above = unsigned(max(low, 0), high, scale) if high >= 0 else []
    below = unsigned(max(-high, 0), -low, scale) if low < 0 else []
    if above == below:
        return f"-?{either(above)}"
    return either([*above, *(f"-{one}" for one in below)])


def unsigned(low: int, high: int, scale: int) -> list[str]:
    """Numerals without a sign: those that start like a bound, and the many between."""
    (first, start), (last, end) = split(low, scale), split(high, scale)
    least, most = "0" * scale, "9" * scale
    if first == last:
        return [f"{first}{behind_point(start, end)}"]
    edges = []
    if start != least:
        edges.append(f"{first}{behind_point(start, most)}")
        first += 1
    if end != most:
        edges.append(f"{last}{behind_point(least, end)}")
        last -= 1
    between = whole(first, last)
    return [*edges, *([f"{either(between)}{behind_point(least, most)}"] if between else [])]


def split(number: int, scale: int) -> tuple[int, str]:
    """What stands before the point, and each digit behind it."""
    before, behind = divmod(number, 10**scale)
    return before, str(behind).zfill(scale) if scale else ""


def behind_point(low: str, high: str) -> str:
    """The point and what follows; zeros at the end may be left out, and the point with them."""
    if not low:
        return ""
    text = rf"\.{digits(low, high, may_end=True)}"
    return f"({text})?" if is_least(low) else text


def whole(low: int, high: int) -> list[str]:
    """Whole numbers, of which those with as many digits as a bound are apart."""
    patterns = ["0"] if low == 0 <= high else []
    low = max(low, 1)
    if str(low).strip("0") != "1" and low <= high:
        longest = 10 ** len(str(low)) - 1
        patterns.append(digits(str(low), str(min(high, longest))))
        low = longest + 1
    if not is_most(str(high)) and low <= high:
        shortest = 10 ** (len(str(high)) - 1)
        patterns.append(digits(str(shortest), str(high)))
        high = shortest - 1
    if low <= high:
        patterns.append(f"[1-9]{repeated(len(str(low)) - 1, len(str(high)) - 1)}")
    return patterns


def digits(low: str, high: str, *, may_end: bool = False) -> str:
    """Digits from some to others, as many; zeros at their end may be left out if it may end."""
    if is_least(low) and is_most(high):
        return repeated(1 if may_end else len(low), len(low))
    first, last = int(low[0]), int(high[0])
    least, most = "0" * (len(low) - 1), "9" * (len(low) - 1)
    if first == last:
        return f"{first}{following(low[1:], high[1:], may_end=may_end)}"
    edges = []
    if low[1:] != least:
        edges.append(f"{first}{following(low[1:], most, may_end=may_end)}")
        first += 1
    if high[1:] != most:
        edges.append(f"{last}{following(least, high[1:], may_end=may_end)}")
        last -= 1
    between = [f"{one_of(first, last)}{following(least, most, may_end=may_end)}"]
    return either([*edges, *(between if first <= last else [])])


def following(low: str, high: str, *, may_end: bool) -> str:
    """What follows a digit: nothing, where nothing is left or all of it could be zeros."""
    if not low:
        return ""
    if may_end and is_least(low) and is_most(high):
        return repeated(0, len(low))
    text = digits(low, high, may_end=may_end)
    return f"({text})?" if may_end and is_least(low) else text


def is_least(text: str) -> bool:
    """Whether no digits are less."""
    return not text.strip("0")


def is_most(text: str) -> bool:
    """Whether no digits are more."""
    return not text.strip("9")


def one_of(first: int, last: int) -> str:
    """One digit."""
    return str(first) if first == last else f"[{first}-{last}]"


def repeated(fewest: int, most: int) -> str:
    """So many digits, whichever."""
    if most == 0:
        return ""
    counts = f"{fewest}" if fewest == most else f"{fewest},{most}"
    return {"1": ANY, "0,1": f"{ANY}?"}.get(counts, f"{ANY}{{{counts}}}")


def either(patterns: list[str]) -> str:
    """One of them."""
    return patterns[0] if len(patterns) == 1 else f"({'|'.join(patterns)})"
