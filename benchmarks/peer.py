"""BERTopic as people run it, in an environment of its own beside ours; it never belongs to the product."""

import subprocess
import sys
import sysconfig
import venv
import warnings
from pathlib import Path

import numpy as np
from sklearn.cluster import KMeans

from outside_in.themes.vectors import Array, Labels

ROOT = Path(__file__).parents[1]
PEER = "bertopic==0.17.4"
NEEDS = ("umap-learn==0.5.12", "hdbscan==0.8.44", "plotly")


def python_with_peer(folder: Path) -> Path:
    """An interpreter that sees BERTopic and, behind it, everything we see; installed where it is not there yet."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        venv.create(folder, with_pip=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "-c", str(ROOT / "constraints.txt")]
        subprocess.run([*pip, *NEEDS], check=True)
        subprocess.run([*pip, "--no-deps", PEER], check=True)
        theirs = subprocess.run(
            [python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        (Path(theirs) / "beside.pth").write_text(sysconfig.get_paths()["purelib"])
    return python


def as_it_comes(vectors: Array, _: int, texts: list[str] | None = None) -> Labels:
    """UMAP and HDBSCAN, its own number of topics, outliers counted as one more group."""
    return _fitted(vectors, texts, {})


def with_kmeans(vectors: Array, k: int, texts: list[str] | None = None) -> Labels:
    """Its own way to groups without outliers: UMAP as it sets it, then k-means."""
    return _fitted(vectors, texts, {"hdbscan_model": KMeans(k, n_init=10, random_state=0)})


def _fitted(vectors: Array, texts: list[str] | None, groups: dict[str, object]) -> Labels:
    """With `texts`, its topic words are worked out too; without, next to nothing is spent on them."""
    from bertopic import BERTopic
    from sklearn.feature_extraction.text import CountVectorizer
    from umap import UMAP

    warnings.simplefilter("ignore")
    if texts is None:
        groups = groups | {"vectorizer_model": CountVectorizer(analyzer="char")}
    reduce = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=0)
    topics = BERTopic(umap_model=reduce, **groups)
    found, _ = topics.fit_transform(texts or ["text"] * len(vectors), embeddings=vectors)
    return np.array(found)
