"""Reading in another process: one that hangs or dies is ended and becomes a problem; the run goes on."""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import swnlp
from swnlp.errors import ReadError
from swnlp.read.page import Taken, Trouble
from swnlp.read.wire import receive, send, unpack
from swnlp.settings import Settings

# A process is replaced after so many files: libraries leak.
_FILES = 200
_START_SECONDS = 60
_CHILD = ("-m", "swnlp.read.child")
# What the system's own limit of processor time ends a process with.
_OUT_OF_TIME = -getattr(signal, "SIGXCPU", 0) or None


class ReaderDiedError(ReadError):
    """The process that read a file ended without an answer."""


class ReaderTimeoutError(ReadError):
    """A file took longer to read than allowed."""


class ReaderMemoryError(ReadError):
    """A file needed more memory to read than allowed."""


@dataclass(slots=True)
class _Reader:
    """A reader's process."""

    process: subprocess.Popen[bytes]
    memory_mb: int
    owner: int = field(default_factory=os.getpid)
    files: int = 0

    def ask(self, request: dict[str, Any], data: bytes, seconds: int) -> tuple[Any, list[bytes]]:
        """Send a file and return the answer."""
        late = threading.Event()
        timer = threading.Timer(seconds, self._end_late, [late])
        timer.start()
        self.files += 1
        try:
            send(_pipe(self.process.stdin), request, [data])
            return receive(_pipe(self.process.stdout))
        except (EOFError, OSError, ValueError):
            self.process.wait()
            code = self.process.returncode
            self.end()
            raise _late(seconds) if late.is_set() or code == _OUT_OF_TIME else _died(code) from None
        except BaseException:
            self.end()
            raise
        finally:
            timer.cancel()

    def _end_late(self, late: threading.Event) -> None:
        late.set()
        self.process.kill()

    def end(self) -> None:
        """End the process now."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                _pipe(pipe).close()
        self.process.wait()


def _pipe(pipe: Any) -> Any:  # noqa: ANN401
    assert pipe is not None
    return pipe


_idle: list[_Reader] = []
_lock = threading.Lock()


def read_apart(kind: str, data: bytes, settings: Settings) -> Taken:
    """Read a file in another process.

    Raises:
        ReadError: If it can't be read, takes longer than `read_seconds`, needs more than `read_memory_mb`, or
            kills its reader.
    """
    answer, _ = _ask(kind, data, settings)
    return unpack(answer)


def unpack_apart(data: bytes, settings: Settings) -> tuple[list[tuple[str, bytes]], list[Trouble]]:
    """Return the members of an archive, unpacked in another process, and what could not be.

    Raises:
        ReadError: As for `read_apart`.
    """
    answer, members = _ask("zip", data, settings)
    return list(zip(answer["names"], members, strict=True)), [Trouble(*t) for t in answer["troubles"]]


def _ask(kind: str, data: bytes, settings: Settings) -> tuple[Any, list[bytes]]:
    reader = _take(settings.read_memory_mb)
    request = {"format": kind, "settings": settings.to_dict()}
    answer, blobs = reader.ask(request, data, settings.read_seconds)
    if "limit" in answer:
        reader.end()
        raise ReaderMemoryError(
            f"读取所需内存超过 {settings.read_memory_mb} MB（read_memory_mb），请拆分文件或调高此设置。 "
            "Needs more memory than read_memory_mb: split the file or raise the setting."
        )
    _give_back(reader)
    if "error" in answer:
        raise ReadError(answer["error"])
    if "broken" in answer:
        raise ReadError(
            f"文件损坏或不完整，无法读取（{answer['broken']}）；请用原来的软件打开后另存。 "
            "The file is damaged or cut short: open it in its own program and save it anew."
        )
    return answer, blobs


def _take(memory_mb: int) -> _Reader:
    with _lock:
        for reader in _idle:
            if reader.memory_mb == memory_mb and reader.owner == os.getpid():
                _idle.remove(reader)
                return reader
    return _start(memory_mb)


def _give_back(reader: _Reader) -> None:
    if reader.files >= _FILES:
        reader.end()
        return
    with _lock:
        _idle.append(reader)


def _start(memory_mb: int) -> _Reader:
    # -P: a module of the user's own in the current folder must not stand in for one of Python's.
    command = [sys.executable, "-P", *_CHILD, str(memory_mb)]
    package = str(Path(swnlp.__file__).parents[1])
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
    }
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    reader = _Reader(process, memory_mb)
    timer = threading.Timer(_START_SECONDS, process.kill)
    timer.start()
    try:
        receive(_pipe(process.stdout))
    except EOFError:
        reader.end()
        raise ReaderDiedError(
            f"读取进程无法启动；read_memory_mb（{memory_mb}）可能太小。 "
            "The reader's process did not start: read_memory_mb may be too small."
        ) from None
    finally:
        timer.cancel()
    return reader


def _late(seconds: int) -> ReaderTimeoutError:
    return ReaderTimeoutError(
        f"读取超过 {seconds} 秒（read_seconds）而中止，请拆分文件或调高此设置。 "
        "Reading took longer than read_seconds and was stopped: split the file or raise the setting."
    )


def _died(code: int | None) -> ReaderDiedError:
    return ReaderDiedError(
        f"读取进程中止（{code}），文件可能损坏，或所需内存超过 read_memory_mb；请用原来的软件打开后另存。 "
        "The reader's process died: the file may be damaged or need more than read_memory_mb. "
        "Open it in its own program and save it anew."
    )


@atexit.register
def close_readers() -> None:
    """End the processes that wait for files."""
    with _lock:
        for reader in _idle:
            if reader.owner == os.getpid():
                reader.end()
        _idle.clear()
