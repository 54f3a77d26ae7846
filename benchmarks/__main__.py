"""All speed benchmarks of the library in one run: beside other tools, the engines, growth with what is read.

    python benchmarks [--only speed] [--long] [--spacy PYTHON] [--spacy-model NAME] [--dateparser PYTHON] [--quantulum3 PYTHON]
                      [--recognizers PYTHON]

Other tools are read in interpreters of their own, which have them installed: named by these options or by BENCH_SPACY, BENCH_DATEPARSER,
BENCH_QUANTULUM3, BENCH_RECOGNIZERS and BENCH_SPACY_MODEL; by default this interpreter. What is not there is said and left out. Figures,
not tests: compare within one run. `weekly.py` and `report.py` measure the weekly run and the report.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys

import engines
import scale
import speed

PARTS = ("speed", "engines", "scale")
TOOLS = ("spacy", "dateparser", "quantulum3", "recognizers")


def main() -> None:
    """Run the parts that are asked for."""
    options = argparse.ArgumentParser(prog="benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", choices=PARTS, action="append", help="this part; may be given more than once")
    options.add_argument("--long", action="store_true", help="scale up to 100,000 briefings and 100 million characters in memory")
    options.add_argument("--briefings", type=int, default=2_000, help="how many the engines are given")
    options.add_argument("--spacy-model", default=os.environ.get("BENCH_SPACY_MODEL", "en_core_web_sm"))
    for tool in TOOLS:
        default = os.environ.get(f"BENCH_{tool.upper()}", sys.executable)
        options.add_argument(f"--{tool}", metavar="PYTHON", default=default, help=f"interpreter that has {tool}")
    given = options.parse_args()
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    print(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load}")
    for part in given.only or PARTS:
        print(f"\n== {part}")
        if part == "speed":
            speed.main({tool: getattr(given, tool) for tool in TOOLS}, given.spacy_model)
        elif part == "engines":
            engines.main(given.briefings)
        else:
            scale.main(long=given.long)


if __name__ == "__main__":
    main()
