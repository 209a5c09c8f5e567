"""Read a mailbox of 2 GB that is never on disk, and say how long it took and how much memory.

    python -m benchmarks.mailbox [MEGABYTES]

The stream is made while it is read: a hundred people, their answers, newsletters, and attachments of up to 200 kB.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator

from netnotes.importers import mail

ME = "me@own.example"
PEOPLE = 80
"""Of a hundred senders a fifth are newsletters."""
MOST_MEGABYTES = 200
"""Memory that an import may take, in MB."""
_LINE = b"VGhpcyBpcyBhIGxpbmUgb2YgYW4gYXR0YWNobWVudCwgYW5kIG5vYm9keSByZWFkcyBpdC4gVGhl\n"


def messages(size: int) -> Iterator[bytes]:
    """Yield about `size` bytes of an mbox, a message at a time."""
    made = number = 0
    while made < size:
        who = f"Person {number % 100} <p{number % 100}@x.example>"
        sender, to = (who, ME) if number // 100 % 2 else (ME, who)
        more = "List-Id: <news.x.example>\n" if number % 5 == 0 else ""
        head = (
            f"From x Mon Mar 2 10:00:00 2026\nFrom: {sender}\nTo: {to}\n{more}Message-ID: <{number}@x.example>\n"
            f"Date: Mon, {1 + number % 28} Mar 2026 10:00:00 +0000\nSubject: x\n\n"
        ).encode()
        piece = head + _LINE * (20 + (number % 50) ** 2) + b"\n"
        made += len(piece)
        number += 1
        yield piece


def main() -> int:
    """Print figures; return 1 if the reading took more memory than it may."""
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    begun = time.process_time()
    found = mail.read(mail.split_mbox(messages(megabytes * 1_000_000)), me=[ME])
    took = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{megabytes:,} MB: {took:.0f} s, {peak:.0f} MB of memory at most, {len(found.people)} people")
    return 0 if peak <= MOST_MEGABYTES and len(found.people) == PEOPLE else 1


if __name__ == "__main__":
    sys.exit(main())
