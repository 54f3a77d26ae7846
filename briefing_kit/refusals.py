"""The one kind of error that a user is meant to read."""

from __future__ import annotations


class RefusalError(ValueError):
    """What was asked for cannot be done: the message is one line that names the file or option, the field and the mend.

    Every error that the package raises about its input is one; the command line prints it and exits with 2.
    """
