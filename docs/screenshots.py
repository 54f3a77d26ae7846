"""Pictures of the tour, the bench and the explorer in JupyterLab, light and dark, for the README: `make screenshots`.

Six pictures, 1280 wide, go to docs/. With --out FOLDER all twelve (1280 and 1920 wide) go there, at full colour, to be looked at.
Needs the extra [lab], Playwright and Chromium. The workbook is a copy: nothing that is clicked here stays.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from lab import CHROMIUM, copied_workbook, running_browser, running_lab  # noqa: E402

THEMES = ("light", "dark")
SIZES = {1280: 860, 1920: 1080}


def tour(page: Any) -> None:
    """The top of the tour."""
    page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0")


def bench(page: Any) -> None:
    """The bench with some rows decided on, one rejected and in full."""
    to_top(page, ".bk-bench")
    for words, key in (("14 October", "a"), ("three people", "a"), ("three girls", "a"), ("died", "r"), ("roughly 100", "")):
        page.locator(".bk-text mark", has_text=words).first.click()
        if key:
            page.keyboard.press(key)
            page.locator(".bk-message", has_text=f"“{words}”").wait_for()
    page.mouse.move(2, 300)


def explorer(page: Any) -> None:
    """The explorer with its filters, chart and rows."""
    to_top(page, ".bk-explore")
    page.mouse.move(2, 300)


PICTURES: dict[str, Callable[[Any], None]] = {"tour": tour, "bench": bench, "explorer": explorer}


def to_top(page: Any, selector: str) -> None:
    """Scroll the notebook until the top of an output is at its own top."""
    page.locator(selector).first.scroll_into_view_if_needed()
    page.evaluate(
        """(selector) => {
            const outer = document.querySelector('.jp-WindowedPanel-outer');
            const box = document.querySelector(selector).getBoundingClientRect();
            outer.scrollTop += box.top - outer.getBoundingClientRect().top - 8;
        }""",
        selector,
    )


def small(png: bytes) -> bytes:
    """The picture in at most 256 colours: a third of the size, no difference to the eye."""
    out = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Run the tour once per theme and width, and take its pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, help="folder for all twelve at full colour; docs/ stays as it is")
    options = parser.parse_args()
    if CHROMIUM is None:
        raise SystemExit("screenshots: needs Chromium: apt-get install chromium")
    folder = options.out or ROOT / "docs"
    folder.mkdir(parents=True, exist_ok=True)
    widths = list(SIZES) if options.out else [1280]
    for theme in THEMES:
        for width in widths:
            with tempfile.TemporaryDirectory() as scratch:
                workbook = copied_workbook(Path(scratch) / "workbook")
                with running_lab(workbook, Path(scratch) / "jupyter") as lab, running_browser() as browser:
                    lab.use_theme(theme)
                    page = lab.open(browser, "explore.ipynb", width=width, height=SIZES[width])
                    page.keyboard.press("Control+b")  # the file browser
                    lab.run_all(page, timeout=180_000)
                    for name, arrange in PICTURES.items():
                        arrange(page)
                        page.wait_for_timeout(1500)  # widgets draw themselves after the kernel is idle
                        png = page.screenshot()
                        path = folder / (f"{name}-{theme}-{width}.png" if options.out else f"{name}-{theme}.png")
                        path.write_bytes(png if options.out else small(png))
                        print(path.name, path.stat().st_size // 1024, "KiB")
                    assert not lab.complaints, lab.complaints


if __name__ == "__main__":
    main()
