"""A network that holds the server's replies back until it is told to let them go."""


class SlowLine:
    """What the browser sends goes through at once."""

    def __init__(self):
        self._held, self._waiting = False, []

    def over(self, browser_side):
        def reply(message):
            if self._held:
                self._waiting.append((browser_side, message))
            else:
                browser_side.send(message)

        browser_side.connect_to_server().on_message(reply)

    def hold(self):
        self._held = True

    @property
    def holds(self):
        return len(self._waiting)

    def let_go(self):
        self._held = False
        for socket, message in self._waiting:
            socket.send(message)
        self._waiting.clear()
