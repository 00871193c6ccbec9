"""The other side of BotocoreTests: botocore's serializers, parsers and signers, with one JSON request and one JSON answer per line.

{"do": "serialize", "service", "protocol", "operation", "params"} -> {"method", "path", "query", "headers", "body"}
{"do": "parse", "service", "protocol", "operation", "status", "headers", "body"} -> {"result"} or {"code", "message"}
{"do": "sign", "service", "region", "time", "method", "url", "headers", "body", "key", "secret", "token"} -> {"headers"}

Blobs and bodies are base64, timestamps seconds since 1970: as in Plumbline's trees.
"""

import base64
import datetime
import json
import sys

import botocore.auth
import botocore.awsrequest
import botocore.credentials
import botocore.loaders
import botocore.model
import botocore.parsers
import botocore.serialize

UTC = datetime.timezone.utc
models = {}


def model_of(service):
    if service not in models:
        loaded = botocore.loaders.Loader().load_service_model(service, "service-2")
        models[service] = botocore.model.ServiceModel(loaded, service)
    return models[service]


def whole(text):
    """Reads a number without a point: .NET writes the float -0.0 as -0, which a Python integer cannot hold."""
    return -0.0 if text == "-0" else int(text)


def native(value, shape):
    """Converts a tree's value to the form that botocore accepts."""
    kind = shape.type_name
    if kind == "structure" and not shape.is_document_type:
        return {name: native(item, shape.members[name]) for name, item in value.items()}
    if kind == "list":
        return [native(item, shape.member) for item in value]
    if kind == "map":
        return {key: native(item, shape.value) for key, item in value.items()}
    if kind == "blob":
        return base64.b64decode(value)
    if kind == "timestamp":
        return datetime.datetime.fromtimestamp(value, UTC)
    if kind in ("float", "double"):
        return float(value)
    return value


def plain(value):
    """Converts a value that botocore parsed to a tree's value."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, datetime.datetime):
        return round(value.timestamp(), 3)
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[str(value)]
    return value


def serialize(ask):
    operation = model_of(ask["service"]).operation_model(ask["operation"])
    serializer = botocore.serialize.create_serializer(ask["protocol"], include_validation=False)
    params = native(ask["params"], operation.input_shape) if operation.input_shape else {}
    request = serializer.serialize_to_request(params, operation)
    botocore.awsrequest.prepare_request_dict(request, endpoint_url="http://localhost", context={})
    prepared = botocore.awsrequest.create_request_object(request).prepare()
    target = prepared.url.split("://", 1)[1]
    path, _, query = target[target.index("/"):].partition("?")
    headers = {key: value.decode() if isinstance(value, bytes) else value for key, value in prepared.headers.items()}
    body = prepared.body or b""
    body = body.encode() if isinstance(body, str) else bytes(body)
    return {
        "method": prepared.method, "path": path, "query": query, "headers": headers,
        "body": base64.b64encode(body).decode(),
    }


def parse(ask):
    operation = model_of(ask["service"]).operation_model(ask["operation"])
    parser = botocore.parsers.create_parser(ask["protocol"])
    response = {
        "status_code": ask["status"],
        "headers": botocore.awsrequest.HeadersDict(ask["headers"]),
        "body": base64.b64decode(ask["body"]),
        "context": {"operation_name": ask["operation"]},
    }
    parsed = parser.parse(response, operation.output_shape)
    metadata = parsed.pop("ResponseMetadata", {})
    if "Error" in parsed:
        return {"code": parsed["Error"].get("Code"), "message": parsed["Error"].get("Message")}
    return {"result": plain(parsed), "requestId": metadata.get("RequestId")}


def sign(ask):
    moment = datetime.datetime.strptime(ask["time"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    botocore.auth.get_current_datetime = lambda *_, **__: moment.replace(tzinfo=None)
    credentials = botocore.credentials.Credentials(ask["key"], ask["secret"], ask.get("token"))
    request = botocore.awsrequest.AWSRequest(
        method=ask["method"], url=ask["url"], headers=ask["headers"], data=base64.b64decode(ask["body"])
    )
    kind = botocore.auth.S3SigV4Auth if ask["service"] == "s3" else botocore.auth.SigV4Auth
    kind(credentials, ask["service"], ask["region"]).add_auth(request)
    return {"headers": dict(request.headers.items())}


for line in sys.stdin:
    question = json.loads(line, parse_int=whole)
    print(json.dumps({"serialize": serialize, "parse": parse, "sign": sign}[question["do"]](question)), flush=True)
