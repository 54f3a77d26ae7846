"""Web pages and newsletters: the article without navigation, by trafilatura; captions, which it loses, are kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from briefing_kit.readers.decoding import decode
from briefing_kit.readers.extracted import Extracted, ReadingError
from briefing_kit.readers.markup import CAPTION, text_of

MAX_BYTES = 5_000_000  # of markup; an article has some hundred kilobytes
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")
_DATE_NAMES = ("article:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "date", "pubdate")
_TITLE_NAMES = ("og:title", "dc.title", "dcterms.title")
_WORD = re.compile(r"\w+")
_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what lxml refuses to put into a tree
_KEPT = 0.5  # a page of whose paragraphs less than this is in the text is said to be only partly read


def read(data: bytes, name: str) -> Extracted:
    """The article of a page, with the title and the day of publication that its metadata give.

    Raises:
        ReadingError: the page is too large or holds no text.
    """
    declared = _CHARSET.search(data[:4096])
    markup, warnings = decode(data, name, declared[1].decode("ascii", "replace") if declared else None)
    found = read_markup(markup, name)
    return Extracted(
        text=found.text,
        title=found.title,
        published_on=found.published_on,
        published_source=found.published_source,
        language=found.language,
        warnings=(*warnings, *found.warnings),
    )


def read_markup(markup: str, name: str, *, quotes: str = "") -> Extracted:
    """The article of a page that is text already; see `read`. What the XPath `quotes` finds is left out, and said (QUOTED_REPLY)."""
    import trafilatura

    if len(markup) > MAX_BYTES:
        raise ReadingError(f"{name}: more than {MAX_BYTES // 1_000_000} MB of HTML; save the article alone")
    tree = _tree(markup.replace(CAPTION, ""), name)
    if tree is None:
        raise ReadingError(f"{name}: no text in this page; save the article itself, or as .txt")
    quoted = [element for element in tree.xpath(quotes) if element.getparent() is not None] if quotes else []
    for element in quoted:
        element.drop_tree()
    day = _published(tree)
    title, language = _title(tree), (tree.get("lang") or "").strip()
    _mark_captions(tree)
    shown = _paragraph_words(tree)
    try:
        document: Any = trafilatura.bare_extraction(
            tree, include_comments=False, include_tables=True, favor_recall=True, with_metadata=False
        )
    except Exception as error:  # whatever an odd page makes the library raise
        raise ReadingError(f"{name}: this page cannot be read ({type(error).__name__}); save its text as .txt") from None
    text = text_of(document.body) if document is not None and document.body is not None else ""
    if not text.strip():
        raise ReadingError(f"{name}: no text in this page; save the article itself, or as .txt")
    codes = {"PARTLY_READ": len(_WORD.findall(text)) < _KEPT * shown, "QUOTED_REPLY": bool(quoted)}
    return Extracted(
        text=text + "\n",
        title=title,
        published_on=day,
        published_source="html_meta" if day else "unknown",
        language=language or None,
        warnings=tuple(code for code, holds in codes.items() if holds),
    )


def _tree(markup: str, name: str) -> Any:
    """The page as a tree; None where there is nothing in it."""
    from lxml import etree, html

    parser = html.HTMLParser()
    try:
        tree = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", markup), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        tree = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):  # the rest of the page was silently passed over
        raise ReadingError(f"{name}: its elements are nested too deeply to be read; save the article alone")
    for beside in [] if tree is None else [*tree.itersiblings()]:  # what follows an early </html> belongs to the page too
        tree.append(beside)
    for element in tree.iter() if tree is not None else ():
        for place in ("text", "tail"):
            words = getattr(element, place)
            if isinstance(words, str) and _NOT_XML.search(words):
                setattr(element, place, _NOT_XML.sub(" ", words))
    return tree


def _mark_captions(tree: Any) -> None:
    """Turn each figure's caption into a marked paragraph beside it, where the reader of articles keeps it."""
    for caption in tree.xpath("//figcaption | //*[contains(concat(' ', normalize-space(@class), ' '), ' wp-caption-text ')]"):
        words = " ".join("".join(caption.itertext()).split())
        tail = caption.tail
        caption.clear()
        caption.tail, caption.tag, caption.text = tail, "p", CAPTION + words if words else None
        figure = next(caption.iterancestors("figure"), None)
        if figure is not None and figure.getparent() is not None:
            figure.addnext(caption)
            caption.tail, figure.tail = figure.tail, None


def _paragraph_words(tree: Any) -> int:
    """Words of the paragraphs and list items outside of navigation and the like."""
    outside = (
        "ancestor::nav or ancestor::aside or ancestor::footer or ancestor::header or ancestor::form or @hidden or ancestor::*[@hidden]"
    )
    return sum(
        len(_WORD.findall("".join(each.itertext()))) for each in tree.xpath(f"//p[not({outside})] | //li[not(.//p) and not({outside})]")
    )


def _named(tree: Any) -> Iterator[tuple[str, str]]:
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        yield name.strip().lower(), (meta.get("content") or "").strip()


def _title(tree: Any) -> str | None:
    named = dict(reversed(list(_named(tree))))
    heading = next((" ".join("".join(h.itertext()).split()) for h in tree.iter("h1")), "")
    page = " ".join((tree.findtext(".//title") or "").split())
    return next((title for title in (*(named.get(key, "") for key in _TITLE_NAMES), heading, page) if title), None)


def _published(tree: Any) -> date | None:
    """The day that the page's metadata give; nothing is taken from its text or address."""
    named = list(_named(tree))
    given = [content for wanted in _DATE_NAMES for name, content in named if name == wanted]
    given += [value for script in tree.xpath("//script[@type='application/ld+json']") for value in _json_dates(script.text or "")]
    given += tree.xpath("//time[@pubdate or @itemprop='datePublished']/@datetime")
    return next((day for text in given if (day := _day(text))), None)


def _json_dates(text: str) -> Iterator[str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return
    pending = [found]
    while pending:
        one = pending.pop()
        if isinstance(one, dict):
            if isinstance(one.get("datePublished"), str):
                yield one["datePublished"]
            pending += one.get("@graph", []) if isinstance(one.get("@graph"), list) else []
        elif isinstance(one, list):
            pending += one


def _day(text: str) -> date | None:
    found = _DAY.match(text.strip())
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
