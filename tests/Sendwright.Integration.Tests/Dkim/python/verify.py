"""Verifies every signature of every .eml file of a folder with dkimpy and prints: file name -> [{"key": "s._domainkey.d", "isValid": bool, "detail": str}]."""
import json
import pathlib
import sys

import dkim

folder, records = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
published = dict(line.split(" ", 1) for line in records.read_text().splitlines())


def lookup(name, timeout=5):
    return published[name.decode().rstrip(".")].encode()


def verify(octets):
    count = sum(name.lower() == b"dkim-signature" for name, _ in dkim.DKIM(octets).headers)
    found = []
    for index in range(count):
        verifier, detail = dkim.DKIM(octets), ""
        try:
            valid = verifier.verify(idx=index, dnsfunc=lookup)
        except dkim.DKIMException as error:
            valid, detail = False, str(error)
        fields = verifier.signature_fields
        found.append({"key": f"{fields[b's'].decode()}._domainkey.{fields[b'd'].decode()}", "isValid": valid, "detail": detail})
    return found


print(json.dumps({file.name: verify(file.read_bytes()) for file in sorted(folder.glob("*.eml"))}))
