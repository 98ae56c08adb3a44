"""Keys that only a cookie can make: sealing, opening, and the tag that stands for a leader in one step."""

import hmac
import os
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12


def fingerprint(token: str) -> str:
    """All the database knows of a token."""
    return sha256(token.encode()).hexdigest()


def derived(secret: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret)


def seal(key: bytes, plain: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, None)


def unseal(key: bytes, sealed: bytes) -> bytes | None:
    """None when it was sealed with another key, or was touched."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], None)
    except InvalidTag:
        return None


def tag_of(key: bytes, step: str) -> str:
    """Nobody without the leader's key can tell whose it is, nor link the tags of two steps."""
    return hmac.digest(key, step.encode(), "sha256").hex()
