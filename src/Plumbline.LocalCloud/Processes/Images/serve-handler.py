# Does what AWS's framework images do with a model and its handler: GET /ping and POST /invocations through model_fn, and
# input_fn, predict_fn and output_fn or one transform_fn. The image's default replaces a function that the handler lacks.
# Arguments: the framework (pytorch, xgboost, or scikit-learn), "serve".
import glob
import importlib
import importlib.util
import inspect
import io
import json
import os
import signal
import socketserver
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

JSON, CSV, NPY = "application/json", "text/csv", "application/x-npy"
BASE = os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml")
MODEL = os.path.join(BASE, "model")
ANY_ACCEPT = os.environ.get("SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT", JSON)


class Refused(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status_code = status


def decoded(body, kind):
    import numpy

    if kind == JSON:
        return numpy.array(json.loads(body))
    if kind == CSV:
        return numpy.genfromtxt(io.StringIO(body), delimiter=",")
    if kind == NPY:
        return numpy.load(io.BytesIO(body), allow_pickle=True)
    raise Refused(415, f"Content type {kind} is not supported: write an input_fn that reads it.")


def encoded(answer, accept):
    for kind in accept.replace(" ", "").split(","):
        if kind == JSON:
            return json.dumps(answer, default=lambda part: part.tolist()), kind
        if kind in (CSV, NPY):
            import numpy

            buffer = io.StringIO() if kind == CSV else io.BytesIO()
            numpy.savetxt(buffer, answer, delimiter=",", fmt="%s") if kind == CSV else numpy.save(buffer, answer)
            return buffer.getvalue(), kind
    raise Refused(406, f"Accept {accept} is not supported: write an output_fn that writes it.")


class ScikitLearn:
    def model_fn(self, folder):
        raise NotImplementedError("The handler has no model_fn: write one, for the image has no default.")

    def input_fn(self, body, kind):
        rows = decoded(body, kind)
        return rows.astype("float32") if kind in (JSON, CSV) else rows

    def predict_fn(self, rows, model):
        return model.predict(rows)

    def output_fn(self, answer, accept):
        return encoded(answer, accept)


class XGBoost(ScikitLearn):
    """Rows become a DMatrix; the handler's model_fn returns a Booster."""

    def input_fn(self, body, kind):
        from sagemaker_xgboost_container import encoder

        return encoder.decode(body, kind)

    def predict_fn(self, rows, model):
        return model.predict(rows, validate_features=False)


class PyTorch:
    def device(self):
        import torch

        return torch.device("cuda" if torch.cuda.is_available() else "cpu")

    def model_fn(self, folder):
        import torch

        files = [name for name in os.listdir(folder) if name.endswith((".pt", ".pth"))]
        files = ["model.pt"] if "model.pt" in files else files
        if len(files) != 1:
            raise ValueError(f"The handler has no model_fn: write one, or put exactly one .pt or .pth file into the model, not {files}")
        return torch.jit.load(os.path.join(folder, files[0]), map_location=self.device())

    def input_fn(self, body, kind):
        import torch

        rows = decoded(body, kind)
        return (torch.FloatTensor(rows) if kind in (JSON, CSV) else torch.from_numpy(rows)).to(self.device())

    def predict_fn(self, rows, model):
        import torch

        with torch.no_grad():
            return model.to(self.device()).eval()(rows)

    def output_fn(self, answer, accept):
        return encoded(answer.detach().cpu().tolist() if hasattr(answer, "detach") else answer, accept)


def install(folder):
    """Installs the code's requirements.txt next to the model, as script mode does next to the job."""
    if not os.path.isfile(os.path.join(folder, "requirements.txt")):
        return
    packages = os.path.join(BASE, "packages")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--prefix", packages]
    if subprocess.run([*pip, "-r", "requirements.txt"], cwd=folder).returncode != 0:
        sys.exit(
            f"pip could not install requirements.txt of {folder}. "
            "Model servers reach only this local cloud unless it runs with: plumb up --internet everyone"
        )
    for place in ("lib/python*/site-packages", "local/lib/python*/dist-packages"):
        sys.path[:0] = glob.glob(os.path.join(packages, place))


def handler():
    """Returns the user's module, or None."""
    given = os.environ.get("SAGEMAKER_SUBMIT_DIRECTORY", "").removeprefix("file://")
    given = given.replace("/opt/ml", BASE, 1) if given.startswith("/opt/ml") else given
    program = os.environ.get("SAGEMAKER_PROGRAM", "inference.py")
    folders = [given, os.path.join(BASE, "code"), os.path.join(MODEL, "code"), MODEL]
    found = [folder for folder in folders if os.path.isdir(folder)]
    for folder in found:
        install(folder)
    sys.path[:0] = found + [os.path.join(folder, os.path.dirname(program)) for folder in found if "/" in program]
    name = os.path.basename(program).removesuffix(".py")
    if importlib.util.find_spec(name) is None:
        if "SAGEMAKER_PROGRAM" in os.environ:
            sys.exit(f"No {program} (SAGEMAKER_PROGRAM) is in {', '.join(found)}.")
        return None
    return importlib.import_module(name)


def call(function, *arguments):
    """Calls a function of the handler, which may take AWS's context after its arguments."""
    takes_context = len(inspect.signature(function).parameters) == len(arguments) + 1
    return function(*arguments, *[None] * takes_context)


user = handler()
default = {"pytorch": PyTorch, "xgboost": XGBoost}.get(sys.argv[1], ScikitLearn)()
part = {name: getattr(user, name, None) or getattr(default, name) for name in ("model_fn", "input_fn", "predict_fn", "output_fn")}
transform = getattr(user, "transform_fn", None)
if transform and any(hasattr(user, name) for name in ("input_fn", "predict_fn", "output_fn")):
    sys.exit("The handler has a transform_fn and also an input_fn, predict_fn or output_fn: keep one or the other.")
model = call(part["model_fn"], MODEL)


def answer_to(body, kind, accept):
    if transform:
        answer = call(transform, model, body, kind, accept)
    else:
        rows = call(part["input_fn"], body, kind)
        answer = call(part["output_fn"], call(part["predict_fn"], rows, model), accept)
    return answer if isinstance(answer, tuple) else (answer, accept)


class Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self):
        self.answer(200 if self.path == "/ping" else 404, "", "text/plain")

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        kind = self.headers.get("Content-Type") or JSON
        accept = self.headers.get("Accept") or "*/*"
        try:
            body = body.decode("utf-8", "replace") if kind.split(";")[0].strip() in (JSON, CSV) else body
            self.answer(200, *answer_to(body, kind, ANY_ACCEPT if accept == "*/*" else accept))
        except Exception as error:
            # The toolkit's own errors carry a status; anything else is a fault of the model.
            status = getattr(error, "status_code", 500)
            if status >= 500:
                self.log_error("%r", error)
            self.answer(status, str(error), "text/plain")

    def answer(self, status, text, kind):
        body = text if isinstance(text, (bytes, bytearray)) else str(text).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, *_):
        pass


class SocketServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """The same over a unix socket, whose clients have no address."""

    request_queue_size = 128
    daemon_threads = True

    def __init__(self, path):
        if os.path.exists(path):
            os.remove(path)
        Server.disable_nagle_algorithm = False
        Server.address_string = lambda _: "gateway"
        super().__init__(path, Server)


signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
if "PLUMBLINE_BIND_UNIX" in os.environ:
    SocketServer(os.environ["PLUMBLINE_BIND_UNIX"]).serve_forever()
port = int(os.environ.get("SAGEMAKER_BIND_TO_PORT", "8080"))
ThreadingHTTPServer(("127.0.0.1", port), Server).serve_forever()
