"""Whether somebody can click: widgets where a notebook front end is live, the same content as static output elsewhere."""

from __future__ import annotations

import os

# Set for the kernels of JupyterLab and Notebook (jupyter_server 2) and of VS Code; papermill, nbval and nbconvert set none of them.
_SIGNS = ("JPY_SESSION_NAME", "VSCODE_PID", "VSCODE_CWD")
STATIC = "BRIEFING_KIT_STATIC"


def is_live() -> bool:
    """Whether this kernel serves an interactive front end; `BRIEFING_KIT_STATIC=1` says no whatever it serves."""
    return os.environ.get(STATIC, "") in ("", "0") and any(os.environ.get(sign) for sign in _SIGNS)
