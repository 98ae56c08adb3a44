"""What no page may do: ask another host, or complain in the console."""

import re
from urllib.parse import urlsplit

ITS_OWN_WAY = re.compile(r"/[a-z]+/_stcore/(health|host-config)$")
"""Streamlit first looks for its server below the page's address, then beside it."""


class Watch:
    def __init__(self, address):
        self._home, self._complaints = urlsplit(address).netloc, []
        self._allowed = []

    def over(self, context):
        context.on("request", lambda call: self._goes_to(call.url))
        context.on("console", self._says)
        context.on("weberror", lambda error: self._complaints.append(f"error in the page: {error.error}"))
        context.on("page", lambda page: page.on("websocket", lambda socket: self._goes_to(socket.url)))

    def allow(self, pattern):
        """For a test that provokes it, until its end: what the console may say, or about which address."""
        self._allowed.append(re.compile(pattern))

    def taken(self):
        """What was wrong since the last time."""
        found = [words for words in self._complaints if not any(known.search(words) for known in self._allowed)]
        self._complaints, self._allowed = [], []
        return found

    def _goes_to(self, url):
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != self._home:
            self._complaints.append(f"a request to {url}")

    def _says(self, message):
        url = message.location.get("url", "")
        if message.type == "error" and not ITS_OWN_WAY.search(url):
            self._complaints.append(f"console: {message.text} ({url})")
