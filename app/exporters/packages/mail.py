"""Letters to the MOOC office as drafts (.eml, RFC 5322) that the user's own mail program opens and sends.

``X-Unsent: 1`` makes mail programs open the file as a letter that is still to be sent. Nothing is sent by us, and no
recording is ever attached: letters carry links (X70).
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_MAX_SUBJECT_CHARS = 200
_MAX_MAILTO_CHARS = 1_900
"""Windows hands a link over to another program up to some 2,000 characters."""
_TYPES = {
    "zip": ("application", "zip"),
    "pdf": ("application", "pdf"),
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@dataclass(frozen=True, slots=True)
class MailFile:
    """An attachment.

    Attributes:
        name: ASCII name with its ending.
    """

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter before it is a file.

    Attributes:
        sender: name and address of the author; empty texts leave the choice to the mail program.
        copy_to: address of the copy, empty for none.
    """

    to: str
    subject: str
    body: str
    sender: tuple[str, str] = ("", "")
    copy_to: str = ""
    files: tuple[MailFile, ...] = ()


def is_address(text: str) -> bool:
    """Tell whether a text is one plain mail address; nothing else may stand in a head line."""
    return _ADDRESS.fullmatch(text) is not None


def eml(letter: Letter) -> bytes:
    """Return the letter as a draft; equal letters give equal bytes: no clock and no random boundary is in it."""
    message = EmailMessage(policy=SMTP)
    name, address = letter.sender
    if is_address(address):
        message["From"] = Address(display_name=_one_line(name), addr_spec=address)
    message["To"] = Address(addr_spec=letter.to)
    if is_address(letter.copy_to):
        message["Cc"] = Address(addr_spec=letter.copy_to)
    message["Subject"] = _one_line(letter.subject)[:_MAX_SUBJECT_CHARS]
    message["X-Unsent"] = "1"
    message.set_content(_plain(letter.body), cte="base64")
    for file in letter.files:
        kind, subtype = _TYPES.get(file.name.rpartition(".")[2].lower(), ("application", "octet-stream"))
        message.add_attachment(file.data, maintype=kind, subtype=subtype, filename=file.name)
    if letter.files:
        message.set_boundary(_boundary(letter.files))
    return message.as_bytes()


def mailto(letter: Letter) -> str:
    """Return a link that opens the letter in a mail program, without its attachments; a long text is cut."""
    head = f"mailto:{quote(letter.to)}?subject={quote(_one_line(letter.subject)[:_MAX_SUBJECT_CHARS])}&body="
    body = _plain(letter.body).replace("\n", "\r\n")
    encoded = quote(body)
    while body and len(head) + len(encoded) > _MAX_MAILTO_CHARS:
        body = body[: -max(1, (len(head) + len(encoded) - _MAX_MAILTO_CHARS) // 9)]
        encoded = quote(body)
    return head + encoded


def _boundary(files: Sequence[MailFile]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.data).digest())
    return f"=_mooc_{digest.hexdigest()[:32]}"  # "=_" never occurs in base64


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _plain(text: str) -> str:
    """Return a text that a mail can hold: no half characters, no control characters but line breaks."""
    return "".join(letter if letter == "\n" or letter.isprintable() else " " for letter in text)
