"""
Who may come in: accounts, and tokens that only their holder knows.

Whoever copies these tables can impersonate nobody: of a token only a hash is stored, and a
leader's key is sealed with the leader's own token.
"""

import secrets
from collections.abc import Callable
from threading import Lock
from typing import Any, Literal

from sqlalchemy import Engine, RowMapping, delete, func, insert, select, update

from outside_in.domain.errors import BadInput, Expired, Unknown
from outside_in.domain.model import Model
from outside_in.domain.people import Principal
from outside_in.store.passwords import TooManyTries, WrongPassword, fits, hashed
from outside_in.store.seal import derived, fingerprint, seal, unseal
from outside_in.store.tables import accounts, failures, tokens
from outside_in.store.writer import Batch, Writer

Kind = Literal["facilitator", "leader", "stage", "share", "sign-in", "setup", "resume"]
HOUR, DAY = 3600.0, 86400.0
LIFETIME: dict[Kind, float] = {
    "facilitator": 7 * DAY,
    "leader": 30 * DAY,
    "stage": 7 * DAY,
    "share": 14 * DAY,
    "sign-in": HOUR / 4,
    "setup": HOUR / 4,
    "resume": 30 * DAY,
}
IDLE = 12 * HOUR
"""A facilitator who has not been seen for so long signs in again."""
FRESH = 5.0
"""Seconds for which an answer about a token is believed without asking again."""
SEEN_EVERY = 300.0
TRIES, WINDOW = 10, 900.0


class LoginTaken(BadInput):
    message = "There is already an account “{login}”. Please choose another login."
    code = "login-taken"


class Account(Model):
    id: str
    login: str | None


