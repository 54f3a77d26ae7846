"""What a run would do: which weeks, with which parameters, and which of them stand already."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefing_kit.briefing import iso_week
from briefing_kit.editions import Edition, load_edition
from briefing_kit.gazetteer import GazetteerError, load_gazetteer
from briefing_kit.marking import marked_name, product_marking
from briefing_kit.naming import slug
from briefing_kit.weekly.inputs import Inputs, key_of, made_from, read_inputs
from briefing_kit.weekly.manifest import intact, read_manifest
from briefing_kit.weekly.parameters import effective_parameters
from briefing_kit.weekly.publish import report_folder, reports_folder
from briefing_kit.weekly.shown import SOURCES, need_reader
from briefing_kit.weekly.status import Refused
from briefing_kit.weekly.weeks import check_week
from briefing_kit.workbook import Workbook, WorkbookError, load_workbook

LEFT_OUT = "The key judgements of data/commentary/{week}.md are left out: they judge the briefings of {own}, and this report reads others."
ABOVE = "Briefings marked more strictly than {maximum}, left out of this edition: {number}."
TABLES = "tables"  # where a notebook finds the staged tables, seen from its own folder


@dataclass(frozen=True, kw_only=True)
class RunOptions:
    """What may be asked of a run; the command line's options and `run_week`'s arguments, by the same names.

    `week` is an ISO week, the newest of the data by default; or `missing` (weeks without a report), `since` (from that
    week on) or `all_weeks`. `set_` holds notebook parameters as `notebook.name=value`. `settings` overrides
    `data/workbook.toml` where a value is not None. `series` and `country` choose among the briefings of a week.
    `strict` refuses the run where a file of the briefings cannot be read; otherwise it is left out, and the report and the run's
    warnings say so. `edition` names a profile in data/editions/ that says what its readers do not get. `wait` is how many seconds
    to wait for another run to end.
    """

    week: str | None = None
    missing: bool = False
    since: str | None = None
    all_weeks: bool = False
    workbook: str | Path = "."
    briefings: str | Path | None = None
    series: str | None = None
    country: str | None = None
    marking: str | None = None
    set_: tuple[str, ...] = ()
    settings: tuple[tuple[str, Any], ...] = ()
    force: bool = False
    strict: bool = False
    edition: str | None = None
    wait: float = 0.0


@dataclass(frozen=True, kw_only=True)
class WeekPlan:
    """One report to make: its name under reports/, its parameters, what it is made from, whether it stands already, what it must note."""

    week: str
    edition: str
    parameters: dict[str, dict[str, Any]]
    chosen: dict[str, Any]
    parts: dict[str, str]
    key: str
    up_to_date: bool
    why: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All that a run needs to know, checked; nothing has been written and no process started."""

    workbook: Workbook
    reports: Path
    inputs: Inputs
    marking: str | None
    weeks: tuple[WeekPlan, ...]
    profile: Edition | None = None


def make_plan(options: RunOptions) -> Plan:
    """Check everything that can be checked before a run begins, and say what it will do, oldest week first.

    Raises:
        Refused: anything that would not do, in one line that names file or option, field and mend.
    """
    _check_choice(options)
    try:
        workbook = load_workbook(options.workbook, overrides={**dict(options.settings), "marking": None})
        override = load_workbook(options.workbook, overrides={"marking": options.marking}).settings.marking if options.marking else None
        country = load_workbook(options.workbook, overrides={"country": options.country}).settings.country if options.country else None
        load_gazetteer(workbook.actors)
        profile = load_edition(workbook, options.edition) if options.edition else None
    except (WorkbookError, GazetteerError) as error:
        raise Refused(str(error)) from None
    settings = workbook.settings
    if not (workbook.folder / "notebooks").is_dir():
        raise Refused(f"--workbook: {options.workbook} holds no notebooks/: call it in a workbook's folder, or name that")
    effective_parameters(workbook.notebooks, options.set_, settings.notebooks, weeks_before=settings.weeks_before)
    folder = Path(options.briefings) if options.briefings is not None else workbook.briefings
    inputs = read_inputs(workbook, folder, series=options.series, country=country, strict=options.strict)
    if profile is not None:
        need_reader()
        inputs = for_edition(inputs, profile, settings.marking, options.week)
        workbook = replace(workbook, settings=settings.model_copy(update={"title": profile.title or settings.title}))
    judgements = workbook.commentary
    if folder.resolve() != workbook.briefings.resolve():  # they judge other texts
        workbook = replace(workbook, commentary={})
    reports = reports_folder(workbook.folder, create=False)
    suffix = "".join(f"_{part}" for part in (country, slug(options.series or "")[:60]) if part)
    suffix += f"__{options.edition}" if options.edition else ""
    weeks = []
    for week in _chosen_weeks(options, inputs, reports, suffix):
        edition = week + suffix
        marking, _ = product_marking([b.marking for b in inputs.of_window(week, settings.weeks_before)], settings.marking, override)
        given = {"sources": f"{TABLES}/{marked_name(SOURCES, '.csv', marking)}"} if profile and workbook.sources else {}
        parameters = effective_parameters(
            workbook.notebooks,
            options.set_,
            settings.notebooks,
            week=week,
            briefings=inputs.label,
            tables=TABLES,
            weeks_before=settings.weeks_before,
            **given,
        )
        left_out = week in judgements and week not in workbook.commentary
        notes = [LEFT_OUT.format(week=week, own=workbook.relative(workbook.briefings))] if left_out else []
        notes += [inputs.left_out(one) for one in inputs.unread_near(week, settings.weeks_before)]
        above = replace(inputs, briefings=inputs.above).of_window(week, settings.weeks_before)
        notes += [ABOVE.format(number=len(above), maximum=profile.maximum_marking)] if profile and above else []
        chosen = {"series chosen": options.series, "country chosen": country, "marking chosen": override, "notes": " ".join(notes) or None}
        chosen |= {"edition": f"{options.edition} {profile.model_dump_json()}"} if profile else {}
        parts = made_from(workbook, inputs, week, parameters, chosen)
        key = key_of(parts)
        _check_commentary(workbook.commentary.get(week))
        why = state_of(report_folder(reports, edition), parts, key)
        weeks.append(
            WeekPlan(
                week=week,
                edition=edition,
                parameters=parameters,
                chosen=chosen,
                parts=parts,
                key=key,
                up_to_date=not why and not options.force,
                why=why or ("--force" if options.force else "up to date"),
                notes=tuple(notes),
            )
        )
    return Plan(workbook=workbook, reports=reports, inputs=inputs, marking=override, weeks=tuple(weeks), profile=profile)


