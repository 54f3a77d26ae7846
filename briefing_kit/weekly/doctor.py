"""`briefing-kit doctor`: what stands in the way of a good report, each finding with its mend."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any, Literal

from briefing_kit.notify_settings import SecretError
from briefing_kit.weekly import history
from briefing_kit.weekly.inputs import read_inputs, versions
from briefing_kit.weekly.manifest import intact, published, read_manifest
from briefing_kit.weekly.plan import spoken
from briefing_kit.weekly.publish import STAGING_PREFIX, reports_folder
from briefing_kit.weekly.status import Refused
from briefing_kit.workbook import Workbook, WorkbookError, load_workbook

ENOUGH_BYTES = 200_000_000


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing looked at: fine (`ok`), worth knowing (`note`) or in the way of a report (`bad`)."""

    level: Literal["ok", "note", "bad"]
    what: str
    mend: str = ""


def examine(folder: Path) -> list[Finding]:
    """Look over the installation and a workbook."""
    findings = list(_installation())
    try:
        workbook = load_workbook(folder)
    except WorkbookError as error:
        return [*findings, Finding(level="bad", what=str(error))]
    return [*findings, *_disk(workbook), *_reports(workbook), *_weeks(workbook), *_corrections(workbook), *_notify(workbook)]


def _installation() -> Iterator[Finding]:
    from packaging.requirements import Requirement  # comes with pandera and nbconvert; not needed by a run

    yield Finding(level="ok", what=f"Python {versions()['python']}, briefing-kit {versions()['briefing-kit']}")
    if not (3, 11) <= sys.version_info[:2] < (3, 15):
        yield Finding(level="bad", what="this Python is not supported", mend="use Python 3.11 to 3.14")
    for line in requires("briefing-kit") or []:
        need = Requirement(line)
        if need.marker is not None and not need.marker.evaluate({"extra": ""}):
            continue
        try:
            has = version(need.name)
        except PackageNotFoundError:
            yield Finding(level="bad", what=f"{need.name} is not installed", mend=f"pip install '{need.name}{need.specifier}'")
            continue
        if not need.specifier.contains(has, prereleases=True):
            yield Finding(level="bad", what=f"{need.name} {has} is not {need.specifier}", mend=f"pip install '{need.name}{need.specifier}'")
    fonts = list((Path(__file__).parents[1] / "report" / "fonts").glob("*.[ot]tf"))
    if fonts:
        yield Finding(level="ok", what=f"{len(fonts)} fonts of the report are there")
    else:
        yield Finding(level="bad", what="the report's fonts are missing", mend="install briefing-kit again")


def _disk(workbook: Workbook) -> Iterator[Finding]:
    try:
        reports_folder(workbook.folder, create=False)
    except Refused as error:
        what, _, mend = str(error).rpartition(": ")
        yield Finding(level="bad", what=what, mend=mend)
    free = shutil.disk_usage(workbook.folder).free
    if free < ENOUGH_BYTES:
        yield Finding(level="bad", what=f"{free // 1_000_000} MB are free where reports are written", mend="make room")
    left = list(workbook.reports.glob(f"{STAGING_PREFIX}*")) if workbook.reports.is_dir() else []
    if left:
        yield Finding(level="note", what=f"{len(left)} runs were killed or are at work", mend="the next run cleans up after killed ones")


def _reports(workbook: Workbook) -> Iterator[Finding]:
    manifests = published(workbook.reports) if workbook.reports.is_dir() else []
    damaged = [str(m["edition"]) for m in manifests if not intact(workbook.reports / str(m["edition"]), m)]
    yield Finding(level="ok", what=f"{len(manifests)} reports are published")
    for edition in damaged:
        yield Finding(level="note", what=f"reports/{edition}: a file is missing or was changed", mend="briefing-kit weekly makes it anew")
    lines = history.read(workbook.reports)
    if not lines:
        yield Finding(level="note", what="no run is on record", mend="briefing-kit weekly")
        return
    last = lines[-1]
    started = str(last.get("started", ""))
    age = f", {_days_since(started)} days ago" if started else ""
    level: Literal["ok", "note"] = "ok" if last.get("status") == "ok" else "note"
    mend = "" if level == "ok" else f"see reports/{last['evidence']}/failure.html" if last.get("evidence") else "briefing-kit history"
    which = f" ({last['week']})" if last.get("week") else ""
    yield Finding(level=level, what=f"the last run{which} was {last.get('status')}{age}", mend=mend)


def _days_since(started: str) -> int:
    try:
        return (datetime.now(UTC) - datetime.fromisoformat(started)).days
    except ValueError:
        return 0


def _weeks(workbook: Workbook) -> Iterator[Finding]:
    try:
        inputs = read_inputs(workbook, workbook.briefings)
    except Refused as error:
        yield Finding(level="bad", what=str(error))
        return
    yield Finding(level="ok", what=f"{len(inputs.briefings)} briefings of {spoken(inputs.weeks)}")
    for one in inputs.unread:
        yield Finding(level="bad", what=inputs.left_out(one))
    for briefing in inputs.undated:
        yield Finding(level="note", what=f"{briefing.path} has no date", mend="add `published_on: 2019-10-16` to it; it is in no report")
    missing = [week for week in inputs.weeks if read_manifest(workbook.reports / week) is None]
    if missing:
        yield Finding(level="note", what=f"no report yet of {spoken(missing)}", mend="briefing-kit weekly --missing")
    unmarked = [briefing for briefing in inputs.briefings if not briefing.marking]
    if unmarked and not workbook.settings.marking:
        yield Finding(level="note", what=f"{len(unmarked)} briefings bear no marking", mend="set marking in data/workbook.toml")


def _notify(workbook: Workbook) -> Iterator[Finding]:
    notify = workbook.settings.notify
    for secret in notify.secrets():
        try:
            secret.read(workbook.folder)
        except SecretError as error:
            yield Finding(level="bad", what=f"notify: {error}", mend="provide it to the account that makes the reports")
            continue
        if secret.readable_by_all(workbook.folder):
            yield Finding(level="note", what=f"notify: {secret.place()} can be read by every user", mend="chmod 600")
    last: list[dict[str, Any]] = next((line["notified"] for line in reversed(history.read(workbook.reports)) if line.get("notified")), [])
    for one in last:
        if not one.get("told"):
            yield Finding(level="note", what=f"the last time nobody was told by {one.get('channel')}: {one.get('reason')}")


def _corrections(workbook: Workbook) -> Iterator[Finding]:
    from briefing_kit.analysis import analyse
    from briefing_kit.corrections import stale_reasons
    from briefing_kit.gazetteer import GazetteerError, load_gazetteer
    from briefing_kit.reading import ReadingError, read_briefings
    from briefing_kit.unknown_names import worklist
    from briefing_kit.weekly.stage import corrections_of

    try:
        corrections = corrections_of(workbook)
        gazetteer = load_gazetteer(workbook.actors)
        tables = analyse(read_briefings(workbook.briefings).briefings, gazetteer=gazetteer)
    except (Refused, ReadingError, GazetteerError) as error:
        yield Finding(level="bad", what=str(error))
        return
    for problem in gazetteer.problems:
        yield Finding(level="note", what=f"data/{problem}", mend="edit that line")
    for correction_id, reason in stale_reasons(tables, corrections).items():
        yield Finding(level="note", what=f"correction {correction_id} changes nothing, {reason}", mend="remove or renew its line")
    unknown = len(worklist(tables, gazetteer=gazetteer))
    if unknown:
        yield Finding(level="note", what=f"{unknown} actors are not on file", mend="briefing-kit actors worklist")
