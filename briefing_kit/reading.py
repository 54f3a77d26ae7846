"""Files to briefings: .txt, .md, .docx, .pdf, .eml and .html, one by one, by folder or by pattern.

A file is read whole or not at all. One that is named is read or the call is refused; of a folder or a pattern, a file that cannot be read
is reported and left out, unless `strict`. What is wrong is said in one line: which file, which field, how to mend it.
"""

from __future__ import annotations

import glob
import os
import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from briefing_kit.briefing import Briefing
from briefing_kit.language import is_english, text_warnings
from briefing_kit.marking import strictest
from briefing_kit.naming import slug
from briefing_kit.readers import SUFFIXES, extract
from briefing_kit.readers.extracted import Extracted, ReadingError
from briefing_kit.readers.labels import marking_of_lines, normal_marking

if TYPE_CHECKING:
    from briefing_kit.readers.front_matter import FrontMatter

__all__ = [
    "SUFFIXES",
    "Batch",
    "ReadingError",
    "Unread",
    "UnreadWarning",
    "briefing_files",
    "load_briefing",
    "load_briefings",
    "normal_marking",
    "read_briefings",
    "refuse_doubles",
]
MAX_BYTES = 20_000_000  # a briefing is some kilobytes; what is larger is not one, and would only exhaust the memory
NOT_READ = (".doc", ".mht", ".mhtml", ".msg", ".odt", ".pages", ".rtf")
ENDINGS = f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"

Source = str | Path | Sequence[str | Path]


class UnreadWarning(UserWarning):
    """A file of a folder that was left out because it cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A file that was left out: its name, the one-line reason, the hash of its bytes and the day that its name gives."""

    path: str
    reason: str
    sha256: str
    named_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What a folder, a pattern or a list of files gave, in the order of the files' names."""

    briefings: tuple[Briefing, ...]
    unread: tuple[Unread, ...] = ()


