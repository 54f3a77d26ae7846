"""A whole sample week under the independent PDF checkers, where they are installed: on the path, or in the folder BRIEFING_KIT_CHECKERS."""

import os
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest
from reporting import META

import briefing_kit as bk
from briefing_kit.report.appendix import codebook_chapter, evidence_chapter
from briefing_kit.report.pdf import render_pdf

ROOT = Path(__file__).parent.parent
PLACES = os.pathsep.join([os.environ.get("BRIEFING_KIT_CHECKERS", ""), os.environ.get("PATH", "")])
COMMANDS = {
    "outloud": ["--fail-on", "error", "--quiet"],
    "pdfua": ["check"],
    "verapdf": ["--flavour", "ua1", "--format", "text"],
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    books = [nbformat.read(path, as_version=4) for path in sorted((ROOT / "notebooks").glob("0*.ipynb"))]
    briefing = bk.load_briefing(ROOT / "data" / "briefings" / "2019-10-16_libya.md")
    path = tmp_path_factory.mktemp("checked") / "report.pdf"
    chapters = [evidence_chapter(bk.analyse(briefing), [briefing]), codebook_chapter()]
    path.write_bytes(render_pdf(books, META, {"claims.csv": b"a\n1\n"}, appendices=chapters).data)
    return path


@pytest.mark.slow  # each checker parses the whole file
@pytest.mark.parametrize("name", COMMANDS)
def test_no_error(name: str, report: Path) -> None:
    """Charts, wide tables, marks and attachments: no checker finds an error against PDF/UA-1."""
    command = shutil.which(name, path=PLACES)
    if command is None:
        pytest.skip(f"{name} is not installed")
    done = subprocess.run([command, *COMMANDS[name], str(report)], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
