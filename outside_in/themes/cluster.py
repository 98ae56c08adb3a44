"""
The same work on a Dask cluster: one's own, at an address, or two processes on this machine.

Dask decides who does what and repeats what a lost worker had begun. What all parts need, such as a
vocabulary, goes to every worker once; results come back in the order of the parts.
"""

import importlib.metadata
import logging
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import outside_in
from outside_in.domain.errors import BadInput

if TYPE_CHECKING:
    from distributed import Client, LocalCluster

PATIENCE = 10
"""Seconds to wait for a scheduler, and for its first worker."""

LOCAL = 2
"""Worker processes where no cluster is named."""

DECIDE = ("numpy", "scipy", "scikit-learn")
"""Libraries whose versions decide about the last digit of a result."""


class NoDask(BadInput):
    message = "Dask is not installed here; “pip install -r requirements.txt” brings it, or use --engine local."
    code = "dask-missing"


class NoScheduler(BadInput):
    message = (
        "No Dask scheduler answers at {address} within {seconds} seconds; please check the address and that it runs."
    )
    code = "dask-unreachable"


class NoWorker(BadInput):
    message = "The Dask scheduler at {address} has no worker; please start some with “dask worker {address}”."
    code = "dask-workers"


class OtherWorkers(BadInput):
    message = "The Dask worker {worker} cannot take part: it has {there}, and this machine has {here}."
    code = "dask-versions"


class WorkLost(BadInput):
    message = "The Dask cluster gave up: {why}"
    code = "dask-lost"


class Cluster:
    def __init__(self, client: "Client") -> None:
        self._client = client
        self._ahead = 2 * max(1, sum(client.nthreads().values()))
        """Parts under way at once: enough that nobody waits, too few to fill anybody's memory."""

    @property
    def address(self) -> str:
        return str(self._client.scheduler_info()["address"])

    def each(self, work: Callable[..., Any], shared: Any, parts: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        held = self._client.scatter(_Shared(shared), broadcast=True, hash=False)
        under_way: deque[Any] = deque()
        for part in parts:
            under_way.append(self._client.submit(_worked, work, held, _Part(part), pure=False))
            if len(under_way) >= self._ahead:
                yield _result(under_way.popleft())
        while under_way:
            yield _result(under_way.popleft())


class _Shared:
    """Wrapped, so that Dask does not look for its own things in ours, text by text."""

    def __init__(self, value: Any) -> None:
        self.value = value


class _Part(_Shared):
    pass


def _worked(work: Callable[..., Any], shared: _Shared, part: _Part) -> Any:
    return work(shared.value, *part.value)


def _result(future: Any) -> Any:
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError

    try:
        return future.result()
    except (KilledWorker, FutureCancelledError) as lost:
        raise WorkLost(why=" ".join(str(lost).split())[:200]) from lost


@contextmanager
def cluster(address: str | None = None, patience: int = PATIENCE) -> Iterator[Cluster]:
    """Until the block ends; NoDask, NoScheduler, NoWorker or OtherWorkers where there is none to be had."""
    try:
        import distributed
    except ImportError as missing:
        raise NoDask from missing
    logging.getLogger("distributed").setLevel(logging.ERROR)
    with ExitStack() as until:
        if address:
            client = until.enter_context(_reached(address, patience))
        else:
            client = until.enter_context(distributed.Client(until.enter_context(_own())))
        _alike(client, address or "", patience)
        yield Cluster(client)


def _own() -> "LocalCluster":
    from distributed import LocalCluster

    try:
        return LocalCluster(LOCAL, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0")
    except RuntimeError as failed:  # a process did not come up in time
        raise WorkLost(why=" ".join(str(failed).split())[:200]) from failed


def _reached(address: str, patience: int) -> "Client":
    import distributed
    from distributed.comm import parse_address, parse_host_port
    from distributed.comm.registry import get_backend

    try:
        scheme, place = parse_address(address)
        get_backend(scheme)  # a client that was given nonsense does not go without a fuss
        parse_host_port(place)
        return distributed.Client(address, timeout=patience, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as silent:
        raise NoScheduler(address=address, seconds=patience) from silent


def _alike(client: "Client", address: str, patience: int) -> None:
    """Workers with other versions would give other themes, and nobody would know why."""
    try:
        client.wait_for_workers(1, timeout=patience)
    except TimeoutError as none:
        raise NoWorker(address=address) from none
    here, found = _versions(), client.run(_versions, on_error="return")
    if any("No module named 'outside_in'" in str(there) for there in found.values()):  # all that is left of the error
        _bring(client)
        found = client.run(_versions, on_error="return")
    for worker, there in sorted(found.items()):
        if there != here:
            told = there if isinstance(there, str) else f"{type(there).__name__}: {there}"
            raise OtherWorkers(worker=worker, there=told, here=here)


def _bring(client: "Client") -> None:
    """Our own code, to workers that know only the libraries; later ones get it too."""
    home = Path(outside_in.__file__).parent
    with TemporaryDirectory() as folder:
        packed = Path(folder) / f"outside_in-{outside_in.__version__}.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
            for file in sorted(home.rglob("*")):
                if file.is_file() and "__pycache__" not in file.parts:
                    out.write(file, Path(home.name) / file.relative_to(home))
        client.upload_file(str(packed))


def _versions() -> str:
    return ", ".join(
        [f"outside-in {outside_in.__version__}", *(f"{name} {importlib.metadata.version(name)}" for name in DECIDE)]
    )
