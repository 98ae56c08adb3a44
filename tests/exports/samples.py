"""A session of a fictional tenants' company, with every block, and its worst-case twin."""

import datetime as dt

from outside_in.domain.blocks import (
    Bars,
    Beat,
    Block,
    Curve,
    Estimates,
    Grid,
    Invitation,
    Links,
    Money,
    Pairs,
    Points,
    Promise,
    Quadrant,
    Sayings,
    Says,
    Shift,
    Slope,
    Spread,
    TooFew,
    Tornado,
    Voice,
)
from outside_in.domain.evidence import Evidence
from outside_in.domain.feedback import Quote, Theme
from outside_in.domain.journey import Journey, Touchpoint
from outside_in.domain.outcome import Comment, Outcome, Part, StoredAnswer, StoredReceipt, Suppressed
from outside_in.domain.text import Figure, Text, line
from outside_in.domain.worth import Bar, Range, Span

MADE = dt.datetime(2026, 11, 25, 12, 0, tzinfo=dt.UTC)
HOSTILE = (
    '=HYPERLINK("http://evil.example")',
    "@SUM(1+1)",
    "＝1+1",
    '<b>fett</b> #panic("x") $a^2$ *x* _y_ & ]]> {n} {0.__class__}',
    "Zeile eins\r\nBEGIN:VEVENT\r\nSUMMARY:falsch",
    "\u202eغير معروف\u202c gespiegelt",
    "😀🏳️‍🌈 nur Gefühl \x00\x07",
    "Wort" * 5000,
)
LONG = "Betriebskostenabrechnungswiderspruchsbearbeitungsverfahren im Nachbarschaftstreff"


def nps(value: float, n: int = 240) -> Evidence:
    return Evidence(
        metric="nps",
        value=value,
        n=n,
        low=max(-100, value - 9),
        high=min(100, value + 9),
        period="2026",
        source="Befragung",
    )


def quote(text: str, row: int = 7) -> Quote:
    return Quote(row=row, text=text, touchpoint="Reparatur melden", date=dt.date(2026, 9, 3), approved=True)


POINTS = (
    ("search", Text(de="Wohnung finden", en="Finding a flat"), 31.0, 10.0),
    ("move", Text(de="Umzug und Schlüsselübergabe", en="Moving in and getting the keys"), 42.0, 45.0),
    ("repair", Text(de="Reparatur melden", en="Reporting a repair"), 20.0, -38.0),
    (
        "bill",
        Text(de="Betriebskosten-\u200babrechnung verstehen", en="Understanding the service charge bill"),
        5.0,
        -22.0,
    ),
    ("leave", Text(de="Kündigen und ausziehen", en="Giving notice and moving out"), 12.0, -4.0),
)
THEMES = (
    Text(de="Weitergereicht, keiner zuständig", en="Passed on, nobody in charge"),
    Text(de="Rückruf nicht erfolgt", en="Nobody called back"),
    Text(de="Abrechnung unverständlich", en="Bill hard to understand"),
    Text(de="Freundliche Beratung", en="Friendly advice"),
    Text(de="Lange Wartezeit am Telefon", en="Long waits on the phone"),
)


def pairs() -> Pairs:
    return Pairs(
        rows=tuple(
            Pairs.Row(label=name, inside=ours, inside_n=14, outside=nps(theirs)) for _, name, ours, theirs in POINTS
        )
    )


def spread() -> Spread:
    guesses = (-10.0, 0.0, 5.0, 5.0, 10.0, 10.0, 10.0, 20.0, 25.0, 30.0, 40.0, 45.0, 60.0, 70.0)
    rows = tuple(
        Spread.Row(label=name, values=tuple(g + ours - 15 for g in guesses), median=ours) for _, name, ours, _ in POINTS
    )
    return Spread(rows=rows, scale=(-100, 100), unit=nps(0).unit)


def bars() -> Bars:
    counts = (9, 7, 4, 2, 0)
    rows = tuple(
        Bars.Row(label=t, count=c, low=max(0, c / 14 - 0.2), high=min(1, c / 14 + 0.22))
        for t, c in zip(THEMES, counts, strict=True)
    )
    return Bars(rows=rows, n=14)


def slope() -> Slope:
    ours = (3.4, 2.1, 4.2, 1.6, 3.7)
    sizes = (651, 540, 322, 210, 98)
    rows = tuple(
        Slope.Row(label=t, inside=o, outside=i, size=s)
        for i, (t, o, s) in enumerate(zip(THEMES, ours, sizes, strict=True), 1)
    )
    return Slope(rows=rows, n=14)


def curve() -> Curve:
    heights = (0.2, 0.9, -0.8, None, -0.1)
    points = tuple(
        Curve.Point(
            label=name,
            emotion=e,
            n=0 if e is None else 240,
            provenance="assumed" if e is None else "measured",
            evidence=None if e is None else nps(theirs),
            surprised=i,
        )
        for i, ((_, name, _, theirs), e) in enumerate(zip(POINTS, heights, strict=True))
    )
    return Curve(points=points)


