"""Editions end to end: what is withheld is in no artefact, and a run in which it would be publishes nothing."""

from __future__ import annotations

import base64
import json
import re
import shutil
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from reporting import META, book, chart, output
from small_workbook import FIRST, make_workbook, tree, write_notebook
from typer.testing import CliRunner

from briefing_kit.cli import app, main
from briefing_kit.exports import FORMATS
from briefing_kit.report.csvs import write_csv, write_parquet
from briefing_kit.report.meta import ReportMeta
from briefing_kit.report.pdf import render_pdf
from briefing_kit.report.workbook import write_workbook
from briefing_kit.view.display import show_figure
from briefing_kit.weekly import history
from briefing_kit.weekly.leaks import leaks
from briefing_kit.weekly.manifest import read_manifest
from briefing_kit.weekly.plan import RunOptions, make_plan
from briefing_kit.weekly.run import run_week
from briefing_kit.weekly.status import Refused
from briefing_kit.withholding import Term, term

pypdf = pytest.importorskip("pypdf", reason="editions need briefing-kit[export]")
WEEK = "2021-W11"
NAME = "Marisol Queens"
GAP = r"[\W_]{0,4}"
ROOT = Path(__file__).parents[1]


def secret() -> Term:
    return term("actors, entry 1", [NAME], gap=GAP)


# The last look: one file of each kind that hides the name somewhere.


def notebook(**output_data: Any) -> bytes:
    cell = {"cell_type": "code", "source": ["x = 1\n"], "outputs": [{"output_type": "display_data", "data": output_data}], "metadata": {}}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def pdf(meta: ReportMeta = META, attachments: dict[str, bytes] | None = None, *cells: Any) -> bytes:
    return render_pdf([book("# Nothing", *cells)], meta, attachments or {}).data


def filed(write: Any, suffix: str, tmp_path: Path) -> bytes:
    path = tmp_path / f"made{suffix}"
    write(path)
    return path.read_bytes()


def sheet(path: Path, **meta: Any) -> None:
    write_workbook({"claims": pd.DataFrame({"text": [meta.pop("cell", "x")]})}, ReportMeta(**{"title": "T", **meta}), path, pd.DataFrame())


def drawn(alt: str, label: str = "") -> Any:
    axes: Any = chart()
    axes.set_ylabel(label)
    return output(show_figure(axes, caption="A chart.", alt=alt))


HIDING: dict[str, Any] = {
    "Marisol-Queens.csv": lambda _: b"a\n1\n",
    "cell.csv": lambda p: filed(lambda path: write_csv(pd.DataFrame({"t": [f"so said {NAME}, at length"]}), path), ".csv", p),
    "other case.txt": lambda _: b"MARISOL\n  QUEENS",
    "accents.txt": lambda _: "Mari\u0301sol Queéns".encode(),
    "hidden characters.txt": lambda _: "Mari\u00adsol\u200b Queens".encode(),
    "escaped.json": lambda _: json.dumps({"id": "marisol-queens"}).replace("q", "\\u0071").encode(),
    "key.json": lambda _: json.dumps({NAME: 1}).encode(),
    "tags.html": lambda _: b"<p><b>Marisol</b> <i>Que</i>ens</p>",
    "entity.html": lambda _: b"<p>&#77;arisol&nbsp;Queens</p>",
    "attribute.html": lambda _: b"<img alt='Marisol Queens'>",
    "picture.html": lambda _: b"<img src='data:image/svg+xml;base64," + base64.b64encode(b"<svg><text>Marisol Queens</text></svg>") + b"'>",
    "lines.ipynb": lambda _: notebook(**{"text/plain": ["Mari", "sol Queens"]}),
    "source.ipynb": lambda _: notebook(**{"text/plain": "x"}).replace(b"x = 1", b"x = 'Marisol Queens'"),
    "value.parquet": lambda p: filed(lambda path: write_parquet(pd.DataFrame({"t": [NAME]}), path), ".parquet", p),
    "metadata.parquet": lambda p: filed(lambda path: write_parquet(pd.DataFrame({"t": [1]}), path, NAME), ".parquet", p),
    "cell.xlsx": lambda p: filed(lambda path: sheet(path, cell=NAME), ".xlsx", p),
    "property.xlsx": lambda p: filed(lambda path: sheet(path, series=NAME), ".xlsx", p),
    "header.xlsx": lambda p: filed(lambda path: sheet(path, marking=NAME), ".xlsx", p),
    "page.pdf": lambda _: pdf(META, None, f"A paragraph about {NAME}."),
    "hyphen.pdf": lambda _: pdf(META, None, "word " * 11 + NAME + " word" * 9, "wordy " * 10 + NAME, "w" * 60 + " Marisol " + "Queens"),
    "heading.pdf": lambda _: pdf(META, None, f"## {NAME}"),
    "title.pdf": lambda _: pdf(ReportMeta(title=f"On {NAME}")),
    "keyword.pdf": lambda _: pdf(ReportMeta(title="T", series=NAME)),
    "attachment.pdf": lambda _: pdf(META, {"claims.csv": b"t\nMarisol Queens\n"}),
    "chart.pdf": lambda _: render_pdf([book("# A", _cell(drawn("Two bars.", NAME)))], META).data,
    "alternative.pdf": lambda _: render_pdf([book("# A", _cell(drawn(f"Chart of {NAME}.")))], META).data,
}


