"""Telling somebody of a run: real mail and web servers on this machine, a real command, dead ports, and secrets that stay secret."""

from __future__ import annotations

import json
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from small_workbook import make_workbook, tree, write_notebook

from briefing_kit.cli import history as show_history
from briefing_kit.notify_settings import Notify
from briefing_kit.weekly import history
from briefing_kit.weekly.channels import call_hook
from briefing_kit.weekly.doctor import examine
from briefing_kit.weekly.notice import Facts, subject, text
from briefing_kit.weekly.notify import spoken, tell
from briefing_kit.weekly.run import run_week
from briefing_kit.workbook import WorkbookError, load_workbook

WEEK = "2021-W11"
PASSWORD = "correct-horse-battery"
PATH = "/services/T0/very-secret-path"
GOOD = Facts(
    run="20210318T060000-7",
    status="ok",
    week=WEEK,
    edition=WEEK,
    title="Delta weekly",
    marking="TLP:AMBER",
    headlines={"Actor mentions": "12", "Numeric claims": "3", "Dated events": "2"},
    report=f"reports/{WEEK}",
    pdf=f"reports/{WEEK}/{WEEK}.pdf",
)
BAD = Facts(
    run="20210318T070000-8",
    status="kernel-died",
    week=WEEK,
    edition=WEEK,
    title="Delta weekly",
    marking="TLP:AMBER",
    reason="01_first: the kernel died",
    headlines={},
    evidence=f"reports/failed/{WEEK}-1",
)


class Mailbox:
    """Keeps what an SMTP server is given; answers with `codes` first, where there are any."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, list[str], Any]] = []
        self.codes: list[str] = []
        self.tries = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.tries += 1
        if self.codes:
            return self.codes.pop(0)
        self.letters.append((envelope.mail_from, envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 taken"


def serve_mail(mailbox: Mailbox, **options: Any) -> Controller:
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    return controller


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server that takes everything."""
    box = Mailbox()
    controller = serve_mail(box)
    box.port = controller.port
    yield box
    controller.stop()


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A web server that answers with `codes` first and 200 then, and keeps what was posted."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.posted.append((self.path, dict(self.headers), json.loads(body)))
            code = server.codes.pop(0) if server.codes else 200
            self.send_response(code)
            if code == 302:
                self.send_header("Location", f"http://127.0.0.1:{server.server_port}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments: Any) -> None:
            pass

    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.posted, server.codes = [], []
    server.address = f"http://127.0.0.1:{server.server_port}{PATH}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workbook's folder with a published PDF and the two runs in its history."""
    report = tmp_path / "book" / "reports" / WEEK
    report.mkdir(parents=True)
    (report / f"{WEEK}.pdf").write_bytes(b"%PDF-1.7 not really")
    for facts in (GOOD, BAD):
        history.append(report.parent, {"run": facts.run, "week": WEEK, "status": facts.status})
    return tmp_path / "book"


def by_mail(port: int, **more: Any) -> dict[str, Any]:
    given = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "kit@example.org", "to": ["desk@example.org"]}
    return {**given, **more}


def notify(**channels: Any) -> Notify:
    return Notify.model_validate({"attempts": 3, "pause": 1.5, "timeout": 10, **channels})


def never(seconds: float) -> None:
    raise AssertionError("a second try that cannot help")


def test_nobody_is_told_by_default(folder):
    """Without [notify] nothing is sent and nothing written."""
    before = tree(folder)
    assert tell(Notify(), GOOD, folder, never) == []
    assert tree(folder) == before


def test_a_mail_tells_of_a_report(folder, mailbox):
    """Subject with marking, status and week; three numbers; marking in the text; the PDF attached."""
    told = tell(notify(mail=by_mail(mailbox.port)), GOOD, folder, never)
    assert [(one.channel, one.told, one.attempts) for one in told] == [("mail", True, 1)]
    sender, to, letter = mailbox.letters[0]
    assert (sender, to) == ("kit@example.org", ["desk@example.org"])
    assert letter["Subject"] == f"[TLP:AMBER] ok: {WEEK}: Delta weekly"
    body = letter.get_body().get_content()
    assert body.splitlines()[0] == body.splitlines()[-1] == "TLP:AMBER"
    assert "Actor mentions 12, Numeric claims 3, Dated events 2." in body
    attached = next(letter.iter_attachments())
    assert (attached.get_content_type(), attached.get_filename()) == ("application/pdf", f"{WEEK}.pdf")
    assert attached.get_content() == b"%PDF-1.7 not really"
    assert str(folder) not in letter.as_string()


