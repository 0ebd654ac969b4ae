#!/usr/bin/python3
"""Says what another program reads in a mail: read_mail.py FILE.eml OUT.txt (Python's own email package)."""
import email
import email.policy
import hashlib
import sys

with open(sys.argv[1], "rb") as source:
    message = email.message_from_binary_file(source, policy=email.policy.default)
with open(sys.argv[2], "w", encoding="utf-8", newline="") as out:
    for name, value in message.items():
        if name != "Content-Type":
            out.write("%s: %s\n" % (name, value))
    for part in message.walk():
        out.write("== %s" % part.get_content_type())
        if part.get_filename():
            out.write(" [%s]" % part.get_filename())
        out.write("\n")
        if part.get_content_maintype() == "text":
            out.write(part.get_content() + "\n")
        elif part.get_content_maintype() != "multipart":
            content = part.get_payload(decode=True)
            out.write("%d %s\n" % (len(content), hashlib.sha256(content).hexdigest()))
        for defect in part.defects:
            out.write("DEFECT %r\n" % defect)
