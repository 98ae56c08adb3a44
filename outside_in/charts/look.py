"""What charts look like: colours by meaning, and a type scale for each kind of screen."""

from typing import Literal

from outside_in.domain.model import Model

Size = Literal["phone", "laptop", "stage"]


class Look(Model):
    """
    Marks have colours of their own that hold on light and on dark ground; `ink` and `ground` are
    empty where the page around the chart decides, and set where the chart stands alone.
    """

    size: Size = "laptop"
    inside: str = "#16837E"
    outside: str = "#DB5433"
    gap: str = "#8A94A0"
    assumed: str = "#7E8C99"
    grid: str = "#8A94A066"
    ink: str = ""
    ground: str = ""

    @classmethod
    def of(cls, size: Size, dark: bool = False) -> "Look":
        """The stage brings its own ground, so that no scheme of the system dims it."""
        if size != "stage":
            return cls(size=size)
        if dark:
            return cls(size=size, inside="#4FC3BF", outside="#F0876B", ink="#F2EFE8", ground="#0F1B27")
        return cls(size=size, inside="#0B6E6E", outside="#C8401F", ink="#12263A", ground="#FFFFFF")

    @property
    def font(self) -> int:
        return {"phone": 13, "laptop": 14, "stage": 24}[self.size]

    @property
    def mark(self) -> int:
        """Area of a dot."""
        return {"phone": 110, "laptop": 140, "stage": 420}[self.size]

    @property
    def row(self) -> int:
        """Height of one row of a chart."""
        return {"phone": 76, "laptop": 56, "stage": 100}[self.size]

    @property
    def tall(self) -> int:
        """Height of a chart that has no rows."""
        return {"phone": 300, "laptop": 360, "stage": 500}[self.size]

    @property
    def most(self) -> int:
        """Height beyond which a chart would leave its screen."""
        return {"phone": 900, "laptop": 900, "stage": 560}[self.size]

    @property
    def wrap(self) -> int:
        """Characters in one line of a label beside or above its row; 40 fit a phone of 320 pixels."""
        return {"phone": 40, "laptop": 26, "stage": 28}[self.size]

    def share(self, of: int) -> int:
        """Characters in one line of a label when so many stand side by side."""
        return {"phone": 40, "laptop": 80, "stage": 110}[self.size] // max(1, of)

    @property
    def narrow(self) -> bool:
        """No room beside the picture: labels go above their rows."""
        return self.size == "phone"
