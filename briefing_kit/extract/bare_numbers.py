"""Numbers without a noun: "three were acquitted", "a figure of three", "Killed: 2,900". What they count stands elsewhere in the text."""

from __future__ import annotations

import re

from briefing_kit.extract.outcomes import states

_REACH = 80  # characters before a number that may say what it is

_LABEL = re.compile(r"[ >*\u2022-]*([A-Z][^.:;\d]{2,60}):[ ]")
_STATED = re.compile(r"\b(\w+) (?:at|as|to) (?:only |just )?$")
_OWN = re.compile(r",? (?:and|but) (?:his|her|its|their) own (?:at|as) $")
_FIGURE = re.compile(
    r"\b(?:figure|number|total|estimate|tally|count)\b(?: (?:was|is|has been|had been|stood|stands))?(?: later| since| then| \w+ly)?"
    r"(?: (?:revised|raised|lowered|updated|corrected|put|given))?(?: (?:up|down|upwards?|downwards?))? (?:of|at|as|to) (?:only |just )?$"
)
_COUNTED = re.compile(
    r"\b(?:counted|recorded|registered|documented|tallied|confirmed|reported|verified|identified|sp[eo]aks? of|spoke of"
    r"|admit(?:s|ted)?(?: to)?) (?:only |just )?$"
)
_ENDS = re.compile(r"[.,;:)]|$| (?:and|but|in|at|on|by|since|from|so far|to date)\b")
_MORE = re.compile(r" more(?=[.,;)]|$| (?:the|in|on|at|were|was|are|had|have|died|last|this|by|of them)\b)")
_OPENS = re.compile(r"(?:[;,\u2014] (?:and |but |while )?|\b(?:and|but|while|whereas|[Tt]he remaining|[Tt]he other) )$")
_ACTS = re.compile(
    r" (?:(?:also|later|then|already|still|reportedly) )?(?:have|had|were|are|remain(?:ed)?|died|fled|escaped|took|left|came|went|held"
    r"|survived|drowned|face|need|lack|[a-z]{3,}ed)\b"
)
_MOVED = re.compile(
    r"\b([A-Za-z]+s)\b(?: [^.;,]{0,40})? (?:ris(?:en|ing)|rose|f[ae]ll(?:en|ing)?|climb\w*|jump\w*|drop\w*|gr[eo]w\w*|increas\w*|decreas\w*"
    r"|declin\w*|surged|soared|stood)(?: [^.;]{0,30})? (?:to|at) $"
)


def labelled(folded: str, start: int, floor: int) -> str | None:
    """The class that a label at the start of a line gives its numbers: "Killed: 2,900 (UN); 773 (government)"."""
    label = _LABEL.match(folded, floor, start)
    if label is None or not (label.end() == start or folded.startswith(("; ", ", "), start - 2)):
        return None
    return next((states()[word] for word in label[1].lower().split() if word in states()), None)


def stated(folded: str, start: int, floor: int) -> str | None:
    """The class of "put the dead at ten"."""
    found = (
        _STATED.search(folded, max(floor, start - 40), start)
        if folded.endswith(("at ", "as ", "to ", "ly ", "st "), floor, start)
        else None
    )
    return states().get(found[1].lower()) if found else None


def moved(folded: str, start: int, floor: int) -> re.Match[str] | None:
    """The noun whose number goes "to" or stands "at" this one ("Arrests rose to 224"), as group 1."""
    return _MOVED.search(folded, max(floor, start - _REACH), start) if folded.endswith(("to ", "at "), floor, start) else None


def restates(folded: str, start: int, end: int, floor: int, limit: int) -> bool:
    """Whether a number is one more figure for what was counted last: "a figure of three", "had counted only 17", "and 14 more"."""
    begin = max(floor, start - _REACH)
    if _OWN.search(folded, begin, start) or _FIGURE.search(folded, begin, start):
        return True
    if _COUNTED.search(folded, begin, start) and _ENDS.match(folded, end, limit):
        return True
    return _MORE.match(folded, end, limit) is not None


def stands_for_some(folded: str, start: int, end: int, floor: int, limit: int) -> bool:
    """Whether a number is the subject of a clause and stands for some of those counted last: "Three were acquitted"."""
    if not _ACTS.match(folded, end, limit):
        return False
    opens = start - floor < 12 and not folded[floor:start].strip(" \"'-*>")
    return opens or _OPENS.search(folded, max(floor, start - 16), start) is not None
