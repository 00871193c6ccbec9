"""Converts a request back to the parameters of the client's call."""

import json
import xml.etree.ElementTree

import botocore.parsers

import trees

# Headers of the protocol, of signing and of retries, which no model has.
OF_THE_WIRE = {
    "x-amz-date", "x-amz-content-sha256", "x-amz-security-token", "x-amz-target", "x-amz-user-agent",
    "x-amz-decoded-content-length", "x-amz-trailer", "x-amzn-query-mode", "x-amzn-trace-id",
    "x-amz-api-version",  # AWSSDK.S3 sends it with CreateBucket
}
SIGNING = {
    "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature",
    "X-Amz-Security-Token", "x-id",
}


def parameters(call, problem):
    shape = call.operation.input_shape
    if call.protocol in ("json", "smithy-rpc-v2-cbor"):
        expect_type(call, problem)
        given = unknown_headers(call, set())
        given.update(document(call.protocol, call.body, problem))
        return trees.of_document(given, shape, problem) if shape else given
    if call.protocol == "query":
        form = dict(call.form())
        if form.pop("Version", None) != call.operation.service_model.api_version:
            problem("the version is not the model's")
        del form["Action"]
        given = trees.of_form(form, shape, problem) if shape else form
        return given | unknown_headers(call, set())
    return of_rest(call, shape, problem)


def expect_type(call, problem):
    version = call.operation.metadata.get("jsonVersion")
    wanted = f"application/x-amz-json-{version}" if call.protocol == "json" else "application/cbor"
    if call.headers.get("Content-Type") != wanted:
        problem(f"the content type is {call.headers.get('Content-Type')}, not {wanted}")
    if call.protocol != "json" and call.headers.get("smithy-protocol") != "rpc-v2-cbor":
        problem("no header smithy-protocol: rpc-v2-cbor")


def document(protocol, body, problem):
    if body is None:
        problem("the body is larger than what the recorder keeps, and no stream")
        return {}
    if not body:
        return {}
    if protocol == "smithy-rpc-v2-cbor":
        parser = botocore.parsers.create_parser(protocol)
        return parser.parse_data_item(parser.get_peekable_stream_from_bytes(body))
    try:
        return json.loads(body)
    except ValueError as error:
        problem(f"the body is no JSON: {error}")
        return {}


def unknown_headers(call, known):
    """AWS headers that belong neither to the protocol nor to a member."""
    extra = {}
    for name, value in call.headers.items():
        low = name.lower()
        checksum = low.startswith("x-amz-checksum-") and call.operation.http_checksum
        if low.startswith(("x-amz-", "x-amzn-")) and low not in OF_THE_WIRE | known and not checksum:
            extra[f"{name} (header)"] = value
    return extra


def of_rest(call, shape, problem):
    result = {}
    members = shape.members if shape else {}
    query = [(name, value) for name, value in call.query if name not in call.fixed | SIGNING]
    known = set()
    taken = set()
    for name, member in members.items():
        location, wire = member.serialization.get("location"), trees.wire_name(name, member)
        if location == "uri":
            result[name] = trees.of_text(call.labels[wire], member, problem, name)
        elif location == "querystring":
            values = [value for key, value in query if key == wire]
            taken.add(wire)
            if member.type_name == "list":
                values = [[trees.of_text(value, member.member, problem, name) for value in values]] if values else []
            else:
                values = [trees.of_text(value, member, problem, name) for value in values]
            if values:
                result[name] = values[0]
            if len(values) > 1:
                problem(f"{name} is there {len(values)} times")
    of_headers(call.headers, members, result, known, problem)
    result.update((f"{name} (query)", value) for name, value in query if name not in taken)
    result.update(unknown_headers(call, known))
    result.update(of_payload(call.protocol, call.body, shape, problem))
    return result


def of_headers(headers, members, result, known, problem):
    """Members in headers, for both directions; their names on the wire, lower case, are added to `known`."""
    for name, member in members.items():
        location, wire = member.serialization.get("location"), trees.wire_name(name, member)
        if location == "header" and wire in headers:
            known.add(wire.lower())
            text = headers[wire]
            if member.type_name == "list":
                result[name] = [part.strip() for part in text.split(",")]
            else:
                result[name] = trees.of_text(text, member, problem, name, "rfc822")
        elif location == "headers":
            own = {key: value for key, value in headers.items() if key.lower().startswith(wire.lower())}
            known.update(key.lower() for key in own)
            if own:
                result[name] = {key[len(wire) :]: value for key, value in own.items()}


def of_payload(protocol, body, shape, problem):
    """The body in the REST protocols, in both directions: a stream, one member, or all members without another place."""
    payload = shape.serialization.get("payload") if shape else None
    if payload:
        member = shape.members[payload]
        if member.type_name in ("blob", "string"):
            # A stream's bytes have no format; a missing body was too large to record.
            content = body if body is not None else b""
            return {payload: content if member.type_name == "blob" else content.decode()}
        if body:
            return {payload: parsed(protocol, body, member, problem)}
    elif shape and trees.in_body(shape):
        if body or body is None:
            return parsed(protocol, body, shape, problem)
    elif body or body is None:
        problem("has a body, which the model does not")
    return {}


def parsed(protocol, body, shape, problem):
    if body is None or protocol == "rest-json":
        return trees.of_document(document("json", body, problem), shape, problem)
    root = xml.etree.ElementTree.fromstring(body)
    wanted = shape.serialization.get("name")
    if wanted and trees.tag(root) != wanted:
        problem(f"the root is <{trees.tag(root)}>, not <{wanted}>")
    return trees.of_element(root, shape, problem)
