# Python runs this file when it starts. Even if AWS_ENDPOINT_URL leads to a local cloud, two clients would call the real
# AWS, with keys that AWS does not know: the SageMaker SDK, which names the address of STS itself, and a botocore older
# than 1.31 (boto3 1.28), which ignores the variable. Both are led to the local cloud.
import functools
import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import os
import sys
from urllib.parse import urlsplit

HERE = os.path.dirname(os.path.abspath(__file__))
KNOWS_THE_VARIABLE = (1, 31)


def configured(service):
    name = "AWS_ENDPOINT_URL_" + service.upper().replace("-", "_")
    return os.environ.get(name) or os.environ.get("AWS_ENDPOINT_URL")


def is_aws(address):
    return (urlsplit(address).hostname or "").endswith((".amazonaws.com", ".amazonaws.com.cn"))


def lead(session):
    """Wraps Session.create_client, through which every client of boto3 and of the aws CLI is made."""
    from botocore import __version__

    is_old = tuple(int(part) for part in __version__.split(".")[:2]) < KNOWS_THE_VARIABLE
    create = session.Session.create_client
    signature = inspect.signature(create)

    @functools.wraps(create)
    def create_client(*args, **kwargs):
        call = signature.bind(*args, **kwargs)
        service = call.arguments["service_name"]
        given = call.arguments.get("endpoint_url")
        # Any other address that a program names is kept, such as that of a public bucket.
        if configured(service) and (service == "sts" and is_aws(given) if given else is_old):
            call.arguments["endpoint_url"] = configured(service)
        return create(*call.args, **call.kwargs)

    session.Session.create_client = create_client


class Finder(importlib.abc.MetaPathFinder):
    """Waits for botocore.session, so that programs without botocore start as fast as before."""

    def find_spec(self, name, path=None, target=None):
        if name != "botocore.session":
            return None
        sys.meta_path.remove(self)
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            run = spec.loader.exec_module

            def exec_module(module):
                run(module)
                lead(module)

            spec.loader.exec_module = exec_module
        return spec


def run_hidden():
    """Runs the sitecustomize that this one hides."""
    elsewhere = [folder for folder in sys.path if os.path.abspath(folder) != HERE]
    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", elsewhere)
    if spec is not None and spec.loader is not None:
        spec.loader.exec_module(importlib.util.module_from_spec(spec))


if os.environ.get("AWS_ENDPOINT_URL"):
    sys.meta_path.insert(0, Finder())
run_hidden()
