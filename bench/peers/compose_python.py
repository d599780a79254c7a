"""Composes messages with Python's email.message.EmailMessage and prints one JSON line.

    python3 compose_python.py small|attachment COUNT
"""

import json
import sys
import time
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

SENTENCE = "Grüße aus Österreich, die Bestellung ist unterwegs und kommt bald an.\n"
TEXT = SENTENCE * 14  # about 1 KB
HTML = "<html><body>" + "<p>Die Bestellung ist <b>unterwegs</b> &amp; kommt für Sie bald an.</p>\n" * 14 + "</body></html>\n"  # about 1 KB
FILE = bytes((index * 7 + (index >> 8)) & 255 for index in range(100 * 1024))


def compose(what, number):
    """A message of its own, as in an application: recipient, id, subject and a line of the text."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "Büro <shop@example.com>"
    message["To"] = f"Empfänger {number} <recipient{number}@example.org>"
    message["Message-ID"] = f"<{number}.peer@example.com>"
    message["Date"] = formatdate()
    message["Subject"] = f"Ihre Bestellung {number} ist unterwegs, schöne Grüße"
    message.set_content(f"Guten Tag, Empfänger {number}!\n{TEXT}")
    if what == "small":
        message.add_alternative(HTML, subtype="html")
    else:
        message.add_attachment(FILE, maintype="application", subtype="octet-stream", filename="file.bin")
    return len(message.as_bytes())


def main():
    arguments = sys.argv[1:]
    if len(arguments) != 2 or arguments[0] not in ("small", "attachment") or not arguments[1].isdecimal() or arguments[1] == "0":
        sys.exit(__doc__)
    what, count = arguments[0], int(arguments[1])
    for number in range(-(-count // 5)):  # warm: its modules loaded, its tables made
        compose(what, number)
    start, start_cpu = time.perf_counter(), time.process_time()
    octets = sum(compose(what, number) for number in range(count))
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    result = {
        "peer": "python-email",
        "what": what,
        "messages": count,
        "seconds": seconds,
        "cpuSeconds": cpu,
        "perSecond": count / seconds,
        "octetsEach": round(octets / count),
    }
    print(json.dumps(result))


main()
