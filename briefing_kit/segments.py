"""Segments (paragraphs with a role) and sentences of a folded text, by layout and punctuation alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from briefing_kit.lexicon import read_lexicon
from briefing_kit.records import record

ROLES = ("body", "heading", "caption", "list_item", "quote", "boilerplate")


@record
class Segment:
    """A paragraph: a half-open span of the text and its role, one of ROLES."""

    start: int
    end: int
    role: str


@record
class Sentence:
    """A sentence: its span, the index of its paragraph and that paragraph's role."""

    start: int
    end: int
    paragraph: int
    role: str


_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?![ ]*\n)[^\n]*)*")
_LINE = re.compile(r"[^\n]*\S")
_LIST_ITEM = re.compile(r"[ ]*(?:[-*+\u2022\u2023\u25aa\u25cf\u25e6\u00b7][ ]+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)][ ]+)(?=\S)")
_MARKDOWN_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ ]+\S")
_CAPTION_CUE = re.compile(
    r"[ ]*(?:!\[|\(?(?:photo|photograph|picture|pictured|image|figure|fig\.|map|chart|graphic|caption|credit|source)s?"
    r"(?:[ ]\d+)?(?:[ ](?:by|credit))?[ ]*[:.|\u2014-])",
    re.IGNORECASE,
)
_FINAL = (".", "!", "?", "\u2026")
_CLOSING = "\"')]"
_TITLED = re.compile(r"\b[A-Z][\w'.-]{0,40}[ ]+(?:[a-z]{1,3}[ ]+)?[A-Z]")
_LOWER_WORD = re.compile(r"\b[a-z][a-z'-]{3,}\b")
_SMALL_WORDS = frozenset("with from near during after before left right centre center between over under along against their".split())


@cache
def _boilerplate() -> tuple[dict[str, int], dict[str, bytes], re.Pattern[str]]:
    """The weights of the phrases, how they are written in UTF-8, and what finds them."""
    weights = {row["phrase"]: int(row["weight"]) for row in read_lexicon("boilerplate")}
    longest_first = sorted(weights, key=lambda phrase: (-len(phrase), phrase))
    pattern = re.compile("|".join(re.escape(phrase) for phrase in longest_first))
    return weights, {phrase: phrase.encode() for phrase in weights}, pattern


def find_segments(text: str) -> list[Segment]:
    """The paragraphs of a folded text in order: blank lines part them, and so do list markers, headings and full lines."""
    segments: list[Segment] = []
    lowered = text.lower().encode("utf-8", "surrogatepass")  # bytes are searched three times as fast
    phrases = [phrase for phrase, written in _boilerplate()[1].items() if written in lowered]
    for block in _PARAGRAPH.finditer(text):
        for start, end in _blocks_of_lines(text, block.start(), block.end()):
            segments.append(Segment(start=start, end=end, role=_role(text[start:end], phrases)))
    return segments


