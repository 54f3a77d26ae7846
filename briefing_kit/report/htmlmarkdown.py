"""Markdown cells as HTML: mistune's renderer, closed to raw HTML and to links that are not web, mail or inside the report."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote

import mistune

from briefing_kit.report.htmltable import strip_tags
from briefing_kit.report.markdown import Labels, Outline, Token, headings, is_safe_link, parse, plain, slug, with_references

_PLUGINS = ["table", "strikethrough", "footnotes"]


class HtmlWriter:
    """Markdown -> HTML for one chapter; `fit` makes text printable, `labels` knows every heading of the report."""

    def __init__(self, chapter: int, labels: Labels, outline: Outline) -> None:
        self._chapter, self._labels, self._outline = chapter, labels, outline
        self._renderer = _Renderer(self._target)
        self._markdown = mistune.create_markdown(renderer=self._renderer, plugins=_PLUGINS)
        self._cells = 0

    def render(self, source: str, images: Mapping[str, tuple[bytes, str]], reserved: Mapping[str, list[str]]) -> str:
        """One cell; `reserved` holds the ids of the chapter's headings, taken in order."""
        self._cells += 1
        self._renderer.images = images
        self._renderer.prefix = f"c{self._chapter}-{self._cells}-"
        tokens = with_references(parse(source), self._labels.captions)
        self._prepare(tokens, reserved)
        return self._renderer([dict(token) for token in tokens], self._markdown.block.state_cls())

    def _prepare(self, tokens: Sequence[Token], reserved: Mapping[str, list[str]]) -> None:
        for token in tokens:
            if token["type"] == "heading":
                name = slug(plain(token["children"]))
                ids = reserved.get(name)
                token["attrs"]["level"] = self._outline.level(token["attrs"]["level"])
                token["attrs"]["id"] = ids.pop(0) if ids else ""
            elif token["type"] not in {"paragraph", "block_text", "table", "footnotes"}:
                self._prepare(token.get("children", ()), reserved)

    def _target(self, url: str) -> str | None:
        """Where a link goes, or None when it must stay text."""
        if url.startswith("#"):
            label = self._labels.find(self._chapter, unquote(url[1:]))
            return f"#{anchor(label)}" if label else None
        return url if is_safe_link(url) else None


def reserve(chapter: int, sources: Sequence[str], labels: Labels) -> dict[str, list[str]]:
    """The ids of a chapter's headings, taken before any text is written because links point forward."""
    names: dict[str, list[str]] = {}
    for source in sources:
        for _, text in headings(parse(source)):
            names.setdefault(slug(text), []).append(anchor(labels.add(chapter, text)))
    return names


def anchor(label: str) -> str:
    """A label as an HTML id: no white space, nothing that needs quoting."""
    return re.sub(r"[^\w.-]+", "-", label)


class _Renderer(mistune.HTMLRenderer):
    def __init__(self, target: Any) -> None:
        super().__init__(escape=True)
        self.target = target
        self.images: Mapping[str, tuple[bytes, str]] = {}
        self.prefix = ""

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        if not text.strip():
            return ""
        name = f' id="{html.escape(attrs["id"])}"' if attrs.get("id") else ""
        return f"<h{level}{name}>{text}</h{level}>\n"

    def link(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002 - mistune's signature
        where = self.target(url)
        if where is None:
            return text
        outside = "" if where.startswith("#") else ' rel="noreferrer noopener"'
        return f'<a href="{html.escape(where)}"{outside}>{text}</a>'

    def image(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002 - mistune's signature
        image = self.images.get(url.removeprefix("attachment:"))
        alt = html.escape(strip_tags(text) or "Image")
        if image is None:
            return f"[image: {alt}]"
        kind = "jpeg" if image[1] == "jpg" else image[1]
        return f'<img alt="{alt}" src="data:image/{kind};base64,{base64.b64encode(image[0]).decode("ascii")}">'

    def inline_html(self, raw: str) -> str:
        return "<br>" if re.fullmatch(r"<br\s*/?>", raw, re.IGNORECASE) else ""

    def block_html(self, raw: str) -> str:
        text = mistune.escape(strip_tags(raw))
        return f"<p>{text}</p>\n" if text else ""

    def footnote_ref(self, _key: str, index: int) -> str:  # the plugin's own ids would clash between cells
        return f'<sup><a href="#{self.prefix}fn-{index}" id="{self.prefix}fnref-{index}">{index}</a></sup>'

    def footnote_item(self, text: str, index: int, **_key: Any) -> str:
        return f'<li id="{self.prefix}fn-{index}">{text}</li>\n'
