"""Which language a comment is in, by its small words; and the small words themselves."""

import re
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-zà-öø-ÿœßāčďēęěğīłńňőřśşšťūůűźżž]", re.IGNORECASE)

# Words both languages have ("in", "war", "also", "was") tell nothing and stand in neither list.
_TELLING = {
    "de": "der die das und ist ich nicht es ein eine einen einem einer zu mit für auf auch sich den dem wir sie er "
    "von im bei nach aber oder wenn wie noch nur sehr mein meine meinen ihr ihre mir mich bin sind wurde "
    "werden wird haben habe hatte kann kein keine keinen immer schon dass als aus zum zur vom bis über "
    "durch ohne man um ja nein bitte danke gut hier wieder mehr keiner niemand leider alles",
    "en": "the and is it to of for with my you your this that not they are have has had be been at on "
    "from would could should can't don't didn't no your i i'm we our but or if when how what why there "
    "their very just get got by do does did were which who me us them an as after again still "
    "please thanks thank never more any can he she his her its about than out up",
    "fr": "le la les et est je ne pas une un des du que qui dans pour avec sur nous vous très mais c'est au ce cette",
    "es": "el la los las y es no que una un de del por para con muy pero me mi se lo está son como más",
    "it": "il lo la gli e è che non una un di del della per con molto ma mi si sono ho come più ed",
    "pt": "o os as e é que não uma um de do da por para com muito mas me se são como mais foi",
    "nl": "de het een en is ik niet van voor met op ook maar zijn was heb dat wij naar geen heel bij",
    "pl": "i w nie na się że z do jest to jak ale za od po bardzo mam przez są",
    "tr": "ve bir bu çok için ile da de ne gibi ama daha var yok değil mi",
}
_SETS = {language: frozenset(words.split()) for language, words in _TELLING.items()}
_NAMES = {"ger": "de", "deu": "de", "deutsch": "de", "german": "de", "eng": "en", "englisch": "en",
          "english": "en"}
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


SMALL_WORDS = frozenset(
    """
    aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus
    außer außerdem bei beim beide beiden bereits besonders bevor bin bis bisher bist da dabei dadurch dafür
    dagegen daher dahin damals damit danach daneben dann daran darauf daraus darf darin darüber darum darunter
    das dass daß dazu dein deine dem den denen denn dennoch der deren derer des deshalb dessen deswegen dich die
    dies diese dieselbe diesem diesen dieser dieses dir doch dort du durch dürfen eben ebenso ein eine einem
    einen einer eines einfach einige einigen einiges einmal endlich er erst erste ersten es etwa etwas euch euer
    fast für fürs ganz ganze ganzen gar gegen gehabt genau genug gerade gern gerne gewesen gibt ging habe haben hab halt
    hat hatte hatten hätte hätten heute hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in
    indem ins irgendwie ist ja je jede jedem jeden jeder jedes jedoch jemand jene jetzt kam kann kannst kaum kein keine
    keinem keinen keiner keinerlei können könnte könnten lassen leider lässt man manche manchmal mehr mein meine
    meinem meinen meiner meines meist mich mir mit muss musste müssen müsste nach nachdem natürlich neben nein
    nicht nichts nie niemals niemand noch nun nur ob obwohl oder oft ohne per pro quasi schon sehr sei sein
    seine seinem seinen seiner seit seitdem selber selbst sich sie sind so sogar solche sollen soll sollte sollten
    somit sondern sonst soweit sowie statt teils total trotz trotzdem über überhaupt übrigens um und uns unser
    unsere unserem unseren unter usw viel viele vielen vielleicht völlig vom von vor vorher während wann war
    waren warum was weder wegen weg weil weiter weiterhin welche welchem welchen welcher wenig weniger wenn wer
    werde werden wie wieder wieso will wir wird wirklich wo wobei wodurch woher wohl wollen wollte worden wurde
    wurden würde würden zu zudem zum zumindest zur zwar zwischen ziemlich bitte mal ggf bzw etc bspw ca eh
    macht machen gemacht möchte möchten sagen sagt gesagt geht gehen kommt kommen steht stehen gab geben
    tun getan finde findet zwei drei jahr jahre jahren mehrere hierzu dort weder beim leicht eher wäre wären
    a about above after again against ain't all also although always am an and another any anybody anyone
    anything are aren't around as at be because been before being below between both but by came can can't
    cannot come could couldn't did didn't do does doesn't doing don't done down during each either else even
    ever every everyone everything few first for from further get gets getting give go goes going gone gonna
    got had hadn't has hasn't have haven't having he he's her here hers him his how however i i'd i'll i'm i've
    if in instead into is isn't it it's its itself just keep kind know last least let let's like lot made make many
    may maybe me mean might mine more most much must my myself need neither never no nobody none nor not
    nothing now of off ok okay on once one only onto or other others our ours out over own per please put
    quite rather really said same saw say says see seem seems she should shouldn't since so some somebody
    someone something sometimes still such take tell than thank thanks that that's the their them then there
    there's these they they're they've thing things think this those though through to together too took toward
    tried try trying two under until up upon us use used using usually very via want wanted was wasn't way we
    we're we've well went were weren't what what's when where whether which while who whom whose why will with
    within without won't would wouldn't yes yet you you'd you'll you're you've your yours yourself dont didnt
    cant wont im ive thats isnt doesnt wasnt couldnt u ur amp gt lt pls plz hi hello
    """.split()
)
"""Never part of a label: small words of both languages, their negations included."""
