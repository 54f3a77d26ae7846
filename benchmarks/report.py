"""The report stage beside the usual routes, one run, one machine: time and peak memory of a cold process each.

Run `python benchmarks/report.py` from a checkout. Routes whose tool is missing are named, not guessed. The notebook is built
here (no kernel): 5 chapters with a chart and 12 claims with whole sentences each; then one table of 5,000 rows.
Chromium is Debian's `chromium` printing nbconvert's HTML, which is what `nbconvert --to webpdf` does through Playwright.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = """
import sys; sys.path.insert(0, {tests!r})
import nbformat, reporting as r
for i in range(1, 6):
    cells = [f"# Chapter {{i}}", r.code(r.output(r.show_figure(r.chart(), caption="Mentions.", alt="bars"))),
             r.code(r.output(r.show_table(r.claims(12), caption="One row per claim.", columns=r.NAMES)))]
    nbformat.write(r.book(*cells), f"{folder}/chapter{{i}}.ipynb")
nbformat.write(r.book("# Long", r.code(r.output(r.show_table(r.claims(5000), caption="Rows.", columns=r.NAMES)))), "{folder}/long.ipynb")
"""
BOUND = """
import sys, nbformat
from datetime import date
from briefing_kit.report import html, pdf, typstdoc
from briefing_kit.report.meta import ReportMeta
typstdoc.ROW_LIMIT = html.ROW_LIMIT = 10**6
books = [nbformat.read(path, as_version=4) for path in sys.argv[2:]]
meta = ReportMeta(title="Benchmark", published=(date(2019, 10, 16),), marking="TLP:CLEAR")
if sys.argv[1].endswith("html"):
    open(sys.argv[1], "w", encoding="utf-8").write(html.render_html(books, meta))
else:
    open(sys.argv[1], "wb").write(pdf.render_pdf(books, meta).data)
"""
WEASYPRINT = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant='pdf/ua-1')"


def measure(command: list[str]) -> dict[str, float]:
    """Wall and processor seconds, and peak resident memory (MB, of the largest process) of one command."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"failed: {' '.join(command[:4])} ...")
    wall = time.perf_counter() - began
    return {"wall_s": round(wall, 2), "cpu_s": round(usage.ru_utime + usage.ru_stime, 2), "peak_mb": round(usage.ru_maxrss / 1024)}


def routes(folder: Path, books: list[Path], name: str, weasyprint: str) -> dict[str, list[list[str]] | str]:
    """Each route as the commands it runs one after another, or the reason why it cannot run."""
    python, bound = sys.executable, [sys.executable, "-c", BOUND]
    paths = [str(path) for path in books]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    weasy = subprocess.run([weasyprint, "-c", "import weasyprint"], capture_output=True).returncode == 0
    page = str(folder / f"{name}-stock.html")
    stock = [python, "-m", "nbconvert", "--to", "html", "--no-input", paths[0], "--output", page]
    printing = [
        str(chromium),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--print-to-pdf={folder}/{name}-chromium.pdf",
        f"file://{page}",
    ]
    return {
        "briefing_kit PDF, all notebooks bound": [[*bound, str(folder / f"{name}.pdf"), *paths]],
        "briefing_kit HTML, all notebooks bound": [[*bound, str(folder / f"{name}.html"), *paths]],
        "nbconvert briefing-pdf, first notebook": [[python, "-m", "nbconvert", "--to", "briefing-pdf", paths[0]]],
        "nbconvert HTML + chromium print, first notebook": [stock, printing] if chromium else "chromium is not installed",
        "our HTML + WeasyPrint, all notebooks": (
            [[*bound, page, *paths], [weasyprint, "-c", WEASYPRINT, page, str(folder / f"{name}-weasyprint.pdf")]]
            if weasy
            else "weasyprint (or its Pango) is not installed"
        ),
    }


def main() -> None:
    """Print one line a route."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", type=Path, help="also write the figures here")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each route on the small notebooks; the median counts (default 3)")
    parser.add_argument("--weasyprint", default=sys.executable, help="an interpreter that has weasyprint (default: this one)")
    options = parser.parse_args()
    figures: dict[str, dict[str, dict[str, float] | str]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, "-c", BUILD.format(tests=str(ROOT / "tests"), folder=name)], check=True)
        for title, books, rounds in (
            ("5 notebooks, 60 rows", sorted(folder.glob("chapter*.ipynb")), options.rounds),
            ("5,000 rows", [folder / "long.ipynb"], 1),
        ):
            print(f"\n{title}")
            for route, commands in routes(folder, books, title[0], options.weasyprint).items():
                if isinstance(commands, str):
                    figures.setdefault(title, {})[route] = commands
                    print(f"  {route:50} {commands}")
                    continue
                runs = [[measure(command) for command in commands] for _ in range(rounds)]
                wall, cpu = (sorted(sum(step[key] for step in run) for run in runs)[len(runs) // 2] for key in ("wall_s", "cpu_s"))
                peak = max(step["peak_mb"] for run in runs for step in run)
                figures.setdefault(title, {})[route] = {"wall_s": round(wall, 2), "cpu_s": round(cpu, 2), "peak_mb": peak}
                print(f"  {route:50} {wall:6.2f} s wall  {cpu:6.2f} s cpu  {peak:5.0f} MB")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
