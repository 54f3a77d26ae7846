"""A workbook: the folder with notebooks/, data/ and reports/, and its settings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from briefing_kit.countries import country_code
from briefing_kit.naming import did_you_mean
from briefing_kit.notify_settings import Notify
from briefing_kit.reading import normal_marking
from briefing_kit.refusals import RefusalError

SETTINGS_FILE = "data/workbook.toml"
ModelT = TypeVar("ModelT", bound=BaseModel)
Positive = Annotated[int, Field(ge=1)]


class WorkbookError(RefusalError):
    """A workbook that cannot be used: one line that names the file, the field and the mend."""


class Settings(BaseModel):
    """What `data/workbook.toml` may hold. Each field can be overridden on the command line of `briefing-kit weekly`.

    `series` and `country` (ISO 3166 alpha-3) stand on the title page where the briefings name none, `marking` is that of
    briefings that bear none; `date_order` reads 3/10/2019 as day or month first; `notebooks` holds parameters by notebook;
    `store` is the folder of an archive that briefings are analysed through, so that only what is new or changed is analysed;
    `jobs` is the number of notebooks executed at once (0: one per core, at most 4); time-outs are in seconds; of failed runs
    the evidence of the newest `keep_failed` is kept; `notify` says who is told of a run.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = "Weekly briefing"
    organisation: str = ""
    series: str | None = None
    country: str | None = None
    weeks_before: Annotated[int, Field(ge=0, le=520)] = 4
    marking: str | None = None
    date_order: Literal["dmy", "mdy"] = "dmy"
    briefings: str = "data/briefings"
    store: Annotated[str, Field(min_length=1)] | None = None
    notebooks: dict[str, dict[str, Any]] = {}
    jobs: Annotated[int, Field(ge=0, le=64)] = 0
    kernel: Literal["stock", "fork"] = "stock"
    cell_timeout: Positive = 120
    run_timeout: Positive = 900
    keep_failed: Positive = 20
    notify: Notify = Notify()

    @field_validator("marking")
    @classmethod
    def _marking(cls, value: str | None) -> str | None:
        return None if value is None else normal_marking(value)

    @field_validator("country")
    @classmethod
    def _country(cls, value: str | None) -> str | None:
        code = None if value is None else country_code(value)
        if value is not None and code is None:
            raise ValueError("write an ISO 3166 code of three capitals such as LBY")
        return code


@dataclass(frozen=True, kw_only=True)
class Workbook:
    """A workbook's settings and where its parts are. `folder` is absolute; what a workbook lacks is None or empty."""

    folder: Path
    settings: Settings
    briefings: Path
    notebooks: tuple[Path, ...]
    actors: Path | None
    corrections: Path | None
    sources: Path | None
    commentary: dict[str, Path]

    @property
    def reports(self) -> Path:
        """Where reports are published."""
        return self.folder / "reports"

    @property
    def store(self) -> Path | None:
        """The archive that briefings are analysed through, where the settings name one."""
        return self.folder / self.settings.store if self.settings.store else None

    @property
    def settings_file(self) -> Path | None:
        """The settings as written, where there are any."""
        path = self.folder / SETTINGS_FILE
        return path if path.is_file() else None

    def relative(self, path: Path) -> str:
        """A path as reports may print it: relative to the workbook or, outside of it, the last folder and the name."""
        try:
            return path.resolve().relative_to(self.folder).as_posix()
        except ValueError:
            return Path(*path.parts[-2:]).as_posix() if path.suffix else path.name


def find_workbook(start: str | Path = ".") -> Path:
    """The nearest folder at or above `start` that holds data/briefings/ or settings; `start` itself where there is none.

    So a notebook finds its workbook from notebooks/ and from a published report alike.
    """
    here = Path(start)
    candidates = (here, *here.resolve().parents)
    return next((folder for folder in candidates if (folder / "data" / "briefings").is_dir() or (folder / SETTINGS_FILE).is_file()), here)


