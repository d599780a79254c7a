"""Reads every .eml file of a folder with Python's email package and prints what it saw as one JSON object: file name -> message."""

import base64
import email
import email.policy
import json
import pathlib
import sys


def parse(octets):
    # The package decodes raw header octets as ASCII only; a message of RFC 6532 has to come as text.
    if octets.isascii():
        return email.message_from_bytes(octets, policy=email.policy.default)
    return email.message_from_string(octets.decode("utf-8"), policy=email.policy.default)


def mailboxes(message, name):
    return [
        {"name": address.display_name or None, "address": address.addr_spec}
        for header in message.get_all(name, [])
        for address in header.addresses
    ]


def body(message, kind):
    part = message.get_body((kind,))
    return None if part is None else part.get_content()


def attachment(part):
    content_id = part.get("Content-ID")
    return {
        # Not get_filename(): that takes quotes and angle brackets away even where they are part of the name.
        "fileName": part["Content-Disposition"].params.get("filename"),
        "contentType": part.get_content_type(),
        "contentId": None if content_id is None else str(content_id).strip("<>"),
        "isInline": part.get_content_disposition() == "inline",
        "content": base64.b64encode(part.get_payload(decode=True)).decode(),
    }


def read(path):
    message = parse(path.read_bytes())
    subject = message["Subject"]
    date = message["Date"]
    defects = [str(defect) for part in message.walk() for defect in part.defects]
    defects += [f"{name}: {defect}" for part in message.walk() for name, value in part.items() for defect in value.defects]
    return {
        "from": mailboxes(message, "From"),
        "sender": mailboxes(message, "Sender"),
        "replyTo": mailboxes(message, "Reply-To"),
        "to": mailboxes(message, "To"),
        "cc": mailboxes(message, "Cc"),
        "bcc": mailboxes(message, "Bcc"),
        "subject": None if subject is None else str(subject),
        "date": None if date is None else date.datetime.isoformat(),
        "messageId": message["Message-ID"],
        "text": body(message, "plain"),
        "html": body(message, "html"),
        "headers": [{"name": name.lower(), "value": str(value)} for name, value in message.items() if name.lower().startswith("x-")],
        "attachments": [attachment(part) for part in message.walk() if part.get_content_disposition() is not None],
        "defects": defects,
    }


print(json.dumps({path.name: read(path) for path in pathlib.Path(sys.argv[1]).glob("*.eml")}))
