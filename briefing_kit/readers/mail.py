"""Mails (.eml): subject and date from the header, the text part before the HTML part, earlier mails quoted below left out and said so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import cast

from briefing_kit.readers.decoding import decode
from briefing_kit.readers.extracted import Extracted, ReadingError
from briefing_kit.readers.labels import marking_within

MAX_PARTS = 200
_MAIL_FIELDS = {"from", "to", "date", "subject", "received", "message-id"}
_FEW_WORDS = 60  # a text part shorter than this may only say "open this mail in a browser"
_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_REPLY = re.compile(r"(?:On\b[^\n]{5,200}(?:\n[^\n]{0,120})?\bwrote:|(?<!-)-{2,} ?Original Message ?-{2,})[ \t]*$", re.MULTILINE)
_FORWARD = re.compile(r"(?<!-)-{4,} ?Forwarded message ?-{3,}[ \t]*\n|Begin forwarded message:[ \t]*\n", re.IGNORECASE)
_BLOCK_LINE = re.compile(r"[ \t>*]*(From|Sent|Date|To|Cc|Subject|Reply-To):[ \t*]*(.*)", re.IGNORECASE)
_QUOTES = "//blockquote[@type='cite'] | //*[contains(@class, 'gmail_quote')][not(.//*[contains(@class, 'gmail_attr')]"
_QUOTES += "[contains(., 'Forwarded message')])] | //*[@id='divRplyFwdMsg']/following-sibling::* | //*[@id='divRplyFwdMsg']"


def read(data: bytes, name: str) -> Extracted:
    """The newest message of a mail; of a forwarded one the mail within, with that mail's date and subject.

    Raises:
        ReadingError: no mail, damaged, or without text.
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
        if not {field.lower() for field in message.keys()} & _MAIL_FIELDS:  # noqa: SIM118 - a message has fields twice
            raise ReadingError(f"{name}: this is no mail; save it as .eml from the mail program")
        return _message(message, name)
    except ReadingError:
        raise
    except Exception as error:  # whatever a damaged mail makes the library raise
        raise ReadingError(f"{name}: this mail is damaged ({type(error).__name__}); save it anew, or its text as .txt") from None


def _message(message: EmailMessage, name: str) -> Extracted:
    parts = list(_own_parts(message, name))
    texts: dict[str, EmailMessage] = {}
    for part in parts:
        if not part.get_filename():
            texts.setdefault(part.get_content_type(), part)
    plain, warnings = _text(texts["text/plain"], name) if "text/plain" in texts else ("", [])
    title, day = _header(message)
    within = texts.get("message/rfc822")
    if within is not None and len(plain.split()) < _FEW_WORDS:
        return _message(within.get_content(), name)
    if "text/html" in texts and len(plain.split()) < _FEW_WORDS:
        from briefing_kit.readers.html import read_markup

        markup, said = _text(texts["text/html"], name)
        found = read_markup(markup, name, quotes=_QUOTES) if markup.strip() else None
        if found is not None and len(found.text.split()) > len(plain.split()):
            plain, warnings = found.text, [*said, *found.warnings]
    text, forwarded = _without_replies(plain)
    if len(text.strip()) < len(plain.strip()) and not forwarded and "QUOTED_REPLY" not in warnings:
        warnings.append("QUOTED_REPLY")
    if forwarded.get("date"):
        day = _day(forwarded["date"]) or day
    if not text.strip():
        raise ReadingError(f"{name}: no text in this mail; save the attachment that holds the briefing")
    if any(part.get_filename() or part.get_content_disposition() == "attachment" for part in parts):
        warnings.append("ATTACHMENTS")
    return Extracted(
        text=text,
        title=_PREFIX.sub("", forwarded.get("subject") or title or "").strip() or None,
        published_on=day,
        published_source="mail_header" if day else "unknown",
        marking=marking_within(title or ""),
        warnings=tuple(warnings),
    )


def _own_parts(message: EmailMessage, name: str) -> Iterator[EmailMessage]:
    """The parts of a mail that hold something, without those of mails within it."""
    pending, seen = [message], 0
    while pending:
        part = pending.pop(0)
        seen += 1
        if seen > MAX_PARTS:
            raise ReadingError(f"{name}: more than {MAX_PARTS} parts; save the message itself")
        if part.get_content_maintype() == "multipart":
            pending[:0] = cast("list[EmailMessage]", list(part.iter_parts()))
        else:
            yield part


def _header(message: EmailMessage) -> tuple[str | None, date | None]:
    return " ".join(_field(message, "Subject").split()) or None, _day(_field(message, "Date"))


def _field(message: EmailMessage, name: str) -> str:
    """A header field, decoded; "" where it is missing or so damaged that the library cannot."""
    try:
        return str(message.get(name) or "")
    except Exception:  # a fault in one field must not cost the mail
        return ""


def _day(text: str) -> date | None:
    """The day in the sender's own time zone, of a mail header or of the lines that mail programs put above a forwarded mail."""
    try:
        return parsedate_to_datetime(text.strip()).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _text(part: EmailMessage, name: str) -> tuple[str, list[str]]:
    payload = part.get_payload(decode=True)
    text, warnings = decode(payload if isinstance(payload, bytes) else b"", name, part.get_content_charset())
    if part.get_content_subtype() == "plain" and part.get_param("format") == "flowed":
        text = re.sub(r"(?<=[^\n]) \n(?! ?>)", " ", re.sub(r"^ (?=[ >]|From)", "", text, flags=re.MULTILINE))
    return text, warnings


def _without_replies(text: str) -> tuple[str, dict[str, str]]:
    """The message without the earlier mails that it answers, or the mail that it forwards with that one's date and subject."""
    forward = _FORWARD.search(text)
    if forward:
        header, body = _header_block(text[forward.end() :])
        return text[: forward.start()].rstrip() + "\n\n" * bool(text[: forward.start()].strip()) + body, header
    reply = _REPLY.search(text)
    if reply is None:
        return text, {}
    kept, after = text[: reply.start()].rstrip(), text[reply.end() :]
    if reply.group().lstrip().startswith("-"):
        return kept + "\n", {}
    below = [line for line in after.split("\n") if not line.startswith(">")]  # answers may stand between or below the quoted lines
    return "\n\n".join(part for part in (kept, "\n".join(below).strip()) if part) + "\n", {}


def _header_block(text: str) -> tuple[dict[str, str], str]:
    """The lines From, Date, Subject, To above a forwarded mail, and the mail."""
    header: dict[str, str] = {}
    lines = text.split("\n")
    at = 0
    while at < len(lines) and ((found := _BLOCK_LINE.fullmatch(lines[at])) or (not header and not lines[at].strip())):
        if found:
            header[found[1].lower()] = found[2].strip()
        at += 1
    return header, "\n".join(lines[at:]).lstrip("\n")
