"""Where the pages lie. Links name them by absolute path, because the frame does not stand beside them."""

from pathlib import Path

PAGES = Path(__file__).parents[2] / "pages"
BRAND = Path(__file__).parents[1] / "brand"


def at(page: str) -> str:
    return str(PAGES / f"{page}.py")