class Doors:
    def __init__(self, writer: Writer, readers: Engine, clock: Callable[[], float]) -> None:
        self._writer, self._readers, self._clock = writer, readers, clock
        self._believed: dict[str, tuple[float, Principal | None]] = {}
        self._lock = Lock()

    # tokens -------------------------------------------------------------

    def issue(self, principal: Principal, kind: Kind, sealed: Callable[[str], bytes] | None = None) -> str:
        """A new token of 256 bit; it is never stored and cannot be shown again."""
        token, now = secrets.token_urlsafe(32), self._clock()
        row = {
            "hash": fingerprint(token),
            "kind": kind,
            "role": principal.role,
            "principal": principal.id,
            "code": principal.code,
            "created": now,
            "seen": now,
            "expires": now + LIFETIME[kind],
            "revoked": False,
            "views": 0,
            "sealed": sealed(token) if sealed else None,
        }
        self._writer.write(lambda batch: batch.db.execute(insert(tokens), row) and None)
        return token

    def who(self, token: str, *kinds: Kind) -> Principal | None:
        """Whom a cookie stands for; believed for five seconds."""
        if not token:
            return None
        name, now = fingerprint(token), self._clock()
        believed = self._believed.get(name)
        if believed and now - believed[0] < FRESH:
            return believed[1]
        row = self._row(token)
        valid = row is not None and (not kinds or row["kind"] in kinds) and self._valid(row)
        principal = _principal(row) if valid and row else None
        self._believe(name, principal)
        if row and principal and now - row["seen"] > SEEN_EVERY:
            seen = update(tokens).where(tokens.c.hash == name).values(seen=now)
            self._writer.write(lambda batch: batch.db.execute(seen) and None)
        return principal

    def active(self, by: Principal) -> bool:
        """Whether somebody with a valid token is behind this principal; asked before every change."""
        if by.role in ("clock", "operator"):
            return True
        name, now = f"{by.role} {by.id} {by.code if by.role == 'leader' else ''}", self._clock()
        believed = self._believed.get(name)
        if believed and now - believed[0] < FRESH:
            return believed[1] is not None
        alive = select(tokens).where(tokens.c.principal == by.id, tokens.c.role == by.role)
        with self._readers.connect() as db:
            found = any(self._valid(row) for row in db.execute(alive).mappings())
        self._believe(name, by if found else None)
        return found

    def peek(self, token: str, kind: Kind) -> Principal:
        """Whom a link would let in; looking at it changes nothing."""
        row = self._row(token)
        if row is None or row["kind"] != kind or not self._valid(row):
            raise Expired
        return _principal(row)

    def use_once(self, token: str, kind: Kind) -> Principal:
        """A one-time link is worth nothing afterwards; two at once: one of them gets in."""
        principal, name = self.peek(token, kind), fingerprint(token)

        def use(batch: Batch) -> int:
            taken = update(tokens).where(tokens.c.hash == name, tokens.c.revoked.is_(False))
            return batch.db.execute(taken.values(revoked=True)).rowcount

        if not self._writer.write(use):
            raise Expired
        return principal

    def viewed(self, token: str) -> None:
        name = fingerprint(token)
        counted = update(tokens).where(tokens.c.hash == name).values(views=tokens.c.views + 1)
        self._writer.write(lambda batch: batch.db.execute(counted) and None)

    def revoke(self, token: str) -> None:
        self._revoke(tokens.c.hash == fingerprint(token))

    def revoke_all(self, principal: str) -> None:
        self._revoke(tokens.c.principal == principal)

    def withdraw_shares(self, workshop: str) -> None:
        self._revoke((tokens.c.kind == "share") & (tokens.c.code == workshop))

    def shares(self, workshop: str) -> tuple[int, int]:
        """How many share links are open, and how often they were looked at."""
        wanted = select(tokens).where(tokens.c.kind == "share", tokens.c.code == workshop)
        with self._readers.connect() as db:
            alive = [row for row in db.execute(wanted).mappings() if self._valid(row)]
        return len(alive), sum(row["views"] for row in alive)

    # leaders ------------------------------------------------------------

    def new_leader(self, code: str) -> tuple[Principal, str]:
        """A random id and a random key; the key is stored only sealed with the token."""
        by = Principal(role="leader", id=secrets.token_hex(16), code=code)
        return by, self._leader(by, secrets.token_bytes(32), "leader")

    def leader_key(self, token: str) -> bytes | None:
        row = self._row(token)
        if row is None or not row["sealed"] or not self._valid(row):
            return None
        return unseal(derived(token.encode(), "leader key"), row["sealed"])

    def renew(self, token: str) -> str:
        """A new token for the same leader; the one that came along is worth nothing from now on."""
        by, key = self.who(token), self.leader_key(token)
        if by is None or key is None:
            raise Expired
        self.revoke(token)
        return self._leader(by, key, "leader")

    def resume_link(self, code: str) -> str:
        """A leader's personal link: the same id and key on every device, until it expires."""
        by = Principal(role="leader", id=secrets.token_hex(16), code=code)
        return self._leader(by, secrets.token_bytes(32), "resume")

    def resume(self, link: str) -> str:
        by, key = self.peek(link, "resume"), self.leader_key(link)
        if key is None:
            raise Expired
        return self._leader(by, key, "leader")

    def _leader(self, by: Principal, key: bytes, kind: Kind) -> str:
        return self.issue(by, kind, lambda token: seal(derived(token.encode(), "leader key"), key))

    # accounts -----------------------------------------------------------

    def accounts(self) -> list[Account]:
        with self._readers.connect() as db:
            rows = db.execute(select(accounts.c.id, accounts.c.login).order_by(accounts.c.id)).mappings()
            return [Account.model_validate(dict(row)) for row in rows]

    @property
    def needs_setup(self) -> bool:
        """Nobody can sign in yet."""
        with self._readers.connect() as db:
            return not db.scalar(select(func.count()).where(accounts.c.hash.is_not(None)))

    def set_up(self, token: str, login: str, password: str) -> str:
        """The first account gets its login and password; signs in at once."""
        secret, self_named = hashed(password), login.strip()
        by = self.peek(token, "setup")
        self._named(by.id, self_named, secret)
        self.use_once(token, "setup")
        return self.issue(Principal(role="facilitator", id=by.id), "facilitator")

    def add_account(self, login: str, password: str) -> str:
        id = secrets.token_hex(8)
        self._named(id, login.strip(), hashed(password), new=True)
        return id

    def reset_password(self, login: str, password: str) -> None:
        """The only way back in; everybody who was signed in with it is signed out."""
        account = next((a for a in self.accounts() if a.login == login), None)
        if account is None:
            raise Unknown(name=login)
        self._named(account.id, login, hashed(password))
        self.revoke_all(account.id)

    def sign_in(self, login: str, password: str) -> str:
        login = login.strip()
        self._not_too_often(login)
        with self._readers.connect() as db:
            row = db.execute(select(accounts).where(accounts.c.login == login)).mappings().first()
        if not fits(row["hash"] if row else None, password):
            failed = {"login": login[:120], "at": self._clock()}
            self._writer.write(lambda batch: batch.db.execute(insert(failures), failed) and None)
            raise WrongPassword
        assert row
        forget = delete(failures).where(failures.c.login == login)
        self._writer.write(lambda batch: batch.db.execute(forget) and None)
        return self.issue(Principal(role="facilitator", id=row["id"]), "facilitator")

    def _not_too_often(self, login: str) -> None:
        now = self._clock()
        recent = select(func.count(), func.max(failures.c.at)).where(
            failures.c.login == login, failures.c.at > now - WINDOW
        )
        with self._readers.connect() as db:
            many, last = db.execute(recent).one()
        pause = min(WINDOW, 2.0 ** max(0, many - TRIES)) if many >= TRIES else 0.0
        if many and now < last + pause:
            raise TooManyTries(seconds=round(last + pause - now) + 1)

    def _named(self, id: str, login: str, secret: str, *, new: bool = False) -> None:
        if not login:
            raise BadInput
        if any(a.login == login and a.id != id for a in self.accounts()):
            raise LoginTaken(login=login)
        row: dict[str, Any] = {"login": login[:120], "hash": secret}
        stored = insert(accounts).values(id=id, **row) if new else update(accounts).where(accounts.c.id == id).values(row)
        self._writer.write(lambda batch: batch.db.execute(stored) and None)

    # what both need -------------------------------------------------------

    def _row(self, token: str) -> RowMapping | None:
        with self._readers.connect() as db:
            return db.execute(select(tokens).where(tokens.c.hash == fingerprint(token))).mappings().first()

    def _valid(self, row: RowMapping) -> bool:
        now = self._clock()
        idle = row["kind"] == "facilitator" and now - row["seen"] > IDLE
        return not row["revoked"] and now < row["expires"] and not idle

    def _believe(self, name: str, principal: Principal | None) -> None:
        with self._lock:
            if len(self._believed) > 5000:
                self._believed.clear()
            self._believed[name] = self._clock(), principal

    def _revoke(self, which: Any) -> None:
        gone = update(tokens).where(which).values(revoked=True)
        self._writer.write(lambda batch: batch.db.execute(gone) and None)
        with self._lock:
            self._believed.clear()


def _principal(row: RowMapping) -> Principal:
    return Principal(role=row["role"], id=row["principal"], code=row["code"])
