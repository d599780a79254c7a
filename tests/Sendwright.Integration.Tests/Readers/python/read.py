"""Reads every .eml file of a folder with Python's email package and prints what it saw as one JSON object: file name -> message."""

import base64
import email
import email.policy
import json
import pathlib
import sys

# These have a place of their own below, or belong to the structure of the message.
OWN_PLACE = {"from", "sender", "reply-to", "to", "cc", "bcc", "subject", "date", "message-id", "mime-version"}


def parse(octets):
    # The package decodes raw octets as ASCII only; a message of RFC 6532 has to come as text, and here all that is UTF-8 does.
    try:
        return email.message_from_string(octets.decode("utf-8"), policy=email.policy.default)
    except UnicodeDecodeError:
        return email.message_from_bytes(octets, policy=email.policy.default)


def octets_of(part):
    payload = part.get_payload()
    # What came as text cannot be decoded as octets.
    return payload.encode() if not_ascii(payload) else part.get_payload(decode=True)


def text_of(part):
    payload = part.get_payload()
    return payload if not_ascii(payload) else part.get_content()


def not_ascii(payload):
    # Octets over 127 of a message that came as octets are surrogates.
    return any(character > "\x7f" and not "\udc80" <= character <= "\udcff" for character in payload)


def mailboxes(message, name):
    found = []
    for header in message.get_all(name, []):
        for group in header.groups:
            found += [{"group": group.display_name, "name": one.display_name or None, "address": one.addr_spec} for one in group.addresses]
            if not group.addresses:
                found.append({"group": group.display_name})
    return found


def parameters(part):
    return dict(part["Content-Type"].params) if "Content-Type" in part else {}


def attachment(part):
    content_id = part.get("Content-ID")
    found = {
        # Not get_filename(): that takes quotes and angle brackets away even where they are part of the name.
        "fileName": part["Content-Disposition"].params.get("filename"),
        "contentType": part.get_content_type(),
        "parameters": parameters(part),
        "contentId": None if content_id is None else str(content_id).removeprefix("<").removesuffix(">"),
        "disposition": part.get_content_disposition(),
    }
    if part.get_content_type() == "message/rfc822" or part.get_content_type() == "message/global":
        found["message"] = read(part.get_payload(0))
    else:
        found["content"] = base64.b64encode(octets_of(part)).decode()
    return found


def leaves(part):
    """The parts that hold something; what a forwarded message holds is its own affair."""
    if part.get_content_maintype() == "multipart":
        for child in part.iter_parts():
            yield from leaves(child)
    else:
        yield part


def read(message):
    subject = message["Subject"]
    date = message["Date"]
    parts = list(leaves(message))
    text = message.get_body(("plain",))
    html = message.get_body(("html",))
    defects = [str(defect) for part in [message, *parts] for defect in part.defects]
    defects += [f"{name}: {defect}" for part in [message, *parts] for name, value in part.items() for defect in value.defects]
    return {
        "from": mailboxes(message, "From"),
        "sender": mailboxes(message, "Sender"),
        "replyTo": mailboxes(message, "Reply-To"),
        "to": mailboxes(message, "To"),
        "cc": mailboxes(message, "Cc"),
        "bcc": mailboxes(message, "Bcc"),
        "subject": None if subject is None else str(subject),
        "date": None if date is None else date.datetime.isoformat(),
        "dateOffset": None if date is None else round(date.datetime.utcoffset().total_seconds() / 60),
        "messageId": message["Message-ID"],
        "text": None if text is None else text_of(text),
        "html": None if html is None else text_of(html),
        "alternatives": [
            {"contentType": part.get_content_type(), "parameters": parameters(part), "text": text_of(part)}
            for part in parts
            if part.get_content_disposition() is None and part is not text and part is not html
        ],
        "headers": [
            {"name": name, "value": str(value)} for name, value in message.items() if name.lower() not in OWN_PLACE and not name.lower().startswith("content-")
        ],
        "attachments": [attachment(part) for part in parts if part.get_content_disposition() is not None],
        "defects": defects,
    }


found = {path.name: read(parse(path.read_bytes())) for path in pathlib.Path(sys.argv[1]).glob("*.eml")}
print(json.dumps(found))
