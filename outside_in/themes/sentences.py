"""A sentence-transformers model of the facilitator's choice, remembering what it has read."""

import hashlib
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from outside_in.domain.errors import WorkshopError
from outside_in.themes.hands import OWN, Hands
from outside_in.themes.vectors import Array, Half, blocks, unit

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 512
"""Comments between two reports of progress, and between two savings."""

Progress = Callable[[float], None]


class NoModel(Exception):
    """Whatever a foreign model fails with; the built-in encoder takes over."""


def sentence_vectors(
    texts: Sequence[str], model: str, cache: Path | None, progress: Progress, hands: Hands = OWN
) -> Array:
    """(n, d) unit vectors; NoModel where the model is missing or broken."""
    memory = Memory(cache / _fingerprint(model)) if cache else None
    names = [hashlib.blake2b(text.encode(), digest_size=16).hexdigest() for text in texts]
    known = memory.recall(names) if memory else {}
    new = sorted({name: text for name, text in zip(names, texts, strict=True) if name not in known}.items())
    for batch, vectors in _encoded(new, model, hands):
        known |= dict(zip(batch, vectors, strict=True))
        if memory:
            memory.keep(batch, vectors)
        progress(len(known) / max(1, len(set(names))))
    return unit(np.array([known[name] for name in names], np.float32))


def _encoded(new: Sequence[tuple[str, str]], model: str, hands: Hands) -> Iterator[tuple[list[str], Half]]:
    if not new:
        return
    try:
        batches = [new[part] for part in blocks(len(new), BATCH)]
        read = hands.each(_read, _loaded(model), (([text for _, text in batch],) for batch in batches))
        for batch, vectors in zip(batches, read, strict=True):
            if not np.isfinite(vectors).all():
                raise NoModel(model)
            yield [name for name, _ in batch], vectors
    except (MemoryError, WorkshopError):
        raise
    except Exception as broken:  # a foreign model fails in its own ways
        raise NoModel(model) from broken


def _read(encoder: "SentenceTransformer", texts: list[str]) -> Half:
    return encoder.encode(texts, batch_size=32, show_progress_bar=False).astype(np.float16)


def _loaded(model: str) -> "SentenceTransformer":
    if _looks_like_path(model) and not Path(model).expanduser().is_dir():
        raise NoModel(model)  # never look for a folder's name on the internet
    os.environ.setdefault("TQDM_DISABLE", "1")  # stderr belongs to our own progress bar
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(Path(model).expanduser()) if _looks_like_path(model) else model, device="cpu")


def _looks_like_path(model: str) -> bool:
    return model.startswith((".", "~")) or Path(model).is_absolute() or model.count("/") > 1 or "\\" in model


def _fingerprint(model: str) -> str:
    """Differs when a model's files do."""
    folder = Path(model).expanduser()
    parts = [model]
    if folder.is_dir():
        for file in sorted(p for p in folder.rglob("*") if p.is_file()):
            parts.append(f"{file.relative_to(folder)} {file.stat().st_size} {file.stat().st_mtime_ns}")
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()


class Memory:
    """Vectors by a hash of their text, in one folder per model; texts are not kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def recall(self, names: Sequence[str]) -> dict[str, Array]:
        wanted, found = set(names), dict[str, Array]()
        for file in sorted(self.folder.glob("*.npz")):
            try:
                with np.load(file, allow_pickle=False) as kept:
                    stored, vectors = kept["names"].tolist(), kept["vectors"]
            except (OSError, ValueError, KeyError, zipfile.BadZipFile):
                continue  # half a file of a killed run: those are encoded again
            found |= {name: vectors[i] for i, name in enumerate(stored) if name in wanted}
        return found

    def keep(self, names: Sequence[str], vectors: Half) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.blake2b("".join(names).encode(), digest_size=12).hexdigest()
        partial = self.folder / f"{name}.{os.getpid()}.partial"
        with partial.open("wb") as file:
            np.savez(file, names=np.array(names), vectors=vectors)
        partial.replace(self.folder / f"{name}.npz")
