"""Which disks a SQLite file must not lie on: locks over a network lose what was acknowledged."""

from pathlib import Path

from outside_in.domain.errors import WorkshopError

NETWORK = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afs",
    "afpfs",
    "webdav",
    "davfs",
    "ceph",
    "glusterfs",
    "lustre",
}
NETWORK |= {"fuse.sshfs", "fuse.rclone", "fuse.davfs2"}
MOUNTS = Path("/proc/self/mounts")


class NetworkDisk(WorkshopError):
    message = "“{folder}” is on a network drive. Please choose a folder on this machine, or use PostgreSQL."
    code = "network-disk"


def must_be_local(file: Path, mounts: Path = MOUNTS) -> None:
    """Refused where the system says so; where it says nothing, nothing is refused."""
    folder = file.absolute().parent
    if str(folder).startswith("\\\\") or _kind(folder, mounts) in NETWORK:
        raise NetworkDisk(folder=str(folder))


def _kind(folder: Path, mounts: Path) -> str:
    """Kind of the file system that the folder is on: the mount with the longest path above it."""
    if not mounts.exists():
        return ""
    found = Path("/"), ""
    for line in mounts.read_text("utf-8", "replace").splitlines():
        _, at, kind, *_ = line.split()
        mount = Path(at.replace("\\040", " "))
        if folder.is_relative_to(mount) and len(mount.parts) >= len(found[0].parts):
            found = mount, kind
    return found[1]
