"""The service as a real process, with a folder of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Executable, create_engine

from tests.begun import lay_down
from tests.ports import free_port
from tests.waiting import HANG, POLL, is_well, until_well
from tests.zygote import Child, zygote

ROOT = Path(__file__).parents[2]
SLUG = "ortenauer-erklaerung"


@cache
def demo_begun() -> Mapping[str, bytes]:
    """The files of a demo as it begins, by name."""
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        done = Service(data).run("demo", "--seed-only")
        if done.returncode:
            raise RuntimeError(done.stderr)
        return {path.name: path.read_bytes() for path in data.iterdir() if path.is_file()}


class Service:
    """`python -m server demo` and what one does with it from a terminal; without `demo` as an office runs it,
    with a database that nobody has filled."""

    def __init__(self, data: Path, *, demo: bool = True) -> None:
        self.data, self.demo = data, demo
        self.port = free_port()
        self.base = f"http://localhost:{self.port}"
        self._process: Child | None = None
        self._read: set[Path] = set()
        self.output = data.parent / f"{data.name}.log"

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("KRAFTAKT_")}
        ours = {"KRAFTAKT_DATA": str(self.data), "PORT": str(self.port)}
        return kept | ours | ({"KRAFTAKT_DEMO": "1"} if self.demo else {})

    def start(self) -> None:
        command = ["demo" if self.demo else "serve"]
        if self.demo and not self.data.exists():
            self.data.mkdir(parents=True)
            lay_down(demo_begun(), self.data)
        self._process = zygote().start(command, self.environment, self.output)
        if not until_well(self.base, self._process):
            raise RuntimeError(f"the service did not start:\n{self.output.read_text('utf-8')}")

    def is_well(self) -> bool:
        return is_well(self.base)

    def kill(self) -> None:
        """As a power cut would: no farewell."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return zygote().run(arguments, self.environment)

    def change(self, statement: Executable) -> int:
        """Of its database, by nobody's act. How many rows it met."""
        engine = create_engine(f"sqlite:///{self.data / 'kraftakt.db'}", connect_args={"timeout": HANG})
        with engine.begin() as connection:
            met = connection.execute(statement).rowcount
        engine.dispose()
        return met

    def login_link(self, email: str) -> str:
        done = self.run("login-link", email)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout.strip()

    def newest_code(self, email: str) -> str:
        """From the newest mail to that address that was not read yet, as soon as it is there."""
        mail = self.newest_mail(email, r"\d{4} \d{4}")
        found = re.search(r"\d{4} \d{4}", str(mail["Subject"]))
        assert found is not None
        return found[0]

    def newest_mail(self, email: str, subject: str = "") -> EmailMessage:
        """The newest one to that address, with such a subject, that was not read yet."""
        deadline = time.monotonic() + HANG
        while time.monotonic() < deadline:
            for path in sorted((self.data / "mail").glob(f"*-{email}.eml"), reverse=True):
                mail = message_from_bytes(path.read_bytes(), policy=policy.default)
                if path not in self._read and re.search(subject, str(mail["Subject"])):
                    self._read.add(path)
                    return mail
            time.sleep(POLL)
        raise RuntimeError(f"no mail for {email}")
