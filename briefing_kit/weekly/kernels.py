"""How a run starts kernels: this interpreter, no history, no network port, at will forked from a warm process."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

KERNEL_ARGUMENTS = ["-f", "{connection_file}", "--HistoryManager.enabled=False"]
NUMBERS = itertools.count(1)
SERVER_SECONDS = 60


def kernel_manager(scratch: Path, fork_socket: str, started: Callable[[int], None]) -> type[AsyncKernelManager]:
    """A kernel manager class for nbclient whose kernels run this interpreter and talk over files in `scratch`.

    On POSIX the channels are Unix sockets, so that no port is opened; elsewhere they are encrypted. `scratch` must be
    short (a socket's path has at most about 100 bytes). With `fork_socket` kernels come from the fork server there.
    `started` is told each kernel's process id.
    """

    class RunKernelManager(AsyncKernelManager):
        def __init__(self, **keywords: Any) -> None:
            super().__init__(**keywords)
            self.connection_file = str(scratch / f"{os.getpid()}-{next(NUMBERS)}.json")
            if os.name == "posix":
                self.transport = "ipc"
            else:  # pragma: no cover - Windows only
                self.transport_encryption = "required"

        @property
        def kernel_spec(self) -> KernelSpec:
            argv = [sys.executable, "-m", "ipykernel_launcher", *KERNEL_ARGUMENTS]
            return KernelSpec(argv=argv, display_name="Python 3", language="python", metadata={"supported_encryption": "curve"})

        async def _async_pre_start_kernel(self, **keywords: Any) -> Any:
            if fork_socket and self.provisioner is None:
                self.kernel_id = self.kernel_id or f"{os.getpid()}-{next(NUMBERS)}"
                self.provisioner = ForkProvisioner(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
                self.provisioner.fork_socket = fork_socket
            return await super()._async_pre_start_kernel(**keywords)

        async def _async_launch_kernel(self, kernel_cmd: list[str], **keywords: Any) -> None:
            await super()._async_launch_kernel(kernel_cmd, **keywords)
            started(cast("LocalProvisioner", self.provisioner).pid or 0)

    return RunKernelManager


class ForkProvisioner(LocalProvisioner):
    """Asks the fork server for a kernel instead of starting an interpreter."""

    fork_socket = ""

    async def launch_kernel(self, cmd: list[str], **keywords: Any) -> Any:
        """Have the fork server start a kernel with this command's arguments, in the folder and environment asked for."""
        arguments = cmd[cmd.index("-f") :]
        order = {"argv": arguments, "cwd": str(keywords.get("cwd") or Path.cwd()), "env": dict(keywords.get("env") or os.environ)}
        kernel = await asyncio.to_thread(ForkedKernel, self.fork_socket, order)
        self.process = cast("Any", kernel)  # it has the face of a Popen, as far as provisioners look
        self.pid = self.pgid = kernel.pid
        self.cwd = order["cwd"]
        return self.connection_info


class ForkedKernel:
    """A kernel process of the fork server with the face of a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, address: str, order: dict[str, Any]) -> None:
        self._socket = _connected(address)
        self._socket.sendall(json.dumps(order).encode() + b"\n")
        self._lines = self._socket.makefile("rb")
        self.pid = int(self._lines.readline() or b"0")
        if not self.pid:
            raise RuntimeError("the fork server gave no kernel")
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""
        return self._read(0.0)

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once it ended."""
        code = self._read(timeout)
        if code is None:
            raise TimeoutError
        return code

    def _read(self, timeout: float | None) -> int | None:
        if self.returncode is None:
            self._socket.settimeout(timeout)
            try:
                code = self._socket.recv(16)
            except (BlockingIOError, TimeoutError):
                return None
            self.returncode = int(code) if code.strip() else -9  # no word left: the server itself is gone
            self._socket.close()
        return self.returncode

    def send_signal(self, signum: int) -> None:
        """Send the kernel a signal."""
        if self.poll() is None:
            os.kill(self.pid, signum)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(9)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(15)


def _connected(address: str) -> socket.socket:
    """A socket to the fork server, which may still be on its way up."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(SERVER_SECONDS)
    deadline = time.monotonic() + SERVER_SECONDS
    while True:
        try:
            connection.connect(address)
        except (FileNotFoundError, ConnectionRefusedError):
            if time.monotonic() > deadline:
                connection.close()
                raise RuntimeError("the fork server did not start") from None
            time.sleep(0.02)
        else:
            return connection
