"""The process that reads PDF, Office and archive files and long pages: it takes bytes, gives plain values, and may die.

Run as `python -m swnlp.read.child MEMORY_MB`; read/isolate.py does so.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from typing import IO, Any

from swnlp.errors import ReadError
from swnlp.read.limits import limit_process, limit_time
from swnlp.read.page import Taken
from swnlp.read.wire import pack, receive, send
from swnlp.settings import Settings

# Format -> the module whose `take` reads it; imported when the first file of the kind comes.
_READERS = {
    "html": "textual",
    "markdown": "markdown",
    "mhtml": "mhtml",
    "docx": "wordfile",
    "pdf": "pdf",
    "sheet": "sheet",
    "parquet": "columnar",
}


def main() -> None:
    """Read files until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a library prints must not get between the answers.
    with open(os.devnull, "r+b") as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    limit_process(int(sys.argv[1]))
    send(answers, "ready")
    while _serve(asked, answers):
        pass


def _serve(asked: IO[bytes], answers: IO[bytes]) -> bool:
    """Answer one request; say whether to go on."""
    try:
        request, blobs = receive(asked)
    except EOFError:
        return False
    settings = Settings(**request["settings"])
    limit_time(settings.read_seconds)
    try:
        answer, members = _answer(request["format"], blobs[0], settings)
    except ReadError as error:
        answer, members = {"error": str(error)}, []
    except (MemoryError, RecursionError):
        send(answers, {"limit": "memory"})
        return False
    except Exception as error:
        answer, members = {"broken": f"{type(error).__name__}: {error}"[:300]}, []
    send(answers, answer, members)
    return True


def _answer(kind: str, data: bytes, settings: Settings) -> tuple[dict[str, Any], list[bytes]]:
    if kind == "zip":
        from swnlp.read.archive import unpack_zip

        members, troubles = unpack_zip(data, settings)
        return {"names": [name for name, _ in members], "troubles": troubles}, [data for _, data in members]
    return pack(take(kind, data, settings)), []


def take(kind: str, data: bytes, settings: Settings) -> Taken:
    """Read a file's bytes with the reader of its format."""
    taken: Taken = import_module(f"swnlp.read.{_READERS[kind]}").take(data, settings)
    return taken


if __name__ == "__main__":
    main()