def test_a_failure_goes_to_its_own_address(folder, mailbox):
    """With the reason and where the evidence is, and nothing attached."""
    settings = notify(mail=by_mail(mailbox.port, to_on_failure=["ops@example.org", "night@example.org"]))
    assert tell(settings, BAD, folder, never)[0].told
    _, to, letter = mailbox.letters[0]
    assert to == ["ops@example.org", "night@example.org"]
    assert letter["Subject"] == f"[TLP:AMBER] kernel-died: {WEEK}: Delta weekly"
    body = letter.get_content()
    assert "01_first: the kernel died" in body
    assert f"reports/failed/{WEEK}-1/failure.html" in body


def test_attaching_can_be_turned_off(folder, mailbox):
    """Some markings may not travel by mail."""
    tell(notify(mail=by_mail(mailbox.port, attach_pdf=False)), GOOD, folder, never)
    assert not list(mailbox.letters[0][2].iter_attachments())


def test_the_same_run_is_told_once(folder, mailbox):
    """A second telling of one run finds it in the history; another run is told."""
    settings = notify(mail=by_mail(mailbox.port))
    assert len(tell(settings, GOOD, folder, never)) == 1
    assert tell(settings, GOOD, folder, never) == []
    assert len(tell(settings, BAD, folder, never)) == 1
    assert len(mailbox.letters) == 2
    assert mailbox.letters[0][2]["Message-ID"] == f"<{GOOD.run}.{WEEK}@example.org>"


def test_what_may_pass_is_tried_again(folder, mailbox):
    """Twice busy, then taken: two pauses, each twice as long as the one before; the history says it took three attempts."""
    mailbox.codes = ["451 busy", "451 busy"]
    pauses: list[float] = []
    told = tell(notify(mail=by_mail(mailbox.port)), GOOD, folder, pauses.append)
    assert (told[0].told, told[0].attempts, pauses) == (True, 3, [1.5, 3.0])
    assert [line.get("notified", [{}])[0].get("attempts") for line in history.read(folder / "reports")] == [3, None]


def test_what_cannot_pass_is_tried_once(folder, mailbox):
    """A server that says no for good is believed."""
    mailbox.codes = ["554 no such thing"]
    told = tell(notify(mail=by_mail(mailbox.port)), GOOD, folder, never)
    assert (told[0].told, told[0].reason) == (False, "the mail server answered 554 no such thing")


@pytest.mark.parametrize("channel", ["mail", "webhook"])
def test_a_dead_port_is_said_and_recorded(folder, web, monkeypatch, channel):
    """After all attempts, in the system's words, without an address."""
    port = free_port()
    monkeypatch.setenv("HOOK_ADDRESS", f"http://127.0.0.1:{port}{PATH}")
    settings = notify(**{channel: by_mail(port) if channel == "mail" else {"address": {"env": "HOOK_ADDRESS"}}})
    told = tell(settings, GOOD, folder, lambda seconds: None)
    assert (told[0].told, told[0].attempts) == (False, 3)
    assert told[0].reason.endswith("Connection refused")
    assert spoken(told[0]).startswith(f"nobody was told by {channel} after 3 attempts: no ")
    assert history.read(folder / "reports")[0]["notified"][0]["told"] is False


