"""The weekly report in Airflow 3, in two ways. Keep one of the two DAGs; recipes/README.md says what each needs.

`briefing_weekly` calls the command, which makes missed weeks too. `briefing_notebook` has papermill run the notebook
recipes/jupyter_scheduler.ipynb, which makes the newest week. A failed run fails the task, and the last good report stands.

`catchup` is off because the command finds the missed weeks itself, and nothing is tried again because the run itself
repeats what can pass.
"""

from __future__ import annotations

from datetime import datetime

from airflow.providers.papermill.operators.papermill import PapermillOperator
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

WORKBOOK = "/srv/briefings"
THURSDAYS = "17 5 * * 4"
START = datetime(2026, 1, 1)

with DAG("briefing_weekly", schedule=THURSDAYS, start_date=START, catchup=False, max_active_runs=1, tags=["briefings"]):
    BashOperator(
        task_id="report",
        cwd=WORKBOOK,
        bash_command=".venv/bin/briefing-kit weekly --missing --wait 600 && .venv/bin/briefing-kit weekly --wait 600",
        do_xcom_push=False,
    )

with DAG("briefing_notebook", schedule=THURSDAYS, start_date=START, catchup=False, max_active_runs=1, tags=["briefings"]):
    PapermillOperator(
        task_id="report",
        input_nb=f"{WORKBOOK}/recipes/jupyter_scheduler.ipynb",
        output_nb=f"{WORKBOOK}/reports/airflow_last_run.ipynb",
        parameters={"workbook": WORKBOOK},
        kernel_name="briefing-kit",
        do_xcom_push=False,
    )
