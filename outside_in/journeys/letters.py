"""Building blocks of patterns. Every repetition is bounded: hostile text must not cost seconds."""

BIG = "".join(chr(code) for code in range(0x41, 0x250) if chr(code).isupper())
SMALL = "".join(chr(code) for code in range(0x61, 0x250) if chr(code).islower())
NAME_WORD = rf"[{BIG}](?:\.|[\w'’]{{0,30}})(?:-[{BIG}][\w'’]{{0,30}}){{0,2}}(?![\w])"
OF = (
    r"(?:(?:von|van|vom|de|del|della|di|da|zu|zur|la|le|al|bin|ibn|ter|el)\s{1,2}"
    r"(?:(?:der|den|dem|las?|los)\s{1,2})?){0,2}"
)
NAME = rf"{OF}{NAME_WORD}(?:\s{{1,2}}{OF}{NAME_WORD}){{0,3}}"
TITLE = (
    r"(?:(?:Dr|Prof|Professor|Dipl|Ing|Mag|med|jur|rer|nat|phil|h\.\s?c|iur|PD)(?:\.|\b)"
    r"[\s-]{0,2}){1,5}"
)


def one_of(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"