@pytest.mark.parametrize("channel", ["mail", "webhook", "hook"])
def test_who_never_answers_is_not_waited_for(folder, web, monkeypatch, channel):
    """A server that takes the connection and says nothing, a command that does not end."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        monkeypatch.setenv("HOOK_ADDRESS", f"http://127.0.0.1:{port}{PATH}")
        kinds = {
            "mail": by_mail(port),
            "webhook": {"address": {"env": "HOOK_ADDRESS"}},
            "hook": {"command": [sys.executable, "-c", "import time; time.sleep(600)"]},
        }
        settings = notify(**{channel: kinds[channel]}, timeout=0.2, attempts=2)
        told = tell(settings, GOOD, folder, lambda seconds: None)
    assert not told[0].told
    assert ("longer than 0.2 s" if channel == "hook" else "no answer in time") in told[0].reason


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of this machine's own and its key."""
    tool = shutil.which("openssl")
    if not tool:
        pytest.skip("openssl makes the certificate")
    made = tmp_path_factory.mktemp("tls")
    files = made / "cert.pem", made / "key.pem"
    command = f"{tool} req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1"
    subprocess.run([*command.split(), "-out", str(files[0]), "-keyout", str(files[1])], check=True, capture_output=True)
    return files


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # all of that connection is TLS, which the server cannot know
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_is_encrypted_and_logged_in(folder, certificate, monkeypatch, security):
    """Both kinds of TLS with a certificate that is checked; a wrong password is said without the password."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*map(str, certificate))
    seen: list[bytes] = []

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        seen.append(data.password)
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False)

    kind: dict[str, Any] = {"tls_context": context, "require_starttls": True} if security == "starttls" else {"ssl_context": context}
    login = {"authenticator": check, "auth_required": True, "auth_require_tls": security == "starttls"}
    box = Mailbox()
    controller = serve_mail(box, **kind, **login)
    try:
        secret = folder / "smtp.txt"
        settings = notify(mail=by_mail(controller.port, security=security, user="kit", password={"file": "smtp.txt"}))
        secret.write_text(PASSWORD + "\n", encoding="utf-8")
        assert tell(settings, BAD, folder, never)[0].reason == "no mail server: its certificate cannot be trusted"
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        assert tell(settings, GOOD, folder, never)[0].told
        assert seen[-1] == PASSWORD.encode()
        assert len(box.letters) == 1
        secret.write_text(PASSWORD[::-1], encoding="utf-8")
        told = tell(settings, Facts(**{**vars(GOOD), "run": "another"}), folder, never)
        assert told[0].reason.startswith("the mail server answered 535")
        assert PASSWORD[::-1] not in (folder / "reports" / "runs.jsonl").read_text(encoding="utf-8")
    finally:
        controller.stop()


def test_a_webhook_gets_one_text(folder, web, monkeypatch):
    """JSON with a text field: marking, status, week, the three numbers; failures may have an address of their own."""
    monkeypatch.setenv("HOOK_ADDRESS", web.address)
    (folder / "failures.txt").write_text(web.address + "/failures\n", encoding="utf-8")
    settings = notify(webhook={"address": {"env": "HOOK_ADDRESS"}, "address_on_failure": {"file": "failures.txt"}})
    assert tell(settings, GOOD, folder, never)[0].told
    assert tell(settings, BAD, folder, never)[0].told
    (first, headers, good), (second, _, bad) = web.posted
    assert (first, second) == (PATH, f"{PATH}/failures")
    assert headers["Content-Type"].startswith("application/json")
    assert good == {"text": f"{subject(GOOD)}\n{text(GOOD)}"}
    assert "Numeric claims 3" in good["text"]
    assert "the kernel died" in bad["text"]


@pytest.mark.parametrize(
    ("codes", "told", "attempts"), [([503, 429], True, 3), ([404], False, 1), ([302], False, 1), ([500] * 3, False, 3)]
)
def test_a_webhook_that_answers_otherwise(folder, web, monkeypatch, codes, told, attempts):
    """Busy servers are asked again, others believed; nothing follows a redirection."""
    monkeypatch.setenv("HOOK_ADDRESS", web.address)
    web.codes = list(codes)
    found = tell(notify(webhook={"address": {"env": "HOOK_ADDRESS"}}), GOOD, folder, lambda seconds: None)
    assert (found[0].told, found[0].attempts) == (told, attempts)
    assert found[0].reason == ("" if told else f"the webhook answered {codes[-1]}")
    assert {path for path, *_ in web.posted} == {PATH}


@pytest.mark.parametrize(
    "address", ["ftp://example.org/secret", "http://example.org/secret", "file:///secret", "https://[secret", "secret", "https://x/sec ret"]
)
def test_a_webhook_needs_an_https_address(folder, monkeypatch, address):
    """Anything else is not even tried, and not repeated in the reason."""
    monkeypatch.setenv("HOOK_ADDRESS", address)
    told = tell(notify(webhook={"address": {"env": "HOOK_ADDRESS"}}), GOOD, folder, never)
    assert (told[0].told, told[0].reason) == (False, "$HOOK_ADDRESS holds no https address")


HOOK = """
import json, os, sys
from pathlib import Path
facts = json.load(sys.stdin)
told = {name: value for name, value in os.environ.items() if name.startswith("BRIEFING_KIT_") or name == "HOOK_ADDRESS"}
Path(sys.argv[1]).write_text(json.dumps([facts, told, os.getcwd(), sys.argv[2:]]))
sys.exit(int(os.environ.get("HOOK_EXIT", "0")))
"""


def test_a_hook_gets_the_facts(folder, tmp_path, monkeypatch):
    """As JSON on standard input and in the environment, in the workbook's folder, through no shell, without our secrets."""
    monkeypatch.setenv("HOOK_ADDRESS", "https://example.org/secret")
    out = tmp_path / "told.json"
    settings = notify(
        hook={"command": [sys.executable, "-c", HOOK, str(out), "$(touch x); echo *"]}, webhook={"address": {"env": "HOOK_ADDRESS"}}
    )
    call_hook(settings.hook, GOOD, folder, 60, ["HOOK_ADDRESS"])
    facts, told, cwd, arguments = json.loads(out.read_text(encoding="utf-8"))
    assert (facts["status"], facts["week"], facts["headlines"]["Dated events"]) == ("ok", WEEK, "2")
    assert Path(facts["pdf"]) == folder / "reports" / WEEK / f"{WEEK}.pdf"
    assert (told["BRIEFING_KIT_STATUS"], told["BRIEFING_KIT_PDF"]) == ("ok", facts["pdf"])
    assert "HOOK_ADDRESS" not in told
    assert Path(cwd) == folder
    assert arguments == ["$(touch x); echo *"]


