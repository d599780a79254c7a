"""What smtp.py measures, and what ours has to come to beside the others."""

from dataclasses import dataclass

KB = 1024


@dataclass(frozen=True)
class Row:
    """One comparison: the same task for each sender. The counts of messages take each of them some two seconds."""

    section: str
    title: str
    connections: int
    size: int
    counts: dict
    composed: bool = False
    kept: bool = True
    security: str = "none"
    without: tuple = ()  # keywords that the sink does not offer
    delayed: bool = False
    checks_replies: bool = False  # ours compares every reply with its message; it keeps them all for that, which costs memory


@dataclass(frozen=True)
class Bound:
    """A figure of a row, ours beside a peer's or ours alone, and what it has to be."""

    title: str
    what: str
    figure: str
    limit: float
    at_least: bool
    peer: str | None = None


def size_name(size):
    return f"{size // KB} KB"


def ready(section, connections, size, ours, theirs):
    where = f"{connections} connection{'s' if connections > 1 else ''}"
    return Row(section, f"ready-made, {size_name(size)}, {where}", connections, size, {"smtp-source": theirs, "sendwright": ours})


def composed(section, connections, size, counts, **more):
    where = f"{connections} connection{'s' if connections > 1 else ''}"
    way = "" if more.get("kept", True) else ", a connection for each message"
    tls = ", TLS 1.3" if more.get("security", "none") != "none" else ""
    names = ("sendwright", "nodemailer", "aiosmtplib", "System.Net.Mail")
    return Row(section, f"composed, {size_name(size)}, {where}{tls}{way}", connections, size, dict(zip(names, counts)), composed=True, **more)


def delayed(title, counts, **more):
    return Row("latency", f"40 ms round trip, one connection, 2 KB, {title}", 1, 2 * KB, counts, delayed=True, checks_replies=True, **more)


ROWS = [
    ready("ready", 1, 2 * KB, 30_000, 10_000),
    ready("ready", 4, 2 * KB, 60_000, 20_000),
    ready("ready", 8, 2 * KB, 60_000, 20_000),
    ready("ready", 16, 2 * KB, 60_000, 20_000),
    ready("ready", 1, 100 * KB, 8_000, 4_000),
    ready("ready", 8, 100 * KB, 10_000, 8_000),
    composed("composed", 1, 2 * KB, (30_000, 2_000, 1_500, 30)),
    composed("composed", 4, 2 * KB, (40_000, 3_000, 2_000, 120)),
    composed("composed", 8, 2 * KB, (40_000, 3_000, 2_000, 240)),
    composed("composed", 16, 2 * KB, (40_000, 3_000, 2_000, 480)),
    composed("composed", 1, 100 * KB, (6_000, 1_000, 300, 30)),
    composed("composed", 8, 100 * KB, (8_000, 1_200, 400, 240)),
    composed("composed", 8, 2 * KB, (10_000, 1_500, 1_000, 240), kept=False),
    composed("tls", 1, 2 * KB, (20_000, 2_000, 1_500, 30), security="starttls"),
    composed("tls", 8, 2 * KB, (30_000, 3_000, 2_000, 240), security="starttls"),
    composed("tls", 8, 100 * KB, (5_000, 1_000, 400, 240), security="starttls"),
    composed("tls", 8, 2 * KB, (1_500, 600, 60, 240), kept=False, security="starttls"),
    delayed("ready-made, without CHUNKING", {"sendwright": 200, "smtp-source": 50}, without=("CHUNKING",)),
    delayed("ready-made, with CHUNKING", {"sendwright": 200}),
    delayed("composed, without CHUNKING", {"sendwright": 200, "nodemailer": 100, "aiosmtplib": 50, "System.Net.Mail": 50}, without=("CHUNKING",), composed=True),
    ready("large", 8, 50 * KB, 16_000, 12_000),
    ready("large", 8, 500 * KB, 2_000, 2_000),
    composed("large", 8, 50 * KB, (12_000, 1_500, 500, 240)),
    composed("large", 8, 500 * KB, (1_600, 400, 80, 240)),
]

# Nothing is compared here: whether the tools work, in seconds.
CHECK_ROWS = [
    Row("check", "ready-made", 2, 2 * KB, {"sendwright": 50}, checks_replies=True),
    Row("check", "composed, by DATA", 2, 100 * KB, {"sendwright": 50}, composed=True, without=("CHUNKING",), checks_replies=True),
    Row("check", "STARTTLS", 2, 2 * KB, {"sendwright": 50}, composed=True, security="starttls", checks_replies=True),
    Row("check", "a long line", 2, 2 * KB, {"sendwright": 20}, delayed=True, checks_replies=True),
]

BOUNDS = [
    Bound("ready-made, 2 KB, 8 connections", "as fast as smtp-source", "per_second", 2.0, True, "smtp-source"),
    Bound("ready-made, 2 KB, 8 connections", "of smtp-source's CPU", "cpu_per_1000", 0.6, False, "smtp-source"),
    Bound("ready-made, 2 KB, 1 connection", "as fast as smtp-source", "per_second", 2.0, True, "smtp-source"),
    Bound("composed, 2 KB, 8 connections", "as fast as Nodemailer's pool", "per_second", 10.0, True, "nodemailer"),
    Bound("composed, 2 KB, 8 connections", "as fast as aiosmtplib", "per_second", 15_000 / 800, True, "aiosmtplib"),
    Bound("composed, 100 KB, 8 connections", "as fast as Nodemailer's pool", "per_second", 8.0, True, "nodemailer"),
    Bound("composed, 2 KB, 8 connections, TLS 1.3", "as fast as Nodemailer's pool", "per_second", 6.0, True, "nodemailer"),
    Bound("40 ms round trip, one connection, 2 KB, ready-made, without CHUNKING", "waits a message", "waits", 1.1, False),
    Bound("40 ms round trip, one connection, 2 KB, ready-made, with CHUNKING", "waits a message", "waits", 0.3, False),
]
