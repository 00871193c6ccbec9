"""Checks the answers of the local cloud: through botocore's parsers, and again for errors that botocore ignores."""

import xml.etree.ElementTree

import botocore.parsers

import limits
import sent
import trees

# AWS's "Common errors", with the names that its JSON protocols give them.
COMMON_ERRORS = {
    "AccessDenied", "AccessDeniedException", "ExpiredToken", "ExpiredTokenException", "IncompleteSignature",
    "InternalFailure", "InvalidAction", "InvalidClientTokenId", "InvalidParameterCombination",
    "InvalidParameterValue", "InvalidQueryParameter", "InvalidSignatureException", "MalformedQueryString",
    "MissingAction", "MissingAuthenticationToken", "MissingParameter", "NotAuthorized", "OptInRequired",
    "RequestAbortedException", "RequestExpired", "RequestTimeoutException", "ServiceUnavailable",
    "SignatureDoesNotMatch", "Throttling", "ThrottlingException", "UnknownOperationException",
    "UnrecognizedClientException", "ValidationError", "ValidationException",
}
# S3's model lacks most errors, which are on the page "Error responses"; 304 and 412 are in the HTTP standard.
S3_ERRORS = {
    "AccessDenied", "BadDigest", "BucketAlreadyExists", "BucketAlreadyOwnedByYou", "BucketNotEmpty", "EntityTooLarge",
    "EntityTooSmall", "InternalError", "InvalidArgument", "InvalidBucketName", "InvalidDigest", "InvalidPart",
    "InvalidPartOrder", "InvalidRange", "InvalidRequest", "KeyTooLongError", "MalformedXML", "MethodNotAllowed",
    "NoSuchBucket", "NoSuchKey", "NoSuchUpload", "NoSuchTagSet", "NoSuchLifecycleConfiguration", "NotImplemented",
    "NotModified", "PreconditionFailed", "SignatureDoesNotMatch", "SlowDown", "304", "412",
}
OF_THE_WIRE = {"x-amz-request-id", "x-amz-id-2", "x-amzn-requestid", "x-amzn-query-error", "x-amzn-errortype"}


def findings(call):
    found = []
    shape = call.operation.output_shape
    if call.answer is None and not stream(shape):
        return ["the body is larger than what the recorder keeps, and no stream"]
    answer = {
        "status_code": call.status,
        "headers": call.answer_headers,
        "body": call.answer or b"",
        "context": {"operation_name": call.operation.name},
    }
    if call.status < 300 and stream(shape):
        answer["body"] = b""
    try:
        theirs = botocore.parsers.create_parser(call.protocol).parse(answer, shape)
    except (botocore.parsers.ResponseParserError, KeyError, TypeError, ValueError, AttributeError) as error:
        return [f"botocore cannot parse it: {type(error).__name__} {error}"]
    metadata = theirs.pop("ResponseMetadata", {})
    if "RequestId" not in metadata:
        found.append("has no request id")
    expect_type(call, found.append)
    if call.status >= 300:
        return found + errors(call, theirs.get("Error", {}))
    ours = read(call, shape, found.append)
    if shape is None:
        return found + [f"has {name}, and the model no output" for name in ours]
    if stream(shape):
        theirs.pop(shape.serialization["payload"], None)
        theirs.update({shape.serialization["payload"]: b""})
    # Both: botocore drops members that the model does not have, and reads wrong formats in its own way.
    return list(dict.fromkeys(found + limits.findings(theirs, shape) + limits.findings(ours, shape)))


def stream(shape):
    payload = shape.serialization.get("payload") if shape else None
    return payload is not None and shape.members[payload].type_name == "blob"


def read(call, shape, problem):
    """Reads the output, including members that the model does not have."""
    if call.protocol in ("json", "smithy-rpc-v2-cbor"):
        given = sent.document(call.protocol, call.answer, problem)
        return trees.of_document(given, shape, problem) if shape else given
    if call.protocol == "query":
        return of_wrapped(call, shape, problem)
    result, known = {}, set()
    members = shape.members if shape else {}
    sent.of_headers(call.answer_headers, members, result, known, problem)
    result.update({name: call.status for name, m in members.items() if m.serialization.get("location") == "statusCode"})
    checksum = call.operation.http_checksum
    for name, value in call.answer_headers.items():
        low = name.lower()
        if low.startswith("x-amz") and low not in OF_THE_WIRE | known and not (checksum and "checksum" in low):
            result[f"{name} (header)"] = value
    body = b"" if call.method == "HEAD" else call.answer
    return result | sent.of_payload(call.protocol, body, shape, problem)


def of_wrapped(call, shape, problem):
    root = xml.etree.ElementTree.fromstring(call.answer)
    name = call.operation.name
    if trees.tag(root) != f"{name}Response":
        problem(f"the root is <{trees.tag(root)}>, not <{name}Response>")
    result = {}
    for child in root:
        if shape is not None and trees.tag(child) == shape.serialization.get("resultWrapper"):
            result.update(trees.of_element(child, shape, problem))
        elif trees.tag(child) not in ("ResponseMetadata", f"{name}Result"):
            result[trees.tag(child)] = child.text
    return result


def expect_type(call, problem):
    wanted = {
        "json": f"application/x-amz-json-{call.operation.metadata.get('jsonVersion')}",
        "smithy-rpc-v2-cbor": "application/cbor",
        "query": "text/xml",
    }.get(call.protocol)
    given = call.answer_headers.get("Content-Type")
    if wanted and given != wanted:
        problem(f"the content type is {given}, not {wanted}")
    if call.protocol == "smithy-rpc-v2-cbor" and call.answer_headers.get("smithy-protocol") != "rpc-v2-cbor":
        problem("no header smithy-protocol: rpc-v2-cbor")


def errors(call, error):
    code = error.get("Code")
    shapes = {s.error_code: s for s in call.operation.error_shapes} | {s.name: s for s in call.operation.error_shapes}
    known = set(shapes) | COMMON_ERRORS | (S3_ERRORS if call.service == "s3" else set())
    if call.method == "HEAD":
        known.add(str(call.status))  # the answer has no body with a code
    if code not in known:
        own = ", ".join(sorted(shapes)) or "none"
        return [f"the error {code} is neither the operation's ({own}) nor common to all"]
    found = []
    if call.method != "HEAD" and call.status != 304 and not error.get("Message"):
        found.append(f"the error {code} has no message")
    shape = shapes.get(code)
    if shape is None:
        return found
    status = shape.metadata.get("error", {}).get("httpStatusCode", call.status)
    if status != call.status:
        found.append(f"the error {code} has the status {call.status}, not {status}")
    if call.protocol in ("json", "smithy-rpc-v2-cbor"):
        given = sent.document(call.protocol, call.answer, found.append)
        given = {k: v for k, v in given.items() if k in shape.members or k not in ("__type", "message", "Message")}
        found += limits.findings(trees.of_document(given, shape, found.append), shape)
    return found
