"""Files to briefings: .txt and .md, with or without front matter, in the encodings that offices use.

Everything that is wrong with a file is said in one line: which file, which field, how to mend it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from briefing_kit.briefing import MARKINGS, Briefing
from briefing_kit.countries import country_code
from briefing_kit.language import is_english, text_warnings
from briefing_kit.naming import did_you_mean, slug

SUFFIXES = (".md", ".txt")
MAX_BYTES = 20_000_000  # a briefing is some kilobytes; what is larger is not one, and would only exhaust the memory


class ReadingError(ValueError):
    """A file that cannot be read as a briefing; the message names the file, the field and the mend in one line."""


class FrontMatter(BaseModel):
    """The header of a briefing file. All scalars are read as strings (no YAML types: `country: NO` is Norway)."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    title: str | None = None
    published_on: date | None = None
    series: str | None = None
    country: str | None = None
    marking: str | None = None
    language: str | None = None

    @field_validator("published_on", mode="before")
    @classmethod
    def _day(cls, value: str) -> date:
        for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y"):
            try:
                return datetime.strptime(value, form).date()
            except ValueError:
                continue
        raise ValueError(f"{value!r} is no date; write it as 2019-10-16")

    @field_validator("marking")
    @classmethod
    def _marking(cls, value: str) -> str:
        return normal_marking(value)

    @field_validator("country")
    @classmethod
    def _country(cls, value: str) -> str:
        code = country_code(value)
        if code is None:
            raise ValueError(f"{value!r} is no country known here; write its ISO 3166 alpha-3 code, such as LBY")
        return code


_FIELD_ALIASES = {"date": "published_on", "published": "published_on", "tlp": "marking", "lang": "language"}


def normal_marking(value: str) -> str:
    """A TLP 2.0 label from what people write ("amber", "TLP: Green"; TLP 1's WHITE is CLEAR).

    Raises:
        ValueError: it is none of the five labels.
    """
    name = "TLP:" + re.sub(r"^TLP\s*[: ]\s*", "", value.strip().upper()).replace(" ", "").replace("WHITE", "CLEAR")
    if name not in MARKINGS:
        raise ValueError(f"{value!r} is no TLP 2.0 marking; write one of {', '.join(MARKINGS)}")
    return name


def load_briefing(path: str | Path, *, document_date: date | None = None) -> Briefing:
    """One .txt or .md file as a Briefing; its date is the front matter's, else the parameter's, else the file name's.

    Raises:
        ReadingError: the file is missing, too large, not text, or its front matter cannot be trusted.
    """
    path = Path(path)
    if path.suffix.lower() not in SUFFIXES:
        raise ReadingError(f"{path.name}: the ending {path.suffix or '(none)'!r} is not read; save it as .txt or .md")
    data = _read_bytes(path)
    text, warnings = _decode(data, path)
    header, body = _split_front_matter(text, path)
    named = _date_in_name(path.stem)
    day, source = next(
        ((d, s) for d, s in ((header.published_on, "front_matter"), (document_date, "parameter"), (named, "file_name")) if d),
        (None, "unknown"),
    )
    if day is None:
        warnings.append("NO_DATE")
    elif named and named != day:
        warnings.append("DATE_CONFLICT")
    warnings += text_warnings(body)
    english = header.language is None and is_english(body)
    language = header.language.lower()[:2] if header.language else "en" if english else None
    if language != "en":
        warnings.append("LANGUAGE")
    return Briefing(
        text=body,
        doc_id=slug(path.stem) or f"text-{sha256(data).hexdigest()[:8]}",
        title=header.title,
        published_on=day,
        published_source=source,
        series=header.series,
        country=header.country,
        marking=header.marking,
        language=language,
        path=path.name,
        sha256=sha256(data).hexdigest(),
        warnings=tuple(warnings),
    )


