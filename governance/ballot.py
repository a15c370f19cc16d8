"""The seal of a ballot box: sums that the database keeps and cannot read (decision 27).

A new box has a salt of its own; with the secret of the installation it makes the key. What is sealed always has the
same length, and the same sums never look the same twice.
"""

import base64
import secrets
import struct

from cryptography.fernet import Fernet
from django.utils.crypto import salted_hmac


def new_salt() -> bytes:
    return secrets.token_bytes(32)


def seal(sums: list[int], *, salt: bytes) -> bytes:
    return _key(salt).encrypt(struct.pack(f">{len(sums)}I", *sums))


def unseal(sealed: bytes, *, salt: bytes) -> list[int]:
    plain = _key(salt).decrypt(bytes(sealed))
    return list(struct.unpack(f">{len(plain) // 4}I", plain))


def _key(salt: bytes) -> Fernet:
    digest = salted_hmac("governance.ballot", bytes(salt), algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
