"""Runs one sender once against bench/peers/sink.c and says what it took. Used by smtp.py."""

import contextlib
import json
import os
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "bench" / "peers"
PROGRAMS = ROOT / "artifacts" / "bin"
CONFIGURATION = os.environ.get("SENDWRIGHT_CONFIGURATION", "release")  # the tests of these tools may have been built as debug
TOOLS = ROOT / "artifacts" / "peers"
SYSTEM_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
TIME_LIMIT = 180  # seconds; a sender that hangs is a failure, not a lost evening
TICK = os.sysconf("SC_CLK_TCK")
ONE_WAY_MILLISECONDS = 20


class RunFailed(Exception):
    """A run that proves nothing."""


@dataclass(frozen=True)
class Task:
    """What a sender is to do."""

    port: int
    connections: int
    messages: int
    warm_up: int
    size: int
    composed: bool
    kept: bool
    security: str
    authority: Path
    prepared: Path
    checks_replies: bool


@dataclass(frozen=True)
class Run:
    """What it took. CPU is that of the sender's whole process, its start included, spread over all that it sent."""

    per_second: float
    cpu_per_1000: float
    peak_mib: float
    waits: float  # round trips that the sender paid for, a message
    turns: float
    connections: float  # a message
    resumed: float  # TLS sessions, of those that were opened
    octets: float  # a message
    sink_cores: float
    other_cores: float


def sendwright(task):
    command = [
        PROGRAMS / "Sendwright.Load" / CONFIGURATION / "sendwright-load", "smtp", "--host", "localhost", "--port", task.port,
        "--connections", task.connections, "--messages", task.messages, "--warm-up", task.warm_up, "--size", task.size,
        "--security", task.security, "--ca-file", task.authority, "--json",
    ]  # fmt: skip
    return command + ["--compose"] * task.composed + ["--no-reuse"] * (not task.kept) + ["--check"] * task.checks_replies


def smtp_source(task):
    # One prepared message, again and again; -d keeps the connections.
    return [
        "/usr/sbin/smtp-source", "-s", task.connections, "-m", task.messages, *["-d"] * task.kept,
        "-f", "shop@example.com", "-t", "joerg@example.org", "-F", task.prepared, f"127.0.0.1:{task.port}",
    ]  # fmt: skip


def peer(*program):
    return lambda task: [*program, task.port, task.connections, task.messages, task.warm_up, task.size, "kept" if task.kept else "new", task.security]


SENDERS = {
    "sendwright": sendwright,
    "smtp-source": smtp_source,
    "nodemailer": peer("node", PEERS / "send_nodemailer.mjs"),
    "aiosmtplib": peer("/usr/bin/python3", PEERS / "send_aiosmtplib.py"),
    "System.Net.Mail": peer(PROGRAMS / "NetMail" / CONFIGURATION / "send-netmail"),
}
WITHOUT_WARM_UP = {"smtp-source"}


