"""Passwords of local accounts: argon2id, the same work for nobody, a pause after ten mistakes."""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from outside_in.domain.errors import BadInput, WorkshopError

SHORTEST, LONGEST = 12, 128
COMMON = frozenset(
    [
        "passwortpasswort",
        "passwordpassword",
        "123456789012",
        "1234567890123",
        "qwertzuiopasdf",
        "qwertyuiopasdf",
        "administrator1",
        "outsidein1234",
        "blickvonaussen",
        "kundenzentriert",
        "willkommen123",
        "welcome123456",
        "abcdefghijkl",
        "abcdefgh1234",
        "iloveyou12345",
        "sommer2026sommer",
        "passwort1234",
        "password1234",
        "hallohallo12",
        "testtesttest",
        "fussball1234",
        "111111111111",
        "000000000000",
        "geheimgeheim",
    ]
)
HASHER = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)
AT_ONCE = BoundedSemaphore(2)
"""46 MB each: forty phones that try passwords must not fill the memory."""


class WeakPassword(BadInput):
    message = "Please choose a password of {shortest} to {longest} characters that is not a common one."
    code = "password"


class WrongPassword(WorkshopError):
    message = "Login or password is not right."
    code = "password-wrong"


class TooManyTries(WorkshopError):
    message = "Too many wrong passwords. Please wait {seconds} seconds and try again."
    code = "too-many-tries"


def hashed(password: str) -> str:
    """As it was typed, blanks included."""
    common = password.casefold() in COMMON or len(set(password)) < 4
    if common or not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(shortest=SHORTEST, longest=LONGEST)
    with AT_ONCE:
        return HASHER.hash(password)


def fits(known: str | None, password: str) -> bool:
    """Takes as long for an account that does not exist."""
    try:
        with AT_ONCE:
            return HASHER.verify(known or _nobodys(), password[: LONGEST + 1]) and known is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return HASHER.hash("nobody has this password")
