"""The parameters of the notebooks: declared once, checked before any kernel starts.

Each of our notebooks has a model here; a workbook's own notebook gets one from its `parameters` cell. Either way an
unknown name, a wrong type or a value out of range is refused, where papermill would run with the default.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, create_model

from briefing_kit.weekly.cells import Parameter, parameters_cell
from briefing_kit.weekly.status import Refused
from briefing_kit.weekly.weeks import check_week
from briefing_kit.workbook import suggestion

RUN_PARAMETERS = {  # set by the run itself, and how a person sets them
    "week": "use --week",
    "briefings": "use --briefings",
    "tables": "use --briefings",
    "weeks_before": "use --weeks-before",
    "sources": "put the grades into data/sources.csv",
}
LANES = "event_type predicate actors location country source source_kind cue_class factuality granularity doc_id week".split()
TYPES: dict[str, Any] = {"str": str, "int": int, "float": float, "bool": bool, "list": list, "dict": dict}


class NotebookParameters(BaseModel):
    """What every notebook takes: the week, the folder of briefings, the folder of staged tables ("" to analyse), weeks looked back."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    week: str = ""
    briefings: str = "data/briefings"
    tables: str = ""
    weeks_before: Annotated[int, Field(ge=0, le=520)] = 4


Shown = Annotated[int, Field(ge=1, le=500)]


class Ranked(NotebookParameters):
    """Chapters that show the first so many rows: what changed, actor mentions, numeric claims."""

    top: Shown = 12


def _lane(name: str) -> str:
    if name not in LANES:
        raise ValueError(f"no such column: {suggestion(name, LANES)}")
    return name


class Timeline(NotebookParameters):
    """The timeline: days before publication in the chart, and the column that parts its lanes."""

    days: Annotated[int, Field(ge=1, le=3660)] = 60
    lanes: Annotated[str, AfterValidator(_lane)] = "event_type"


class SourcesAndMethods(NotebookParameters):
    """The sources: another file of grades, when run by hand."""

    sources: str = ""


MODELS: dict[str, type[NotebookParameters]] = {
    "01_what_changed": Ranked,
    "02_actor_mentions": Ranked,
    "03_numeric_claims": Ranked,
    "04_timeline": Timeline,
    "05_sources_and_methods": SourcesAndMethods,
}


def model_for(path: Path) -> type[BaseModel]:
    """The model of a notebook's parameters: the declared one, with the cell's own defaults, or one made from the cell.

    Raises:
        Refused: the cell and the declared model disagree, or the cell cannot be read.
    """
    cell = parameters_cell(path)
    declared = MODELS.get(path.stem)
    if declared is not None:
        _agree(path, cell, declared)
    fields: dict[str, Any] = {}
    for parameter in cell:
        known = declared or NotebookParameters
        if parameter.name in known.model_fields:
            info = known.model_fields[parameter.name]
            fields[parameter.name] = (Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation, parameter.default)
        else:
            fields[parameter.name] = (_type(path, parameter), parameter.default)
    config = ConfigDict(extra="forbid", frozen=True, strict=True, validate_default=True)
    return create_model(f"Parameters_{path.stem}", __config__=config, **fields)


def _type(path: Path, parameter: Parameter) -> Any:
    outer, _, inner = parameter.annotation.partition("[")
    if outer not in TYPES:
        mend = f"use one of {', '.join(TYPES)}"
        raise Refused(f"notebooks/{path.name}: parameters: {parameter.name} is annotated {parameter.annotation}: {mend}")
    item = TYPES.get(inner.rstrip("]"))
    return list[item] if outer == "list" and item is not None else TYPES[outer]  # type: ignore[valid-type]  # made at run time


def _agree(path: Path, cell: list[Parameter], declared: type[BaseModel]) -> None:
    in_cell = {parameter.name for parameter in cell}
    for name in sorted(in_cell ^ set(declared.model_fields)):
        place = "not in its declared model" if name in in_cell else "declared but not in the cell"
        raise Refused(f"notebooks/{path.name}: parameters: {name} is {place}: make both agree")
    for parameter in cell:
        info = declared.model_fields[parameter.name]
        written = getattr(info.annotation, "__name__", str(info.annotation)) if "[" not in str(info.annotation) else str(info.annotation)
        if written.replace(" ", "") != parameter.annotation.replace(" ", ""):
            line = f"{parameter.name} is {parameter.annotation} in the cell and {written} in its declared model"
            raise Refused(f"notebooks/{path.name}: parameters: {line}: make both agree")


def short_name(stem: str) -> str:
    """A notebook's name without its number: 02_actor_mentions -> actor_mentions."""
    number, _, rest = stem.partition("_")
    return rest if number.isdigit() and rest else stem


