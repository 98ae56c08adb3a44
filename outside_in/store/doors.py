"""
Who may come in: accounts, and tokens that only their holder knows.

Whoever copies these tables can impersonate nobody: of a token only a hash is stored, and a
leader's key is sealed with the leader's own token.
"""

import secrets
from collections.abc import Callable, Collection
from threading import Lock
from typing import Any, Literal

from sqlalchemy import Connection, Engine, RowMapping, delete, func, insert, select, update

from outside_in.domain.errors import BadInput, Expired, Unknown
from outside_in.domain.model import Model
from outside_in.domain.people import Principal
from outside_in.store.passwords import TooManyTries, WrongPassword, fits, hashed
from outside_in.store.seal import derived, fingerprint, seal, unseal
from outside_in.store.tables import accounts, failures, tokens
from outside_in.store.writer import Batch, Writer

Kind = Literal["facilitator", "leader", "stage", "share", "sign-in", "setup", "resume", "check", "partner"]
HOUR, DAY = 3600.0, 86400.0
LIFETIME: dict[Kind, float] = {
    "facilitator": 7 * DAY,
    "leader": 30 * DAY,
    "stage": 7 * DAY,
    "share": 14 * DAY,
    "sign-in": HOUR / 4,
    "setup": HOUR / 4,
    "resume": 30 * DAY,
    "check": 30 * DAY,
    "partner": 30 * DAY,
}
"""A check-in link is issued with a day of its own, from which it lives on for so long."""
IDLE = 12 * HOUR
"""A facilitator who has not been seen for so long signs in again."""
FRESH = 5.0
"""Seconds for which an answer about a token is believed without asking again."""
SEEN_EVERY = 300.0
LINKS: tuple[Kind, ...] = ("sign-in", "setup", "resume")
"""Worth a token, but none themselves: nobody is in because a link lies in a mailbox."""
TRIES, WINDOW = 10, 900.0


HOST = "facilitator"
LOGIN = 120


class NoLogin(BadInput):
    message = "Please enter a login of at most {most} characters."
    code = "login"


class LoginTaken(BadInput):
    message = "There is already an account “{login}”. Please choose another login."
    code = "login-taken"


class Account(Model):
    id: str
    login: str | None


