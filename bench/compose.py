"""Composing beside Nodemailer's MailComposer and Python's email, interleaved in one run: medians and ratios.

    python3 bench/compose.py [ROUNDS]

Each composer makes every message anew (own recipient, Message-ID, subject and text, none of it ASCII only) on one thread and throws the octets away.
CPU is that of the whole process for ours, its start and its compiler's threads included, and of the timed part alone for the others.
"""

import json
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "bench" / "peers"
LOAD = ROOT / "artifacts" / "bin" / "Sendwright.Load" / "release" / "sendwright-load"
TIME_LIMIT = 120

# what: the size that makes our message as large as theirs, and how many messages take each composer a second or two
KINDS = {
    "2 KB of text and HTML": ("small", 2048, {"sendwright": 400_000, "nodemailer": 4_000, "python": 1_500}),
    "a file of 100 KB": ("attachment", 2048 + 100 * 1024 * 4 // 3, {"sendwright": 100_000, "nodemailer": 600, "python": 300}),
}


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIME_LIMIT, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed with {done.returncode}:\n{done.stderr}")
    return json.loads(done.stdout)


def measure(peer, what, size, count):
    """Messages a second, CPU seconds for 1,000 messages, octets each."""
    if peer == "sendwright":
        result = run([LOAD, "compose", "--size", str(size), "--messages", str(count), "--json"])
        return result["perSecond"], result["cpuSecondsPer1000"], result["octetsPerMessage"]
    program = ["node", PEERS / "compose_nodemailer.mjs"] if peer == "nodemailer" else ["/usr/bin/python3", PEERS / "compose_python.py"]
    result = run([*program, what, str(count)])
    return result["perSecond"], result["cpuSeconds"] / result["messages"] * 1000, result["octetsEach"]


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    for title, (what, size, counts) in KINDS.items():
        figures = {peer: [] for peer in counts}
        for _ in range(rounds):
            for peer, count in counts.items():
                figures[peer].append(measure(peer, what, size, count))
        medians = {peer: [statistics.median(values) for values in zip(*rows)] for peer, rows in figures.items()}
        best = medians["sendwright"]
        print(f"\n{title}, median of {rounds} runs (smallest to largest)")
        print(f"{'composer':12} {'messages/s':>30} {'CPU ms each':>12} {'octets each':>12} {'ours is':>9} {'by CPU':>7}")
        for peer, (rate, cpu, octets) in medians.items():
            rates = [row[0] for row in figures[peer]]
            spread = f"{rate:,.0f} ({min(rates):,.0f} to {max(rates):,.0f})"
            print(f"{peer:12} {spread:>30} {cpu:12.4f} {octets:12,.0f} {best[0] / rate:8.1f}x {cpu / best[1]:6.1f}x")


main()
