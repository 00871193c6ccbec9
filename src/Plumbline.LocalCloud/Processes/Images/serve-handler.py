# What AWS's framework images do with a model that brings its own handler, code/inference.py: GET /ping and
# POST /invocations through model_fn, input_fn, predict_fn and output_fn.
import importlib
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

folder = os.path.join(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml"), "model")
sys.path.insert(0, os.path.join(folder, "code"))
handler = importlib.import_module(os.environ.get("SAGEMAKER_PROGRAM", "inference.py").removesuffix(".py"))
model = handler.model_fn(folder)


class Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self):
        self.answer(200 if self.path == "/ping" else 404, "", "text/plain")

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        content_type = self.headers.get("Content-Type") or "application/json"
        accept = self.headers.get("Accept") or "*/*"
        accept = "application/json" if accept == "*/*" else accept
        if content_type.startswith("text/") or "json" in content_type:
            body = body.decode("utf-8", "replace")
        try:
            rows = handler.input_fn(body, content_type)
            answer = handler.output_fn(handler.predict_fn(rows, model), accept)
            answer, kind = answer if isinstance(answer, tuple) else (answer, accept)
            self.answer(200, answer, kind)
        except Exception as error:
            # The toolkit's own errors carry a status; anything else is a fault of the model.
            status = getattr(error, "status_code", 500)
            if status >= 500:
                self.log_error("%r", error)
            self.answer(status, str(error), "text/plain")

    def answer(self, status, text, kind):
        body = text if isinstance(text, bytes) else text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, *_):
        pass


signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
port = int(os.environ.get("SAGEMAKER_BIND_TO_PORT", "8080"))
ThreadingHTTPServer(("127.0.0.1", port), Server).serve_forever()