class Doors:
    def __init__(self, writer: Writer, readers: Engine, clock: Callable[[], float]) -> None:
        self._writer, self._readers, self._clock = writer, readers, clock
        self._believed: dict[str, tuple[float, str, Principal | None]] = {}
        """By token's hash or principal: since when, as what kind, and who."""
        self._lock = Lock()

    # tokens -------------------------------------------------------------

    def issue(
        self,
        principal: Principal,
        kind: Kind,
        sealed: Callable[[str], bytes] | None = None,
        since: float | None = None,
    ) -> str:
        """A new token of 256 bit; it is never stored and cannot be shown again. It lives from `since`, or now, on."""
        token, now = secrets.token_urlsafe(32), self._clock()
        row = {
            "hash": fingerprint(token),
            "kind": kind,
            "role": principal.role,
            "principal": principal.id,
            "code": principal.code,
            "created": now,
            "seen": now,
            "expires": max(now, since or now) + LIFETIME[kind],
            "revoked": False,
            "views": 0,
            "sealed": sealed(token) if sealed else None,
        }
        self._writer.write(lambda batch: self._put(batch.db, row))
        return token

    def _put(self, db: Connection, row: dict[str, Any]) -> None:
        if row["kind"] == "facilitator":  # rare enough to clear up on the way
            db.execute(delete(tokens).where(tokens.c.expires < row["created"]))
        db.execute(insert(tokens), row)

    def who(self, token: str, *kinds: Kind) -> Principal | None:
        """Whom a cookie stands for; believed for five seconds."""
        if not token:
            return None
        name = fingerprint(token)
        believed = self._fresh(name)
        if believed is None:
            row = self._row(token)
            valid = row is not None and self._valid(row)
            believed = (row["kind"], _principal(row)) if valid and row else ("", None)
            self._believe(name, *believed)
            if row and valid:
                self._seen(row)
        kind, principal = believed
        return principal if not kinds or kind in kinds else None

    def _seen(self, row: RowMapping) -> None:
        """Nobody waits for that, and a full disk locks nobody out."""
        now = self._clock()
        if now - row["seen"] > SEEN_EVERY:
            seen = update(tokens).where(tokens.c.hash == row["hash"]).values(seen=now)
            self._writer.post(lambda batch: batch.db.execute(seen) and None)

    def active(self, by: Principal) -> bool:
        """Whether somebody with a valid token is behind this principal; asked before every change."""
        if by.role in ("clock", "operator"):
            return True
        name = f"{by.role} {by.id} {'' if by.role == 'facilitator' else by.code}"
        if believed := self._fresh(name):
            return believed[1] is not None
        mine = select(tokens).where(tokens.c.principal == by.id, tokens.c.role == by.role)
        if by.role != "facilitator":  # whose place is a hint only
            mine = mine.where(tokens.c.code == by.code)
        with self._readers.connect() as db:
            rows = db.execute(mine.where(tokens.c.kind.not_in(LINKS))).mappings()
            found = any(self._valid(row) for row in rows)
        self._believe(name, by.role, by if found else None)
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

    def forget(self, principal: str = "", codes: Collection[str] = ()) -> None:
        """
        Rows of tokens go: of one person, or all that lead to these sessions and workshops.

        With a leader's last row goes what the notebook was sealed with, so no page of it opens again.
        """
        who = tokens.c.principal == principal if principal else tokens.c.code.in_(codes) & (tokens.c.role != HOST)

        def gone(batch: Batch) -> None:
            batch.db.execute(delete(tokens).where(who))
            batch.erased = True

        self._writer.write(gone)
        with self._lock:
            self._believed.clear()

    def withdraw_checks(self, session: str, commitment: str = "") -> None:
        """The check-in links of one commitment, or of a whole session."""
        links = (tokens.c.kind.in_(("check", "partner"))) & (tokens.c.code == session)
        self._revoke(links & tokens.c.principal.startswith(f"{commitment}/") if commitment else links)

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
        by, login, secret = self.peek(token, "setup"), _login(login), hashed(password)

        def set_up(batch: Batch) -> int:
            _must_be_free(batch.db, login, by.id)
            links = tokens.c.kind == "setup", tokens.c.revoked.is_(False)
            mine = update(tokens).where(tokens.c.hash == fingerprint(token), *links).values(revoked=True)
            if not batch.db.execute(mine).rowcount:
                return 0
            batch.db.execute(update(tokens).where(tokens.c.principal == by.id, *links).values(revoked=True))
            return _renamed(batch.db, by.id, login, secret)

        if not self._writer.write(set_up):
            raise Expired
        return self.issue(Principal(role="facilitator", id=by.id), "facilitator")

    def add_account(self, login: str, password: str) -> str:
        id, login, secret = secrets.token_hex(8), _login(login), hashed(password)

        def add(batch: Batch) -> None:
            _must_be_free(batch.db, login, id)
            batch.db.execute(insert(accounts).values(id=id, login=login, hash=secret))

        self._writer.write(add)
        return id

    def reset_password(self, login: str, password: str) -> None:
        """The only way back in; everybody who was signed in with it is signed out."""
        account = next((a for a in self.accounts() if a.login == login.strip()), None)
        if account is None or not account.login:
            raise Unknown(name=login)
        id, known, secret = account.id, account.login, hashed(password)
        self._writer.write(lambda batch: _renamed(batch.db, id, known, secret))
        self.revoke_all(id)

    def sign_in(self, login: str, password: str) -> str:
        login = login.strip()[:LOGIN]
        self._not_too_often(login)
        with self._readers.connect() as db:
            row = db.execute(select(accounts).where(accounts.c.login == login)).mappings().first()
        if not fits(row["hash"] if row else None, password):
            self._writer.write(lambda batch: self._failed(batch.db, login))
            raise WrongPassword
        assert row
        forget = delete(failures).where(failures.c.login == login)
        self._writer.write(lambda batch: batch.db.execute(forget) and None)
        return self.issue(Principal(role="facilitator", id=row["id"]), "facilitator")

    def _failed(self, db: Connection, login: str) -> None:
        now = self._clock()
        db.execute(delete(failures).where(failures.c.at < now - WINDOW))
        db.execute(insert(failures), {"login": login, "at": now})

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

    # what both need -------------------------------------------------------

    def _row(self, token: str) -> RowMapping | None:
        with self._readers.connect() as db:
            return db.execute(select(tokens).where(tokens.c.hash == fingerprint(token))).mappings().first()

    def _valid(self, row: RowMapping) -> bool:
        now = self._clock()
        idle = row["kind"] == "facilitator" and now - row["seen"] > IDLE
        return not row["revoked"] and now < row["expires"] and not idle

    def _fresh(self, name: str) -> tuple[str, Principal | None] | None:
        believed = self._believed.get(name)
        return believed[1:] if believed and 0 <= self._clock() - believed[0] < FRESH else None

    def _believe(self, name: str, kind: str, principal: Principal | None) -> None:
        with self._lock:
            if len(self._believed) > 5000:
                self._believed.clear()
            self._believed[name] = self._clock(), kind, principal

    def _revoke(self, which: Any) -> None:
        gone = update(tokens).where(which).values(revoked=True)
        self._writer.write(lambda batch: batch.db.execute(gone) and None)
        with self._lock:
            self._believed.clear()


def _login(given: str) -> str:
    login = given.strip()
    if not 0 < len(login) <= LOGIN:
        raise NoLogin(most=LOGIN)
    return login


def _must_be_free(db: Connection, login: str, id: str) -> None:
    taken = select(accounts.c.id).where(accounts.c.login == login, accounts.c.id != id)
    if db.scalar(taken) is not None:
        raise LoginTaken(login=login)


def _renamed(db: Connection, id: str, login: str, secret: str) -> int:
    return db.execute(update(accounts).where(accounts.c.id == id).values(login=login, hash=secret)).rowcount


def _principal(row: RowMapping) -> Principal:
    return Principal(role=row["role"], id=row["principal"], code=row["code"])
