"""A reader in a process of its own, under a clock: libraries take minutes for a page made to be slow, and cannot be stopped from within."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from briefing_kit.readers.extracted import MAX_SECONDS, Extracted, Reader, ReadingError, too_slow

_PACKAGES = str(Path(__file__).parents[2])


def read_in_time(data: bytes, name: str, suffix: str) -> Extracted:
    """What the reader of this ending makes of the bytes.

    Raises:
        ReadingError: the reader refuses them, does not come to an end, or breaks off.
    """
    # -P: a module that lies beside the briefings is not taken for the library of its name.
    command = [sys.executable, "-P", "-m", "briefing_kit.readers.clock", name, suffix]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (_PACKAGES, os.environ.get("PYTHONPATH"))))}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=MAX_SECONDS, env=environment, check=False)
    except subprocess.TimeoutExpired:
        raise too_slow(name, MAX_SECONDS) from None
    if done.returncode:
        raise ReadingError(f"{name}: its reader broke off (exit code {done.returncode}); save the text alone")
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise ReadingError(answer["refused"])
    day = answer.pop("published_on")
    return Extracted(**{**answer, "warnings": tuple(answer["warnings"]), "published_on": date.fromisoformat(day) if day else None})


def main(read: Reader, data: bytes, name: str) -> str:
    """What the process answers: the fields of `Extracted`, or why the file is refused, as JSON."""
    try:
        return json.dumps(asdict(read(data, name)), default=date.isoformat)
    except ReadingError as error:
        return json.dumps({"refused": str(error)})


if __name__ == "__main__":
    from briefing_kit.readers import reader_of

    sys.stdout.write(main(reader_of(sys.argv[2]), sys.stdin.buffer.read(), sys.argv[1]))
