"""Finds the AWS service and operation of a recorded call."""

import base64
import functools
import re
import urllib.parse

import botocore.awsrequest
import botocore.loaders
import botocore.model

SCOPE = re.compile(r"Credential=[^/]+/\d{8}/[^/]+/([^/]+)/aws4_request")
# By signing name.
SERVICES = {
    "s3": "s3", "sagemaker": "sagemaker", "monitoring": "cloudwatch", "logs": "logs", "events": "events", "sns": "sns",
    "codebuild": "codebuild", "codecommit": "codecommit", "iam": "iam", "sts": "sts",
}
# It shares its address with another operation, but has another kind of host.
ELSEWHERE = {"ListDirectoryBuckets"}


class Unrecognized(Exception):
    """The call is not an operation of AWS."""


@functools.cache
def model_of(service):
    loaded = botocore.loaders.Loader().load_service_model(service, "service-2")
    return botocore.model.ServiceModel(loaded, service)


class Call:
    def __init__(self, record):
        self.method = record["method"]
        address = urllib.parse.urlsplit(record["url"])
        self.path = address.path
        self.query = urllib.parse.parse_qsl(address.query, keep_blank_values=True)
        self.headers = botocore.awsrequest.HeadersDict(record["requestHeaders"])
        self.body = body(record["requestBody"])
        self.status = record["status"]
        self.answer_headers = botocore.awsrequest.HeadersDict(record["responseHeaders"])
        self.answer = body(record["responseBody"])
        self.service = self.operation = self.protocol = None
        self.labels = {}
        self.fixed = set()

    def not_aws(self):
        """Names one of the three APIs without a service model in AWS, else None."""
        if self.path == "/_plumbline/clock":
            return "the local cloud's clock"
        if self.path.startswith("/_plumbline/credentials/"):
            return "the credentials of a container (AWS_CONTAINER_CREDENTIALS_FULL_URI)"
        if self.path.startswith("/v1/repos/"):
            return "git over HTTP"
        return None

    def identify(self):
        """Sets service, protocol and operation, or raises Unrecognized."""
        target = self.headers.get("X-Amz-Target")
        self.service = self.service_of(target)
        model = model_of(self.service)
        name = None
        if target:
            prefix, _, name = target.partition(".")
            if prefix != model.metadata.get("targetPrefix"):
                raise Unrecognized(f"the target {target} does not begin with {model.metadata.get('targetPrefix')}")
            self.protocol = "json"
        elif found := re.fullmatch(r"/service/([^/]+)/operation/([^/]+)", self.path):
            name, self.protocol = found[2], "smithy-rpc-v2-cbor"
            if found[1] != model.metadata.get("targetPrefix"):
                raise Unrecognized(f"the path names the service {found[1]}")
        elif model.protocol.startswith("rest-"):
            self.protocol = model.protocol
            self.operation = self.route(model)
        else:
            self.protocol = "query"
            name = dict(self.form()).get("Action")
        if name is not None:
            if name not in model.operation_names:
                raise Unrecognized(f"{self.service} has no operation {name}")
            self.operation = model.operation_model(name)
        if self.operation is None:
            raise Unrecognized(f"no operation of {self.service} is {self.method} {self.path}")
        if self.protocol not in model.metadata.get("protocols", [model.protocol]):
            raise Unrecognized(f"{self.service} does not speak {self.protocol}")

    def form(self):
        text = (self.body or b"").decode()
        return urllib.parse.parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text)) + self.query

    def service_of(self, target):
        presigned = dict(self.query).get("X-Amz-Credential")
        scope = SCOPE.search(f"Credential={presigned}" if presigned else self.headers.get("Authorization", ""))
        if scope is None:
            raise Unrecognized(f"{self.method} {self.path} is not signed")
        name = SERVICES.get(scope[1])
        if name is None:
            raise Unrecognized(f"signed for a service {scope[1]}")
        return "sagemaker-runtime" if name == "sagemaker" and not target else name

    def route(self, model):
        """The operation whose method and address fit best."""
        given = dict(self.query)
        best = (-1, None)
        for name in model.operation_names:
            operation = model.operation_model(name)
            if operation.http["method"] != self.method or operation.deprecated or name in ELSEWHERE:
                continue
            template, _, literal = operation.http["requestUri"].partition("?")
            fixed = urllib.parse.parse_qsl(literal, keep_blank_values=True)
            path = re.fullmatch(expression(template), self.path)
            if not path or any(given.get(key) != value for key, value in fixed):
                continue
            here = required(operation)
            if not all(b["name"] in (given if b["location"] == "querystring" else self.headers) for b in here):
                continue
            if len(fixed) + len(here) > best[0]:
                names = re.findall(r"{(\w+)\+?}", template)
                labels = {n: urllib.parse.unquote(v) for n, v in zip(names, path.groups())}
                best = (len(fixed) + len(here), operation, labels, {key for key, _ in fixed})
        if best[1] is not None:
            _, _, self.labels, self.fixed = best
        return best[1]


def required(operation):
    """The places of required members by which operations with the same address differ."""
    shape = operation.input_shape
    bound = [shape.members[name].serialization for name in shape.required_members] if shape else []
    return [one for one in bound if one.get("location") in ("querystring", "header")]


@functools.cache
def expression(template):
    """/{Bucket}/{Key+}: a label is one segment; with a plus, the rest. A bucket's address may end with a slash."""
    parts = re.split(r"({\w+\+?})", template)
    made = "".join(
        ("(.+)" if part.endswith("+}") else "([^/]+)") if part.startswith("{") else re.escape(part) for part in parts
    )
    return made + "/?" if template == "/{Bucket}" else made


def body(text):
    return None if text is None else base64.b64decode(text)
