"""A network that holds back what the server says, or what the browser says, until it is told to let it go."""


class SlowLine:
    """To be given to a browser as its `network`."""

    def __init__(self):
        self._held, self._waiting = set(), []

    def over(self, browser):
        server = browser.connect_to_server()
        server.on_message(lambda message: self._passes("replies", browser, message))
        browser.on_message(lambda message: self._passes("presses", server, message))

    def _passes(self, kind, to, message):
        if kind in self._held:
            self._waiting.append((to, message))
        else:
            to.send(message)

    def hold(self, kind):
        """`replies` or `presses`: the other direction goes on."""
        self._held.add(kind)

    @property
    def holds(self):
        return len(self._waiting)

    def let_go(self):
        self._held.clear()
        for to, message in self._waiting:
            to.send(message)
        self._waiting.clear()