def promise(n: int = 1, words: str = "", owner: str = "") -> Promise:
    return Promise(
        id=str(n),
        when=words or "ich montags die Wochenzahlen öffne",
        then=words or "lese ich zuerst fünf Kommentare von Kundinnen und Kunden",
        about=THEMES[n % len(THEMES)],
        measure=words or "Nachfragen je Umzug: 2,1 → 1,5",
        first_step=words or "Termin mit der Hotline vereinbaren",
        due=dt.date(2027, 1, 20) + dt.timedelta(days=n),
        owner=owner,
    )


def estimates() -> Estimates:
    def row(name, low, best, high):
        answers = tuple(Range(low=low * k, best=best * k, high=high * k) for k in (0.8, 0.9, 1.0, 1.1, 1.2))
        return Estimates.Row(input=name, answers=answers, room=Range(low=low, best=best, high=high), top=1.0)

    return Estimates(rows=(row("causal_share", 0.2, 0.45, 0.7), row("realisation", 0.4, 0.6, 0.8)))


def money() -> Money:
    return Money(
        mode="margin",
        npv=Span(low=-164_000, middle=-49_600, high=88_800),
        best_guess=13_053,
        chance=0.31,
        residual=Span(low=210_000, middle=488_000, high=844_000),
        years=3,
        draws=2_000,
        assumed=line("Assumed"),
    )


def tornado() -> Tornado:
    bars = (Bar(input="churn_cut", low=-158_000, high=128_000), Bar(input="yearly", low=43_100, high=-76_900))
    return Tornado(bars=bars, best_guess=13_053)


PRINCIPLES = (Text(de="Hinhören", en="Hear first"), Text(de="Wort halten", en="Keep our word"))
VALUES = (Text(de="Offenheit", en="Openness"), Text(de="Mut", en="Courage"), Text(de="Klarheit", en="Clarity"))


def grid() -> Grid:
    cells = (
        ((2.4, 11, "carrying"), (1.3, 7, "contested"), (0.0, 0, "")),
        ((0.4, 3, ""), (1.6, 9, "carrying"), (0, 0, "")),
    )
    rows = tuple(
        Grid.Row(label=label, cells=tuple(Grid.Spot(strength=s, count=c, state=state) for s, c, state in told))
        for label, told in zip(PRINCIPLES, cells, strict=True)
    )
    return Grid(rows=rows, columns=VALUES, n=14)


def links() -> Links:
    rows = (
        Links.Row(left=PRINCIPLES[0], right=VALUES[0], strength=2.4, count=11, low=0.52, high=0.92),
        Links.Row(left=PRINCIPLES[1], right=VALUES[1], strength=1.6, count=9, low=0.39, high=0.84),
    )
    return Links(rows=rows, n=14)


def quadrant() -> Quadrant:
    dots = (
        Quadrant.Dot(label=PRINCIPLES[0], x=2.1, y=5.2, n=14),
        Quadrant.Dot(label=PRINCIPLES[1], x=3.8, y=2.4, n=14),
    )
    return Quadrant(dots=dots)


def shift() -> Shift:
    pairs = ((6, 4), (7, 5), (5, 5), (6, 3), (7, 6), (4, 5))
    before, after = line("I agree"), line("I want it")
    return Shift(before=before, after=after, pairs=pairs, scale=(1, 7), change=-1.5, low=-2.0, high=0.5)


def every_block() -> tuple[Block, ...]:
    return (
        Says(text=line("Rosier than customers in {n} of {of} points.", n=4, of=5), strong=True),
        TooFew(fewest=5),
        Invitation(),
        Points(items=(Text(de="Zuhören kostet nichts.", en="Listening costs nothing."), line("Nothing to show."))),
        Voice(quote=quote("Jeder verweist auf den anderen – zuständig ist niemand."), about=POINTS[2][1]),
        Sayings(items=("Wir reden über Kunden, nicht mit ihnen.", "Mehr Zeit vor Ort")),
        spread(),
        pairs(),
        bars(),
        slope(),
        curve(),
        promise(3, owner="Hakan Öztürk"),
        estimates(),
        money(),
        tornado(),
        grid(),
        links(),
        quadrant(),
        shift(),
    )


def journey() -> Journey:
    points = tuple(
        Touchpoint(
            id=id,
            name=name,
            n=240,
            evidence=nps(value),
            emotion=value / 50,
            negative=0.31,
            negative_low=0.25,
            negative_high=0.38,
            themes={"t1": 80, "t2": 33},
            quotes=(quote("Ich habe viermal angerufen."),),
            owner="Leitung Kundenservice" if id == "repair" else "",
        )
        for id, name, _, value in POINTS[:4]
    )
    return Journey(
        name=Text(de="Wohnen bei Lindhain", en="Living with Lindhain"),
        touchpoints=(*points, Touchpoint(id="leave", name=POINTS[4][1])),
        overall=nps(-6, 1200),
        source="lindhain-feedback.csv",
    )


