"""The header of a briefing: lines `field: value` between two rules. No YAML, so that `country: NO` is Norway."""

from __future__ import annotations

import re
from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from briefing_kit.countries import country_code
from briefing_kit.naming import did_you_mean
from briefing_kit.readers.extracted import ReadingError
from briefing_kit.readers.labels import normal_marking


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


_HEADER_LINE = re.compile(r"([A-Za-z_][\w -]{0,40}?)[ ]*:(?:[ ]+(.*)|$)")


def split_front_matter(text: str, file_name: str) -> tuple[FrontMatter, str]:
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
            raise ReadingError(f"{file_name}: the front matter that begins in line 1 never ends; close it with a line ---")
        return FrontMatter(), text
    if not known and any(line.strip() and not _HEADER_LINE.fullmatch(line.rstrip()) for line in inner):
        return FrontMatter(), text
    fields: dict[str, str] = {}
    for number, name, value in pairs:
        field = _field(name)
        if field not in FrontMatter.model_fields:
            near = did_you_mean(field, FrontMatter.model_fields)
            if near:
                raise ReadingError(f"{file_name}: line {number}: unknown field {name!r}; did you mean {near!r}?")
            continue
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        if field in fields:
            raise ReadingError(f"{file_name}: line {number}: {field} is given twice; keep one of them")
        if value:
            fields[field] = value
    try:
        header = FrontMatter.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        reason = str(first["msg"]).removeprefix("Value error, ")
        raise ReadingError(f"{file_name}: {'.'.join(map(str, first['loc']))}: {reason}") from None
    return header, "\n".join(lines[end + 1 :]).lstrip("\n")


def _field(name: str) -> str:
    name = name.strip().lower().replace(" ", "_").replace("-", "_")
    return _FIELD_ALIASES.get(name, name)