@pytest.mark.parametrize(("code", "attempts"), [("3", 1), ("75", 3)])
def test_a_hook_that_fails_is_said(folder, tmp_path, monkeypatch, code, attempts):
    """Exit code 75 (EX_TEMPFAIL) asks for another try; any other one does not."""
    monkeypatch.setenv("HOOK_EXIT", code)
    told = tell(notify(hook={"command": [sys.executable, "-c", HOOK, str(tmp_path / "x")]}), BAD, folder, lambda seconds: None)
    assert (told[0].told, told[0].attempts, told[0].reason) == (False, attempts, f"the command ended with exit code {code}")


def test_a_hook_that_is_not_there(folder):
    """In the system's words."""
    told = tell(notify(hook={"command": ["./no-such-command"]}), BAD, folder, never)
    assert told[0].reason == "the command cannot be started: No such file or directory"


@pytest.mark.parametrize(("on", "said"), [("success", [1, 0]), ("failure", [0, 1]), ("both", [1, 1])])
def test_a_channel_may_tell_of_one_kind_of_end_only(folder, mailbox, on, said):
    """Of reports, of failures, or of both."""
    settings = notify(mail=by_mail(mailbox.port, on=on))
    assert [len(tell(settings, facts, folder, never)) for facts in (GOOD, BAD)] == said


def test_an_unforeseen_error_is_no_failure(folder, monkeypatch):
    """Only its kind is told: its words might hold a secret."""

    def broken(*arguments: Any) -> None:
        raise RuntimeError(PASSWORD)

    monkeypatch.setattr("briefing_kit.weekly.channels.post", broken)
    told = tell(notify(webhook={"address": {"env": "HOOK_ADDRESS"}}), GOOD, folder, never)
    assert (told[0].told, told[0].reason) == (False, "RuntimeError")


REFUSED = {
    'hoook.command = ["x"]': "notify.hoook: no such setting: did you mean 'hook'?",
    'mail.hosst = "x"': "notify.mail.hosst: no such setting: did you mean 'host'?",
    'hook.command = "rm -r x"': "notify.hook.command: this will not do",
    "hook.command = []": "notify.hook.command: this will not do",
    f'webhook.address = "https://example.org{PATH}"': "notify.webhook.address: this will not do: a secret has no place in this file",
    f'webhook.address.env = "https://example.org{PATH}"': "notify.webhook.address.env: this will not do",
    'webhook.address = { env = "A", file = "b" }': "give one of env and file",
    'webhook.address = { evn = "A" }': "no such setting: did you mean 'env'?",
    'webhook.on = "failure"': "notify.webhook.address: is missing",
    f'mail = {{ host = "h", sender = "a@b.c", to = ["d@e.f"], user = "u", password = "{PASSWORD}" }}': "a secret has no place in this file",
    'mail = { host = "h", sender = "a@b.c", to = ["d@e.f"], user = "u" }': "user and password go together",
    'mail = { host = "h", sender = "a@b.c", to = ["d@e.f"], user = "u", security = "none", password.env = "P" }': "not sent in the clear",
    'mail = { host = "h", sender = "a@b.c\\nBcc: x@y.z", to = ["d@e.f"] }': "write plain addresses",
    'mail = { host = "h", sender = "a@b.c", to = [] }': "notify.mail.to",
    "attempts = 0": "notify.attempts: this will not do: input should be greater than or equal to 1",
}


