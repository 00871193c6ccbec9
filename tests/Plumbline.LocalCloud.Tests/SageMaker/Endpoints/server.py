# A model server that answers with its model's content, and fails in several ways on request.
import json, os, signal, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

assert sys.argv[1:] == ["serve"], sys.argv
base = os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml")
port = int(os.environ.get("LISTEN_ON", os.environ["SAGEMAKER_BIND_TO_PORT"]))
with open(base + "/model/answer.txt") as file:
    answer = file.read().strip()
print("serving", answer, flush=True)
if answer == "refuses to start":
    sys.exit(7)
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def reply(self, status, body, chunked=False, kind="text/csv; charset=utf-8"):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if attributes := self.headers.get("X-Amzn-SageMaker-Custom-Attributes"):
            self.send_header("X-Amzn-SageMaker-Custom-Attributes", "seen " + attributes)
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            half = len(body) // 2
            for part in (body[:half], body[half:], b""):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        else:
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def do_GET(self):
        self.reply(200 if self.path == "/ping" else 404, b"")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        word, _, rest = body.decode("latin-1").partition(" ")
        if word == "sleep":
            time.sleep(float(rest))
        if word == "die":
            os._exit(3)
        if word == "fill":
            for name in "abc":
                os.posix_fallocate(os.open(base + "/model/" + name, os.O_CREAT | os.O_RDWR), 0, 400 << 20)
        if word == "refuse":
            self.reply(400, b"row 1: 'x' is not a number")
        elif word == "fail":
            self.reply(500, b"no idea")
        elif word == "environment":
            self.reply(200, json.dumps(dict(os.environ)).encode(), kind="application/json")
        elif word == "network":
            self.reply(200, os.readlink("/proc/self/ns/net").encode())
        elif word == "pid":
            self.reply(200, str(os.stat("/opt/ml/model/answer.txt" if base == "/opt/ml" else base).st_ino).encode())
        elif word == "echo":
            self.reply(200, body)
        else:
            self.reply(200, answer.encode(), chunked=word == "chunked")


class Server(ThreadingHTTPServer):
    request_queue_size = 128


Server(("127.0.0.1", port), Handler).serve_forever()
