"""What is told of a run: the facts, as JSON, as a mail and as one text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from briefing_kit.notify_settings import Mail
from briefing_kit.weekly.status import Status

HEADLINES = ("Actor mentions", "Numeric claims", "Dated events")
ENVIRONMENT = "BRIEFING_KIT_"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """How a run ended, for people and machines. `report`, `pdf` and `evidence` are paths from the workbook's folder on, or "".

    `headlines` are three numbers by name, of a published report only.
    """

    run: str
    status: Status
    week: str
    edition: str
    title: str
    marking: str = ""
    reason: str = ""
    headlines: dict[str, str]
    report: str = ""
    pdf: str = ""
    evidence: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there is a report to tell of."""
        return self.status == "ok"


def headlines(key_figures: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The three headline numbers among a manifest's key figures."""
    return {name: number for name, number in key_figures if name in HEADLINES}


def subject(facts: Facts) -> str:
    """One line: marking, status, week and title."""
    marking = f"[{facts.marking}] " if facts.marking else ""
    return _line(f"{marking}{facts.status}: {facts.week or facts.edition}: {facts.title}")


def text(facts: Facts) -> str:
    """The message, a few lines; the marking stands first and last, as on a page of the report."""
    if facts.ok:
        lines = [f"{facts.title}: the report of {facts.week} is ready."]
        lines += [", ".join(f"{name} {number}" for name, number in facts.headlines.items()) + "."] if facts.headlines else []
        lines += [f"PDF: {facts.pdf}"] if facts.pdf else []
        lines += [f"Warnings: {len(facts.warnings)}"] if facts.warnings else []
    else:
        lines = [f"{facts.title}: the report of {facts.week or 'this week'} was not made: {facts.status}.", _line(facts.reason)]
        lines += [f"Evidence: {facts.evidence}/failure.html"] if facts.evidence else []
        lines += ["The last good report, where there is one, stands unchanged."]
    marked = [facts.marking] if facts.marking else []
    return "\n".join([*marked, *(line for line in lines if line), *marked])


def mail(facts: Facts, settings: Mail, pdf: bytes | None) -> EmailMessage:
    """The mail about a run. Its Message-ID is the run's, so that a mailbox holds a mail that came twice only once."""
    message = EmailMessage()
    message["Subject"] = subject(facts)
    message["From"] = settings.sender
    message["To"] = ", ".join(recipients(facts, settings))
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{facts.run}.{facts.edition or 'run'}@{settings.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notice comes back
    message.set_content(text(facts) + "\n")
    if pdf is not None:
        message.add_attachment(pdf, maintype="application", subtype="pdf", filename=Path(facts.pdf).name)
    return message


def recipients(facts: Facts, settings: Mail) -> list[str]:
    """Who gets the mail: failures may have an address of their own."""
    return settings.to if facts.ok else settings.to_on_failure or settings.to


def for_machines(facts: Facts, folder: Path) -> tuple[dict[str, object], dict[str, str]]:
    """The facts as JSON can hold them and as environment variables; paths are absolute, for a command of this machine."""
    paths = {name: str(folder / value) for name in ("report", "pdf", "evidence") if (value := getattr(facts, name))}
    facts_as_json = {**asdict(facts), **paths, "workbook": str(folder)}
    plain = {name: value for name, value in facts_as_json.items() if isinstance(value, str)}
    return facts_as_json, {ENVIRONMENT + name.upper(): value.replace("\0", "") for name, value in plain.items()}


def _line(words: str) -> str:
    return " ".join(words.split())
