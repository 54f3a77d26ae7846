"""The `[notify]` part of `data/workbook.toml`: who is told how a run went, and where the secrets are that this takes."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+", re.ASCII)
Text = Annotated[str, Field(min_length=1)]
Occasion = Literal["success", "failure", "both"]


class SecretError(Exception):
    """A secret that cannot be had; the message names the place, never the secret."""


class Part(BaseModel):
    """One table of the settings."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Secret(Part):
    """Where a secret is: an environment variable, or a file (from the workbook's folder on) that holds nothing else."""

    env: str | None = None
    file: Text | None = None

    @field_validator("env")
    @classmethod
    def _name(cls, value: str | None) -> str | None:
        if value is not None and not NAME.fullmatch(value):
            raise ValueError("this is no name of an environment variable")
        return value

    @model_validator(mode="before")
    @classmethod
    def _not_the_secret(cls, value: object) -> object:
        if isinstance(value, str):
            raise ValueError('a secret has no place in this file: write { env = "NAME" } or { file = "path" }')
        return value

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.env is None) == (self.file is None):
            raise ValueError("give one of env and file")
        return self

    def place(self) -> str:
        """Where the secret is, as people may read it."""
        return f"${self.env}" if self.env else f"the file {self.file}"

    def read(self, folder: Path) -> str:
        """The secret itself.

        Raises:
            SecretError: the variable is not set, or the file cannot be read or is empty.
        """
        if self.env:
            value = os.environ.get(self.env, "")
        else:
            try:
                value = (folder / Path(self.file or "").expanduser()).read_text(encoding="utf-8-sig")
            except (OSError, ValueError):
                raise SecretError(f"{self.place()} cannot be read") from None
        if not value.strip():
            raise SecretError(f"{self.place()} is {'not set' if self.env else 'empty'}")
        return value.strip()

    def readable_by_all(self, folder: Path) -> bool:
        """Whether the file that holds the secret can be read by every user of the machine."""
        return self.file is not None and os.name == "posix" and bool((folder / Path(self.file).expanduser()).stat().st_mode & 0o004)


class Hook(Part):
    """A command that is called with the facts of a run: a list of arguments, no shell."""

    command: Annotated[list[Text], Field(min_length=1)]
    on: Occasion = "both"


class Mail(Part):
    """Mail through an SMTP server. `to_on_failure` is told of failed runs instead of `to`."""

    host: Text
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    security: Literal["none", "starttls", "tls"] = "starttls"
    user: Text | None = None
    password: Secret | None = None
    sender: str
    to: Annotated[list[str], Field(min_length=1)]
    to_on_failure: Annotated[list[str], Field(min_length=1)] | None = None
    attach_pdf: bool = True
    on: Occasion = "both"

    @field_validator("sender", "to", "to_on_failure")
    @classmethod
    def _addresses(cls, value: str | list[str] | None) -> str | list[str] | None:
        given = [value] if isinstance(value, str) else value or []
        if not all(ADDRESS.fullmatch(address) for address in given):
            raise ValueError("write plain addresses such as desk@example.org")
        return value

    @model_validator(mode="after")
    def _never_in_the_clear(self) -> Self:
        if (self.user is None) != (self.password is None):
            raise ValueError("user and password go together")
        if self.password is not None and self.security == "none":
            raise ValueError('a password is not sent in the clear: set security to "starttls" or "tls"')
        return self

    @property
    def server(self) -> tuple[str, int]:
        """Host and port, by default the port that the kind of security has (RFC 6409, RFC 8314)."""
        return self.host, self.port or {"none": 25, "starttls": 587, "tls": 465}[self.security]


class Webhook(Part):
    """An incoming webhook that takes a JSON `text` (Slack, Mattermost); its address is a secret. `address_on_failure` hears of failures."""

    address: Secret
    address_on_failure: Secret | None = None
    on: Occasion = "both"


class Notify(Part):
    """Who is told of a run; nobody where nothing is written here.

    A channel that does not answer is tried `attempts` times, with a pause of `pause` seconds that doubles each time;
    one try takes at most `timeout` seconds.
    """

    hook: Hook | None = None
    mail: Mail | None = None
    webhook: Webhook | None = None
    attempts: Annotated[int, Field(ge=1, le=10)] = 3
    pause: Annotated[float, Field(ge=0, le=600)] = 2.0
    timeout: Annotated[float, Field(gt=0, le=600)] = 20.0

    def secrets(self) -> list[Secret]:
        """All the secrets that telling takes."""
        given = [self.mail.password if self.mail else None]
        given += [self.webhook.address, self.webhook.address_on_failure] if self.webhook else []
        return [secret for secret in given if secret is not None]

    def secret_variables(self) -> list[str]:
        """The environment variables that hold a secret, which neither a hook nor a notebook gets to see."""
        return [secret.env for secret in self.secrets() if secret.env]
