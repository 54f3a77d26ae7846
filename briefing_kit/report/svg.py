"""An SVG figure made safe to stand in a page beside others: no script, no outside reference, ids of its own."""

from __future__ import annotations

import re
from xml.etree import ElementTree

_ELEMENTS = frozenset(
    "svg g defs path use text tspan textPath clipPath rect circle ellipse line polyline polygon linearGradient radialGradient "
    "stop pattern mask marker symbol image".split()
)
_DROPPED = frozenset({"metadata", "title", "desc", "style"})
# matplotlib's only style sheet; its `*` would reach the whole page, so it moves to the figure's root (both properties are inherited).
_EVERYTHING = re.compile(r"\s*\*\s*\{([\w\s:;-]*)\}\s*\Z")
_URL = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")
_INLINE_IMAGE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]*\Z")


def inline_svg(source: str, prefix: str, alt: str) -> str | None:
    """The figure as an `<svg>` element for HTML, ids prefixed, its text searchable; None where it holds anything unexpected.

    `source` is a well-formed SVG document (`blocks.is_svg`). What gets None can still be shown as an isolated image.
    """
    root = ElementTree.fromstring(source)  # noqa: S314 - entities are refused by blocks.is_svg
    styles = [element.text or "" for element in root.iter() if _local(element.tag) == "style"]
    found = [_EVERYTHING.match(style) for style in styles]
    if not all(found) or not _clean(root, prefix):
        return None
    width = re.match(r"[\d.]+", root.get("width", ""))
    style = ";".join([f"width:{width.group()}pt" if width else "width:100%", *(match.group(1) for match in found if match)])
    root.attrib = {key: value for key, value in root.attrib.items() if key not in {"width", "height", "aria-label", "role"}}
    root.set("role", "img")
    root.set("aria-label", alt)
    root.set("style", style)
    return ElementTree.tostring(root, encoding="unicode")


def _clean(element: ElementTree.Element, prefix: str) -> bool:
    """Rewrite the element in place; False where it may not be shown inline."""
    element.tag = _local(element.tag)
    if element.tag not in _ELEMENTS:
        return False
    for key, value in list(element.attrib.items()):
        del element.attrib[key]
        name = _local(key)
        if name.lower().startswith("on"):
            return False
        if name == "id":
            value = f"{prefix}-{value}"
        elif name == "href":
            if value.startswith("#"):
                value = f"#{prefix}-{value[1:]}"
            elif not (element.tag == "image" and _INLINE_IMAGE.match(value)):
                return False
        else:
            value = _URL.sub(lambda match: f"url(#{prefix}-{match.group(1)})", value)
            if "url(" in value.replace("url(#", ""):
                return False
        element.set(name, value)
    for child in list(element):
        if not isinstance(child.tag, str) or _local(child.tag) in _DROPPED:
            element.remove(child)
        elif not _clean(child, prefix):
            return False
    return True


def _local(name: object) -> str:
    return name.rpartition("}")[2] if isinstance(name, str) else ""
