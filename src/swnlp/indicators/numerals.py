"""Numerals to exact decimals: Arabic with thousands separators, Chinese ones, 万 and 亿; None for what is not understood."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

# Above this many digits a number is a code, not an amount; below it, all arithmetic here is exact.
MOST_DIGITS = 18
POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_MULTIPLIERS: dict[str, Decimal] = {"": Decimal(1)} | {
    a + b: Decimal(10) ** (POWERS.get(a, 0) + sum(POWERS[c] for c in b))
    for a in ("", *"十百千")
    for b in ("", "万", "亿", "万亿")
    if a or b
}
# A digit before every unit but a leading ten, digits never side by side: 三四百 is "three or four hundred", and
# cn2an, as other libraries do, would read it as one number.
_DIGIT = "一二两三四五六七八九"
_WELL_FORMED = re.compile(
    rf"(?=[{_DIGIT}十])(?:十[{_DIGIT}]?|(?:[{_DIGIT}][千百十]零?|零)*[{_DIGIT}]?)"
    rf"(?:(?:万|亿|万亿)零?(?:[{_DIGIT}十]?(?:[{_DIGIT}]?[千百十]零?)*[{_DIGIT}]?))*"
)
_DESCENDING = re.compile("千?百?十?")
_ZEROS = str.maketrans("〇", "零")


def multiplier(signs: str) -> Decimal | None:
    """Return what 万, 亿, 千万, 万亿 ... multiply by; None for signs that are no such thing (亿万)."""
    return _MULTIPLIERS.get(signs)


def arabic(digits: str, signs: str = "") -> Decimal | None:
    """Return an Arabic number with what multiplies it: ("1,100", "万") is 11000000."""
    by = _MULTIPLIERS.get(signs)
    if by is None or len(digits) > MOST_DIGITS:
        return None
    value = Decimal(digits.replace(",", ""))
    if not signs:
        return value
    return shortest(value * by)


def shortest(value: Decimal) -> Decimal:
    """Return a value without zeros at the end: 19000, not 19000.0, nor 1.9E+4."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


@lru_cache(maxsize=4096)
def chinese(numeral: str) -> Decimal | None:
    """Return the value of a Chinese numeral (一百二十, 两千三百万, 三点五), or None if it is not one number.

    What cn2an would guess at is refused first: digits side by side (三四百), units out of order, a bare 百.
    """
    whole, point, fraction = numeral.translate(_ZEROS).partition("点")
    if not whole or len(numeral) > MOST_DIGITS or not _is_one_number(whole):
        return None
    from cn2an import cn2an

    try:
        value = Decimal(cn2an(whole.replace("两", "二"), "smart"))
    except (ValueError, TypeError, LookupError):
        return None
    if not point:
        return value
    places = "".join(str("零一二三四五六七八九".find(c)) for c in fraction)
    return value + Decimal(f"0.{places}") if places and "-" not in places else None


def _is_one_number(numeral: str) -> bool:
    """Say whether digits and units alternate, units falling within every group of four places."""
    if numeral[-1] == "零" or _WELL_FORMED.fullmatch(numeral) is None:
        return False
    return all(
        _DESCENDING.fullmatch("".join(c for c in group if c in "千百十")) and (group[0] != "零" or i)
        for i, group in enumerate(re.split("[万亿]+", numeral))
        if group
    )