@pytest.mark.parametrize("line", REFUSED)
def test_settings_that_will_not_do_are_refused(tmp_path, line):
    """In one line with the mend, and without what was written where it may be a secret."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "workbook.toml").write_text(f"[notify]\n{line}\n", encoding="utf-8")
    with pytest.raises(WorkbookError) as refused:
        load_workbook(tmp_path)
    assert REFUSED[line] in str(refused.value)
    assert not [secret for secret in (PASSWORD, PATH) if secret in str(refused.value)]


def test_the_example_of_the_readme_is_one():
    """What people copy is accepted as it stands."""
    text = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(\[notify\].*?)```", text, re.DOTALL)
    assert example
    settings = Notify.model_validate(tomllib.loads(example[1])["notify"])
    assert settings.hook
    assert settings.mail
    assert settings.mail.server == ("mail.example.org", 587)
    assert len(settings.secrets()) == 3


def test_a_header_cannot_be_smuggled_in():
    """A title over two lines stays one line of the subject."""
    assert "\n" not in subject(Facts(**{**vars(GOOD), "title": "x\nBcc: y@example.org"}))


@pytest.fixture
def book(tmp_path: Path, mailbox: Mailbox, web: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workbook that tells by all three channels."""
    made = make_workbook(tmp_path / "book")
    monkeypatch.setenv("HOOK_ADDRESS", web.address)
    (tmp_path / "failures.txt").write_text(f"{web.address}/failures", encoding="utf-8")
    lines = [
        "[notify]",
        "pause = 0",
        f"hook.command = [{json.dumps(sys.executable)}, '-c', {json.dumps(HOOK)}, {json.dumps(str(tmp_path / 'hook.json'))}]",
        f'mail = {{ host = "127.0.0.1", port = {mailbox.port}, security = "none", sender = "kit@example.org", to = ["desk@example.org"] }}',
        'webhook.address.env = "HOOK_ADDRESS"',
        'webhook.address_on_failure.file = "../failures.txt"',
    ]
    (made / "data" / "workbook.toml").write_text("\n".join(lines), encoding="utf-8")
    return made


def test_a_run_tells_and_keeps_its_secrets(book, mailbox, web, tmp_path):
    """A good run and a failed one, by hook, mail and webhook; no secret in any file; a standing report tells nothing."""
    write_notebook(book / "notebooks" / "03_curious.ipynb", ["import os\nprint(dict(os.environ))"])
    good = run_week(WEEK, workbook=book)
    assert good.ok
    assert [(one.channel, one.told) for one in good.told] == [("hook", True), ("mail", True), ("webhook", True)]
    assert next(mailbox.letters[0][2].iter_attachments()).get_content().startswith(b"%PDF-")
    assert "[TLP:GREEN] ok: 2021-W11" in web.posted[0][2]["text"]
    assert "Numeric claims 1" in web.posted[0][2]["text"]
    assert run_week(WEEK, workbook=book).told == ()
    write_notebook(book / "notebooks" / "01_first.ipynb", ["1 / 0"])
    bad = run_week(WEEK, workbook=book)
    assert [one.told for one in bad.told] == [True, True, True]
    assert [path for path, *_ in web.posted] == [PATH, f"{PATH}/failures"]
    assert json.loads((tmp_path / "hook.json").read_text(encoding="utf-8"))[0]["status"] == "failed"
    assert [len(line["notified"]) for line in history.read(book / "reports")] == [3, 3]
    written = b"\n".join(tree(book).values())
    assert PATH.encode() not in written
    assert not [name for name, data in tree(book / "reports" / WEEK).items() if b"desk@example.org" in data]


def test_a_good_run_stays_good_when_nobody_listens(book, web, mailbox, monkeypatch):
    """The report is published; that nobody was told is in the result and the history."""
    monkeypatch.delenv("HOOK_ADDRESS")
    monkeypatch.setenv("HOOK_EXIT", "1")
    mailbox.codes = ["554 no"]
    result = run_week(WEEK, workbook=book)
    assert result.ok
    assert [one.reason for one in result.told] == [
        "the command ended with exit code 1",
        "the mail server answered 554 no",
        "$HOOK_ADDRESS is not set",
    ]
    assert [one["told"] for one in history.read(book / "reports")[0]["notified"]] == [False, False, False]