def themes(words: str = "") -> tuple[Theme, ...]:
    sizes = (651, 540, 322, 210, 98)
    return tuple(
        Theme(
            id=f"t{i}",
            leaves=(f"t{i}.1",),
            label=label,
            keywords=("zuständig", "weiterleiten", "warten"),
            size=size,
            status="selected",
            quotes=(
                quote(words or "Jeder verweist auf den anderen – zuständig ist niemand.", 17),
                quote(words or "Dreimal verbunden, dreimal von vorn erzählt.", 18),
            ),
            dissent=quote("Bei mir ging es sofort.", 88),
            evidence=nps(-40 + 10 * i, size),
        )
        for i, (label, size) in enumerate(zip(THEMES, sizes, strict=True), 1)
    )


def part(step: str, de: str, en: str, *beats: tuple[Block, ...], answered: int = 14) -> Part:
    debrief = (Text(de="Was überrascht Sie am meisten?", en="What surprises you most?"),)
    return Part(
        step=step,
        title=Text(de=de, en=en),
        answered=answered,
        beats=tuple(Beat(blocks=b) for b in beats),
        debrief=debrief,
    )


def parts(promises: tuple[Promise, ...]) -> tuple[Part, ...]:
    rosier = Says(text=line("Rosier than customers in {n} of {of} points.", n=4, of=5), strong=True)
    covered = Says(
        text=line(
            "{share} of the ranges meant to be 80 % sure contain the truth ({low} to {high}, n = {n}).",
            share=Figure(value=41, unit="%"),
            low=Figure(value=30, unit="%"),
            high=Figure(value=53, unit="%"),
            n=70,
        )
    )
    voice = Voice(quote=quote("Jeder verweist auf den anderen – zuständig ist niemand."), about=POINTS[2][1])
    second = Voice(quote=quote("Die Abrechnung versteht nicht einmal mein Steuerberater."), about=POINTS[3][1])
    sayings = Sayings(items=("Wir reden über Kunden, nicht mit ihnen.", "Mehr Zeit vor Ort", "Kennzahlen ohne Gesicht"))
    found = [
        part(
            "predict",
            "Schätzen und aufdecken",
            "Predict and reveal",
            (spread(),),
            (pairs(),),
            (voice,),
            (second,),
            (pairs(), rosier, covered),
        ),
        part(
            "rank",
            "Was beschäftigt sie am meisten?",
            "What is on their minds?",
            (
                slope(),
                Says(
                    text=line(
                        "Agreement of our order with the customers': τ = {tau} (n = {n}).",
                        tau=Figure(value=-0.2, digits=2, signed=True),
                        n=14,
                    )
                ),
            ),
        ),
        part(
            "walk",
            "Gang durch die Wirklichkeit",
            "Reality walk",
            (
                Says(
                    text=line(
                        "What surprised most of us: “{label}” ({count} of {n}).",
                        label=POINTS[2][1],
                        count=9,
                        n=14,
                    ),
                    strong=True,
                ),
                curve(),
            ),
        ),
        part("vote", "Was hält uns ab?", "What holds us back?", (bars(),)),
        part("write", "Was nehme ich mit?", "What do I take with me?", (sayings,)),
        part("few", "Wollen", "Wanting", (TooFew(fewest=5),), answered=3),
        part("commit", "Zusagen", "Commitments", *((p,) for p in promises)),
    ]
    return tuple(found)


def outcome(audience: str = "internal", leaders: int = 14, words: str = "", **update) -> Outcome:
    names = ("Anna Müller", "", "Hakan Öztürk", "", "Jean-Luc Freiherr von Schwarzenberg-Hohenlohe")
    promises = tuple(promise(n, words, names[n % 5]) for n in range(1, leaders + 1))
    inside = audience == "internal"
    base = Outcome(
        code="ABCDEFGH",
        workshop="lindhain",
        title="Blick von außen – Führungskreis Nord",
        client="Wohnbau Lindhain",
        language="de",
        date=dt.date(2026, 11, 24),
        sample=True,
        audience=audience,
        leaders=leaders,
        expected=16,
        parts=parts(promises),
        promises=promises,
        journey=journey(),
        themes=themes(words),
        suppressed=(Suppressed(step=Text(de="Wollen", en="Wanting"), why=line("Too few answers: {n}.", n=3)),),
        rehearsed=0,
        answers=(StoredAnswer(step="predict", item="repair", value=20, test=False),) if inside else (),
        receipts=(StoredReceipt(step="predict", receipt="ab" * 32),) if inside else (),
        comments=(Comment(row=2, text="=1+1 war nicht die Antwort", fields={"score": 3, "date": "2026-09-03"}),)
        if inside
        else (),
    )
    return base.model_copy(update=update)
