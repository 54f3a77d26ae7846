"""Coverage-guided fuzzing for a fixed count: `python -m fuzz.run [TARGET ...] [--runs 100000]`.

Each target runs in a process of its own, from seeds made of the sample briefings, with a dictionary of the words that the grammar knows;
texts are changed byte by byte and word by word in turn.
An input that raises anything but a documented refusal is a finding, kept under .fuzz/TARGET/; so is one that, repeated, takes many times
as long as it should. Afterwards some of the inputs that the fuzzer kept are repeated up to a quarter of a megabyte and timed without its
probes: the slowest is printed, and more than a second for each megabyte is a finding too.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from fuzz.mutations import by_word

ROOT = Path(__file__).parents[1]
WORK = ROOT / ".fuzz"
MAX_INPUT, MAX_PDF = 800, 20_000  # bytes; rules look at a few words, and small inputs are many
EVERY, GROWN_BYTES, BLOWN_UP = (
    400,
    64_000,
    40.0,
)  # one input in so many is repeated up to so many bytes; seconds per megabyte, probes included
TIMED, TIMED_BYTES, PER_MEGABYTE = 60, 256_000, 1.0
INPUTS, SLOWEST = "stat::number_of_executed_units:", "slowest:"

Target = Callable[[bytes], None]


def fuzz(name: str, runs: int) -> None:
    """Fuzz one target in this process; ends it."""
    import atheris

    with atheris.instrument_imports(include=["briefing_kit", "mammoth", "pypdf"]):
        from fuzz.targets import GROWN, REFUSALS, TARGETS, TEXTS

    target, count, folder = TARGETS[name], 0, WORK / name

    def once(data: bytes) -> None:
        nonlocal count
        count += 1
        try:
            target(data)
        except REFUSALS as error:
            if "\n" in str(error):
                raise RuntimeError(f"a refusal of several lines: {str(error)!r}") from error
        if name in GROWN and count % EVERY == 0 and data:
            pace = per_megabyte(target, data, GROWN_BYTES, REFUSALS)
            if pace > BLOWN_UP:  # measured again: the machine may have stood still
                pace = per_megabyte(target, data, GROWN_BYTES, REFUSALS)
            if pace > BLOWN_UP:
                (folder / "slow-input").write_bytes(data)
                raise RuntimeError(f"{pace:.1f} s per MB")

    options = [f"-runs={runs}", f"-max_len={MAX_PDF if name == 'pdf' else MAX_INPUT}", "-timeout=60", "-rss_limit_mb=3000"]
    options += [f"-dict={WORK / 'words.dict'}", f"-artifact_prefix={folder}/", "-verbosity=0", "-print_final_stats=1"]
    words = (WORK / "words.txt").read_text(encoding="utf-8").split("\x1f")

    def mutate(data: bytes, max_size: int, seed: int) -> bytes:
        return by_word(data, max_size, seed, words) if seed % 2 and name in TEXTS else atheris.Mutate(data, max_size)

    atheris.Setup([name, *options, str(folder / "corpus")], once, custom_mutator=mutate)
    atheris.Fuzz()


def measure(name: str) -> None:
    """Print the pace of the slowest of some inputs that the fuzzer kept, each repeated."""
    from fuzz.targets import GROWN, REFUSALS, TARGETS, FindingError

    if name not in GROWN:
        return
    inputs = sorted((WORK / name / "corpus").iterdir())
    chosen = [data for path in inputs[:: max(1, len(inputs) // TIMED)] if (data := path.read_bytes())]
    per_megabyte(TARGETS[name], b"Two people came. ", 1_000, REFUSALS)  # what is loaded on first use
    paces = [per_megabyte(TARGETS[name], data, TIMED_BYTES, (*REFUSALS, FindingError)) for data in chosen]
    say(f"{SLOWEST} {max(paces, default=0.0):.2f}")


def per_megabyte(target: Target, data: bytes, size: int, refusals: tuple[type[Exception], ...]) -> float:
    """Seconds for each megabyte of an input repeated up to this size."""
    much = data * (size // len(data) or 1)
    began = time.process_time()
    with suppress(*refusals):
        target(much)
    return (time.process_time() - began) / (len(much) / 1e6)


def in_own_process(name: str, step: str, runs: int) -> tuple[int, str]:
    """The exit code and output of a step in a process of its own."""
    command = [sys.executable, "-m", "fuzz.run", "--step", step, name, "--runs", str(runs)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    return done.returncode, done.stdout


def last_said(output: str, words: str) -> str:
    """What follows these words in the last line that begins with them."""
    return next((line.removeprefix(words).strip() for line in reversed(output.splitlines()) if line.startswith(words)), "")


def say(words: str) -> None:
    """A line of output, at once."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def run(names: Iterable[str], runs: int) -> bool:
    """Fuzz the targets one after another; whether all went well."""
    good = True
    for name in names:
        code, output = in_own_process(name, "fuzz", runs)
        timed, measured = in_own_process(name, "measure", runs)
        (WORK / name / "log").write_text(output + measured, encoding="utf-8")
        pace = last_said(measured, SLOWEST)
        slow = bool(pace) and float(pace) > PER_MEGABYTE
        say(f"{name}: {last_said(output, INPUTS) or 'no'} inputs{f', slowest {pace} s per MB' if pace else ''}{' (SLOW)' if slow else ''}")
        if code or timed:
            say(f"  FAILED: see {WORK.name}/{name}/log")
        good = good and not (code or timed or slow)
    return good


def main() -> int:
    """Fuzz all targets or those named; 1 where any has a finding."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--step", choices=("fuzz", "measure"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step == "fuzz":
        fuzz(given.targets[0], given.runs)
    elif given.step == "measure":
        measure(given.targets[0])
    else:
        from fuzz.seeds import write_seeds

        names = write_seeds(WORK)
        unknown = set(given.targets) - set(names)
        if unknown:
            parser.error(f"no target {', '.join(sorted(unknown))}; there is {', '.join(names)}")
        return 0 if run(given.targets or names, given.runs) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
