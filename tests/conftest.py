"""What holds for the whole suite: no network, and Ctrl-C is heard.

Whoever tries to reach beyond this machine, here or in a process that a test starts, fails the test.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

OFFLINE = Path(__file__).parent / "offline"


def pytest_configure() -> None:
    """A shell starts its background jobs deaf to SIGINT, and so would be the processes that tests interrupt."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True, scope="session")
def attempts_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Refuse strange addresses in this process and in every Python that it starts; the file in which attempts are put on record."""
    record = tmp_path_factory.mktemp("offline") / "attempts"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OFFLINE_RECORD", str(record))
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(OFFLINE), os.environ.get("PYTHONPATH", "")])))
        patch.syspath_prepend(str(OFFLINE))
        patch.delitem(sys.modules, "sitecustomize", raising=False)
        import sitecustomize  # noqa: F401 - the interpreter's own start-up hook, here for the process that runs already

        yield record


@pytest.fixture(autouse=True)
def _nobody_asked(attempts_file: Path) -> Iterator[None]:
    """No attempt during this test: code that swallows the refusal does not hide it."""
    attempts_file.unlink(missing_ok=True)
    yield
    assert not attempts_file.exists(), attempts_file.read_text(encoding="utf-8")
