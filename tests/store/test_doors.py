"""Who may come in, for how long, and who is told no."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from outside_in.domain.errors import Expired, Unknown
from outside_in.domain.people import CLOCK, OPERATOR, Principal
from outside_in.store.doors import LoginTaken, NoLogin
from outside_in.store.passwords import TooManyTries, WeakPassword, WrongPassword

CODE = "ABCD2345"
FIRST = Principal(role="facilitator", id="first")
STAGE = Principal(role="stage", id="s1", code=CODE)
SHARE = Principal(role="consultant", id="c1", code="WORK2345")
HOUR, DAY = 3600, 86400
GOOD, BETTER = "blau wie das Meer", "grün wie der Wald"


@pytest.fixture
def doors(database):
    return database.doors


def set_up(doors):
    return doors.set_up(doors.issue(FIRST, "setup"), "kim", GOOD)


# tokens ------------------------------------------------------------------


def test_a_token_stands_for_whoever_it_was_made_for(doors):
    token = doors.issue(STAGE, "stage")
    assert len(token) >= 43
    assert doors.who(token) == doors.who(token, "stage") == STAGE


@pytest.mark.parametrize("token", ["", "x", "ä" * 500])
def test_any_other_token_stands_for_nobody(doors, token):
    assert doors.who(token) is None


def test_a_token_opens_only_doors_of_its_kind_in_whatever_order_they_are_tried(doors):
    token = doors.issue(FIRST, "sign-in")
    assert doors.who(token) == FIRST
    assert doors.who(token, "facilitator", "share") is None
    assert doors.who(token, "sign-in") == FIRST


def test_of_a_token_only_a_hash_is_stored(database):
    leader, token = database.doors.new_leader(CODE)
    key = database.doors.leader_key(token)
    with database._readers.connect() as db:
        stored = repr(db.execute(text("select * from tokens")).all()).encode()
    assert leader.id.encode() in stored
    for secret in (token.encode(), key, key.hex().encode()):
        assert secret not in stored


@pytest.mark.parametrize(
    ("principal", "kind", "lives"),
    [(STAGE, "stage", 7 * DAY), (SHARE, "share", 14 * DAY), (FIRST, "sign-in", 900), (FIRST, "setup", 900)],
)
def test_every_token_ends(doors, clock, principal, kind, lives):
    token = doors.issue(principal, kind)
    clock.wait(lives - 1)
    assert doors.who(token, kind) == principal
    clock.wait(6)
    assert doors.who(token, kind) is None


def test_a_facilitator_who_is_away_for_twelve_hours_signs_in_again(database, doors, clock):
    token = doors.issue(FIRST, "facilitator")
    for _ in range(3):
        clock.wait(11 * HOUR)
        assert doors.who(token) == FIRST
        database._writer.write(lambda _: None)  # nobody waits until it is written down, but this test
    clock.wait(13 * HOUR)
    assert doors.who(token) is None


def test_after_seven_days_even_a_busy_facilitator_signs_in_again(doors, clock):
    token = doors.issue(FIRST, "facilitator")
    for _ in range(7 * 24):
        clock.wait(HOUR)
        doors.who(token)
    assert doors.who(token) is None


def test_a_withdrawn_token_is_worth_nothing_at_once(doors):
    token = doors.issue(STAGE, "stage")
    assert doors.who(token) == STAGE
    doors.revoke(token)
    assert doors.who(token) is None
    assert not doors.active(STAGE)


def test_another_process_hears_of_it_within_five_seconds(doors, another, clock):
    token = doors.issue(STAGE, "stage")
    assert another.doors.who(token) == STAGE
    doors.revoke(token)
    clock.wait(6)
    assert another.doors.who(token) is None


def test_an_open_tab_is_only_worth_what_its_token_is(doors):
    leader, _ = doors.new_leader(CODE)
    assert doors.active(leader)
    assert not doors.active(leader.model_copy(update={"code": "ZZZZ2345"}))
    assert not doors.active(Principal(role="leader", id="made up", code=CODE))
    assert not doors.active(Principal())
    assert doors.active(CLOCK)
    assert doors.active(OPERATOR)


def test_a_link_that_nobody_has_used_keeps_nobody_in(doors, clock):
    token = doors.issue(FIRST, "facilitator")
    doors.issue(FIRST, "sign-in")
    doors.revoke(token)
    assert not doors.active(FIRST)


def test_all_tokens_of_one_person_can_be_withdrawn(doors):
    mine, other = [doors.issue(STAGE, "stage") for _ in range(2)], doors.issue(SHARE, "share")
    doors.revoke_all(STAGE.id)
    assert [doors.who(token) for token in (*mine, other)] == [None, None, SHARE]


def test_a_one_time_link_lets_in_once(doors):
    link = doors.issue(FIRST, "sign-in")
    assert doors.peek(link, "sign-in") == FIRST, "a mail scanner may look at it"
    assert doors.use_once(link, "sign-in") == FIRST
    for used in (doors.use_once, doors.peek):
        with pytest.raises(Expired):
            used(link, "sign-in")


def test_of_many_who_use_a_one_time_link_at_once_one_gets_in(doors):
    link = doors.issue(FIRST, "sign-in")

    def come_in(_):
        try:
            return doors.use_once(link, "sign-in")
        except Expired:
            return None

    with ThreadPoolExecutor(16) as many:
        assert list(many.map(come_in, range(16))).count(FIRST) == 1


def test_a_one_time_link_is_good_for_its_own_purpose_only(doors):
    link = doors.issue(FIRST, "sign-in")
    with pytest.raises(Expired):
        doors.use_once(link, "setup")


def test_share_links_are_counted_and_withdrawn_per_workshop(doors):
    link = doors.issue(SHARE, "share")
    doors.issue(SHARE.model_copy(update={"code": "ELSE2345"}), "share")
    doors.viewed(link)
    doors.viewed(link)
    assert doors.shares("WORK2345") == (1, 2)
    doors.withdraw_shares("WORK2345")
    assert doors.shares("WORK2345") == (0, 0)
    assert doors.shares("ELSE2345") == (1, 0)


def test_what_has_run_out_is_cleared_away_when_somebody_signs_in(database, clock):
    for _ in range(5):
        database.doors.new_leader(CODE)
    clock.wait(31 * DAY)
    token = database.doors.issue(FIRST, "facilitator")
    with database._readers.connect() as db:
        assert db.scalar(text("select count(*) from tokens")) == 1
    assert database.doors.who(token) == FIRST


# leaders -----------------------------------------------------------------


def test_leaders_differ_in_id_token_and_key(doors):
    (one, first), (two, second) = doors.new_leader(CODE), doors.new_leader(CODE)
    assert one.id != two.id
    assert doors.leader_key(first) != doors.leader_key(second)
    assert len(doors.leader_key(first)) == 32


def test_a_new_token_keeps_the_leader_and_ends_the_old_one(doors):
    leader, token = doors.new_leader(CODE)
    key, new = doors.leader_key(token), doors.renew(token)
    assert (doors.who(new, "leader"), doors.leader_key(new)) == (leader, key)
    assert (doors.who(token), doors.leader_key(token)) == (None, None)
    with pytest.raises(Expired):
        doors.renew(token)


def test_a_personal_link_is_the_same_leader_on_every_device(doors, clock):
    link = doors.resume_link(CODE)
    phone, laptop = doors.resume(link), doors.resume(link)
    assert phone != laptop
    assert doors.who(phone, "leader") == doors.who(laptop, "leader")
    assert doors.leader_key(phone) == doors.leader_key(laptop)
    assert doors.who(link, "leader") is None, "the link itself is no cookie"
    clock.wait(31 * DAY)
    with pytest.raises(Expired):
        doors.resume(link)


def test_whoever_swaps_sealed_keys_in_the_table_opens_nothing(database):
    (_, one), (_, two) = database.doors.new_leader(CODE), database.doors.new_leader(CODE)
    swapped = "update tokens set sealed = (select sealed from tokens order by hash limit 1)"
    database._writer.write(lambda batch: batch.db.execute(text(swapped)) and None)
    assert [database.doors.leader_key(one), database.doors.leader_key(two)].count(None) == 1


# accounts ----------------------------------------------------------------


def test_the_first_account_is_there_and_waits_for_its_password(doors):
    assert [account.id for account in doors.accounts()] == ["first"]
    assert doors.needs_setup
    with pytest.raises(WrongPassword):
        doors.sign_in("first", "")


def test_setting_up_signs_in_and_ends_every_setup_link(doors):
    early, link = doors.issue(FIRST, "setup"), doors.issue(FIRST, "setup")
    assert doors.who(doors.set_up(link, " kim ", GOOD), "facilitator") == FIRST
    assert not doors.needs_setup
    for used in (early, link):
        with pytest.raises(Expired):
            doors.set_up(used, "eve", BETTER)
    assert doors.who(doors.sign_in("kim", GOOD), "facilitator") == FIRST


def test_a_refused_password_leaves_the_setup_link_good(doors):
    link = doors.issue(FIRST, "setup")
    for login, password, refusal in (("kim", "short", WeakPassword), ("  ", GOOD, NoLogin)):
        with pytest.raises(refusal):
            doors.set_up(link, login, password)
    assert doors.needs_setup
    assert doors.set_up(link, "kim", GOOD)


@pytest.mark.parametrize("password", ["", "elf Zeichen", "x" * 129, "passwort1234", "PASSWORT1234", "ababababababab"])
def test_weak_passwords_are_refused(doors, password):
    with pytest.raises(WeakPassword):
        doors.add_account("kim", password)


@pytest.mark.parametrize("password", ["zwölf Zeiche", GOOD * 7, " mit Rand und Band "])
def test_every_other_password_works_as_it_was_typed(doors, password):
    doors.add_account("kim", password)
    assert doors.sign_in("kim", password)
    with pytest.raises(WrongPassword):
        doors.sign_in("kim", password.strip() + "?")


def test_a_login_belongs_to_one_account(doors):
    set_up(doors)
    with pytest.raises(LoginTaken):
        doors.add_account("kim", BETTER)
    assert len(doors.accounts()) == 1


def test_an_unknown_login_sounds_like_a_wrong_password(doors):
    set_up(doors)
    for login, password in (("kim", BETTER), ("eve", GOOD), ("", ""), ("kim" * 100, GOOD)):
        with pytest.raises(WrongPassword):
            doors.sign_in(login, password)


def test_a_reset_signs_everybody_out_who_had_the_old_password(doors):
    signed_in = set_up(doors)
    doors.reset_password("kim", BETTER)
    assert doors.who(signed_in) is None
    assert doors.sign_in("kim", BETTER)
    with pytest.raises(WrongPassword):
        doors.sign_in("kim", GOOD)
    with pytest.raises(Unknown):
        doors.reset_password("eve", GOOD)


def test_after_ten_wrong_passwords_even_the_right_one_waits_longer_and_longer(doors, clock):
    set_up(doors)
    pauses = []
    for _ in range(15):
        try:
            doors.sign_in("kim", BETTER)
        except WrongPassword:
            continue
        except TooManyTries as refused:
            pauses.append(refused.values["seconds"])
            clock.wait(pauses[-1])
    assert pauses == sorted(pauses)
    assert pauses[0] < pauses[-1]
    with pytest.raises(WrongPassword):
        doors.sign_in("kim", BETTER)
    with pytest.raises(TooManyTries):
        doors.sign_in("kim", GOOD)
    clock.wait(900)
    assert doors.sign_in("kim", GOOD)


def test_ten_wrong_passwords_of_one_hold_back_no_other(doors):
    set_up(doors)
    for _ in range(11):
        with pytest.raises((WrongPassword, TooManyTries)):
            doors.sign_in("eve", BETTER)
    assert doors.sign_in("kim", GOOD)
