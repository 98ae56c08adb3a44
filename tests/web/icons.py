"""
The icons that are drawn, out of the four thousand Streamlit brings: `python -m tests.web.icons`.

A cold phone fetches them on a venue's network; all of them are a third of its first view. Kept is every
icon we name and every one whose name stands anywhere in Streamlit's own scripts.
"""

import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from outside_in.ui.places import BRAND, PAGES
from outside_in.web.shell import STATIC

OURS = BRAND / "icons.woff2"
THEIRS = next((STATIC / "static" / "media").glob("MaterialSymbols-Rounded*.woff2"))
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"
QUOTED = re.compile(r"""["'`/]([a-z][a-z0-9_]+)["'`:]""")
NAMED = re.compile(r":material/([a-z0-9_]+):")


def drawn(font: TTFont) -> dict[str, str]:
    """By an icon's name: its glyph. The names are ligatures of letters."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    found = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in (getattr(table, "ExtSubTable", table) for table in lookup.SubTable):
            for first, ligatures in getattr(table, "ligatures", {}).items():
                for one in ligatures:
                    name = "".join(letters.get(glyph, " ") for glyph in (first, *one.Component))
                    found[name] = one.LigGlyph
    return found


def named() -> set[str]:
    """By us, in so many words."""
    return {name for file in _ours() for name in NAMED.findall(file.read_text("utf-8"))}


def quoted() -> set[str]:
    """Any word in quotes in our pages and in Streamlit's scripts: rather too many than one too few."""
    files = (*_ours(), *(STATIC / "static").rglob("*.js"))
    return {name for file in files for name in QUOTED.findall(file.read_text("utf-8", "replace"))}


def _ours() -> list[Path]:
    return [*(BRAND.parent / "ui").rglob("*.py"), *PAGES.glob("*.py")]


def main() -> None:
    font = TTFont(THEIRS)
    every = drawn(font)
    wanted = (named() | quoted()) & set(every)
    options = subset.Options(flavor="woff2", layout_closure=False, layout_features=["*"], glyph_names=False)
    cut = subset.Subsetter(options)
    cut.populate(text=LETTERS, glyphs=[every[name] for name in wanted])
    cut.subset(font)
    font.flavor = "woff2"
    font.save(OURS)
    print(f"{len(wanted)} of {len(every)} icons, {Path(OURS).stat().st_size:,} of {THEIRS.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
