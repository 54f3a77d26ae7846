"""Text made fit for print: no control characters, no hidden reordering, no glyph that the report's fonts lack."""

from __future__ import annotations

import functools
import importlib.util
import re
import unicodedata
from pathlib import Path

FONT_FOLDER = Path(__file__).parent / "fonts"

# What matplotlib draws charts with. Named one by one: that folder also holds a "last resort" font that would hide missing glyphs.
DEJAVU_FILES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf", "DejaVuSans-BoldOblique.ttf")

# Unicode's bidirectional overrides, embeddings and isolates: they can show "5,000" as "000,5", so they are named, not obeyed.
_BIDI = {
    0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF", 0x202D: "LRO", 0x202E: "RLO",
    0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI",
}  # fmt: skip
_INVISIBLE = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0x00AD, 0x200B, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10)])
_TRANSLATION: dict[int, str | None] = {
    **_INVISIBLE,
    **{code: f"[{name}]" for code, name in _BIDI.items()},
    0x09: " ", 0x0A: "\n", 0x0B: "\n", 0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n",
}  # fmt: skip
_SPECIAL = re.compile("[" + "".join(re.escape(chr(code)) for code in _TRANSLATION if code != 0x0A) + "\ud800-\udfff]")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_STRONG = re.compile(r"[^\W\d_]")


def printable(text: str) -> str:
    """Text without control and zero-width characters; bidirectional overrides become visible names such as `[RLO]`."""
    if not _SPECIAL.search(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")
    return text.translate(_TRANSLATION)


def is_rtl(text: str) -> bool:
    """Whether the first letter of the text belongs to a right-to-left script."""
    first = _STRONG.search(text)
    return bool(first and _RTL.match(first.group()))


def dejavu_paths() -> list[Path]:
    """The DejaVu Sans files that come with matplotlib (Latin, Cyrillic, Greek, symbols)."""
    found = importlib.util.find_spec("matplotlib")  # its import would take longer than the whole report
    folders = (found.submodule_search_locations if found else None) or []
    return [Path(folder) / "mpl-data" / "fonts" / "ttf" / name for folder in folders[:1] for name in DEJAVU_FILES]


def font_paths() -> list[Path]:
    """The vendored fonts."""
    return sorted(path for path in FONT_FOLDER.iterdir() if path.suffix in {".otf", ".ttf"})


@functools.cache
def covered() -> frozenset[int]:
    """Code points that at least one of the report's fonts can draw."""
    from fontTools.ttLib import TTFont

    points: set[int] = set()
    for path in [*font_paths(), *dejavu_paths()[:1]]:
        with TTFont(path, lazy=True) as font:
            points.update(font.getBestCmap())
    return frozenset(points)


@functools.cache
def _advances() -> dict[str, float]:
    """Widths in em of the characters of the table font (Source Sans 3 Regular)."""
    from fontTools.ttLib import TTFont

    with TTFont(FONT_FOLDER / "SourceSans3-Regular.otf", lazy=True) as font:
        metrics, em = font["hmtx"].metrics, font["head"].unitsPerEm
        return {chr(code): metrics[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def width(text: str) -> float:
    """The width in em of a line set in the table font; characters of other fonts count 0.65 em."""
    advances = _advances()
    return sum(advances.get(char, 0.65) for char in text)


class Glyphs:
    """Replaces what the fonts cannot draw by a readable name in brackets, and remembers what it replaced.

    `plain_marks`: combining marks that do not compose with their letter are named as well (no font may have both).
    """

    def __init__(self) -> None:
        self._covered = covered()
        self.plain_marks = False
        self.missing: dict[str, str] = {}

    def fit(self, text: str) -> str:
        """The text with every uncovered character named: a siren emoji becomes `[police cars revolving light]`."""
        text = printable(text)
        if text.isascii():
            return text
        absent = {char for char in set(text) if ord(char) not in self._covered and char not in "\n\u200d\u200c\u200e\u200f"}
        if self.plain_marks:
            text = unicodedata.normalize("NFC", text)
            absent |= {char for char in set(text) if unicodedata.category(char).startswith("M") and not _RTL.match(char)}
        for char in absent:
            self.refuse(char)
        for char in absent | (self.missing.keys() & set(text)):
            text = text.replace(char, self.missing[char])
        return text

    def refuse(self, char: str) -> None:
        """Name this character from now on."""
        name = unicodedata.name(char, f"U+{ord(char):04X}").lower()
        self.missing[char] = f"[{name}]"

    def warnings(self) -> list[str]:
        """One line per character that was named instead of drawn."""
        return [f"no glyph for U+{ord(char):04X}; printed as {name}" for char, name in sorted(self.missing.items())]
