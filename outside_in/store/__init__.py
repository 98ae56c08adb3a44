"""Where everything is kept: sessions and workshops as what happened, people, feedback, work."""

from outside_in.store.database import Database
from outside_in.store.jobs import Job
from outside_in.store.promises import MemoryStore, Store, Unsure, surely
from outside_in.store.seal import tag_of

__all__ = ["Database", "Job", "MemoryStore", "Store", "Unsure", "surely", "tag_of"]
