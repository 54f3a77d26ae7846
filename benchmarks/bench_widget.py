"""How fast the bench is in a browser: a briefing of 5,000 words and one of 50,000, opened in a real JupyterLab in headless Chromium.

Run `python benchmarks/bench_widget.py [--words 5000 50000] [--trace FOLDER]` from a checkout with the extras [lab] and Playwright.
The texts recombine the sentences of the sample briefings. Times are milliseconds in the browser: `open` from the first line of the
widget's code to the painted bench (a performance measure of its own), the rest from the key to the second frame after it. With
--trace, Chromium's own trace of each text is kept (load it in chrome://tracing or Perfetto).
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from lab import CHROMIUM, copied_workbook, running_browser, running_lab, write_notebook  # noqa: E402

import briefing_kit as bk  # noqa: E402

# The page measures itself: what a key did is on the screen at the second frame after it.
PAINTED = """async (key) => {
    const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))));
    const list = document.querySelector(".bk-list");
    list.focus();
    const begin = performance.now();
    list.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    return await painted() - begin;
}"""
ANSWERED = """async (key) => {
    const list = document.querySelector(".bk-list");
    const message = document.querySelector(".bk-message");
    message.textContent = "";
    list.focus();
    const begin = performance.now();
    const answered = new Promise((done) => {
        const watch = new MutationObserver(() => {
            if (message.textContent.startsWith("Waiting")) return;
            watch.disconnect();
            done();
        });
        watch.observe(message, { childList: true });
    });
    list.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    await answered;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return [performance.now() - begin, message.textContent];
}"""
SCROLLED = """async () => {
    const text = document.querySelector(".bk-text");
    const frames = [];
    let last = performance.now();
    for (let step = 1; step <= 60; step += 1) {
        text.scrollTop = text.scrollHeight * step / 60;
        await new Promise(requestAnimationFrame);
        frames.push(performance.now() - last);
        last = performance.now();
    }
    return frames;
}"""


def briefing_of(n_words: int) -> str:
    """Sentences of the sample briefings in random but fixed order, four to a paragraph, to about that many words."""
    folder = ROOT / "data" / "briefings"
    sentences = [s for one in bk.load_briefings(folder) for s in bk.analyse(one).sentences.query("role == 'body'")["text"]]
    draw = random.Random(0)
    text, words = [], 0
    while words < n_words:
        paragraph = " ".join(" ".join(draw.choice(sentences).split()) for _ in range(4))
        words += len(paragraph.split())
        text.append(paragraph)
    return "---\ntitle: Long\npublished_on: 2019-10-16\ncountry: LBY\n---\n" + "\n\n".join(text) + "\n"


def measured(page: Any, browser: Any, trace: Path | None) -> dict[str, Any]:
    """Open the bench and use it: milliseconds (of the steps the median and the slowest)."""
    if trace is not None:
        browser.start_tracing(page=page, path=trace, categories=["devtools.timeline", "blink.user_timing"])
    begun = time.perf_counter()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.wait_for_function("performance.getEntriesByName('briefing-kit:bench').length > 0", timeout=300_000)
    shown = time.perf_counter() - begun
    found: dict[str, Any] = {"cell to bench, s": round(shown, 1)}
    found["rows"] = int(page.locator(".bk-progress").inner_text().split(" of ")[1].split()[0].replace(",", ""))
    found["open"] = page.evaluate("performance.getEntriesByName('briefing-kit:bench')[0].duration")
    found["elements"] = page.evaluate("document.querySelectorAll('.bk-bench *').length")
    steps = [page.evaluate(PAINTED, "j") for _ in range(30)]
    found |= {"next row": statistics.median(steps), "next row, slowest": max(steps)}
    found["to the last row"] = page.evaluate(PAINTED, "End")
    frames = page.evaluate(SCROLLED)
    found |= {"scroll, frame": statistics.median(frames), "scroll, slowest frame": max(frames)}
    found["hide a kind"] = page.evaluate(PAINTED, "1")
    found["show a kind"] = page.evaluate(PAINTED, "1")
    page.evaluate(PAINTED, "Home")
    rejected, said = page.evaluate(ANSWERED, "r")
    assert "rejected" in said, said
    found["reject, written and shown"] = rejected
    undone, said = page.evaluate(ANSWERED, "u")
    assert "undone" in said, said
    found["undo, written and shown"] = undone
    if trace is not None:
        browser.stop_tracing()
    return {name: round(value, 1) for name, value in found.items()}


def main() -> None:
    """Measure each length in a page and kernel of its own, and print one line a figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, nargs="+", default=[5000, 50000])
    parser.add_argument("--trace", type=Path)
    options = parser.parse_args()
    if CHROMIUM is None:
        print("bench_widget: no Chromium on this machine: not measured")
        return
    results = {}
    with tempfile.TemporaryDirectory() as scratch:
        workbook = copied_workbook(Path(scratch) / "workbook")
        for words in options.words:
            (workbook / "data" / f"long-{words}.md").write_text(briefing_of(words), encoding="utf-8")
            cell = f"from pathlib import Path\nimport briefing_kit as bk\n\nbk.bench(Path('../data/long-{words}.md'))"
            write_notebook(workbook / "notebooks" / f"long-{words}.ipynb", cell)
        with running_lab(workbook, Path(scratch) / "jupyter") as lab, running_browser() as browser:
            for words in options.words:
                page = lab.open(browser, f"long-{words}.ipynb")
                if options.trace is not None:
                    options.trace.mkdir(parents=True, exist_ok=True)
                trace = options.trace / f"bench-{words}.json" if options.trace else None
                results[words] = measured(page, browser, trace)
                page.context.close()
        assert not lab.complaints, lab.complaints
    print(json.dumps(results) if not sys.stdout.isatty() else "", file=sys.stderr)
    width = max(map(len, next(iter(results.values()))))
    print(f"{'milliseconds in the browser':{width}}" + "".join(f"{words:>10,} words" for words in results))
    for name in next(iter(results.values())):
        print(f"{name:{width}}" + "".join(f"{found[name]:>16,}" for found in results.values()))


if __name__ == "__main__":
    main()