class Tool:
    """The sink or the delay: it says its port when it listens, and ends with its standard input."""

    def __init__(self, *command):
        self.process = subprocess.Popen([str(word) for word in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        first = self.process.stdout.readline()
        if not first:
            raise RunFailed(f"{command[0]} did not start (exit {self.process.wait()}). Run bench/peers/build.sh.")
        self.port = json.loads(first)["port"]

    def report(self):
        self.process.stdin.write("report\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.communicate()  # closes its standard input and waits


@contextlib.contextmanager
def servers(security, without, delayed):
    """A fresh sink, behind a long line where that is wanted: the sink, the port to send to, and a folder with its certificate."""
    with tempfile.TemporaryDirectory(prefix="sw-bench-") as folder, contextlib.ExitStack() as tools:
        authority = Path(folder, "authority.pem")
        sink = Tool(TOOLS / "sink", "--security", security, "--authority", authority, *(word for keyword in without for word in ("--without", keyword)))
        tools.callback(sink.close)
        port = sink.port
        if delayed:
            line = Tool(TOOLS / "delay", "--to", sink.port, "--milliseconds", ONE_WAY_MILLISECONDS)
            tools.callback(line.close)
            port = line.port
        yield sink, port, Path(folder)


def prepare(folder, size):
    """A message that is of exactly this size when smtp-source sends it: the file's lines end with LF, those of the message with CRLF, and a CRLF is put behind it."""
    head = "From: Shop <shop@example.com>\nSubject: Your order\nMessage-ID: <ready-made@example.com>\n\n"
    line = "the order was sent today and will reach you within three working days\n"
    text = head
    left = size - len(head) - head.count("\n") - len("\r\n")
    while left >= 2 * (len(line) + 1):
        text += line
        left -= len(line) + 1
    text += "x" * (left - 2) + "\n"
    file = Path(folder, "prepared.eml")
    file.write_text(text)
    return file


def busy_seconds():
    """CPU seconds that this machine has spent on anything, what its host took away included."""
    values = [int(value) for value in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    idle, waiting_for_disk = values[3], values[4]
    return (sum(values) - idle - waiting_for_disk) / TICK


def environment(security, folder):
    """What the peers trust: this machine's authorities, as on any machine, and the sink's."""
    if security == "none":
        return os.environ
    bundle = Path(folder, "bundle.pem")
    authority = Path(folder, "authority.pem")
    system = SYSTEM_AUTHORITIES.read_text() if SYSTEM_AUTHORITIES.exists() else ""
    bundle.write_text(system + authority.read_text())
    return os.environ | {"SSL_CERT_FILE": str(bundle), "NODE_EXTRA_CA_CERTS": str(authority)}


def run_program(command, variables):
    """The program's output, and what it used."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=errors, stdin=subprocess.DEVNULL, env=variables)
        limit = threading.Timer(TIME_LIMIT, process.kill)
        limit.start()
        output = process.stdout.read().decode()
        # Not Popen.wait: this tells what the process used as well.
        _, status, used = os.wait4(process.pid, 0)
        limit.cancel()
        process.stdout.close()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            words = " ".join(map(str, command))
            raise RunFailed(f"{words}\nended with {process.returncode} (within {TIME_LIMIT} s):\n{errors.read().decode(errors='replace')}")
    return output, used


def measure(name, row, messages):
    """One run of one sender, against a sink of its own."""
    with servers(row.security, row.without, row.delayed) as (sink, port, folder):
        warm_up = 0 if name in WITHOUT_WARM_UP or row.delayed else max(1, messages // 5)
        task = Task(
            port=port, connections=row.connections, messages=messages, warm_up=warm_up, size=row.size, composed=row.composed, kept=row.kept,
            security=row.security, authority=Path(folder, "authority.pem"), prepared=prepare(folder, row.size),
            checks_replies=row.checks_replies,
        )  # fmt: skip
        if row.security == "none":
            task.authority.write_text(SYSTEM_AUTHORITIES.read_text())
        before, start = busy_seconds(), time.perf_counter()
        output, used = run_program(SENDERS[name](task), environment(row.security, folder))
        wall, busy = time.perf_counter() - start, busy_seconds() - before
        counted = sink.report()

    result = json.loads(output) if output.startswith("{") else {"perSecond": messages / wall}
    sent = messages + warm_up
    check(name, row, sent, result, counted)
    cpu = used.ru_utime + used.ru_stime
    return Run(
        per_second=result["perSecond"],
        cpu_per_1000=cpu / sent * 1000,
        peak_mib=result.get("peakRssMiB", used.ru_maxrss / 1024),
        waits=counted["waits"] / sent,
        turns=counted["turns"] / sent,
        connections=counted["connections"] / sent,
        resumed=counted["resumed"] / max(1, counted["handshakes"]),
        octets=counted["octets"] / sent,
        sink_cores=counted["cpuSeconds"] / wall,
        other_cores=max(0.0, (busy - cpu - counted["cpuSeconds"]) / wall),
    )


def check(name, row, sent, result, counted):
    """The sink's count agrees with the receipts, and the right thing was sent."""
    if counted["messages"] != sent or counted["refused"] != 0:
        raise RunFailed(f"{row.title}: {name} sent {sent} messages, and the sink took {counted['messages']} and refused {counted['refused']}")
    if result.get("receipts", sent) != sent:
        raise RunFailed(f"{row.title}: {name} has {result['receipts']} receipts for {sent} messages")
    if not row.composed and counted["octets"] != sent * row.size:
        raise RunFailed(f"{row.title}: {name} sent {counted['octets']} octets in {sent} messages of {row.size}")
