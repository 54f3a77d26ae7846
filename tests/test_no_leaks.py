"""Nothing leaves the machine, and no artefact tells whose machine it was."""

from __future__ import annotations

import getpass
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WEEK = "2019-W42"
COMMAND = [sys.executable, "-m", "briefing_kit", "weekly"]


def test_the_block_is_at_work(attempts_file):
    """In this process and in one that it starts: a name, an address, a datagram."""
    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    attempts = [
        lambda: socket.create_connection(("192.0.2.1", 80), timeout=1),
        lambda: socket.getaddrinfo("example.org", 443),
        lambda: datagrams.sendto(b"x", ("192.0.2.1", 53)),
        lambda: datagrams.connect(("192.0.2.1", 53)),
    ]
    with datagrams:
        for attempt in attempts:
            with pytest.raises(OSError, match="without a network"):
                attempt()
    code = "import socket\ntry:\n    socket.create_connection(('192.0.2.7', 80), timeout=1)\nexcept OSError:\n    pass"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert attempts_file.read_text(encoding="utf-8").splitlines() == [
        "socket.getaddrinfo 192.0.2.1",
        "socket.getaddrinfo example.org",
        "socket.sendto 192.0.2.1",
        "socket.connect 192.0.2.1",
        "socket.getaddrinfo 192.0.2.7",
    ]
    attempts_file.unlink()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workbook's newest report and one failed run, made in a folder, by a user and on a host with names of their own."""
    book = tmp_path_factory.mktemp("zq-secret-folder") / "zq-book"
    shutil.copytree(
        ROOT, book, ignore=lambda folder, names: [name for name in names if Path(folder) == ROOT and name not in ("notebooks", "data")]
    )
    for checkpoint in book.rglob(".ipynb_checkpoints"):
        shutil.rmtree(checkpoint)
    home = tmp_path_factory.mktemp("zq-home")
    told = {"USER": "zq-user", "LOGNAME": "zq-user", "USERNAME": "zq-user", "HOSTNAME": "zq-host", "HOME": str(home)}
    environment = {**os.environ, **told}
    done = subprocess.run([*COMMAND, "--workbook", str(book), "--week", WEEK], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    path = min((book / "notebooks").glob("01_*.ipynb"))
    notebook = json.loads(path.read_text(encoding="utf-8"))
    [*_, last] = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    last["source"] = "import os\nraise RuntimeError(os.getcwd())"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    done = subprocess.run([*COMMAND, "--workbook", str(book), "--week", WEEK, "--force"], env=environment, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr
    return book / "reports"


def secrets(reports: Path) -> list[bytes]:
    """What would tell whose machine it was: folders, home, interpreter, user and host by the names they really have."""
    found = {str(reports.parent), str(reports.parents[1].name), "zq-user", "zq-host", "zq-home", str(Path.home()), sys.prefix, str(ROOT)}
    found |= {name for name in (getpass.getuser(), socket.gethostname()) if len(name) > 5}  # "root" is an English word
    return sorted(name.encode() for name in found if len(name) > 3)


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """A file's bytes, and what is packed in it: members of a workbook, streams of a PDF, columns of a Parquet file."""
    data = path.read_bytes()
    yield path.name, data
    if path.suffix in (".xlsx", ".docx", ".zip"):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield f"{path.name}/{name}", archive.read(name)
    elif path.suffix == ".pdf":
        for number, stream in enumerate(re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL)):
            try:
                yield f"{path.name}/stream {number}", zlib.decompressobj().decompress(stream[1])
            except zlib.error:
                yield f"{path.name}/stream {number}", stream[1]
        pypdf = pytest.importorskip("pypdf")
        reader = pypdf.PdfReader(path)
        yield f"{path.name}/metadata", repr((reader.metadata, reader.xmp_metadata and reader.xmp_metadata.stream.get_data())).encode()
        yield f"{path.name}/text", "\n".join(page.extract_text() for page in reader.pages).encode()
        for name, attached in reader.attachments.items():
            yield f"{path.name}/attached {name}", b"\n".join(attached)
    elif path.suffix == ".parquet":
        import pyarrow.parquet as pq

        table = pq.read_table(path)
        yield f"{path.name}/schema", str(table.schema).encode() + repr(table.schema.metadata).encode()
        yield f"{path.name}/rows", str(table.to_pydict()).encode()


@pytest.mark.slow  # a whole report of the sample data, and a failed one
def test_no_artefact_tells_whose_machine_it_was(published):
    """Report, tables, notebooks, manifest, evidence of a failure, history, index: no user, host, home or absolute path in any of them."""
    names = secrets(published)
    told, kinds = [], set()
    for path in sorted(published.rglob("*")):
        if path.is_file():
            kinds.add(path.suffix)
            told += [(where, secret) for where, data in contents(path) for secret in names if secret in data]
            told += [(path.name, secret) for secret in names if secret in path.name.encode()]
    assert told == []
    assert {".pdf", ".html", ".xlsx", ".csv", ".parquet", ".ipynb", ".json", ".jsonl"} <= kinds


def test_a_planted_name_is_found(tmp_path):
    """The search above sees into packed members, streams and columns."""
    import pandas as pd
    import typst

    word = b"zq-user"
    pd.DataFrame({"a": ["zq-user"]}).to_parquet(tmp_path / "a.parquet")
    pd.DataFrame({"a": ["zq-user"]}).to_excel(tmp_path / "a.xlsx", engine="xlsxwriter")
    (tmp_path / "a.pdf").write_bytes(typst.compile(b"#set document(title: [zq-user])\nzq-user"))
    for path in tmp_path.iterdir():
        assert [where for where, data in contents(path) if word in data], path
