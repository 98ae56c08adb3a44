"""Which disks a SQLite file must not lie on: locks over a network lose what was acknowledged."""

from pathlib import Path

from outside_in.domain.errors import WorkshopError

NETWORK = frozenset(
    "nfs nfs4 cifs smb3 smbfs afs afpfs webdav davfs ceph glusterfs lustre fuse.sshfs fuse.rclone fuse.davfs2".split()
)
MOUNTS = Path("/proc/self/mounts")


class NetworkDisk(WorkshopError):
    message = "“{folder}” is on a network drive ({kind}). Please choose a folder on this machine, or PostgreSQL."
    code = "network-disk"


def must_be_local(file: Path) -> None:
    """Refused where the system says so; where it says nothing, nothing is refused."""
    folder = file.absolute().parent
    kind = "UNC" if str(folder).startswith("\\\\") else _kind(folder)
    if kind == "UNC" or kind in NETWORK:
        raise NetworkDisk(folder=str(folder), kind=kind)


def _kind(folder: Path) -> str:
    """Kind of the file system that the folder is on: the mount with the longest path above it."""
    if not MOUNTS.exists():
        return ""
    found = Path("/"), ""
    for line in MOUNTS.read_text("utf-8", "replace").splitlines():
        _, at, kind, *_ = line.split()
        mount = Path(at.replace("\\040", " "))
        if folder.is_relative_to(mount) and len(mount.parts) >= len(found[0].parts):
            found = mount, kind
    return found[1]
