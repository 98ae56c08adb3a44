"""A server on the loopback address that speaks OpenAI's chat API, so that the real client is used."""

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

GOOD = {
    "label_de": "Rückruf bleibt aus",
    "label_en": "No call back",
    "description_de": "Zugesagte Rückrufe kommen nicht.",
    "description_en": "Promised calls do not come.",
    "stance": "pain",
    "evidence": ["c1"],
}


class Step:
    """One scripted reply: good unless told otherwise."""

    def __init__(self, text=None, *, status=200, raw=None, wait=0.0, drip=0.0, usage=40, finish="stop", refusal=None):
        self.text = json.dumps(GOOD) if text is None else text
        self.status, self.raw, self.wait, self.drip = status, raw, wait, drip
        self.usage, self.finish, self.refusal = usage, finish, refusal

    def body(self, model):
        if self.status != 200:
            return json.dumps({"error": {"message": "scripted", "type": "scripted"}}).encode()
        if self.raw is not None:
            return self.raw
        message = {"role": "assistant", "content": None if self.refusal else self.text, "refusal": self.refusal}
        told = {
            "id": "chat-1",
            "object": "chat.completion",
            "created": 0,
            "model": model,
            "choices": [{"index": 0, "finish_reason": self.finish, "message": message}],
        }
        if self.usage:
            told["usage"] = {"prompt_tokens": self.usage - 5, "completion_tokens": 5, "total_tokens": self.usage}
        return json.dumps(told).encode()


class Server:
    """In a `with` block; `asked` holds every request's body, the last step repeats."""

    def __init__(self, *steps):
        self.steps, self.asked, self.keys = list(steps) or [Step()], [], []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                outer.asked.append(body)
                outer.keys.append(self.headers.get("authorization"))
                step = outer.steps.pop(0) if len(outer.steps) > 1 else outer.steps[0]
                time.sleep(step.wait)
                data = step.body(body["model"])
                try:
                    self.send_response(step.status)
                    self.send_header("content-type", "application/json")
                    self.send_header("content-length", str(len(data)))
                    self.send_header("retry-after-ms", "5")
                    self.end_headers()
                    for at in range(0, len(data), 8 if step.drip else len(data)):
                        self.wfile.write(data[at : at + (8 if step.drip else len(data))])
                        self.wfile.flush()
                        time.sleep(step.drip)
                except OSError:
                    """The client has given up, as the test wants."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self):
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
