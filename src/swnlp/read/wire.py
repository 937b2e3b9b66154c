"""What passes between a reader's process and ours: JSON with lengths before it, and nothing that could be code."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import IO, Any

from swnlp.read.page import Item, Page, Taken, Trouble
from swnlp.records import Cell, Dropped

_LENGTH = 8


def send(stream: IO[bytes], message: object, blobs: Sequence[bytes] = ()) -> None:
    """Write a message, and bytes that go with it."""
    head = json.dumps([message, [len(blob) for blob in blobs]]).encode("ascii")
    stream.write(len(head).to_bytes(_LENGTH, "big"))
    stream.write(head)
    for blob in blobs:
        stream.write(blob)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[Any, list[bytes]]:
    """Read a message and its bytes.

    Raises:
        EOFError: If the other side is gone.
    """
    head = json.loads(_read(stream, int.from_bytes(_read(stream, _LENGTH), "big")))
    message, lengths = head
    return message, [_read(stream, length) for length in lengths]


def _read(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def pack(taken: Taken) -> dict[str, Any]:
    """Return what was taken from a file as plain values."""
    return {
        "items": [{**item._asdict(), "page": _packed(item.page)} for item in taken.items],
        "troubles": taken.troubles,
    }


def _packed(page: Page) -> dict[str, Any]:
    return {**asdict(page), "links": sorted(page.links)}


def unpack(values: dict[str, Any]) -> Taken:
    """Return what was taken from a file, from plain values."""
    items = [
        Item(
            **{
                **item,
                "page": _unpacked(item["page"]),
                "extra": tuple((name, value) for name, value in item["extra"]),
            }
        )
        for item in values["items"]
    ]
    return Taken(items, [Trouble(*trouble) for trouble in values["troubles"]])


def _unpacked(page: dict[str, Any]) -> Page:
    return Page(
        page["text"],
        tuple((start, end, level) for start, end, level in page["headings"]),
        tuple(Dropped(*dropped) for dropped in page["dropped"]),
        frozenset(page["links"]),
        page["title"],
        page["meta"],
        tuple(Cell(*cell) for cell in page["cells"]),
    )
