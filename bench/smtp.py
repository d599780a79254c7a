"""Sending beside smtp-source, Nodemailer, aiosmtplib and System.Net.Mail, interleaved in one run: medians, ratios, and whether ours is what it has to be.

    /usr/bin/python3 bench/smtp.py [--only ready,composed,tls,latency,large|check] [--senders NAME,...] [--rounds N] [--messages N] [--output FILE]

Every sender sends to a sink of its own (bench/peers/sink.c), which counts what it made the sink wait for. In each round the senders take turns, so whatever
else the machine does meets them all. A count of the sink's that differs from the sender's receipts ends the run.
"""

import argparse
import dataclasses
import json
import os
import platform
import statistics
import sys
from pathlib import Path

from smtp_rows import BOUNDS, CHECK_ROWS, ROWS
from smtp_runs import ROOT, SENDERS, RunFailed, measure

SECTIONS = ["ready", "composed", "tls", "latency", "large"]
OURS = "sendwright"
BUSY = 0.2  # cores that other programs used; beyond that, CPU is to be trusted and rates are not
FIGURES = ("per_second", "cpu_per_1000", "peak_mib", "waits", "turns", "connections", "resumed", "octets", "sink_cores", "other_cores")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(SECTIONS), help="the sections to run; check is a short one that only tries the tools")
    parser.add_argument("--senders", default=",".join(SENDERS), help="the senders to run")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--messages", type=int, help="the most messages of a run; fewer than the default show how a sender starts, not how it sends")
    parser.add_argument("--output", type=Path, default=ROOT / "artifacts" / "bench" / "smtp.json", help="where every figure of every run is written")
    asked = parser.parse_args()
    asked.only, asked.senders = asked.only.split(","), asked.senders.split(",")
    for given, known in ((asked.only, [*SECTIONS, "check"]), (asked.senders, list(SENDERS))):
        for name in given:
            if name not in known:
                parser.error(f"there is no {name}; there are {', '.join(known)}")
    if asked.rounds < 1 or (asked.messages is not None and asked.messages < 1):
        parser.error("--rounds and --messages are 1 or more")
    return asked


def run_row(row, asked):
    """All rounds of a row: the runs of each sender."""
    counts = {name: min(count, asked.messages or count) for name, count in row.counts.items() if name in asked.senders}
    runs = {name: [] for name in counts}
    for _ in range(asked.rounds):
        for name, count in counts.items():
            runs[name].append(measure(name, row, count))
    return runs


def medians(runs):
    return {name: {figure: statistics.median(getattr(run, figure) for run in of_one) for figure in FIGURES} for name, of_one in runs.items()}


def number(value):
    """Three digits that say something."""
    places = 0 if value >= 100 or value == 0 else 1 if value >= 10 else 2 if value >= 1 else 3 if value >= 0.1 else 4
    return f"{value:,.{places}f}"


def print_row(row, runs):
    middle = medians(runs)
    ours = middle.get(OURS)
    print(f"\n| {row.title} | messages/s (smallest to largest) | ours is | CPU s per 1,000 | ours takes | waits a message | connections a message | TLS resumed | octets | peak MiB | sink, cores | others, cores |")
    print("|" + " --- |" * 12)
    for name, of_one in runs.items():
        one = middle[name]
        rates = [run.per_second for run in of_one]
        compares = ours is not None and name != OURS
        faster = f"{number(ours['per_second'] / one['per_second'])} times" if compares else ""
        thriftier = number(ours["cpu_per_1000"] / one["cpu_per_1000"]) if compares else ""
        resumed = "" if row.security == "none" else f"{one['resumed']:.0%}"
        busy = " (!)" if max(run.other_cores for run in of_one) > BUSY else ""
        print(
            f"| {name} | {number(one['per_second'])} ({number(min(rates))} to {number(max(rates))}) | {faster} | {number(one['cpu_per_1000'])} | {thriftier} "
            f"| {one['waits']:.2f} | {one['connections']:.3f} | {resumed} | {one['octets']:,.0f} | {one['peak_mib']:.0f} | {one['sink_cores']:.2f} | {one['other_cores']:.2f}{busy} |"
        )
    sys.stdout.flush()


def judge(rows):
    """Each bound whose row was run: what it is, and whether that is enough."""
    by_title = {row.title: medians(runs) for row, runs in rows}
    judged = []
    for bound in BOUNDS:
        middle = by_title.get(bound.title, {})
        if OURS not in middle or (bound.peer and bound.peer not in middle):
            continue
        value = middle[OURS][bound.figure]
        if bound.peer:
            value /= middle[bound.peer][bound.figure]
        kept = value >= bound.limit if bound.at_least else value <= bound.limit
        judged.append({"row": bound.title, "what": bound.what, "value": value, "limit": bound.limit, "atLeast": bound.at_least, "kept": kept})
    return judged


def print_judged(judged):
    if not judged:
        return
    print("\n| what ours has to be | limit | is | |\n| --- | --- | --- | --- |")
    for one in judged:
        times = " times" if one["atLeast"] else ""
        print(f"| {one['row']}: {one['what']} | {'at least' if one['atLeast'] else 'at most'} {number(one['limit'])}{times} | {number(one['value'])}{times} | {'yes' if one['kept'] else '**no**'} |")


def write(path, asked, rows, judged):
    path.parent.mkdir(parents=True, exist_ok=True)
    report = {
        "machine": {"cores": os.cpu_count(), "kernel": platform.release(), "processor": processor()},
        "rounds": asked.rounds,
        "rows": [
            {"section": row.section, "title": row.title, "senders": {name: [dataclasses.asdict(run) for run in of_one] for name, of_one in runs.items()}}
            for row, runs in rows
        ],
        "judged": judged,
    }
    path.write_text(json.dumps(report, indent=1) + "\n")


def processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def main():
    asked = arguments()
    rows = []
    try:
        for row in [*ROWS, *CHECK_ROWS]:
            if row.section in asked.only and set(row.counts) & set(asked.senders):
                rows.append((row, run_row(row, asked)))
                print_row(*rows[-1])
    except RunFailed as failed:
        sys.exit(f"smtp: {failed}")
    if any(run.other_cores > BUSY for _, runs in rows for of_one in runs.values() for run in of_one):
        print(f"\n(!) in some run other programs, or this machine's host, used more than {BUSY} cores: trust CPU there, and not rates.")
    judged = judge(rows)
    print_judged(judged)
    write(asked.output, asked, rows, judged)
    print(f"\nEvery run's figures are in {asked.output}")


main()