def _cell(made: Any) -> Any:
    import nbformat.v4 as nbf

    return nbf.new_code_cell("x", outputs=[made], execution_count=1)


@pytest.mark.parametrize("name", HIDING)
def test_a_name_is_found_wherever_it_hides(name, tmp_path):
    """In words, ids, capitals, accents, tags, entities, properties, metadata, pictures, attachments, descriptions, file names."""
    data = HIDING[name](tmp_path)
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / name).write_bytes(data)
    assert [(leak.path, leak.entry) for leak in leaks(folder, [secret()])] == [(name, "actors, entry 1")]


@pytest.mark.parametrize("name", ["page.pdf", "cell.xlsx", "value.parquet", "tags.html", "lines.ipynb", "key.json", "other case.txt"])
def test_other_names_are_not_found(name, tmp_path):
    """The look is for whole words: half a name, or one within another, is none."""
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / name).write_bytes(HIDING[name](tmp_path))
    assert leaks(folder, [term("x", ["Marisol Quee", "arisol Queens", "Queens Marisol", "Haftar"], gap=GAP)]) == []


# The run.


def edition(folder: Path, text: str, name: str = "client") -> Path:
    (folder / "data" / "editions").mkdir(exist_ok=True)
    (folder / "data" / "editions" / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Two weeks; one more briefing of the second is marked RED."""
    folder = make_workbook(tmp_path / "book")
    red = (
        "---\ntitle: Secret note\npublished_on: 2021-03-18\nseries: Delta monitor\ncountry: NGA\nmarking: TLP:RED\n---\n"
        "Navy sources said 99 people were killed in Brass on 17 March.\n"
    )
    (folder / "data" / "briefings" / "2021-03-18_secret.md").write_text(red, encoding="utf-8")
    return folder


def everything(folder: Path) -> str:
    """All that can be read in a report without the package's own readers."""
    parts = []
    for name, data in tree(folder).items():
        parts.append(name)
        if name.endswith(".pdf"):
            reader = pypdf.PdfReader(BytesIO(data))
            parts += [page.extract_text() for page in reader.pages]
            parts += [str(reader.metadata), str(reader.attachments)]
            parts.append(data.decode("latin-1"))
        elif name.endswith(".xlsx"):
            with zipfile.ZipFile(BytesIO(data)) as members:
                parts += [members.read(member).decode() for member in members.namelist()]
        elif name.endswith(".parquet"):
            parts.append(pd.read_parquet(BytesIO(data)).to_csv())
        else:
            parts.append(data.decode())
    return "\n".join(parts)


def test_an_edition_leaves_out_what_is_marked_too_strictly(workbook):
    """Not its words, its title, its name or its hash; the marking is that of the rest, and the methods count what is missing."""
    edition(workbook, 'maximum_marking = "green"\nactors = ["Police"]\nsentences = ["visited the city"]\ntitle = "For clients"\n')
    grades = "source,source_kind,reliability,credibility,note\nPolice,unnamed,B,2,x\nNGO,organisation,A,1,contradicts the police\n"
    (workbook / "data" / "sources.csv").write_text(grades, encoding="utf-8")
    result = run_week(WEEK, workbook=workbook, edition="client")
    assert result.ok, (result.reason, result.traceback)
    assert result.folder == workbook / "reports" / f"{WEEK}__client"
    text = everything(result.folder)
    assert not re.search("secret|navy|brass|99 people|police|governor", text, re.IGNORECASE)
    assert "14 people" in text
    staged = (result.folder / "notebooks" / "tables" / "sources.TLP-GREEN.csv").read_text(encoding="utf-8")
    assert staged.splitlines()[1:] == ["NGO,organisation,A,1,contradicts the [withheld]"]
    manifest = read_manifest(result.folder)
    assert manifest is not None
    assert (manifest["marking"], manifest["title"], manifest["rows"]["documents"]) == ("TLP:GREEN", "For clients", 1)
    assert not [name for name in manifest["made_from"] if name.startswith(("data/", "settings"))]
    page = (result.folder / f"{WEEK}__client.html").read_text(encoding="utf-8")
    assert "Briefings marked more strictly than TLP:GREEN, left out of this edition: 1." in page
    assert "Withheld from this edition, in all weeks that it reads: 1 actor or source, 2 mentions, 1 sentence" in page
    assert run_week(WEEK, workbook=workbook, edition="client").up_to_date
    edition(workbook, 'maximum_marking = "green"\n')
    assert make_plan(RunOptions(workbook=workbook, week=WEEK, edition="client")).weeks[0].why == "changed: its inputs"


def test_a_whole_report_and_its_edition_stand_side_by_side(workbook):
    """The edition replaces nothing, and the whole report has everything."""
    edition(workbook, 'actors = ["Police"]\n')
    assert run_week(WEEK, workbook=workbook).ok
    before = tree(workbook / "reports" / WEEK)
    assert run_week(WEEK, workbook=workbook, edition="client").ok
    assert tree(workbook / "reports" / WEEK) == before
    assert "Police" in everything(workbook / "reports" / WEEK)


def test_a_leak_fails_the_run(workbook):
    """A notebook that names what is withheld: nothing is published, and the reason repeats no name."""
    write_notebook(workbook / "notebooks" / "01_first.ipynb", [*FIRST, "print('the po' + 'lice')"])
    edition(workbook, 'actors = ["Police"]\n')
    result = run_week(WEEK, workbook=workbook, edition="client")
    assert (result.status, result.folder) != ("ok", None)
    assert "actors, entry 1" in result.reason
    assert "olice" not in result.reason
    assert not (workbook / "reports" / f"{WEEK}__client").exists()
    assert history.read(workbook / "reports")[-1]["status"] == "failed"


@pytest.mark.parametrize("format_", FORMATS)
def test_exports_know_editions(workbook, format_):
    """Every format, all weeks: the names are gone, the file says which edition it is."""
    pytest.importorskip("stix2")
    pytest.importorskip("followthemoney")
    edition(workbook, 'maximum_marking = "green"\nactors = ["Police"]\n')
    done = CliRunner().invoke(app, ["export", format_, "--workbook", str(workbook), "--edition", "client", "--all"])
    assert (done.exit_code, done.exception) == (0, None)
    (path,) = (workbook / "reports" / "exports").iterdir()
    assert path.name.startswith(f"all__client.{format_}.TLP-GREEN.")
    assert not re.search("police|secret|brass", path.read_text(encoding="utf-8"), re.IGNORECASE)
    assert "left out: briefings marked more strictly than TLP:GREEN: 1" in done.stderr


def test_an_export_that_would_leak_is_not_written(workbook, monkeypatch, capsys):
    """Exit 1: here the file's own name would tell."""
    edition(workbook, 'actors = ["Bibtex"]\n')
    monkeypatch.setattr(sys, "argv", ["briefing-kit", "export", "bibtex", "--workbook", str(workbook), "--edition", "client"])
    with pytest.raises(SystemExit) as stop:
        main()
    out, err = capsys.readouterr()
    assert (stop.value.code, out) == (1, "")
    assert "what is withheld by actors, entry 1: nothing is written" in err
    assert not (workbook / "reports").exists()


def test_a_fault_in_the_redaction_publishes_nothing(workbook, monkeypatch):
    """The last look does not trust what came before it."""
    edition(workbook, 'actors = ["Police"]\n')
    monkeypatch.setattr("briefing_kit.redaction._Redactor._words", lambda *arguments: {})
    result = run_week(WEEK, workbook=workbook, edition="client")
    assert result.status == "failed"
    assert "still has what is withheld by actors, entry 1" in result.reason
    assert not (workbook / "reports" / f"{WEEK}__client").exists()


REFUSALS = {
    "unknown": ("clint", "", "did you mean 'client'?"),
    "no name": ("../client", "", "names no edition"),
    "unknown field": ("client", 'people = ["x"]', "data/editions/client.toml: people: no such setting"),
    "wrong value": ("client", 'maximum_marking = "pink"', "data/editions/client.toml: maximum_marking"),
    "not TOML": ("client", "actors = [", "data/editions/client.toml: not TOML"),
    "nothing left": ("client", 'maximum_marking = "clear"', "every briefing is marked more strictly than TLP:CLEAR"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_wrong_profiles_are_refused_before_anything_starts(workbook, case):
    """One line that names the file and the field; no folder is made."""
    name, text, words = REFUSALS[case]
    edition(workbook, text)
    with pytest.raises(Refused, match=re.escape(words)):
        run_week(WEEK, workbook=workbook, edition=name)
    assert not (workbook / "reports").exists()


def test_without_a_reader_of_pdf_there_is_no_edition(workbook, monkeypatch):
    """What cannot be looked through is not made."""
    edition(workbook, "")
    monkeypatch.setattr("briefing_kit.weekly.shown.find_spec", lambda name: None)
    with pytest.raises(Refused, match=r"pip install 'briefing-kit\[export\]'"):
        make_plan(RunOptions(workbook=workbook, edition="client"))


@pytest.mark.slow
def test_an_edition_of_the_sample_workbook(tmp_path):
    """Slow because it runs the five real notebooks: no name of anybody withheld is in any artefact, looked for by other means."""
    folder = tmp_path / "book"
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    shutil.copytree(ROOT / "data", folder / "data")
    profile = (
        'actors = ["khalifa-haftar", "libyan-national-army"]\nsources = ["Kurdish officials", "UNSMIL"]\nsentences = ["riding club"]\n'
    )
    edition(folder, f'maximum_marking = "amber"\n{profile}', "desk")
    result = run_week("2019-W42", workbook=folder, edition="desk", settings=(("kernel", "fork"),))
    assert result.ok, (result.reason, result.traceback)
    text = everything(result.folder)
    gone = r"haftar|hifter|\bLNA\b|libyan.national.army|libyan-national-army|kurdish.officials|UNSMIL|support.mission|riding.club"
    assert not re.search(gone, text, re.IGNORECASE)
    assert "[withheld]" in text
    assert "Withheld from this edition" in text
