"""Markdown cells as Typst: mistune's token tree, walked once for the headings and once for the text.

Text of a notebook is never markup: every run of text becomes a Typst string expression, in which only backslash, quote
and newline mean something. Dollar signs are money; there is no mathematics plugin.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from briefing_kit.report.htmltable import strip_tags

Token = Mapping[str, Any]
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]+\Z", re.IGNORECASE)
_URL_SAFE = "%/:?#[]@!$&'()*+,;=-._~"  # RFC 3986: what a URL may hold beside letters and digits
_BREAK_TAG = re.compile(r"<br\s*/?>\Z", re.IGNORECASE)
_REFERENCE = re.compile(r"\b(Table|Figure|Text) ([1-9]\d{0,3})\b")
MAX_LEVEL = 6
MAX_DEPTH = 12


@functools.cache
def _parser() -> Callable[[str], Any]:
    import mistune

    return mistune.create_markdown(renderer=None, plugins=["table", "strikethrough", "footnotes"])


def parse(source: str) -> list[Token]:
    """Markdown as mistune's block tokens."""
    tokens: list[Token] = _parser()(source)
    return tokens


def plain(tokens: Iterable[Token]) -> str:
    """The text of inline tokens, without markup."""
    return "".join(
        token["raw"] if token["type"] in {"text", "codespan"} else plain(token.get("children", ()))
        if token["type"] not in {"linebreak", "softbreak"} else " "
        for token in tokens
    )  # fmt: skip


def slug(heading: str) -> str:
    """Jupyter's anchor of a heading: its text with white space as hyphens, case kept."""
    return re.sub(r"\s+", "-", heading.strip())


def is_safe_link(url: str) -> bool:
    """Only web and mail addresses may become links; `javascript:` and the rest stay text."""
    return bool(_SAFE_LINK.match(url))


