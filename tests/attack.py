"""
Somebody who sees every output at every moment looks for what nobody may find out.

`python -m tests.attack --workshops 10000 --seed 1` plays so many random workshops and says what it
found. Answers are numbers and words that occur once in the world, so that whatever leaks is known
again. What it looks for:

- a figure that rests on fewer than five answers, now or as the difference between any two moments or
  audiences: answers that are seen at exactly the same moments form a group, and none may be smaller;
- words that nobody has let through, except eight or more in what the facilitator takes home;
- anything of a step before its reveal, a name from the door, a tag, an id;
- an order that follows the order of arrival, or two columns in one order.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter, defaultdict
from hashlib import sha256
from itertools import pairwise
from random import Random

from outside_in.domain.errors import WorkshopError
from outside_in.domain.exercises.ask import Ask, Free, Rating
from outside_in.domain.follow import hushed
from outside_in.domain.outcome import AUDIENCES, Outcome
from outside_in.domain.people import CLOCK, OPERATOR
from outside_in.domain.plan import Phase, Plan, Step
from outside_in.domain.session import Session
from outside_in.domain.text import Text
from tests.conftest import DAY, HOST, PLAN, leader

FEWEST, WORDS = 5, 8
SECRET = re.compile(r"\d{9}|geheim-\w{8}|Name-\w{8}")
SAME = Text.same("x")


class Attack:
    """One random workshop, looked at after every act."""

    def __init__(self, seed, kind=Session):
        self.chance, self.seed = Random(seed), seed
        self.pace = "self" if self.chance.random() < 0.35 else "live"
        self.session = kind.of(self._plan(), "ABCD2345", ("host",), self.pace)
        self.people = [f"{n:02}{self._hex()}" for n in range(self.chance.choice((1, 3, 4, 5, 6, 7, 9, 12, 16)))]
        self.numbers, self.words, self.names, self.tags = {}, {}, {}, {}
        self.seen = defaultdict(set)
        """By answer: the moments and places at which a figure rests on it."""
        self.listed_tests, self.found, self.looks, self.moment = set(), [], 0, 0
        self.orders, self.rows = Counter(), Counter()
        self._written = set()

    def run(self):
        for moment in range(self.chance.randint(30, 160)):
            self.moment = moment
            before = self.session
            self._act()
            if self.session is not before:
                self._look()
        for step in (step.id for step in self.session.plan.steps if step.id.startswith("probe")):
            self._groups(step)
        return self

    # what people do -----------------------------------------------------------------------------

    def _plan(self):
        probes = [self._probe(n) for n in range(self.chance.randint(1, 3))]
        others = self.chance.sample([step for step in PLAN.steps if step.asks], self.chance.randint(0, 2))
        steps = [*probes, *others]
        self.chance.shuffle(steps)
        return Plan.of(tuple(steps), PLAN.facts, workshop="WORKSHOP", title="x", date=DAY)

    def _probe(self, n):
        asked = (Rating(id=f"number-{n}", label=SAME, high=10**9, ends=(SAME, SAME)), Free(id=f"words-{n}", label=SAME))
        early = self.chance.random() < 0.2
        return Step(id=f"probe-{n}", title=SAME, minutes=5, exercise=Ask(questions=asked), before=early)

    def _act(self):
        acts = {self._answers: 30, self._presses: 6, self._joins: 2, self._simulates: 1, self._judges: 3}
        acts |= {self._asks_again: 0.6, self._begins_anew: 0.6, self._counts_paper: 0.5}
        acts |= {self._clears: 0.5, self._is_forgotten: 0.8, self._goes_back: 0.7, self._closes: 0.6, self._ends: 0.2}
        act = self.chance.choices(list(acts), list(acts.values()))[0]
        try:
            happened = act()
        except WorkshopError:
            return
        if happened is not None:
            self.session = self.session.after(happened, self.session.version + 1)

    def _answers(self):
        who = self.chance.choice(self.people)
        open_now = [step for step in self.session.plan.steps if self.session.takes(step.id)]
        if not open_now:
            return None
        step = self.chance.choice(open_now)
        values = self._said(step, (who, step.id))
        tag = self.tags.setdefault((who, step.id), sha256(f"{self.seed} {who} {step.id}".encode()).hexdigest())
        return self.session.answer(leader(who), step.id, values, tag=tag, receipt=self._hex())

    def _said(self, step, author):
        values = step.exercise.rehearse(self.chance)
        if step.id.startswith("probe"):
            n, number = step.id[-1], self.chance.randrange(10**8, 10**9)
            words = f"geheim-{self._hex()}" if self.chance.random() < 0.8 else ""
            values = {f"number-{n}": number, f"words-{n}": words}
            self.numbers[number] = self.words[words] = author
        return values

    def _simulates(self):
        step = self.session.step(self.session.now)
        values = self._said(step, ("test", step.id)) if self.session.takes(step.id) else {}
        return self.session.answer(HOST, step.id, values, tag=f"test-{self._hex()}", receipt=self._hex())

    def _asks_again(self):
        return self.session.again(HOST, self.session.moved, 9.0)

    def _begins_anew(self):
        verb = self.chance.choice((self.session.reset, self.session.restore))
        return verb(HOST, self.session.moved, 9.0)

    def _counts_paper(self):
        """The facilitator knows every sheet, so sheets hide nobody."""
        step = self.session.step(self.session.now)
        if not step.id.startswith("probe"):
            return None
        sheets = [self._said(step, ("paper", step.id)) for _ in range(self.chance.randint(1, 6))]
        return self.session.count(HOST, step.id, {item: tuple(sheet[item] for sheet in sheets) for item in sheets[0]})

    def _joins(self):
        who, name = self.chance.choice(self.people), f"Name-{self._hex()}"
        self.names[name] = who
        return self.session.join(leader(who), name)

    def _presses(self):
        return self.session.press(HOST, self.session.moved, 9.0, self.chance)

    def _goes_back(self):
        return self.session.back(HOST, self.session.moved, 9.0)

    def _closes(self):
        step = self.chance.choice(self.session.plan.steps).id
        return self.session.close(CLOCK, step, 9.0, self.chance) if self.pace == "self" else None

    def _judges(self):
        waiting = self.session.texts(HOST)
        text = self.chance.choice(waiting) if waiting else None
        return text and self.session.judge(HOST, text.step, text.ref, self.chance.random() < 0.8)

    def _clears(self):
        return self.session.clear(HOST)

    def _is_forgotten(self):
        who = self.chance.choice(self.people)
        if self.chance.random() < 0.4:
            return self.session.forget(OPERATOR, who)
        tags = [tag for (author, _), tag in self.tags.items() if author == who]
        return self.session.forget(leader(who), self.chance.choice(tags)) if tags else None

    def _ends(self):
        return self.session.end(HOST, 9.0) if self.chance.random() < 0.5 else self.session.resume(HOST, 9.0)

    def _hex(self):
        return f"{self.chance.getrandbits(32):08x}"

    # what is seen -----------------------------------------------------------------------------------

    def _look(self):
        self.looks += 1
        for place, told in self._outputs().items():
            for secret in set(SECRET.findall(told)):
                self._judge(place, secret)
            if any(tag in told for (_, step), tag in self.tags.items() if step.startswith("probe")):
                self._violation("tag", place)
        for step in self.session.plan.steps:
            if step.id.startswith("probe"):
                self._rests_on(step.id)

    def _outputs(self):
        """By place: all that a screen, a file or a person other than the author gets to see, as text."""
        now, told = self.session, {}
        for step in now.plan.steps:
            told[f"room {step.id}"] = _text(*now.tells(step.id), *now.outcome(step.id))
        for audience in AUDIENCES:
            left = Outcome.of(now, audience)
            told[audience] = _text(*left.parts, *left.promises)
            told[f"list {audience}"] = _text(*left.answers)
        told["bundle internal"] = _told(hushed(now.discreet()))
        told["bundle others"] = _told(now.without_answers())
        return told

    def _judge(self, place, secret):
        inside = place in ("list internal", "bundle internal")
        if secret in self.names:
            return self._violation("name", place)
        words = secret.startswith("geheim")
        author, step = (self.words.get(secret) if words else self.numbers.get(int(secret))) or ("", "")
        if not step or author == "paper" or (words and author == "test"):
            return None
        course = self._round(step, secret if words else int(secret))
        if course is None:
            return self._violation("put aside", place)
        if words:
            allowed = self._may_read(secret, step, course, inside, place)
        else:
            allowed = self._may_count(int(secret), step, course, inside)
        return allowed or self._violation("words" if words else "number", place)

    def _round(self, step, secret):
        """The round in which it was said; None: only what a reset has put aside knows it."""
        for course in self.session.course(step).rounds:
            closed = (course.closed.said, course.closed.test) if course.closed else ()
            columns = (*closed, course.paper)
            said = {value for each in columns for column in each.values() for value in column}
            said |= {value for answer in course.answers.values() for value in answer.values.values()}
            if secret in said:
                return course
        return None

    def _may_read(self, words, step, course, inside, place):
        item = f"words-{step[-1]}"
        column = self.session._said(step, course).get(item, ())
        approved = any(raw == words and f"{item}:{n}" in course.shown for n, raw in enumerate(column))
        if place == "board":
            return False
        many = course.closed is not None and len(course.closed.said.get(item, ())) >= WORDS
        return (approved and (inside or self._revealed(step))) or (inside and many)

    def _may_count(self, number, step, course, inside):
        """A single number: its step must be open to view, and enough must have answered."""
        item, closed = f"number-{step[-1]}", course.closed
        real = len(closed.said.get(item, ())) if closed else sum(not a.test for a in course.answers.values())
        if not inside:
            return self._revealed(step) and len(self.session._said(step, course)[item]) >= FEWEST
        if self.numbers[number][0] == "test" and not real:
            return True
        return closed is not None and real >= FEWEST

    def _revealed(self, step):
        return self.pace == "self" or self.session.course(step).phase in (Phase.REVEALED, Phase.DISCUSSED)

    def _rests_on(self, step):
        """Notes which answers stand behind what can be seen of a step now: in the room, and as a list."""
        item, free = f"number-{step[-1]}", f"words-{step[-1]}"
        told = self.session.course(step).rounds if self.session.shows(step) else ()
        for room in [self.session._room(step, course) for course in told]:
            for number in room.answers.get(item, ()) if room else ():
                self.seen[step, number].add((self.moment, "room"))
            self._order(room.answers.get(item) if room else None, step)
        for course in self.session.discreet().course(step).rounds:
            for number in course.closed.said.get(item, ()) if course.closed else ():
                self.seen[step, number].add((self.moment, "list"))
            if course.closed:
                self.listed_tests |= set(course.closed.test.get(item, ()))
        for course in self.session.course(step).rounds:
            said = course.closed.said if course.closed else {}
            if said.get(item) and ("rows", said[item]) not in self._written:
                self._written.add(("rows", said[item]))
                self._order(said[item], step)
                rows = zip(said[item], said[free], strict=True)
                authors = [(self.numbers[number], self.words.get(words)) for number, words in rows if words]
                self.rows["same"] += sum(a == b for a, b in authors)
                self.rows["chance"] += len(authors) / len(said[item])

    def _order(self, column, step):
        if not column or column in self._written:
            return
        self._written.add(column)
        real = [n for n, (author, where) in self.numbers.items() if where == step and author not in ("test", "paper")]
        came = {number: n for n, number in enumerate(real)}
        places = [came[int(number)] for number in column if int(number) in came]
        self.orders["pairs"] += max(0, len(places) - 1)
        self.orders["rising"] += sum(a < b for a, b in pairwise(places))

    def _groups(self, step):
        """Answers with the same history can only be told apart by who sees more than all of this."""
        groups, cover = Counter(), Counter()
        for (where, number), moments in self.seen.items():
            if where == step:
                author, _ = self.numbers[int(number)]
                groups[frozenset(moments)] += author not in ("test", "paper")
                cover[frozenset(moments)] += author == "test" and number not in self.listed_tests
        for moments, real in groups.items():
            if 0 < real < FEWEST and real + cover[moments] < FEWEST:
                self._violation(f"group of {real}", step)

    def _violation(self, kind, place):
        self.found.append((self.seed, self.moment, kind, place))


def _text(*parts):
    return "".join(part.model_dump_json(serialize_as_any=True) for part in parts)


def _told(session):
    return json.dumps(session.model_dump(mode="json", exclude={"plan"}))


def attack(workshops, seed, kind=Session, told=None):
    """What was found in so many random workshops: figures, and violations with the seed that shows them again."""
    looks, found, orders, rows = 0, [], Counter(), Counter()
    for n in range(workshops):
        one = Attack(seed * 1_000_003 + n, kind).run()
        looks, found = looks + one.looks, found + one.found
        orders.update(one.orders)
        rows.update(one.rows)
        if told and (n + 1) % 500 == 0:
            told(n + 1)
    rising = orders["rising"] / max(1, orders["pairs"])
    return {
        "workshops": workshops,
        "seed": seed,
        "looks": looks,
        "violations": found,
        "in order of arrival": round(rising, 4),
        "pairs": orders["pairs"],
        "two columns in one row": rows["same"],
        "by chance": round(rows["chance"], 1),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--workshops", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    began = time.monotonic()
    found = attack(args.workshops, args.seed, told=lambda n: print(n, file=sys.stderr, flush=True))
    print(json.dumps({**found, "seconds": round(time.monotonic() - began)}, indent=1))
    return bool(found["violations"])


if __name__ == "__main__":
    sys.exit(main())
