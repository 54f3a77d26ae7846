"""Briefings in our own words for the tests of archives and engines, and what a spread piece of work does in another process."""

from __future__ import annotations

import os
import signal
from hashlib import sha256
from pathlib import Path

TEXTS = {
    "2021-03-10_delta.md": (
        "---\npublished_on: 2021-03-10\nseries: Delta monitor\ncountry: NGA\nmarking: TLP:GREEN\n---\n"
        "Police said 12 people were killed in an attack on Warri on 8 March. The Nigerian army sent 300 soldiers to the city.\n\n"
        "The governor of Delta State has met community leaders in Warri several times since January.\n"
    ),
    "2021-03-12_coast.md": (
        "---\npublished_on: 2021-03-12\nseries: Coast watch\ncountry: NGA\nmarking: TLP:AMBER\n---\n"
        "Amnesty International said 20 people were killed in an attack on Warri on 8 March. A port was built there on 14 October 1066.\n"
    ),
    "2021-03-17_delta.md": (
        "---\npublished_on: 2021-03-17\nseries: Delta monitor\ncountry: NGA\n---\n"
        "The governor of Delta State has met community leaders in Warri several times since January. "
        "On 15 March the Nigerian army arrested 14 gunmen near Sapele.\n"
    ),
    "2021-03-24_delta.md": (
        "---\npublished_on: 2021-03-24\nseries: Delta monitor\ncountry: NGA\n---\n"
        "Around 200 families fled Warri in early March, the United Nations said.\n"
    ),
    "notes.txt": "The United Nations said at least 40 people were displaced near Sapele.\n",
}


def write_texts(folder: Path, texts: dict[str, str] | None = None) -> list[Path]:
    """The briefings as files; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (TEXTS if texts is None else texts).items():
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


def files_of(store: Path) -> dict[str, str]:
    """The hash of every file that readers see."""
    return {path.relative_to(store).as_posix(): sha256(path.read_bytes()).hexdigest() for path in sorted(store.rglob("*.parquet"))}


def double(job: int, item: int) -> tuple[int, int]:
    """Work that goes well."""
    return item, item * job


def die_once(job: str, item: int) -> int:
    """Work that kills its process the first time that it comes to item 3."""
    marker = Path(job) / "died"
    if item == 3 and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def die_always(job: str, item: int) -> int:
    """Work that kills its process whenever it comes to item 3."""
    if item == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def fail_at_3(job: str, item: int) -> int:
    """Work that raises at item 3."""
    if item == 3:
        raise ValueError("item 3 will not do")
    return item


def hold(folder: Path, weeks: list[str]) -> object:
    """A Dask worker plugin: whoever comes first to one of these weeks stops there, until it is killed.

    It opens a named pipe of that week, which lets the test know that it is there: no sleeping, no polling.
    """
    from distributed import WorkerPlugin

    class Hold(WorkerPlugin):
        name = "hold"

        def setup(self, worker: object) -> None:
            from briefing_kit.store import adding

            read_again = adding._read_again

            def held(job, one):
                if one.week in weeks:
                    try:
                        (folder / f"{one.week}.pid").open("x").write(str(os.getpid()))
                    except FileExistsError:
                        pass
                    else:
                        (folder / f"{one.week}.pipe").open().read()
                return read_again(job, one)

            adding._read_again = held

    return Hold()


def wait_forever(job: str, item: int) -> int:
    """Work that says who is at it and never ends."""
    with (Path(job) / "here.pipe").open("w") as pipe:
        pipe.write(f"{os.getpid()}\n")
    signal.pause()
    return item