def string(text: str) -> str:
    """A Typst string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@dataclass
class Labels:
    """The label of every heading and caption in the bound document, so that links can point forward and across chapters without a clash."""

    taken: set[str] = field(default_factory=set)
    by_chapter: dict[int, dict[str, str]] = field(default_factory=dict)
    captions: frozenset[str] = frozenset()  # of tables, figures and marked texts: table-1, figure-1, text-1

    def add(self, chapter: int, heading: str) -> str:
        """Reserve the label of a heading; a heading repeated within a chapter gets its own, links go to the first."""
        base = label = f"c{chapter}-{slug(heading)}"
        number = 2
        while label in self.taken:
            label, number = f"{base}--{number}", number + 1
        self.taken.add(label)
        self.by_chapter.setdefault(chapter, {}).setdefault(slug(heading), label)
        return label

    def find(self, chapter: int, anchor: str) -> str | None:
        """The label that `#anchor` means: a heading of its own chapter, else of the first chapter that has it, else a caption."""
        for number in [chapter, *sorted(self.by_chapter)]:
            if anchor in self.by_chapter.get(number, {}):
                return self.by_chapter[number][anchor]
        return anchor if anchor in self.captions else None


@dataclass
class Outline:
    """Heading levels without gaps, as PDF/UA asks: a heading is one deeper than the nearest one above it that is larger as typed."""

    base: int = 0
    above: list[int] = field(default_factory=list)

    def level(self, typed: int) -> int:
        """The level in the document of the next heading."""
        while self.above and self.above[-1] >= typed:
            self.above.pop()
        self.above.append(typed)
        return min(self.base + len(self.above), MAX_LEVEL)


@dataclass
class Writer:
    """Markdown tokens -> Typst, for one chapter.

    `fit` makes text printable, `image` stores an image and returns its file name or None; `outline` turns heading levels
    as typed into levels of the document.
    """

    chapter: int
    labels: Labels
    fit: Callable[[str], str]
    image: Callable[[str], str | None]
    warnings: list[str]
    reserved: dict[str, list[str]]  # slug -> labels of this chapter's headings, from the first pass
    outline: Outline
    notes: dict[str, Sequence[Token]] = field(default_factory=dict)

    def blocks(self, tokens: Sequence[Token], depth: int = 0) -> str:
        """Block tokens as Typst."""
        return "".join(source for _, source in self.pieces(tokens, depth))

    def pieces(self, tokens: Sequence[Token], depth: int = 0) -> list[tuple[str, str]]:
        """Block tokens as pairs of token type and Typst."""
        for token in tokens:
            if token["type"] == "footnotes":
                self.notes = {item["attrs"]["key"]: item["children"] for item in token["children"]}
        return [(token["type"], self._block(token, depth)) for token in tokens]

    def _block(self, token: Token, depth: int) -> str:
        kind = token["type"]
        children = token.get("children", ())
        if kind == "heading":
            return self._heading(token)
        if kind in {"paragraph", "block_text"}:
            return f"{self.inline(children)}\n\n"
        if kind == "block_code":
            return f"#raw(block: true, {string(self.fit(token['raw'].rstrip(chr(10))))});\n\n"
        if kind == "block_quote":
            return f"#quote(block: true)[{self._nested(children, depth)}]\n\n"
        if kind == "list":
            name = "enum" if token["attrs"].get("ordered") else "list"
            start = f"start: {int(token['attrs']['start'])}, " if token["attrs"].get("start") else ""
            items = ", ".join(f"[{self._nested(item.get('children', ()), depth)}]" for item in children)
            return f"#{name}({start}{items});\n\n"
        if kind == "table":
            return self._table(token)
        if kind == "thematic_break":
            return "#rule();\n\n"
        if kind == "block_html":
            text = strip_tags(token["raw"])
            return f"{self.text(text)}\n\n" if text else ""
        return ""  # blank lines; footnotes are set where they are referred to

    def _nested(self, tokens: Sequence[Token], depth: int) -> str:
        """Deep nesting (a hostile text) is flattened before it can exhaust the compiler."""
        if depth >= MAX_DEPTH:
            return self.text(" ".join(plain(token.get("children", ())) for token in tokens))
        return self.blocks(tokens, depth + 1).strip("\n")

    def _heading(self, token: Token) -> str:
        name = slug(plain(token["children"]))
        if not name:
            return ""
        level = self.outline.level(token["attrs"]["level"])
        labels = self.reserved.get(name)
        label = f" #label({string(labels.pop(0))})" if labels else ""
        unnumbered = ", numbering: none" if level > 2 else ""
        return f"#[#heading(level: {level}{unnumbered})[{self.inline(token['children'])}]{label}]\n\n"

    def _table(self, token: Token) -> str:
        head, *body = _table_rows(token)
        aligns = ", ".join((cell["attrs"].get("align") or "left") for cell in head)
        cells = ", ".join(f"[{self.inline(cell['children'])}]" for cell in head)
        rest = "".join(f", [{self.inline(cell['children'])}]" for row in body for cell in row)
        return f"#mdtable({len(head)}, ({aligns},), ({cells},){rest});\n\n"

    def text(self, text: str) -> str:
        """Plain text as a string expression; the semicolon ends it whatever follows."""
        fitted = self.fit(text)
        return f"#{string(fitted)};" if fitted else ""

    def inline(self, tokens: Iterable[Token]) -> str:
        """Inline tokens as Typst."""
        return "".join(self._inline(token) for token in tokens)

    def _inline(self, token: Token) -> str:
        kind = token["type"]
        children = token.get("children", ())
        if kind == "text":
            return self.text(html.unescape(token["raw"]))
        if kind in {"strong", "emphasis", "strikethrough"}:
            name = {"strong": "strong", "emphasis": "emph", "strikethrough": "strike"}[kind]
            return f"#{name}[{self.inline(children)}];"
        if kind == "codespan":
            return f"#raw({string(self.fit(token['raw']))});"
        if kind == "softbreak":
            return " "
        if kind == "linebreak" or (kind == "inline_html" and _BREAK_TAG.match(token["raw"])):
            return "#linebreak();"
        if kind == "link":
            return self._link(token)
        if kind == "image":
            return self._image(token)
        if kind == "footnote_ref":
            note = self.notes.pop(token["raw"], None)
            return f"#footnote[{self.blocks(note).strip()}];" if note else f"#super[{self.text(token['raw'])}];"
        return ""  # inline HTML tags: their text is in the tokens around them

    def _link(self, token: Token) -> str:
        url, content = token["attrs"]["url"], self.inline(token["children"])
        if url.startswith("#"):
            label = self.labels.find(self.chapter, unquote(url[1:]))
            if label:
                return f"#link(label({string(label)}))[{content}];"
            self.warnings.append(f"no heading for the link {url}")
        elif is_safe_link(url):
            return f"#link({string(quote(url, safe=_URL_SAFE))})[{content}];"
        return content

    def _image(self, token: Token) -> str:
        alt = plain(token["children"]) or "Image"
        name = self.image(token["attrs"]["url"])
        if name is None:
            self.warnings.append(f"image not found in the notebook: {token['attrs']['url'][:80]}")
            return self.text(f"[image: {alt}]")
        return f"#inlineimage({string(name)}, {string(self.fit(alt))});"


def references(text: str, captions: frozenset[str]) -> list[tuple[str, str | None]]:
    """The text in pieces, each with the caption that it names: `Table 3` leads to `table-3`, where there is one."""
    pieces: list[tuple[str, str | None]] = []
    at = 0
    for match in _REFERENCE.finditer(text):
        target = f"{match.group(1).lower()}-{match.group(2)}"
        if target in captions:
            pieces += [(text[at : match.start()], None), (match.group(), target)]
            at = match.end()
    return [piece for piece in (*pieces, (text[at:], None)) if piece[0]]


def with_references(tokens: Iterable[Token], captions: frozenset[str]) -> list[Token]:
    """The tokens with a link wherever their text names a numbered table, figure or text; headings and links stay as they are."""
    found: list[Token] = []
    for token in tokens:
        if token["type"] == "text":
            for text, target in references(token["raw"], captions):
                piece: Token = {"type": "text", "raw": text}
                found.append({"type": "link", "children": [piece], "attrs": {"url": f"#{target}"}} if target else piece)
        elif "children" in token and token["type"] not in {"heading", "link", "image"}:
            found.append({**token, "children": with_references(token["children"], captions)})
        else:
            found.append(token)
    return found


def headings(tokens: Sequence[Token]) -> list[tuple[int, str]]:
    """(level, text) of each heading that has a text, nested ones included, in order of appearance."""
    found: list[tuple[int, str]] = []
    for token in tokens:
        if token["type"] == "heading":
            text = plain(token["children"]).strip()
            if text:
                found.append((token["attrs"]["level"], text))
        elif token["type"] not in {"paragraph", "block_text", "table", "footnotes"}:
            found += headings(token.get("children", ()))
    return found


def image_urls(tokens: Iterable[Token]) -> list[str]:
    """Where the images of these tokens come from, attachments and web addresses left out."""
    found: list[str] = []
    for token in tokens:
        if token["type"] == "image" and ":" not in token["attrs"]["url"]:
            found.append(token["attrs"]["url"])
        found += image_urls(token.get("children", ()))
    return found


def text_lines(tokens: Iterable[Token]) -> list[str]:
    """Block tokens as plain lines: one for each heading, paragraph and list item."""
    found: list[str] = []
    for token in tokens:
        if token["type"] in {"heading", "paragraph", "block_text"}:
            found.append(plain(token["children"]))
        elif token["type"] in {"block_code", "block_html"}:
            found.append(token["raw"].strip())
        elif token["type"] == "table":
            found += [" | ".join(plain(cell["children"]) for cell in row) for row in _table_rows(token)]
        else:
            found += text_lines(token.get("children", ()))
    return [line for line in found if line.strip()]


def _table_rows(token: Token) -> list[Sequence[Token]]:
    head = [part["children"] for part in token["children"] if part["type"] == "table_head"]
    return head + [row["children"] for part in token["children"] if part["type"] == "table_body" for row in part["children"]]
