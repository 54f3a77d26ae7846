"""`jupyter nbconvert --to briefing-pdf any.ipynb`: one executed notebook as a tagged PDF."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import Unicode, default

from briefing_kit.report.blocks import Prose, notebook_blocks
from briefing_kit.report.markdown import headings, image_urls, parse
from briefing_kit.report.meta import ReportMeta
from briefing_kit.report.pdf import render_pdf

_MIMES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


class BriefingPDFExporter(Exporter):
    """An nbconvert exporter. The notebook is shown as it was executed; its first level-1 heading is the title."""

    export_from_notebook = "Briefing PDF"
    output_mimetype = "application/pdf"

    marking = Unicode("", help="Marking for the header and footer of every page, such as TLP:AMBER.").tag(config=True)
    series = Unicode("", help="Name of the series or publisher, printed over the title.").tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[bytes, Any]:  # type: ignore[override]
        """The PDF's bytes and nbconvert's resources; warnings go to the log.

        Raises:
            ReportError: no conforming PDF can be made of it; one line with the reason.
        """
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        folder = resources.get("metadata", {}).get("path")
        if folder:
            _embed_images(notebook, Path(folder))
        heading = _title(notebook)
        title = heading or str(notebook.metadata.get("title") or Path(resources.get("metadata", {}).get("name") or "Notebook").stem)
        meta = ReportMeta(title=title, series=self.series, marking=self.marking)
        result = render_pdf([notebook], meta, title_from_heading=True)
        for warning in result.warnings:
            self.log.warning(warning)
        resources["output_extension"] = self.file_extension
        return result.data, resources


def _title(notebook: NotebookNode) -> str | None:
    for block in notebook_blocks(notebook, []):
        if isinstance(block, Prose):
            for level, text in headings(parse(block.source)):
                if level == 1:
                    return text
    return None


def _embed_images(notebook: NotebookNode, folder: Path) -> None:
    """Turn images that Markdown cells name by path into attachments; only files inside the notebook's own folder are read."""
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            continue
        for url in image_urls(parse(cell.source)):
            path = (folder / unquote(url)).resolve()
            mime = _MIMES.get(path.suffix.lower())
            if mime and path.is_relative_to(folder.resolve()) and path.is_file():
                data = base64.b64encode(path.read_bytes()).decode("ascii")
                cell.setdefault("attachments", {}).setdefault(url, {mime: data})
