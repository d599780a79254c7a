"""Sends composed messages with aiosmtplib and prints one JSON line.

    /usr/bin/python3 send_aiosmtplib.py PORT CONNECTIONS MESSAGES WARM_UP SIZE kept|new none|starttls|implicit

Messages are made of the email package's older MIME classes, as fastapi-mail makes them. kept is what fastapi-mail does with a list of messages, and new,
a connection for each message, what it does with each call of send_message. What is trusted comes from SSL_CERT_FILE.
"""

import asyncio
import json
import os
import sys
import time
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formataddr, formatdate

import aiosmtplib

SENTENCE = "Ihre Bestellung ist unterwegs und kommt voraussichtlich übermorgen an; die Rechnung über 49,90 € liegt bei. "
LARGEST_TEXT = 16 * 1024
TEXT_BESIDE_FILE = 2 * 1024


def repeat(start, part, length):
    text = start
    while len(text) < length:
        text += part(text)
    return text[:length]


class Messages:
    """Of the same form and size as those of bench/Sendwright.Load/LoadTexts.cs, each with its own recipient, Message-ID, subject and text."""

    def __init__(self, size):
        texts = size if size <= LARGEST_TEXT else TEXT_BESIDE_FILE
        self.text = repeat("", lambda _: SENTENCE + "\r\n", texts // 2)
        self.html = repeat(
            '<!doctype html><html><body style="font-family: sans-serif">\r\n',
            lambda so: f'<p class="line">{SENTENCE}<a href="https://shop.example.com/o?id={len(so)}">Zur Bestellung</a></p>\r\n',
            texts // 2,
        )
        self.file = bytes((index * 7 + (index >> 8)) & 255 for index in range((size - texts) // 4 * 3)) if size > LARGEST_TEXT else None

    def create(self, number):
        message = MIMEMultipart("mixed" if self.file else "alternative")
        message["Date"] = formatdate()
        message["Message-ID"] = f"<{number}.{os.getpid()}@example.com>"
        message["From"] = formataddr(("Müller & Söhne", "shop@example.com"))
        message["To"] = formataddr((f"Jörg {number}", f"joerg{number}@example.org"))
        message["Subject"] = f"Ihre Bestellung für Jörg {number}"
        texts = MIMEMultipart("alternative") if self.file else message
        texts.attach(MIMEText(f"Grüß Gott, Jörg {number}!\r\n{self.text}", "plain", "utf-8"))
        texts.attach(MIMEText(f"<p>Grüß Gott, Jörg {number}!</p>\r\n{self.html}", "html", "utf-8"))
        if self.file:
            message.attach(texts)
            file = MIMEApplication(self.file, "pdf")
            file.add_header("Content-Disposition", "attachment", filename="Rechnung.pdf")
            message.attach(file)
        return message


class Sending:
    def __init__(self, port, connections, size, kept, security):
        self.port, self.connections, self.security = port, connections, security
        self.messages = Messages(size)
        self.clients = [self.client() for _ in range(connections)] if kept else []
        self.receipts = 0

    def client(self):
        return aiosmtplib.SMTP(hostname="localhost", port=self.port, use_tls=self.security == "implicit", start_tls=self.security == "starttls")

    async def send(self, client, number):
        refused, _ = await client.send_message(self.messages.create(number))
        self.receipts += not refused

    async def share(self, own, numbers):
        for number in numbers:
            if self.clients:
                await self.send(self.clients[own], number)
            else:
                async with self.client() as client:
                    await self.send(client, number)

    async def run(self, first, count):
        await asyncio.gather(*(self.share(own, range(first + own, first + count, self.connections)) for own in range(self.connections)))

    async def open(self):
        await asyncio.gather(*(client.connect() for client in self.clients))

    async def close(self):
        await asyncio.gather(*(client.quit() for client in self.clients))


async def main():
    arguments = sys.argv[1:]
    if len(arguments) != 7 or not all(number.isdecimal() for number in arguments[:5]) or arguments[5] not in ("kept", "new"):
        sys.exit(__doc__)
    port, connections, messages, warm_up, size = map(int, arguments[:5])
    sending = Sending(port, connections, size, arguments[5] == "kept", arguments[6])
    await sending.open()
    await sending.run(0, warm_up)
    start = time.perf_counter()
    await sending.run(warm_up, messages)
    seconds = time.perf_counter() - start
    print(json.dumps({"messages": messages, "seconds": seconds, "perSecond": messages / seconds, "receipts": sending.receipts}))
    await sending.close()


asyncio.run(main())