def load_briefings(folder: str | Path) -> list[Briefing]:
    """All .txt and .md files of a folder, in the order of their names.

    Raises:
        ReadingError: the folder is missing or holds no briefing, a file cannot be read, or two files have one doc_id.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise ReadingError(f"{folder.name}: no such folder; name the folder that holds the briefings")
    briefings = [load_briefing(path) for path in briefing_files(folder)]
    if not briefings:
        raise ReadingError(f"{folder.name}: no briefing in this folder; put .txt or .md files into it")
    refuse_doubles(briefings)
    return briefings


def briefing_files(folder: Path) -> list[Path]:
    """The files of a folder that are briefings by their ending, sorted; hidden files and README files are not."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~", "README")) and path.is_file()
    )


def refuse_doubles(briefings: Iterable[Briefing]) -> None:
    """Raise ReadingError where two briefings have one doc_id: their rows could not be told apart."""
    seen: dict[str, Briefing] = {}
    for briefing in briefings:
        other = seen.setdefault(briefing.doc_id, briefing)
        if other is not briefing:
            raise ReadingError(f"{briefing.path}: the same doc_id {briefing.doc_id!r} as {other.path}; rename one of the files")


def _read_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ReadingError(f"{path.name}: larger than {MAX_BYTES // 1_000_000} MB; split it into single briefings")
        return path.read_bytes()
    except OSError as error:
        raise ReadingError(f"{path.name}: cannot be read ({error.strerror or error}); check the name and the permissions") from None


def _decode(data: bytes, path: Path) -> tuple[str, list[str]]:
    warnings: list[str] = []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif data.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    else:
        encoding = "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
            warnings.append("GUESSED_ENCODING")
        except UnicodeDecodeError:
            raise ReadingError(f"{path.name}: not text in UTF-8, UTF-16 or Windows-1252; save it as UTF-8") from None
    controls = sum(text.count(chr(code)) for code in (*range(9), *range(14, 32), 127))
    if "\0" in text or controls > len(text) // 100:
        raise ReadingError(f"{path.name}: this is not a text file; save the briefing as .txt or .md in UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n"), warnings


_HEADER_LINE = re.compile(r"([A-Za-z_][\w -]{0,40}?)[ ]*:(?:[ ]+(.*)|$)")


def _split_front_matter(text: str, path: Path) -> tuple[FrontMatter, str]:
    """The header and the text after it; a text that merely opens with a rule keeps every line."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return FrontMatter(), text
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    inner = lines[1:end]
    pairs = [(n, m[1], m[2] or "") for n, line in enumerate(inner, 2) if (m := _HEADER_LINE.fullmatch(line.rstrip()))]
    known = [name for _, name, _ in pairs if _field(name) in FrontMatter.model_fields]
    if end is None:
        if known and inner and _HEADER_LINE.fullmatch(inner[0].rstrip()):
            raise ReadingError(f"{path.name}: the front matter that begins in line 1 never ends; close it with a line ---")
        return FrontMatter(), text
    if not known and any(line.strip() and not _HEADER_LINE.fullmatch(line.rstrip()) for line in inner):
        return FrontMatter(), text
    fields: dict[str, str] = {}
    for number, name, value in pairs:
        field = _field(name)
        if field not in FrontMatter.model_fields:
            near = did_you_mean(field, FrontMatter.model_fields)
            if near:
                raise ReadingError(f"{path.name}: line {number}: unknown field {name!r}; did you mean {near!r}?")
            continue
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        if field in fields:
            raise ReadingError(f"{path.name}: line {number}: {field} is given twice; keep one of them")
        if value:
            fields[field] = value
    try:
        header = FrontMatter.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        reason = str(first["msg"]).removeprefix("Value error, ")
        raise ReadingError(f"{path.name}: {'.'.join(map(str, first['loc']))}: {reason}") from None
    return header, "\n".join(lines[end + 1 :]).lstrip("\n")


def _field(name: str) -> str:
    name = name.strip().lower().replace(" ", "_").replace("-", "_")
    return _FIELD_ALIASES.get(name, name)


_NAME_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")


def _date_in_name(stem: str) -> date | None:
    for found in _NAME_DATE.finditer(stem):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
    return None