def _blocks_of_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Split a block at newlines that part paragraphs, not at those that only wrap a line."""
    if text.find("\n", start, end) < 0:
        yield start, start + len(text[start:end].rstrip())
        return
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text, start, end)]
    widest = max(stop - begin for begin, stop in lines)
    first = lines[0][0]
    for (begin, stop), (after, after_end) in pairwise(lines):
        line, following = text[begin:stop], text[after:after_end]
        opens = following.lstrip("\"'([ ")[:1]
        ends_here = (
            _LIST_ITEM.match(following)
            or _MARKDOWN_HEADING.match(following)
            or _MARKDOWN_HEADING.match(line)
            or following.startswith(">") != line.startswith(">")
            or (_is_final(line) and not opens.islower())
            or (stop - begin < 0.6 * min(widest, 100) and (opens.isupper() or opens.isdigit()))
        )
        if ends_here:
            yield first, stop
            first = after
    yield first, lines[-1][1]


def _is_final(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return line.rstrip(_CLOSING).endswith(_FINAL)


def _role(paragraph: str, phrases: Iterable[str]) -> str:
    """The role of a paragraph of a text in which these phrases of boilerplate stand somewhere."""
    if phrases and _is_boilerplate(paragraph, phrases):
        return "boilerplate"
    if _MARKDOWN_HEADING.match(paragraph):
        return "heading"
    if paragraph.startswith(">"):
        return "quote"
    if _LIST_ITEM.match(paragraph):
        return "list_item"
    if _CAPTION_CUE.match(paragraph) and len(paragraph) < 400:
        return "caption"
    if _is_final(paragraph) or paragraph.endswith((":", ";", ",")) or "\n" in paragraph or len(paragraph) > 160:
        return "body"
    # What is left is one short line without a full stop: a caption lists titled names, a heading says something.
    n_words = len(paragraph.split())
    verbs = [word for word in _LOWER_WORD.findall(paragraph) if word not in _SMALL_WORDS]
    titled = len(_TITLED.findall(paragraph))
    if n_words >= 6 and titled >= 2 and len(verbs) <= 0.25 * n_words:
        return "caption"
    return "heading" if n_words <= 14 else "body"


def _is_boilerplate(paragraph: str, phrases: Iterable[str]) -> bool:
    lowered = paragraph.lower()
    if not any(phrase in lowered for phrase in phrases):
        return False
    weights, _, pattern = _boilerplate()
    seen = {m.group() for m in pattern.finditer(lowered)}
    # A long paragraph is reporting even where it mentions a subscription in passing.
    return sum(weights[phrase] for phrase in seen) >= (2 if len(paragraph) < 600 else 4)


# It opens with one set of characters, which a search skips to at full speed.
_STOP = re.compile(r"[.!?\u2026](?<![.!?\u2026]{2})[.!?\u2026]*[\"')\]]*(?=\s)")
_NEXT = re.compile(r"\s+[\"'(\[]*([A-Z0-9]|[^\W\d_a-z])")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Z]$")
_STARTERS = frozenset(
    "The A An In On At It He She They We I This That These Those There But And However Meanwhile Although While When If As By For "
    "From After Before Since Its Their His Her Our Both Some Many Most Several According Earlier Later Despite Two Three".split()
)
_NUMBER_SIGN = re.compile(r"Nos?\.")
_NAME_AFTER = re.compile(r"\s+[\"'(\[]*([A-Z][\w'-]*)")


@cache
def _abbreviations() -> dict[str, str]:
    return {row["abbreviation"]: row["kind"] for row in read_lexicon("abbreviations")}


def find_sentences(text: str, segments: list[Segment]) -> list[Sentence]:
    """The sentences of each segment in order; together they cover all that is not white space."""
    sentences: list[Sentence] = []
    for index, segment in enumerate(segments):
        first = segment.start
        for stop in _STOP.finditer(text, segment.start, segment.end):
            if stop.end() < segment.end and _ends_sentence(text, first, stop, segment.end):
                sentences.append(Sentence(start=first, end=stop.end(), paragraph=index, role=segment.role))
                first = stop.end()
                while text[first].isspace():
                    first += 1
        sentences.append(Sentence(start=first, end=segment.end, paragraph=index, role=segment.role))
    return sentences


def _ends_sentence(text: str, first: int, stop: re.Match[str], limit: int) -> bool:
    following = _NEXT.match(text, stop.end(), limit)
    if following is None:
        return False
    if text[stop.start()] != "." or stop.group().startswith(".."):
        return True
    window = text[max(first, stop.start() - 40) : stop.start()]
    at = len(window)
    while at > 0 and (window[at - 1].isalnum() or window[at - 1] in "_.&'-"):
        at -= 1
    word = window[at:]
    if _INITIALS.fullmatch(word):
        # "the U.S. Africa Command", "J. Smith": only an ordinary sentence opener ends a sentence here.
        name = _NAME_AFTER.match(text, stop.end(), limit)
        return "." in word and name is not None and name[1] in _STARTERS
    kind = _abbreviations().get(word.lower().lstrip("'\"("))
    if kind is None:
        return not (word.isdigit() and window[:at].strip() == "")
    if kind == "title":
        return False
    if kind == "before_number":
        # "No. 5" and "Res. No. 5" go on; "He said no. The" ends.
        return not following[1].isdigit() and not _NUMBER_SIGN.match(text, following.start(1), limit)
    name = _NAME_AFTER.match(text, stop.end(), limit)
    return name is not None and name[1] in _STARTERS