def parse_settings(settings: Iterable[str]) -> list[tuple[str, str, str]]:
    """`notebook.name=value` or `name=value` as (notebook or "", name, value).

    Raises:
        Refused: no `=` or no name.
    """
    parsed = []
    for setting in settings:
        target, equals, value = setting.partition("=")
        notebook, _, name = target.strip().rpartition(".")
        if not equals or not name.isidentifier():
            raise Refused(f"--set: {setting[:60]!r} sets nothing: write notebook.name=value or name=value")
        parsed.append((notebook.removesuffix(".ipynb"), name, value.strip()))
    return parsed


def effective_parameters(
    notebooks: Iterable[Path], settings: Iterable[str] = (), written: dict[str, dict[str, Any]] | None = None, **run: Any
) -> dict[str, dict[str, Any]]:
    """Every notebook's parameters as they will be used, defaults included, by notebook stem.

    `settings` are those of the command line (see `parse_settings`), `written` those of `data/workbook.toml`, `run` the
    ones that the run itself sets (week, briefings, tables, weeks_before), each given only to notebooks that have it.

    Raises:
        Refused: an unknown notebook or name, or a value of the wrong type or out of range.
    """
    models = {path.stem: model_for(path) for path in notebooks}
    if not models:
        raise Refused("notebooks: the workbook has no notebook whose name begins with a number: add notebooks/01_....ipynb")
    chosen: dict[str, dict[str, Any]] = {stem: {} for stem in models}
    for notebook, values in (written or {}).items():
        stem = _find_notebook(notebook, models, "data/workbook.toml: notebooks")
        for name, value in values.items():
            _check_name(name, {stem: models[stem]}, f"data/workbook.toml: notebooks.{notebook}")
            chosen[stem][name] = value
    for notebook, name, text in parse_settings(settings):
        targets = {stem: models[stem] for stem in [_find_notebook(notebook, models, "--set")]} if notebook else models
        _check_name(name, targets, f"--set {notebook}".strip())
        for stem, model in targets.items():
            if name in model.model_fields:
                chosen[stem][name] = _read_value(text, model.model_fields[name].annotation)
    result = {}
    for stem, model in models.items():
        values = {**chosen[stem], **{name: value for name, value in run.items() if name in model.model_fields}}
        result[stem] = validate(stem, model, values)
    return result


def validate(stem: str, model: type[BaseModel], values: dict[str, Any]) -> dict[str, Any]:
    """The values with defaults.

    Raises:
        Refused: a value of the wrong type or out of range, or a week that is none.
    """
    try:
        effective = model.model_validate(values).model_dump()
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        message = str(first["msg"]).removeprefix("Value error, ")
        shown = " ".join(repr(first["input"]).split())[:40]
        raise Refused(f"{stem}.{name}: {shown} will not do: {message[:1].lower() + message[1:]}") from None
    if effective.get("week"):
        check_week(effective["week"], f"{stem}.week")
    return effective


def check_parameters(notebook: str, /, **values: Any) -> None:
    """Refuse wrong values of one of our notebooks' parameters, in the words of the weekly run: for a notebook run by hand.

    `notebook` is its name, with or without the number.

    Example:
        >>> bk.check_parameters("actor_mentions", top=15)
        >>> bk.check_parameters("actor_mentions", top=-3)
        Traceback (most recent call last):
        ...
        briefing_kit.weekly.status.Refused: 02_actor_mentions.top: -3 will not do: input should be greater than or equal to 1

    Raises:
        Refused: no such notebook or parameter, or a value of the wrong type or out of range.
    """
    stem = _find_notebook(notebook, MODELS, "check_parameters")
    model = MODELS[stem]
    for name in values:
        if name not in model.model_fields:
            raise Refused(f"{stem}: no parameter {name!r}: {suggestion(name, model.model_fields)}")
    validate(stem, model, values)


def _find_notebook(name: str, models: Iterable[str], where: str) -> str:
    stems = list(models)
    for stem in stems:
        if name in {stem, short_name(stem)}:
            return stem
    raise Refused(f"{where}: no notebook {name!r}: {suggestion(name, [short_name(stem) for stem in stems])}")


def _check_name(name: str, models: dict[str, type[BaseModel]], where: str) -> None:
    known = {field for model in models.values() for field in model.model_fields}
    if name in RUN_PARAMETERS and name in known:
        raise Refused(f"{where}: {name} is the same for all notebooks: {RUN_PARAMETERS[name]}")
    if name not in known:
        raise Refused(f"{where}: no parameter {name!r}: {suggestion(name, known - set(RUN_PARAMETERS))}")


def _read_value(text: str, annotation: Any) -> Any:
    """A command line's text as the type asked for; left a string where it cannot be, for validation to refuse."""
    if annotation is str:
        return text
    if annotation is bool:
        return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(text.lower(), text)
    if annotation in (int, float):
        try:
            return annotation(text)
        except ValueError:
            return text
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return [part.strip() for part in text.split(",") if part.strip()] if "list" in str(annotation) else text