def load_briefing(path: str | Path, *, document_date: date | None = None) -> Briefing:
    """One file as a Briefing, by its ending (SUFFIXES).

    Its day of publication is the one that the file gives itself (front matter, the mail's Date header, the page's metadata), else the
    parameter's, else the one in its name. Its marking is the strictest of front matter, page headers and lines that hold a TLP label alone.

    Raises:
        ReadingError: the file is missing, too large, damaged, without text, or its front matter cannot be trusted.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ReadingError(f"{file_name(path)}: the ending {path.suffix or '(none)'!r} is not read; save it as {ENDINGS}")
    return _briefing(_read_bytes(path), path, document_date)


def load_briefings(source: Source, *, document_date: date | None = None, strict: bool = False) -> list[Briefing]:
    """The briefings of a folder, a pattern such as `texts/**/*.pdf`, or a list of these and of files, in the order of the files' names.

    Args:
        source: a folder gives its own files (not its subfolders'); hidden and README files are passed over.
        document_date: the day of publication of those that give none.
        strict: refuse the whole where one file cannot be read; otherwise it is left out with an `UnreadWarning`.

    Raises:
        ReadingError: no such folder or file, nothing that can be read, or two files have one doc_id.
    """
    batch = read_briefings(source, document_date=document_date, strict=strict)
    for one in batch.unread:
        warnings.warn(f"left out {one.reason}", UnreadWarning, stacklevel=2)
    return list(batch.briefings)


def read_briefings(source: Source, *, document_date: date | None = None, strict: bool = False) -> Batch:
    """What `load_briefings` gives, and beside it the files that were left out and why.

    Raises:
        ReadingError: as `load_briefings`.
    """
    named = [source] if isinstance(source, (str, Path)) else list(source)
    briefings: dict[Path, Briefing] = {}
    unread: dict[Path, Unread] = {}
    for one in named:
        files, asked_for = _files(one)
        for path in files:
            try:
                briefings[path] = load_briefing(path, document_date=document_date)
            except ReadingError as error:
                if strict or asked_for:
                    raise
                unread[path] = Unread(path=file_name(path), reason=str(error), sha256=_hash(path), named_on=_date_in_name(path.stem))
    if unread and not briefings:
        raise ReadingError(next(iter(unread.values())).reason)
    refuse_doubles(briefings.values())
    return Batch(briefings=tuple(_flag_copies(briefings.values())), unread=tuple(unread.values()))


def briefing_files(folder: Path) -> list[Path]:
    """The files of a folder that are briefings by their ending, sorted; hidden files and README files are not.

    Documents that no reader knows (NOT_READ) are among them: reading refuses them, where passing them over would lose a briefing unsaid.
    """
    return sorted(path for path in folder.iterdir() if _is_briefing_file(path))


def refuse_doubles(briefings: Iterable[Briefing]) -> None:
    """Raise ReadingError where two briefings have one doc_id: their rows could not be told apart."""
    seen: dict[str, Briefing] = {}
    for briefing in briefings:
        other = seen.setdefault(briefing.doc_id, briefing)
        if other is not briefing:
            raise ReadingError(f"{briefing.path}: the same doc_id {briefing.doc_id!r} as {other.path}; rename one of the files")


def _files(source: str | Path) -> tuple[list[Path], bool]:
    """The files that a source stands for, and whether it is one file asked for by name."""
    path = Path(source)
    if path.is_dir():
        found = briefing_files(path)
        if not found:
            raise ReadingError(f"{file_name(path)}: no briefing in this folder; put {ENDINGS} files into it")
        return found, False
    if glob.has_magic(str(source)) and not path.exists():
        matches = glob.iglob(str(source), recursive=True)  # noqa: PTH207 - pathlib takes no absolute pattern
        found = sorted(each for each in map(Path, matches) if _is_briefing_file(each))
        if not found:
            raise ReadingError(f"{file_name(path)}: no {ENDINGS} file fits this pattern; check it")
        return found, False
    if path.suffix.lower() in SUFFIXES or path.is_file():
        return [path], True
    raise ReadingError(f"{file_name(path)}: no such folder; name the folder that holds the briefings")


def file_name(path: Path) -> str:
    """The name of a file as tables and messages bear it: bytes that are no UTF-8, as in names from older systems, become U+FFFD."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def _is_briefing_file(path: Path) -> bool:
    return path.suffix.lower() in (*SUFFIXES, *NOT_READ) and not path.name.startswith((".", "~", "README")) and path.is_file()


def _briefing(data: bytes, path: Path, document_date: date | None) -> Briefing:
    from briefing_kit.readers.front_matter import split_front_matter  # brings pydantic, which texts passed in need not wait for

    name = file_name(path)
    found = extract(data, name, path.suffix.lower())
    header, body = split_front_matter(found.text, name)
    codes = list(found.warnings)
    day, source, others = _published(header, found, document_date, path)
    if day is None:
        codes.append("NO_DATE")
    elif any(other != day for other in others):
        codes.append("DATE_CONFLICT")
    marking = strictest((header.marking, found.marking, marking_of_lines(body))) or None
    if header.marking and marking != header.marking:
        codes.append("MARKING_CONFLICT")
    codes += text_warnings(body)
    if not body.strip():
        codes.append("EMPTY")
    stated = header.language or found.language
    english = header.language is None and is_english(body)
    language = stated.lower()[:2] if stated and (header.language or not english) else "en" if english else None
    if language != "en":
        codes.append("LANGUAGE")
    digest = sha256(data).hexdigest()
    return Briefing(
        text=body,
        doc_id=slug(path.stem) or f"text-{digest[:8]}",
        title=header.title or found.title,
        published_on=day,
        published_source=source,
        series=header.series,
        country=header.country,
        marking=marking,
        language=language,
        path=name,
        sha256=digest,
        warnings=tuple(codes),
    )


def _published(header: FrontMatter, found: Extracted, parameter: date | None, path: Path) -> tuple[date | None, str, list[date]]:
    """The day of publication, where it is from, and the days that the file and its name give besides."""
    named = _date_in_name(path.stem)
    given = [
        (header.published_on, "front_matter"),
        (found.published_on, found.published_source),
        (parameter, "parameter"),
        (named, "file_name"),
    ]
    day, source = next(((day, source) for day, source in given if day), (None, "unknown"))
    return day, source, [other for other in (found.published_on, named) if other]


def _flag_copies(briefings: Iterable[Briefing]) -> Iterable[Briefing]:
    """The briefings; one whose text stood under another name before bears the warning SAME_TEXT."""
    seen: set[str] = set()
    for briefing in briefings:
        copied = briefing.text in seen and bool(briefing.text.strip())
        seen.add(briefing.text)
        yield replace(briefing, warnings=(*briefing.warnings, "SAME_TEXT")) if copied else briefing


def _read_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ReadingError(f"{file_name(path)}: larger than {MAX_BYTES // 1_000_000} MB; split it into single briefings")
        return path.read_bytes()
    except OSError as error:
        raise ReadingError(f"{file_name(path)}: cannot be read ({error.strerror or error}); check the name and the permissions") from None


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return sha256(file.read(MAX_BYTES + 1)).hexdigest()
    except OSError:
        return ""


_NAME_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")


def _date_in_name(stem: str) -> date | None:
    for found in _NAME_DATE.finditer(stem):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
    return None