def load_workbook(folder: str | Path = ".", *, overrides: dict[str, Any] | None = None) -> Workbook:
    """The workbook in a folder, with its settings; `overrides` win over `data/workbook.toml` where they are not None.

    Example:
        >>> workbook = load_workbook(".", overrides={"title": "Libya weekly"})
        >>> workbook.settings.title
        'Libya weekly'

    Raises:
        WorkbookError: no such folder, settings that cannot be read, a field that is unknown or has a wrong value.
    """
    root = Path(folder)
    if not root.is_dir():
        raise WorkbookError(f"--workbook: {folder} is not a folder: name the folder that holds notebooks/ and data/")
    root = root.resolve()
    settings = _settings(root, {key: value for key, value in (overrides or {}).items() if value is not None})
    data = root / "data"

    def given(name: str) -> Path | None:
        return data / name if (data / name).is_file() else None

    return Workbook(
        folder=root,
        settings=settings,
        briefings=(root / settings.briefings),
        notebooks=tuple(sorted(path for path in (root / "notebooks").glob("*.ipynb") if re.match(r"\d", path.name))),
        actors=given("actors.csv"),
        corrections=given("corrections.csv"),
        sources=given("sources.csv"),
        commentary={path.stem: path for path in sorted((data / "commentary").glob("*.md"))},
    )


def suggestion(name: str, known: Iterable[str]) -> str:
    """The mend of a misspelt name: `did you mean 'week'?`, or the list of what there is."""
    names = sorted(known)
    near = did_you_mean(name, names)
    if near:
        return f"did you mean {near!r}?"
    return f"there is {', '.join(names)}" if names else "there is none"


def read_toml(path: Path, label: str) -> dict[str, Any]:
    """What a settings file holds; `label` is what messages call it.

    Raises:
        WorkbookError: it is not UTF-8 text or not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise WorkbookError(f"{label}: not UTF-8 text: save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise WorkbookError(f"{label}: not TOML: {_one_line(str(error))}: mend that line") from None


def checked(model: type[ModelT], written: dict[str, Any], label: str, overrides: dict[str, Any] | None = None) -> ModelT:
    """The settings of a file as their model; `overrides` win and are named by their options.

    Raises:
        WorkbookError: a field is unknown, missing or has a wrong value.
    """
    overrides = overrides or {}
    try:
        return model.model_validate({**written, **overrides})
    except ValidationError as error:
        first = next((one for one in error.errors() if one["type"] == "extra_forbidden"), error.errors()[0])
        names = [str(part) for part in first["loc"]]
        field = ".".join(names)
        place = f"--{field.replace('_', '-')}" if names[0] in overrides else f"{label}: {field}"
        if first["type"] == "extra_forbidden":
            raise WorkbookError(f"{place}: no such setting: {suggestion(names[-1], _fields_beside(model, names))}") from None
        if first["type"] == "missing":
            raise WorkbookError(f"{place}: is missing: write it") from None
        shown = "this" if names[0] == "notify" else _value(first["input"])  # it might be a secret
        raise WorkbookError(f"{place}: {shown} will not do: {_mend(first)}") from None


def _settings(root: Path, overrides: dict[str, Any]) -> Settings:
    path = root / SETTINGS_FILE
    return checked(Settings, read_toml(path, SETTINGS_FILE) if path.is_file() else {}, SETTINGS_FILE, overrides)


def _fields_beside(model: type[BaseModel], names: list[str]) -> list[str]:
    """The settings that there are in the table that the last of these names stands in."""
    for name in names[:-1]:
        kinds = (model.model_fields[name].annotation, *get_args(model.model_fields[name].annotation))
        model = next(kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel))
    return list(model.model_fields)


def _value(value: object) -> str:
    text = _one_line(repr(value))
    return text if len(text) <= 40 else text[:37] + "..."


def _mend(error: Any) -> str:
    message = _one_line(str(error["msg"]).removeprefix("Value error, "))
    return message[:1].lower() + message[1:]


def _one_line(text: str) -> str:
    return " ".join(text.split())
