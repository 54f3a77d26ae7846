"""How a run can end, and what it says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from briefing_kit.refusals import RefusalError

Status = Literal["ok", "failed", "timed-out", "interrupted", "kernel-died", "refused"]
EXIT_DONE, EXIT_FAILED, EXIT_REFUSED = 0, 1, 2


class Refused(RefusalError):  # noqa: N818 - the word of the status it leads to
    """A run that is not begun: one line that names the file or option, the field and the mend."""


class BusyError(Refused):
    """Another run is at work: nothing is wrong, and nobody needs to be told."""


class Interrupted(BaseException):
    """The run was told to stop (SIGTERM); like KeyboardInterrupt it is not an error of the run's own."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How one notebook ended.

    `cell` counts code cells from 1 (None where no cell is to blame); `seconds` is wall time.
    """

    notebook: str
    status: Status
    seconds: float = 0.0
    cell: int | None = None
    reason: str = ""
    source: str = ""
    traceback: str = ""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What became of telling by one channel; `reason` says why nobody was told, without any secret."""

    channel: str
    told: bool
    attempts: int
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class RunResult:
    """How the run of one week ended; `folder` is the published report or, of a failed run, its evidence."""

    week: str
    status: Status
    folder: Path | None = None
    pdf: Path | None = None
    up_to_date: bool = False
    seconds: float = 0.0
    reason: str = ""
    traceback: str = ""
    outcomes: tuple[Outcome, ...] = ()
    warnings: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the report stands: just published or up to date."""
        return self.status == "ok"
