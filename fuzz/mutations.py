"""Changes to a text word by word: what a change of bytes rarely comes to, such as two dates run together or a figure of eighty digits."""

from __future__ import annotations

import re
from random import Random

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")
_FIGURES = ("0", "00", "1", "12", "31", "32", "99", "366", "0000", "1999", "2019", "9999", "20191016", "5,000", "1.5", "9" * 20, "8" * 80)


def by_word(data: bytes, max_size: int, seed: int, words: list[str]) -> bytes:
    """The text with one to four of its words replaced, doubled, swapped, glued or left out; the same for the same seed."""
    draw = Random(seed)
    pieces = _PIECE.findall(data.decode("utf-8", "replace")) or [""]
    for _ in range(draw.randint(1, 4)):
        at, other = draw.randrange(len(pieces)), draw.randrange(len(pieces))
        piece = pieces[at]
        change = draw.randrange(8)
        if change == 0:
            pieces[at] = draw.choice(words)
        elif change == 1:
            pieces[at] = draw.choice(_FIGURES)
        elif change == 2:
            pieces[at] = f"{piece} {draw.choice(words)}"
        elif change == 3:
            pieces[at] = piece + draw.choice("-/.,:;'\"()%$ \n") + draw.choice(_FIGURES)
        elif change == 4:
            pieces[at], pieces[other] = pieces[other], piece
        elif change == 5:
            pieces[at] = "".join(pieces[at : at + draw.randint(1, 8)]) * 2
        elif change == 6:
            pieces[at] = ""
        else:
            pieces[at] = draw.choice((str.upper, str.capitalize, str.lower))(piece)
    return "".join(pieces).encode()[:max_size]
