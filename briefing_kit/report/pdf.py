"""The bound report as one tagged PDF (PDF/UA-1, and PDF/A where it has a date), compiled in process by Typst.

No LaTeX, browser, download or system font. The bytes depend on the notebooks and the meta data only.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from briefing_kit.report.blocks import Block, notebook_blocks, titled
from briefing_kit.report.estimative import remarks
from briefing_kit.report.layout import first_to_shrink
from briefing_kit.report.meta import ReportError, ReportMeta
from briefing_kit.report.text import FONT_FOLDER, Glyphs, dejavu_paths
from briefing_kit.report.typstdoc import Document

if TYPE_CHECKING:
    from nbformat import NotebookNode

_TEMPLATE = Path(__file__).with_name("template.typ")
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_ATTEMPTS = 8
_FITTINGS = 12  # figures drawn smaller at most; a longer document is left as it falls
_ATTACHMENT_NAME = re.compile(r"[A-Za-z0-9][\w.+-]{0,99}\Z")


@dataclass(frozen=True, slots=True)
class PdfResult:
    """The PDF and what its maker should know: one line per warning."""

    data: bytes
    warnings: tuple[str, ...]


def render_pdf(
    notebooks: Sequence[NotebookNode],
    meta: ReportMeta,
    attachments: Mapping[str, bytes] = MappingProxyType({}),
    *,
    appendices: Sequence[Sequence[Block]] = (),
    title_from_heading: bool = False,
) -> PdfResult:
    """Bind executed notebooks into one report.

    Args:
        notebooks: in the order of the chapters; each one's first heading opens its chapter.
        meta: title page, marking, key judgements (whose estimative language is checked) and figures.
        attachments: file name -> bytes, embedded in the PDF as data (which makes it PDF/A-3a instead of PDF/A-2a). A table too
            long to print is attached as CSV without being asked for.
        appendices: chapters after those of the notebooks (`report.appendix`); empty ones are left out.
        title_from_heading: the first level-1 heading is the report's title already and is not repeated.

    Raises:
        ReportError: the document cannot be made to conform; one line with the reason.
    """
    for name in attachments:
        if not _ATTACHMENT_NAME.match(name):
            raise ReportError(f"attachment {name!r}: use letters, digits, dots and hyphens")
    if not meta.title.strip():
        raise ReportError("the report has no title; PDF/UA asks for one")
    warnings: list[str] = remarks(meta.key_judgements or "")
    chapters = [notebook_blocks(notebook, warnings) for notebook in notebooks]
    chapters = [titled(blocks, number) for number, blocks in enumerate(chapters, 1)] if not title_from_heading else chapters
    chapters += [list(blocks) for blocks in appendices if blocks]
    glyphs = Glyphs()
    for _ in range(_ATTEMPTS):
        told = list(warnings)
        document = Document(meta, glyphs, told)
        source = document.source(chapters, drop_title=title_from_heading, attachments=attachments)
        try:
            data, notes = _compile(source, document.files, document.heights, meta, attached=bool(document.attached))
        except _MissingGlyphError as missing:
            new = [char for char in str(missing) if not char.isascii() and char not in glyphs.missing]
            for char in new:
                glyphs.refuse(char)
            glyphs.plain_marks = glyphs.plain_marks or not new  # a letter is told of when its combining mark is at fault
            continue
        return PdfResult(data, tuple(dict.fromkeys([*told, *glyphs.warnings(), *notes])))
    raise ReportError("PDF: too many characters that the report's fonts cannot combine")


class _MissingGlyphError(Exception):
    """The compiler met a text that no font can draw (a combination that the pre-flight cannot foresee)."""


def _compile(
    source: str, files: Mapping[str, bytes], heights: Mapping[str, float], meta: ReportMeta, *, attached: bool
) -> tuple[bytes, list[str]]:
    import typst

    day = meta.newest
    stamp = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) if day else 0
    standards: list[Any] = ["ua-1"]
    if day:  # PDF/A asks for a date, and none is invented
        standards.append("a-3a" if attached else "a-2a")
    with tempfile.TemporaryDirectory(prefix="briefing-kit-") as name:
        folder = Path(name)
        (folder / "fonts").mkdir()
        (folder / "attached").mkdir()
        for path in dejavu_paths():
            shutil.copyfile(path, folder / "fonts" / path.name)
        for file, data in files.items():
            (folder / file).write_bytes(data)
        shutil.copyfile(_TEMPLATE, folder / "template.typ")
        main = folder / "main.typ"
        main.write_text(source, encoding="utf-8")
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONT_FOLDER), str(folder / "fonts")])
        try:
            compiler: Any = typst.Compiler(str(main), root=name, font_paths=fonts)
            if heights:
                _fit_figures(compiler, heights, folder / "scales.json")
            made, notes = compiler.compile_with_warnings(format="pdf", pdf_standards=standards, timestamp=max(stamp, 0))
        except typst.TypstError as error:
            message = str(error).replace(name, "").replace("\n", " ")
            glyph = _NO_GLYPH.search(message)
            if glyph:
                raise _MissingGlyphError(_unescape(glyph.group(1))) from None
            hints = "; ".join(getattr(error, "hints", None) or [])
            raise ReportError(f"PDF: {message}{f' ({hints})' if hints else ''}") from None
    return bytes(made), [str(note) for note in notes]


def _fit_figures(compiler: Any, heights: Mapping[str, float], file: Path) -> None:
    """Draw figures smaller where that keeps them on the page of the text before them, one after another: each moves the next.

    The compiler remembers what did not change, so a further layout costs a part of the first.
    """
    scales: dict[str, float] = {}
    for _ in range(_FITTINGS):
        found = json.loads(compiler.query("<spot>", field="value"))
        spots = [(name, position["page"], float(position["y"].removesuffix("pt"))) for name, position in found]
        smaller = first_to_shrink(heights, spots, scales)
        if not smaller:
            return
        scales |= smaller
        file.write_text(json.dumps(scales), encoding="utf-8")


def _unescape(text: str) -> str:
    return re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda match: chr(int(match.group(1), 16)), text)