def state_of(target: Path, parts: dict[str, str], key: str) -> str:
    """Why a report must be made: no report, what changed, or a damaged file; "" where it stands as it should."""
    manifest = read_manifest(target)
    if manifest is None:
        return "no report yet"
    if manifest.get("key") != key:
        known = manifest.get("made_from", {})  # an edition's manifest names no inputs
        changed = differing(known, parts if "edition_of" not in manifest else {name: parts.get(name, "") for name in known})
        more = f" and {len(changed) - 2} more" if len(changed) > 2 else ""
        return f"changed: {', '.join(changed[:2]) or 'its inputs'}{more}"
    return "" if intact(target, manifest) else "a published file is missing or was changed"


def differing(old: dict[str, str], new: dict[str, str]) -> list[str]:
    """The names of what differs between two accounts of what a report is made from."""
    return [name for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)]


def _check_choice(options: RunOptions) -> None:
    given = {"--week": options.week, "--all": options.all_weeks, "--missing": options.missing, "--since": options.since}
    named = [name for name, value in given.items() if value]
    if len(named) > 1 and set(named) != {"--missing", "--since"}:
        raise Refused(f"{named[0]}: contradicts {named[1]}: give one of them")
    for name in ("--week", "--since"):
        if given[name] is not None:
            check_week(str(given[name]), name)


def for_edition(inputs: Inputs, profile: Edition, default: str | None, week: str | None) -> Inputs:
    """The briefings that an edition may show, unmarked ones bearing the default.

    Raises:
        Refused: there is none, or none of the week that is asked for.
    """
    kept = inputs.up_to(profile.maximum_marking, default)
    if not kept.briefings or (week in inputs.weeks and week not in kept.weeks):
        which = f"of {week} " if kept.briefings else ""
        raise Refused(f"--edition: every briefing {which}is marked more strictly than {profile.maximum_marking}: there is nothing to show")
    return kept


def _check_commentary(path: Path | None) -> None:
    """Refuse key judgements that cannot be read before anything is begun, not when the report is bound."""
    if path is None:
        return
    try:
        path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"data/commentary/{path.name}: not UTF-8 text: save it as UTF-8") from None


def _chosen_weeks(options: RunOptions, inputs: Inputs, reports: Path, suffix: str) -> list[str]:
    weeks = inputs.weeks
    if options.week:
        if options.week not in weeks:
            bad = next((one for one in inputs.unread if one.named_on and iso_week(one.named_on) == options.week), None)
            if bad is not None:
                raise Refused(f"--week: {inputs.left_out(bad)}")
            raise Refused(f"--week: no briefing of {options.week} in {inputs.label}: there is {spoken(weeks)}")
        return [options.week]
    if options.since:
        later = [week for week in weeks if week >= options.since]
        if not later:
            raise Refused(f"--since: no briefing of {options.since} or later in {inputs.label}: there is {spoken(weeks)}")
        weeks = later
    if options.missing:
        return [week for week in weeks if read_manifest(reports / (week + suffix)) is None]
    return weeks if options.since or options.all_weeks else weeks[-1:]


def spoken(weeks: list[str]) -> str:
    """The weeks in words: all of a few, the ends of many."""
    if len(weeks) <= 3:
        return ", ".join(weeks)
    return f"{weeks[0]} to {weeks[-1]} ({len(weeks)} weeks)"
