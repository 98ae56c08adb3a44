"""Which language a comment is in, by its small words; and the small words themselves."""

import re
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-zà-öø-ÿœßāčďēęěğīłńňőřśşšťūůűźżž]", re.IGNORECASE)

# Words both languages have ("in", "war", "also", "was") tell nothing and stand in neither list.
_TELLING = {
    "de": (
        "der die das und ist ich nicht es ein eine einen einem einer zu mit für auf auch sich "
        "den dem wir sie er von im bei nach aber oder wenn wie noch nur sehr mein meine "
        "meinen ihr ihre mir mich bin sind wurde werden wird haben habe hatte kann kein keine "
        "keinen immer schon dass als aus zum zur vom bis über durch ohne man um ja nein bitte "
        "danke gut hier wieder mehr keiner niemand leider alles"
    ),
    "en": (
        "the and is it to of for with my you your this that not they are have has had be been "
        "at on from would could should can't don't didn't no your i i'm we our but or if when "
        "how what why there their very just get got by do does did were which who me us them "
        "an as after again still please thanks thank never more any can he she his her its "
        "about than out up"
    ),
    "fr": ("le la les et est je ne pas une un des du que qui dans pour avec sur nous vous très mais c'est au ce cette"),
    "es": ("el la los las y es no que una un de del por para con muy pero me mi se lo está son como más"),
    "it": ("il lo la gli e è che non una un di del della per con molto ma mi si sono ho come più ed"),
    "pt": "o os as e é que não uma um de do da por para com muito mas me se são como mais foi",
    "nl": ("de het een en is ik niet van voor met op ook maar zijn was heb dat wij naar geen heel bij"),
    "pl": "i w nie na się że z do jest to jak ale za od po bardzo mam przez są",
    "tr": "ve bir bu çok için ile da de ne gibi ama daha var yok değil mi",
}
_SETS = {language: frozenset(words.split()) for language, words in _TELLING.items()}
_NAMES = {
    "ger": "de",
    "deu": "de",
    "deutsch": "de",
    "german": "de",
    "eng": "en",
    "englisch": "en",
    "english": "en",
}
_UMLAUTS = frozenset("äöüß")


def named(tag: str) -> str:
    """`de`, `en` or `other` from what a file says, empty where it says nothing."""
    word = re.split(r"[-_ ]", tag.strip().casefold())[0]
    short = _NAMES.get(word, word)
    return short if short in ("de", "en", "") else "other"


def language_of(text: str) -> str:
    """`de`, `en`, `other`, or empty where nothing decides."""
    if _foreign_letters(text):
        return "other"
    words = set(_WORD.findall(text.casefold()))
    points = {language: float(len(words & small)) for language, small in _SETS.items()}
    points["de"] += sum(1 for word in words if _UMLAUTS & set(word)) / 2
    (best, most), (_, second) = Counter(points).most_common(2)
    if most < 1 or most == second or (most < 3 and best not in ("de", "en")):
        return ""
    return best if best in ("de", "en") else "other"


def majority(tags: Sequence[str]) -> str:
    """What an undecided comment counts as."""
    known = Counter(tag for tag in tags if tag)
    return max(sorted(known), key=lambda tag: known[tag]) if known else "de"


def _foreign_letters(text: str) -> bool:
    letters = [sign for sign in text[:200] if sign.isalpha()]
    return bool(letters) and len(_LATIN.findall("".join(letters))) < len(letters) / 2


_SMALL = """
a aber about above after again against ain't all alle allem allen aller alles als also although
always am amp an and ander andere anderem anderen anderer anderes another any anybody anyone
anything are aren't around as at auch auf aus außer außerdem be because been before bei beide
beiden beim being below bereits besonders between bevor bin bis bisher bist bitte both bspw but by
bzw ca came can can't cannot cant come could couldn't couldnt da dabei dadurch dafür dagegen daher
dahin damals damit danach daneben dann daran darauf daraus darf darin darum darunter darüber das
dass dazu daß dein deine dem den denen denn dennoch der deren derer des deshalb dessen deswegen
dich did didn't didnt die dies diese dieselbe diesem diesen dieser dieses dir do doch does doesn't
doesnt doing don't done dont dort down drei du durch during dürfen each eben ebenso eh eher ein
eine einem einen einer eines einfach einige einigen einiges einmal either else endlich er erst
erste ersten es etc etwa etwas euch euer even ever every everyone everything fast few finde findet
first for from further für fürs gab ganz ganze ganzen gar geben gegen gehabt gehen geht gemacht
genau genug gerade gern gerne gesagt get getan gets getting gewesen ggf gibt ging give go goes
going gone gonna got gt hab habe haben had hadn't halt has hasn't hat hatte hatten have haven't
having he he's hello her here hers heute hi hier hierzu him hin hinter his how however hätte
hätten i i'd i'll i'm i've ich if ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in indem ins
instead into irgendwie is isn't isnt ist it it's its itself ive ja jahr jahre jahren je jede jedem
jeden jeder jedes jedoch jemand jene jetzt just kam kann kannst kaum keep kein keine keinem keinen
keiner keinerlei kind know kommen kommt können könnte könnten lassen last least leicht leider let
let's like lot lt lässt machen macht made make mal man manche manchmal many may maybe me mean mehr
mehrere mein meine meinem meinen meiner meines meist mich might mine mir mit more most much muss
musste must my myself möchte möchten müssen müsste nach nachdem natürlich neben need nein neither
never nicht nichts nie niemals niemand no nobody noch none nor not nothing now nun nur ob obwohl
oder of off oft ohne ok okay on once one only onto or other others our ours out over own per
please pls plz pro put quasi quite rather really sagen sagt said same saw say says schon see seem
seems sehr sei sein seine seinem seinen seiner seit seitdem selber selbst she should shouldn't
sich sie since sind so sogar solche soll sollen sollte sollten some somebody someone something
sometimes somit sondern sonst soweit sowie statt stehen steht still such take teils tell than
thank thanks that that's thats the their them then there there's these they they're they've thing
things think this those though through to together too took total toward tried trotz trotzdem try
trying tun two u um und under uns unser unsere unserem unseren unter until up upon ur us use used
using usually usw very via viel viele vielen vielleicht vom von vor vorher völlig wann want wanted
war waren warum was wasn't wasnt way we we're we've weder weg wegen weil weiter weiterhin welche
welchem welchen welcher well wenig weniger wenn went wer werde werden were weren't what what's
when where whether which while who whom whose why wie wieder wieso will wir wird wirklich with
within without wo wobei wodurch woher wohl wollen wollte won't wont worden would wouldn't wurde
wurden während wäre wären würde würden yes yet you you'd you'll you're you've your yours yourself
ziemlich zu zudem zum zumindest zur zwar zwei zwischen über überhaupt übrigens
"""
SMALL_WORDS = frozenset(_SMALL.split())
"""Never part of a label: small words of both languages, their negations included."""
