"""One text in every shape that offices and mail programs give it; the files are made here, none is kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from html import escape

import typst

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="'
    'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def run(text: str) -> str:
    """A run of a Word paragraph."""
    return f'<w:r><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def docx_of(body: str, parts: dict[str, str] | None = None) -> bytes:
    """A Word document with this body of WordprocessingML."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELS)
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, text in (parts or {}).items():
            archive.writestr(name, text)
    return packed.getvalue()


def docx(text: str) -> bytes:
    """The paragraphs of a text as a Word document."""
    return docx_of("".join(f"<w:p>{run(paragraph)}</w:p>" for paragraph in text.split("\n\n")))


def typst_words(text: str) -> str:
    """Text as Typst code that shows it as it is."""
    return "".join(f"\\u{{{ord(char):x}}}" if not (char.isalnum() or char in " ,") else char for char in text)


def pdf(text: str) -> bytes:
    """The text on small pages, hyphenated, with a header, a numbered footer and a marking."""
    code = (
        "#set page(width: 12cm, height: 11cm, margin: 2cm, header: [Weekly of the desk #h(1fr) TLP\\:AMBER],\n"
        "  footer: context [Page #counter(page).display() of #counter(page).final().first() -- 1,250 subscribers])\n"
        '#set text(lang: "en", hyphenate: true, size: 10pt)\n#set par(justify: true)\n'
    )
    return bytes(typst.compile((code + "\n\n".join(typst_words(paragraph) for paragraph in text.split("\n\n"))).encode()))


def mail(text: str, **headers: str) -> bytes:
    """The text as a mail with an HTML part beside it."""
    message = EmailMessage()
    for name, value in {"Subject": "Fwd: The weekly – number 42", "From": "Desk <desk@example.org>", **headers}.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    message.add_alternative(f"<html><body><p>{escape(text)}</p></body></html>", subtype="html")
    return message.as_bytes()


def page(text: str, date: str = "2019-10-16") -> bytes:
    """The text as an article of a web site; short paragraphs without a full stop are captions of figures."""
    paragraphs = [
        f"<p>{escape(each)}</p>"
        if each.rstrip().endswith(".")
        else f"<figure><img src=a.jpg><figcaption>{escape(each)}</figcaption></figure>"
        for each in text.split("\n\n")
    ]
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The weekly | Desk</title>'
        f'<meta property="article:published_time" content="{date}T08:00:00+02:00"><script>var n = 5000;</script></head><body>'
        f'<nav><ul><li><a href="/">Home</a></li><li><a href="/all">All 300 reports of 12 October</a></li></ul></nav>'
        f"<article><h1>The weekly</h1>{''.join(paragraphs)}</article><aside><p>Elsewhere: 40 people were killed on 9 October.</p></aside>"
        f"<footer><p>Printed in 2018.</p></footer></body></html>"
    ).encode()


def _spaced(text: str, space: str) -> str:
    """The same figures with another space after a day and as thousands separator."""
    for month in ("October", "September", "August"):
        for day in range(31, 0, -1):
            text = text.replace(f"{day} {month}", f"{day}{space}{month}")
    return text.replace("5,000", f"5{space}000")


def _softly(text: str) -> str:
    return text.replace("October", "Octo\u00adber").replace("fighters", "fight\u00aders").replace("hundred", "hun\u00addred")


def _ligatures(text: str) -> str:
    return text.replace("ffi", "\ufb03").replace("fi", "\ufb01").replace("fl", "\ufb02")


def _parted(text: str) -> str:
    return text.replace("fighters", "fight-\ners").replace("militants", "mili-\ntants").replace("October", "Octo-\nber")


MESSY: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "utf-8": ("txt", lambda text: text.encode()),
    "cp1252": ("txt", lambda text: text.encode("cp1252")),
    "BOM": ("txt", lambda text: text.encode("utf-8-sig")),
    "UTF-16": ("txt", lambda text: text.encode("utf-16")),
    "UTF-16 big end first": ("txt", lambda text: b"\xfe\xff" + text.encode("utf-16-be")),
    "double-encoded": ("txt", lambda text: bytes(text, "utf-8").decode("latin-1").translate(CP1252).encode()),
    "CRLF": ("txt", lambda text: text.replace("\n", "\r\n").encode()),
    "NBSP": ("txt", lambda text: _spaced(text, "\u00a0").encode()),
    "NNBSP": ("txt", lambda text: _spaced(text, "\u202f").encode()),
    "thin space": ("txt", lambda text: _spaced(text, "\u2009").encode()),
    "soft hyphens": ("txt", lambda text: _softly(text).encode()),
    "zero-width": (
        "txt",
        lambda text: text.replace("5,000", "5,\u200b000").replace("10 Oc", "10 \u200dOc").replace("UN", "U\u2060N").encode(),
    ),
    "ligatures": ("txt", lambda text: _ligatures(text).encode()),
    "line-end hyphens": ("txt", lambda text: _parted(text).encode()),
    "line-end soft hyphens": ("txt", lambda text: _softly(text).replace("\u00ad", "\u00ad\n").encode()),
    "docx": ("docx", docx),
    "pdf": ("pdf", pdf),
    "eml": ("eml", lambda text: mail(text, Date="Wed, 16 Oct 2019 08:00:00 +0200")),
    "html": ("html", page),
}
CP1252 = {code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
