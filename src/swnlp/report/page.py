"""The report page: one self-contained HTML file that opens by double click and asks the network for nothing."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from pathlib import Path

from swnlp.analysis import Analysis
from swnlp.errors import OutputError, SwnlpError
from swnlp.records import Problem
from swnlp.report.page_data import page_data
from swnlp.store import RUN

PAGE = "report.html"
_SCRIPTS = ("echarts.min.js", "page.js")


def write_page(analysis: Analysis, path: Path) -> None:
    """Write the report page of a result, under a temporary name and then renamed.

    Scripts run by their hash and nothing else does (Content-Security-Policy); what comes from reports is data,
    in a block that no browser runs, and is put on the page as text only.

    Raises:
        OutputError: If it can't be written.
    """
    temporary = path.with_name(path.name + ".tmp")
    try:
        temporary.write_text(page(analysis), encoding="utf-8", newline="\n")
        temporary.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: 无法写入 / can't be written: {error}") from None


def refresh_page(analysis: Analysis) -> None:
    """Write the page into the result's folder, unless it is there and newer than the result."""
    path, made = analysis.folder / PAGE, analysis.folder / RUN
    if not path.exists() or path.stat().st_mtime_ns < made.stat().st_mtime_ns:
        write_page(analysis, path)


def attempt_page(analysis: Analysis) -> Problem | None:
    """Write the page as `refresh_page` does; an unexpected error is a problem, since the result is there without it.

    Raises:
        OutputError: If it can't be written.
    """
    try:
        refresh_page(analysis)
    except Exception as error:
        if isinstance(error, OutputError):
            raise
        # One of an older result would show other numbers than its tables.
        (analysis.folder / PAGE).unlink(missing_ok=True)
        why = f"{error}" if isinstance(error, SwnlpError) else f"{error!r}"
        message = (
            f"没有写出 {PAGE}，其余结果都在；可用 swnlp report 再试，并请报告。 Not written; the rest of the result is "
            f"there. Try swnlp report, and please report this: {why}"
        )
        return Problem(PAGE, "report", type(error).__name__, message)
    return None


def page(analysis: Analysis) -> str:
    """Return the page."""
    scripts = [_asset(name) for name in _SCRIPTS]
    hashes = " ".join(map(_hash, scripts))
    policy = f"default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src {hashes}"
    body = "".join(f"<script>{script}</script>" for script in scripts)
    filled = {
        "POLICY": policy,
        "STYLE": _asset("page.css"),
        "DATA": _embedded(page_data(analysis)),
        "SCRIPTS": body,
    }
    html = _asset("page.html")
    for name, value in filled.items():
        head, mark, tail = html.partition("{{" + name + "}}")
        if not mark:
            raise ValueError(f"page.html has no {name}")
        html = head + value + tail
    return html


def _asset(name: str) -> str:
    return files("swnlp.report").joinpath("assets", name).read_text(encoding="utf-8").strip()


def _hash(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _embedded(data: object) -> str:
    """Return JSON that can't end the block it stands in, nor start another."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
