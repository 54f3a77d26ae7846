"""The ways to tell somebody: a command, a mail server, a webhook. Each tries once and says what went wrong without its secrets."""

from __future__ import annotations

import base64
import json
import os
import smtplib
import ssl
import subprocess
from collections.abc import Iterable
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from briefing_kit.notify_settings import Hook, Mail, Secret, SecretError, Webhook
from briefing_kit.weekly.notice import Facts, for_machines, mail, recipients, subject, text

TRY_AGAIN = 75  # EX_TEMPFAIL of sysexits.h: a command's way to say that it may work later
LOCAL = {"localhost", "127.0.0.1", "::1"}


class NotToldError(Exception):
    """Nobody was told: in words that hold no secret. `temporary` where another try may help."""

    def __init__(self, words: str, *, temporary: bool) -> None:
        super().__init__(words)
        self.temporary = temporary


def call_hook(hook: Hook, facts: Facts, folder: Path, timeout: float, withheld: Iterable[str]) -> None:
    """Call the command in the workbook's folder, with the facts as JSON on standard input and in BRIEFING_KIT_ variables.

    What it prints on standard error is shown, not recorded. `withheld` are environment variables that it does not get.

    Raises:
        NotToldError: it cannot be started, takes too long, or ends with another exit code than 0.
    """
    as_json, variables = for_machines(facts, folder)
    kept = {name: value for name, value in os.environ.items() if name not in set(withheld)}
    data = json.dumps(as_json, ensure_ascii=False).encode()
    try:
        done = subprocess.run(
            hook.command, input=data, env=kept | variables, cwd=folder, timeout=timeout, stdout=subprocess.DEVNULL, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotToldError(f"the command took longer than {timeout:g} s", temporary=False) from None
    except (OSError, ValueError) as error:
        raise NotToldError(f"the command cannot be started: {_system_words(error)}", temporary=False) from None
    if done.returncode:
        raise NotToldError(f"the command ended with exit code {done.returncode}", temporary=done.returncode == TRY_AGAIN)


def send_mail(settings: Mail, facts: Facts, folder: Path, timeout: float) -> None:
    """Send the mail, with the PDF of a published report.

    Raises:
        NotToldError: no connection, no encryption, refused by the server, or a secret that cannot be had.
    """
    password = _secret(settings.password, folder)
    attached = (folder / facts.pdf).read_bytes() if facts.pdf and settings.attach_pdf else None
    message = mail(facts, settings, attached)
    host, port = settings.server
    try:
        context = ssl.create_default_context()
        with _server(settings, host, port, timeout, context) as server:
            if settings.security == "starttls":
                server.starttls(context=context)
            if settings.user and password:
                server.login(settings.user, password)
            unknown = server.send_message(message, settings.sender, recipients(facts, settings))
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise NotToldError(_server_words(code, said, password), temporary=400 <= code < 500) from None
    except smtplib.SMTPResponseException as error:
        raise NotToldError(_server_words(error.smtp_code, error.smtp_error, password), temporary=error.smtp_code // 100 != 5) from None
    except smtplib.SMTPNotSupportedError:
        raise NotToldError(f"the mail server has no {settings.security} or no way to log in", temporary=False) from None
    except smtplib.SMTPServerDisconnected:
        raise NotToldError("the mail server gave no answer in time or closed the connection", temporary=True) from None
    except (OSError, smtplib.SMTPException, ValueError) as error:
        words, temporary = _network_words(error)
        raise NotToldError(f"no mail server: {words}", temporary=temporary) from None
    if unknown:
        raise NotToldError(f"the mail server refused {len(unknown)} of {len(recipients(facts, settings))} addresses", temporary=False)


def _server(settings: Mail, host: str, port: int, timeout: float, context: ssl.SSLContext) -> smtplib.SMTP:
    if settings.security == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=timeout, context=context)
    return smtplib.SMTP(host, port, timeout=timeout)


def post(settings: Webhook, facts: Facts, folder: Path, timeout: float) -> None:
    """Post `{"text": ...}` to the webhook.

    Raises:
        NotToldError: no https address, no connection, or an answer that is not 2xx.
    """
    secret = settings.address if facts.ok else settings.address_on_failure or settings.address
    address = _secret(secret, folder)
    _check_address(address, secret)
    body = json.dumps({"text": f"{subject(facts)}\n{text(facts)}"}, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": f"{facts.run}.{facts.edition}"}
    try:
        request = Request(address, data=body, headers=headers, method="POST")  # noqa: S310 - the scheme was checked
        with build_opener(_NoRedirect).open(request, timeout=timeout):
            pass
    except HTTPError as error:
        error.close()
        raise NotToldError(f"the webhook answered {error.code}", temporary=error.code in {408, 425, 429} or error.code >= 500) from None
    except (OSError, HTTPException, ValueError) as error:
        words, temporary = _network_words(error)
        raise NotToldError(f"no webhook: {words}", temporary=temporary) from None


class _NoRedirect(HTTPRedirectHandler):
    """A webhook that moved is not followed: what is told goes nowhere else."""

    def redirect_request(self, *_arguments: Any) -> None:
        """Follow nothing; the answer is an error."""


def _check_address(address: str, secret: Secret) -> None:
    try:
        parts = urlsplit(address)
        fits = parts.hostname is not None and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL))
    except ValueError:
        fits = False
    if not fits or any(sign <= " " for sign in address):
        raise NotToldError(f"{secret.place()} holds no https address", temporary=False)


def _secret(secret: Secret | None, folder: Path) -> str:
    try:
        return secret.read(folder) if secret else ""
    except SecretError as error:
        raise NotToldError(str(error), temporary=False) from None


def _network_words(error: Exception) -> tuple[str, bool]:
    """An error of the network in the system's words, which name no address; and whether it may pass."""
    cause = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return "its certificate cannot be trusted", False
    if isinstance(cause, TimeoutError):
        return "no answer in time", True
    return _system_words(cause), isinstance(cause, OSError | HTTPException)


def _system_words(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__


def _server_words(code: int, said: bytes | str, password: str) -> str:
    words = " ".join((said.decode("ascii", "replace") if isinstance(said, bytes) else said).split())[:200]
    for form in (password, base64.b64encode(password.encode()).decode()) if password else ():
        words = words.replace(form, "***")
    return f"the mail server answered {code} {words}".rstrip()
