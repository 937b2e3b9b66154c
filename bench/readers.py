"""python -m bench.readers: megabytes of text a second for each format, one report written in all of them.

The reader is called as `analyze` calls it: bytes from disk, a process of its own where the format has one (started
before), encoding, page furniture, facts. PDF and .docx are made by LibreOffice and python-docx.
"""

import argparse
import csv
import io
import json
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from bench.generate import write
from swnlp.read import SourceFile, read_file
from swnlp.read.convert import office
from swnlp.read.formats import FORMATS


def made(text: str, folder: Path) -> Iterator[Path]:
    """Write the text in every format."""
    lines = [line for line in text.split("\n") if line]
    body = "".join(f"<p>{line}</p>\n" for line in lines)
    rows = io.StringIO()
    csv.writer(rows).writerows([["正文"], [text]])
    files = {
        "utf8.txt": text.encode(),
        "gb18030.txt": text.encode("gb18030"),
        "gb18030.html": f"<html><meta charset=gbk><body>{body}</body></html>".encode("gb18030"),
        "page.html": f"<html><body>{body}</body></html>".encode(),
        "text.md": "\n\n".join(lines).encode(),
        "rows.csv": rows.getvalue().encode(),
        "rows.jsonl": json.dumps({"text": text}, ensure_ascii=False).encode(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
        yield folder / name
    pq.write_table(pa.table({"text": [text]}), folder / "rows.parquet")
    yield folder / "rows.parquet"
    with xlsxwriter.Workbook(folder / "rows.xlsx") as book:
        book.add_worksheet().write_column(0, 0, ["正文", *lines])
    yield folder / "rows.xlsx"
    with zipfile.ZipFile(folder / "text.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", text)
    yield folder / "text.zip"
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(folder / "word.docx"))
    yield folder / "word.docx"
    yield from _printed(folder)


def _printed(folder: Path) -> Iterator[Path]:
    command = office()
    if command is None:
        return
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    call = [command, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), "word.docx"]
    subprocess.run(call, cwd=folder, capture_output=True, timeout=500, check=True)
    yield folder / "word.pdf"


def main() -> None:
    """Write, read, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chars", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    print("| file | MB of file | MB of text / s | M characters / s |\n|---|---:|---:|---:|")
    with TemporaryDirectory() as held:
        folder = Path(held)
        write(folder / "text", asked.chars)
        text = "\n".join(p.read_text(encoding="utf-8") for p in sorted((folder / "text").glob("*.txt")))
        for path in made(text, folder):
            source = SourceFile(path.name, path, FORMATS[path.suffix])
            seconds = []
            for _ in range(asked.rounds):
                begun = time.perf_counter()
                documents = read_file(source).documents
                seconds.append(time.perf_counter() - begun)
            read = "".join(document.text for document in documents)
            size, best = len(read.encode()) / 1e6, min(seconds)
            print(
                f"| {path.name} | {path.stat().st_size / 1e6:.2f} | {size / best:.2f} | {len(read) / best / 1e6:.2f} |"
            )


if __name__ == "__main__":
    main()
