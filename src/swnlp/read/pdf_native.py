"""The functions of PDFium that are called for every character and object of a page, as cheap as ctypes can call them."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from pypdfium2 import raw

_ADDRESS, _NUMBER, _REAL = ctypes.c_void_p, ctypes.c_int, ctypes.c_double


def address(handle: Any) -> int:  # noqa: ANN401
    """Return a handle of PDFium as a number."""
    return ctypes.cast(handle, _ADDRESS).value or 0


def _direct(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:  # noqa: ANN401
    """Return a function that takes addresses as numbers: ctypes then converts nothing, which is most of a call's time."""
    made: Callable[..., Any] = ctypes.CFUNCTYPE(result, *arguments)(address(function))
    return made


unicode_of = _direct(raw.FPDFText_GetUnicode, ctypes.c_uint, _ADDRESS, _NUMBER)
size_of = _direct(raw.FPDFText_GetFontSize, _REAL, _ADDRESS, _NUMBER)
char_box_of = _direct(raw.FPDFText_GetCharBox, _NUMBER, _ADDRESS, _NUMBER, *[_ADDRESS] * 4)
is_generated = _direct(raw.FPDFText_IsGenerated, _NUMBER, _ADDRESS, _NUMBER)
object_of = _direct(raw.FPDFPage_GetObject, _ADDRESS, _ADDRESS, _NUMBER)
type_of = _direct(raw.FPDFPageObj_GetType, _NUMBER, _ADDRESS)
