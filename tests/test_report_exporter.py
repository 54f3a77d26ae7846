"""`jupyter nbconvert --to briefing-pdf`."""

import base64
import re
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import get_exporter
from reporting import PNG, book, demo

from briefing_kit.report.exporter import BriefingPDFExporter


def test_exporter_is_registered() -> None:
    """nbconvert finds it by name."""
    assert get_exporter("briefing-pdf") is BriefingPDFExporter


def test_exporter_gives_the_same_pdf_twice() -> None:
    """A notebook becomes a PDF titled by its first heading, with the extension .pdf; marking and series are options."""
    exporter = BriefingPDFExporter(marking="TLP:GREEN", series="Series")
    first, resources = exporter.from_notebook_node(demo()[0])
    assert resources["output_extension"] == ".pdf"
    assert first == exporter.from_notebook_node(demo()[0])[0]
    assert b"(Who is in the news?)" in first


def test_exporter_takes_a_notebook_without_headings() -> None:
    """Without a heading the file's name is the title."""
    data, _ = BriefingPDFExporter().from_notebook_node(book("words", "## Late heading"), resources={"metadata": {"name": "my notebook"}})
    assert b"(my notebook)" in data


def test_warnings_reach_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """What could not be shown as meant is logged."""
    exporter = BriefingPDFExporter()
    exporter.log.propagate = True
    with caplog.at_level("WARNING"):
        exporter.from_notebook_node(nbformat.from_dict(book("# A\n\n[x](#Nowhere)")))
    assert "no heading for the link #Nowhere" in caplog.text


def test_images_beside_the_notebook_are_embedded(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A picture in the notebook's folder is drawn; one outside of it is not read."""
    (tmp_path / "inner").mkdir()
    for path in (tmp_path / "outside.png", tmp_path / "inner" / "a b.png"):
        path.write_bytes(base64.b64decode(PNG))
    notebook = book("# A\n\n![inside](a%20b.png)\n\n![outside](../outside.png)")
    with caplog.at_level("WARNING"):
        data, _ = BriefingPDFExporter().from_notebook_node(notebook, resources={"metadata": {"path": str(tmp_path / "inner")}})
    assert re.search(rb"/Subtype ?/Image", data)
    assert [record.message for record in caplog.records] == ["image not found in the notebook: ../outside.png"]
