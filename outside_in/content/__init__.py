"""Read what is written: workshop content from YAML, our own sentences from the catalogue."""

from outside_in.content.library import BadContent, Library, library, written
from outside_in.content.speaker import Speaker

__all__ = ["BadContent", "Library", "Speaker", "library", "written"]
