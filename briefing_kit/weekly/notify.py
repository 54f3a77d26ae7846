"""Tell somebody how a run went: each channel tried again with growing pauses, each run told once, nothing able to fail the run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

from briefing_kit.marking import product_marking
from briefing_kit.notify_settings import Notify, Secret, SecretError
from briefing_kit.weekly import history
from briefing_kit.weekly.manifest import read_manifest
from briefing_kit.weekly.notice import HEADLINES, Facts, headlines, subject, text
from briefing_kit.weekly.plan import Plan, RunOptions
from briefing_kit.weekly.status import Status, Told
from briefing_kit.workbook import WorkbookError, load_workbook

UNKNOWN_YET = "?"


def tell(notify: Notify, facts: Facts, folder: Path, pause: Callable[[float], None] = time.sleep) -> list[Told]:
    """Tell by every channel that is set up for this kind of end, unless the history says that this run was told.

    What became of it is added to the history. Nothing is raised for want of a listener.
    """
    reports = folder / "reports"
    done = {one["channel"] for line in history.read(reports) if line.get("run") == facts.run for one in line.get("notified", [])}
    outcomes = [_try(name, send, notify, pause) for name, send in _channels(notify, facts, folder) if name not in done]
    if outcomes and (reports / history.NAME).is_file():
        history.append(reports, {"run": facts.run, "notified": [asdict(one) for one in outcomes]})
    return outcomes


def _channels(notify: Notify, facts: Facts, folder: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    from briefing_kit.weekly.channels import call_hook, post, send_mail  # smtplib and ssl: only where somebody is told

    occasions = {"both", "success" if facts.ok else "failure"}
    if notify.hook and notify.hook.on in occasions:
        yield "hook", partial(call_hook, notify.hook, facts, folder, notify.timeout, notify.secret_variables())
    if notify.mail and notify.mail.on in occasions:
        yield "mail", partial(send_mail, notify.mail, facts, folder, notify.timeout)
    if notify.webhook and notify.webhook.on in occasions:
        yield "webhook", partial(post, notify.webhook, facts, folder, notify.timeout)


def _try(name: str, send: Callable[[], None], notify: Notify, pause: Callable[[float], None]) -> Told:
    from briefing_kit.weekly.channels import NotToldError

    for attempt in range(1, notify.attempts + 1):
        try:
            send()
        except NotToldError as error:
            if error.temporary and attempt < notify.attempts:
                pause(notify.pause * 2 ** (attempt - 1))
                continue
            return Told(channel=name, told=False, attempts=attempt, reason=str(error))
        except Exception as error:  # whatever else goes wrong must not fail a good run; its words might hold a secret
            return Told(channel=name, told=False, attempts=attempt, reason=type(error).__name__)
        break
    return Told(channel=name, told=True, attempts=attempt)


def spoken(told: Told) -> str:
    """What became of telling, in words."""
    tries = f" after {told.attempts} attempts" if told.attempts > 1 else ""
    return f"told by {told.channel}" if told.told else f"nobody was told by {told.channel}{tries}: {told.reason}"


def facts_of(plan: Plan, line: dict[str, Any]) -> Facts:
    """The facts of a run from its line in the history and, of a published report, its manifest."""
    week, edition = str(line.get("week") or ""), str(line.get("edition") or "")
    settings = plan.workbook.settings
    read = plan.inputs.of_window(week, settings.weeks_before) if week else []
    marking, _ = product_marking([b.marking for b in read], settings.marking, plan.marking)
    status: Status = line["status"]
    facts = Facts(
        run=str(line["run"]),
        status=status,
        week=week,
        edition=edition,
        title=settings.title,
        marking=marking,
        reason=str(line.get("reason") or ""),
        headlines={},
        evidence=f"reports/{line['evidence']}" if line.get("evidence") else "",
    )
    manifest = read_manifest(plan.reports / edition) if status == "ok" else None
    if manifest is None:
        return facts
    return replace(
        facts,
        title=str(manifest["title"]),
        marking=str(manifest["marking"]),
        headlines=headlines(manifest["key_figures"]),
        report=f"reports/{edition}",
        pdf=f"reports/{edition}/{edition}.pdf",
        warnings=tuple(manifest.get("warnings", ())),
    )


def tell_refusal(options: RunOptions, line: dict[str, Any]) -> list[Told]:
    """Tell of a run that was not begun, as far as the settings can be read."""
    try:
        workbook = load_workbook(options.workbook, overrides=dict(options.settings))
    except WorkbookError:
        return []
    settings = workbook.settings
    facts = Facts(
        run=str(line["run"]),
        status="refused",
        week=options.week or "",
        edition="",
        title=settings.title,
        marking=settings.marking or "",
        reason=str(line["reason"]),
        headlines={},
    )
    return tell(settings.notify, facts, workbook.folder)


def preview(plan: Plan) -> list[str]:
    """What a run would tell whom, and the message itself, for `--dry-run`; nothing where notification is off."""
    notify = plan.workbook.settings.notify
    lines = list(_plan_lines(notify, plan.workbook.folder))
    if not lines:
        return []
    week = next((week for week in plan.weeks if not week.up_to_date), None) or (plan.weeks[-1] if plan.weeks else None)
    if week is None:
        return lines
    line = {"run": "dry-run", "status": "ok", "week": week.week, "edition": week.edition}
    facts = facts_of(plan, line)
    if not week.up_to_date:
        facts = replace(facts, headlines=dict.fromkeys(HEADLINES, UNKNOWN_YET), pdf=f"reports/{week.edition}/{week.edition}.pdf")
    return [*lines, f"  Subject: {subject(facts)}", *(f"  {part}" for part in text(facts).splitlines())]


def _plan_lines(notify: Notify, folder: Path) -> Iterator[str]:
    """One line per channel: who, through what, on which occasion, and whether the secret is there."""
    if notify.hook:
        yield f"notify  hook: {notify.hook.command[0]}{_occasion(notify.hook.on)}"
    if notify.mail:
        mail = notify.mail
        others = f", failures to {', '.join(mail.to_on_failure)}" if mail.to_on_failure else ""
        host, port = mail.server
        whom = f"to {', '.join(mail.to)}{others} through {host}:{port} ({mail.security})"
        yield f"notify  mail: {whom}{_occasion(mail.on)}{_state(mail.password, folder)}"
    if notify.webhook:
        hook = notify.webhook
        other = f", failures to another{_state(hook.address_on_failure, folder)}" if hook.address_on_failure else ""
        yield f"notify  webhook{_state(hook.address, folder)}{other}{_occasion(hook.on)}"


def _occasion(on: str) -> str:
    return "" if on == "both" else f", on {on} only"


def _state(secret: Secret | None, folder: Path) -> str:
    if secret is None:
        return ""
    with suppress(SecretError):
        secret.read(folder)
        return f", secret from {secret.place()}"
    return f", secret from {secret.place()}, WHICH CANNOT BE HAD"