def test_a_killed_run_is_told_of_by_the_next_one(book, web):
    """It could not tell anybody itself."""
    (book / "reports" / f".staging-{WEEK}--20210318T050000-5").mkdir(parents=True)
    result = run_week(WEEK, workbook=book)
    assert [posted["text"].split(": ")[0] for *_, posted in web.posted] == ["[TLP:GREEN] interrupted", "[TLP:GREEN] ok"]
    assert "the run was killed" in web.posted[0][2]["text"]
    assert result.ok
    assert [len(line["notified"]) for line in history.read(book / "reports")] == [3, 3]


def test_the_history_is_read_whatever_stands_in_it(folder):
    """Bytes that are no text, a line separator inside a reason, a line cut short, a telling of an unknown run."""
    told = {"run": BAD.run, "notified": [{"channel": "mail", "told": True, "attempts": 1, "reason": ""}]}
    history.append(folder / "reports", {"run": "x", "status": "failed", "reason": "one\u2028two"})
    with (folder / "reports" / "runs.jsonl").open("ab") as handle:
        handle.write(b'\xff\xfe\n[1]\n{"run": "nobody", "notified": []}\n{"run": "cut')
        handle.write(b"\n" + json.dumps(told).encode() + b"\n")
    runs = history.read(folder / "reports")
    assert [run["run"] for run in runs] == [GOOD.run, BAD.run, "x"]
    assert runs[1]["notified"] == told["notified"]
    assert runs[2]["reason"] == "one\u2028two"


def test_no_two_runs_have_one_name():
    """Two weeks of a backfill may fail within one second; each is told of."""
    assert history.run_id() != history.run_id()


def test_the_history_shows_who_was_not_told(folder, capsys):
    """Beside the run that nobody heard of."""
    tell(notify(hook={"command": ["./no-such-command"]}), BAD, folder, never)
    assert show_history(folder) == 0
    assert [line.endswith("(nobody was told by hook)") for line in capsys.readouterr().out.splitlines()] == [False, True]


def test_a_dry_run_shows_whom_and_what(book, web, mailbox, monkeypatch):
    """The message too, with the numbers open; nothing is sent, and no secret shown."""
    command = [sys.executable, "-m", "briefing_kit", "weekly", "--workbook", str(book), "--dry-run"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "notify  mail: to desk@example.org through 127.0.0.1:" in done.stdout
    assert "notify  webhook, secret from $HOOK_ADDRESS, failures to another, secret from the file ../failures.txt" in done.stdout
    assert f"  Subject: [TLP:GREEN] ok: {WEEK}: Weekly briefing" in done.stdout
    assert "Actor mentions ?, Numeric claims ?, Dated events ?." in done.stdout
    assert PATH not in done.stdout
    assert (mailbox.letters, web.posted) == ([], [])
    silent = subprocess.run([*command, "--no-notify"], capture_output=True, text=True, check=True)
    assert "notify" not in silent.stdout


def test_a_refusal_is_told_where_nobody_watches(book, web, mailbox):
    """A scheduler's misspelt parameter is a report that is missing."""
    command = [sys.executable, "-m", "briefing_kit", "weekly", "--workbook", str(book), "--set", "second.tpo=3"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "did you mean 'top'?" in mailbox.letters[0][2].get_content()
    assert "refused" in web.posted[0][2]["text"]
    assert not (book / "reports").exists()


def test_the_doctor_looks_for_the_secrets(book, monkeypatch):
    """A variable that is not set is in the way of telling; a file for all to read is worth knowing; a telling that failed too."""
    monkeypatch.delenv("HOOK_ADDRESS")
    (book.parent / "failures.txt").chmod(0o644)
    (book / "reports").mkdir()
    failed = {"channel": "mail", "told": False, "attempts": 3, "reason": "no mail server: Connection refused"}
    history.append(book / "reports", {"run": "1", "status": "ok", "notified": [failed]})
    told = {finding.what: finding.level for finding in examine(book)}
    assert told["notify: $HOOK_ADDRESS is not set"] == "bad"
    assert told["notify: the file ../failures.txt can be read by every user"] == "note"
    assert told["the last time nobody was told by mail: no mail server: Connection refused"] == "note"
