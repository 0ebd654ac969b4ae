#!/usr/bin/python3
"""A mail server that misbehaves on demand, for lib/mail's tests (Debian's python3-aiosmtpd).

server.py FOLDER [--port N] [--cert FILE --key FILE] [--smtps] [--login USER:PASSWORD]

Listens on 127.0.0.1, prints its port, and stops when its standard input closes. The name of
the recipient says what happens; what is accepted becomes a file of FOLDER.
"""
import argparse
import asyncio
import logging
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

AT_RCPT = {"refuse": "550 5.1.1 inconnu ici", "delay": "451 4.7.1 revenez plus tard"}
AT_DATA = {"refuse-data": "554 5.7.1 contenu refuse", "delay-data": "452 4.3.1 plus de place"}


class Handler:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "drop-before":
            server.transport.abort()
            return "421 bye"
        if name in AT_RCPT:
            return AT_RCPT[name]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].split("@")[0]
        if name in AT_DATA:
            return AT_DATA[name]
        if name == "silent":
            await asyncio.sleep(30)
        if name == "drop-after":
            server.transport.abort()
            return "421 bye"
        self.count += 1
        path = os.path.join(self.folder, "%d-%s.eml" % (self.count, envelope.rcpt_tos[0]))
        with open(path + ".part", "wb") as out:
            out.write(envelope.original_content)
        os.rename(path + ".part", path)
        if name.startswith("slow"):
            await asyncio.sleep(0.1)
        return "250 2.0.0 pris en charge"


class DropsInData(SMTP):
    """Closes right after its 354, before the first byte of the message."""

    async def push(self, status):
        await super().push(status)
        text = status if isinstance(status, bytes) else status.encode()
        if text.startswith(b"354") and self.envelope.rcpt_tos[0].startswith("drop-in@"):
            self.transport.abort()


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--smtps", action="store_true")
    parser.add_argument("--login")
    return parser.parse_args()


def protocol(args, handler, context):
    def check(server, session, envelope, mechanism, data):
        user, password = args.login.split(":")
        right = isinstance(data, LoginPassword) and data.login.decode() == user and data.password.decode() == password
        return AuthResult(success=right, handled=right)

    return DropsInData(
        handler,
        hostname="mail.test",
        tls_context=None if args.smtps else context,
        require_starttls=bool(context) and not args.smtps,
        authenticator=check if args.login else None,
        auth_required=bool(args.login),
        auth_require_tls=bool(context) and not args.smtps,
    )


async def main():
    args = options()
    context = None
    if args.cert:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(args.cert, args.key)
    handler = Handler(args.folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: protocol(args, handler, context), "127.0.0.1", args.port, ssl=context if args.smtps else None
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.buffer.read)
    os._exit(0)


logging.disable(logging.CRITICAL)  # clients that leave are what the tests want
asyncio.run(main())
