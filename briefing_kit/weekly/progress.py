"""What a person sees of a run: one line per notebook that draws itself in a terminal, plain lines elsewhere."""

from __future__ import annotations

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from briefing_kit.weekly.failure import screen
from briefing_kit.weekly.notify import spoken
from briefing_kit.weekly.plan import WeekPlan
from briefing_kit.weekly.pool import Event
from briefing_kit.weekly.run import Reporter
from briefing_kit.weekly.status import RunResult, Told

STAGES = {"analyse": "analysing the briefings", "execute": "executing the notebooks", "render": "rendering", "publish": "publishing"}


class ProgressReporter(Reporter):
    """Draws on standard error, so that standard output holds nothing but the paths of the reports."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.console = Console(stderr=True, highlight=False, soft_wrap=True)
        self.quiet = quiet
        self.progress: Progress | None = None
        self.tasks: dict[str, TaskID] = {}

    def __enter__(self) -> ProgressReporter:
        return self

    def __exit__(self, *exception: object) -> None:
        self._stop()

    def _stop(self) -> None:
        """Stop drawing, whatever happened: the terminal gets its cursor back."""
        if self.progress:
            self.progress.stop()
            self.progress = None

    def week(self, plan: WeekPlan) -> None:
        """Say which week and why; draw where somebody watches."""
        self.tasks = {}
        self._say(f"{plan.edition} ({plan.why})", style="bold")
        if self.console.is_terminal and not self.quiet:
            columns = (SpinnerColumn(finished_text="[green]✓"), TextColumn("{task.description}"), TimeElapsedColumn())
            self.progress = Progress(*columns, console=self.console, transient=False)
            self.progress.start()

    def stage(self, name: str) -> None:
        """Say what the run turns to."""
        self._begin(name, STAGES[name])
        for other in list(self.tasks):
            if other in STAGES and other != name:
                self._done(other)

    def notebook(self, event: Event) -> None:
        """One line per notebook: how many cells, and how it ended."""
        if event.kind == "begun":
            self._begin(event.job, event.job)
        elif event.kind == "cell" and self.progress:
            self.progress.update(self.tasks[event.job], description=f"{event.job}  cell {event.cell}")
        elif event.kind == "done" and event.outcome is not None:
            words = f"{event.job}  {event.outcome.status}"
            if self.progress and event.outcome.status == "ok":
                self.progress.update(self.tasks[event.job], description=words, completed=1)
            elif self.progress:
                self.progress.update(self.tasks[event.job], description=f"[red]{words}")
                self.progress.stop_task(self.tasks[event.job])
            else:
                self._say(f"  {words}  {event.outcome.seconds:.1f} s")

    def result(self, result: RunResult) -> None:
        """How the week ended: one line, or one screen of what failed."""
        for task in list(self.tasks) if result.ok else []:
            self._done(task)
        self._stop()
        if result.up_to_date:
            self._warn(result)
            self._say(f"{result.week}: up to date")
        elif result.ok:
            self._warn(result)
            self._say(f"{result.week}: ok in {result.seconds:.1f} s", style="green")
        else:
            for line in screen(result):
                self.console.print(line, style="red", markup=False)
            if result.folder is not None:
                self.console.print(f"  evidence: reports/failed/{result.folder.name}/failure.html", markup=False)
            self.console.print("  the last good report, where there is one, stands unchanged", markup=False)

    def told(self, told: Told) -> None:
        """Who was told; that nobody could be is said even where only failures are."""
        if told.told:
            self._say(f"  {spoken(told)}")
        else:
            self.console.print(f"  {spoken(told)}", style="yellow", markup=False)

    def _warn(self, result: RunResult) -> None:
        for warning in result.warnings:
            self._say(f"  warning: {warning}", style="yellow")

    def _say(self, text: str, style: str = "") -> None:
        if not self.quiet:
            self.console.print(text, style=style, markup=False)

    def _begin(self, name: str, words: str) -> None:
        if self.progress:
            self.tasks[name] = self.progress.add_task(words, total=1)
        elif name in STAGES:
            self._say(f"  {words}")

    def _done(self, name: str) -> None:
        if self.progress and name in self.tasks:
            self.progress.update(self.tasks[name], completed=1)
