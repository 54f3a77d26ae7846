"""Seeds and dictionary of the fuzzer, made from the sample briefings and the vocabulary."""

from __future__ import annotations

import sys
from pathlib import Path

from briefing_kit.lexicon import read_lexicon

ROOT = Path(__file__).parents[1]
_LISTS = (
    "timex_words",
    "number_words",
    "units",
    "currencies",
    "cues",
    "approximators",
    "vague_magnitudes",
    "titles",
    "likelihood",
    "event_verbs",
)
_WORDS = (
    "---\n|\n\n|\n> |\n- |\n# |TLP:AMBER|published_on: |marking: |On 3 March 2021, Desk wrote:|-----Original Message-----|"
    "\u00a0|\u202f|\u00ad|\u200b|\u202e|\ufb01|-\n|\u2019s|\u201c|\u201d|\u2014|\u2013|"
    "5,000|$5m|US$|per cent|%|2019|late September|10-13 October|"
    "10/11/2019|0000|99999999999999999999|2019-10-|IS|LNA|U.S.|Gen.|No.|<w:p>|</w:p>|<w:t>|<figcaption>|<p>|</p>|<table>|obj|endobj|stream|endstream|BT|ET|Tj|Tf|Td|xref|trailer|doc_id|"
    "reject|set|confirm|add|[notify]|weeks_before = "
)
_FILES = ("actors.csv", "corrections.csv", "workbook.toml")
_FORMATS = ("txt", "docx", "pdf", "eml", "html")


def write_seeds(work: Path) -> list[str]:
    """Write the seeds of every target below the folder; returns the targets' names."""
    sys.path.insert(0, str(ROOT / "tests"))
    from messy import MESSY, W, run

    from fuzz.targets import TARGETS

    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "data" / "briefings").glob("*.md"))]
    paragraphs = [each for text in texts for each in text.split("\n\n") if each.strip()]
    seeds: dict[str, list[bytes]] = {name: [each.encode() for each in paragraphs] for name in TARGETS}
    for kind in _FORMATS:
        seeds[kind] = [make(each) for suffix, make in MESSY.values() if suffix == kind for each in paragraphs[5:60:8]]
    seeds["docx_parts"] = [
        f'<w:document xmlns:w="{W}"><w:body><w:p>{run(each)}</w:p></w:body></w:document>'.encode() for each in paragraphs[5:60:8]
    ]
    seeds["front_matter"] = [text[:600].encode() for text in texts]
    for name in _FILES:
        lines = (ROOT / "data" / name).read_text(encoding="utf-8").splitlines(keepends=True)
        seeds[name] = ["".join(lines[:count]).encode()[:1_900] for count in range(1, len(lines) + 1, max(1, len(lines) // 20))]
    for name, made in seeds.items():
        folder = work / name / "corpus"
        folder.mkdir(parents=True, exist_ok=True)
        for number, data in enumerate(made):
            (folder / f"seed-{number}").write_bytes(data)
    words = sorted({next(iter(row.values())) for name in _LISTS for row in read_lexicon(name)} | set(_WORDS.split("|")))
    (work / "words.txt").write_text("\x1f".join(words), encoding="utf-8")
    quoted = (
        "".join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02x}" for byte in word.encode())
        for word in words
        if word
    )
    (work / "words.dict").write_text("".join(f'"{word}"\n' for word in quoted), encoding="ascii")
    return list(TARGETS)
