"""Small hand-built notebooks and meta data for the report tests; no kernel runs."""

from __future__ import annotations

from datetime import date

import matplotlib as mpl
import nbformat.v4 as nbf
import pandas as pd
from nbformat import NotebookNode

from briefing_kit.report.meta import ReportMeta
from briefing_kit.view.display import show_figure, show_table
from briefing_kit.view.marked import show_note, show_spans

mpl.use("agg")

ARABIC = "خليفة حفتر"
RUSSIAN = "Группа Вагнера"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
LONG = (
    "Officials of the regional health office in the southern district said on 10 October that more than 1,200 families had left "
    "the town since the middle of September, that about a third of them had found shelter with relatives, and that the rest "
    "were living in schools whose opening had therefore been put off until further notice."
)
HOSTILE = (
    "<script>alert('x')</script> <img src=x onerror=alert(1)> #strong[typ] #panic() $x$ US$5m to US$7m \\input{/etc/passwd} "
    '{{ 7*7 }} {% raw %} =HYPERLINK("http://example.org") [a](javascript:alert(1)) `c` *b* _i_ @ref <label> // -- ~ "q" \\'
)


def output(thing: object) -> NotebookNode:
    """What a kernel would store for this object as the last expression of a cell."""
    return nbf.new_output("execute_result", data=thing._repr_mimebundle_(), execution_count=1)


def code(*outputs: NotebookNode, tags: tuple[str, ...] = ()) -> NotebookNode:
    """A code cell that has run."""
    cell = nbf.new_code_cell("secret_source_code()", outputs=list(outputs), execution_count=1)
    if tags:
        cell.metadata["tags"] = list(tags)
    return cell


def book(*cells: NotebookNode | str) -> NotebookNode:
    """A notebook; strings are Markdown cells."""
    return nbf.new_notebook(cells=[nbf.new_markdown_cell(cell) if isinstance(cell, str) else cell for cell in cells])


def claims(n: int = 12) -> pd.DataFrame:
    """Invented rows in the shape of the claims table."""
    rows = [
        {
            "text": f"{1000 + i:,} families",
            "value": 1000 + i,
            "share": 33.3 if i % 2 else None,
            "as_of": pd.Timestamp(2019, 10, 1 + i % 28),
            "source": [ARABIC, RUSSIAN, "health office", "(author)"][i % 4],
            "sentence": LONG,
        }
        for i in range(n)
    ]
    return pd.DataFrame(rows).astype({"as_of": "datetime64[s]"})


def chart() -> object:
    """A small bar chart."""
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(6.6, 2.8), layout="constrained")
    bars = ax.barh(["Wagner", RUSSIAN, "LNA", "health office"], [3, 5, 8, 13], color="#1f3a5f")
    ax.bar_label(bars)
    ax.set_xlabel("mentions (n = 29), none in US$ or US$5m")
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def demo() -> list[NotebookNode]:
    """Three chapters with everything that a report may hold."""
    first = book(
        "# Who is in the news?\n\nAn answer in **one line**, with a [link](https://example.org/page) and one to [the table](#The-table).",
        code(output(show_note("Nineteen actors are mentioned this week; three of them are new.")), tags=("answer",)),
        "## The table\n\nText with `code`, *emphasis*, a footnote[^1] and US$5m to US$7m.\n\n[^1]: Counted once a sentence.",
        code(output(show_table(claims(), caption="One row per numeric claim; nothing left out.", columns=NAMES))),
        "## The table\n\n- one\n- two\n  1. nested\n  2. list\n\n> A block quote.\n\n| a | n |\n|:--|--:|\n| x | 1 |\n",
        code(
            output(show_figure(chart(), caption="Mentions by actor, n = 29. Mentions, not events.", alt="Bar chart: health office leads."))
        ),
    )
    second = book(
        "# What was claimed?",
        "## The table\n\n### Deeper\n\n```python\nprint('shown because it is in Markdown')\n```",
        code(output(show_spans(SPANS, caption="The passage with its rows marked."))),
        code(nbf.new_output("stream", name="stdout", text="12 rows\n"), nbf.new_output("stream", name="stdout", text="\n")),
        code(output(show_note("never to be seen")), tags=("remove-cell",)),
    )
    wide = pd.DataFrame({f"column {i}": [i * 1000, i, i + 1] for i in range(11)} | {"sentence": [LONG] * 3})
    third = book(
        "# When?",
        code(output(show_table(wide, caption="A wide table."))),
        code(output(show_table(claims(1).iloc[:0], caption="Nothing to see."))),
        "## Hostile\n\n" + HOSTILE,
        code(output(show_table(pd.DataFrame({HOSTILE: [HOSTILE]}), caption=HOSTILE))),
    )
    return [first, second, third]


NAMES = {"text": "Figure as written", "value": "Value", "share": "Share", "as_of": "As of", "source": "Source", "sentence": "Sentence"}
SPANS = [
    ("On ", None), ("10 October", "date", "3"), (" the ", None), ("health office", "source", "1"), (" said that ", None),
    ("more than 1,200 families", "claim", "7"), (" had left.\n\nThe ", None), ("LNA", "actor", "2"), (" denied it.", None),
]  # fmt: skip

META = ReportMeta(
    title="Libya weekly",
    series="North Africa Watch",
    country="Libya",
    week="2019-W42",
    published=(date(2019, 10, 16), date(2019, 10, 18)),
    marking="TLP:AMBER",
    key_judgements="# Key judgements\n\n1. It is **likely** that figures will be revised.\n2. We have *moderate* confidence in the rest.\n",
    key_figures=(("Actor mentions", "46"), ("Numeric claims", "12"), ("Dated events", "9")),
    version="briefing_kit 0.1.0",
    documents=("Libya weekly 41, North Africa Watch, 16 October 2019",),
    notes=("Invented text for tests.",),
)
