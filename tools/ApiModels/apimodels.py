#!/usr/bin/env python3
"""Reduces AWS's service models from botocore to the operations in operations.txt.

    tools/ApiModels/apimodels.py [--check]

Writes src/Plumbline.Aws/Models/<id>.json in botocore's format, without documentation, examples and the parameters of
endpoint rules. Each operation or shape is one line, so that an update is a readable diff. Also writes
src/Plumbline.Aws.Client/Services/<Service>Client.cs with a method per operation, for each line of views/<service>.txt a
typed view in src/Plumbline.Aws/Views, and <Service>Pages.cs for the lists of views. The same botocore and the same lists give the same bytes. --check writes nothing and fails if a file would change.

Additions to botocore's models: the bodies of InvokeEndpoint are marked as streaming, so that the codecs keep them out of
the tree instead of converting megabytes to base64. A server, unlike a client, needs more about S3's answers: their root
elements and namespace, milliseconds in their times, and that GetBucketLocation's answer is its only member. The pattern
of CopySource is removed: it requires a slash, but clients may percent-encode the slash.
"""

import json
import pathlib
import sys

import botocore
import botocore.loaders

HERE = pathlib.Path(__file__).resolve().parent
MODELS = HERE.parent.parent / "src" / "Plumbline.Aws" / "Models"
CLIENTS = HERE.parent.parent / "src" / "Plumbline.Aws.Client" / "Services"
VIEWS = HERE.parent.parent / "src" / "Plumbline.Aws" / "Views"
CLASSES = {
    "sagemaker": "SageMaker", "cloudwatch": "CloudWatch", "logs": "Logs",
    "events": "Events", "sns": "Sns", "codebuild": "CodeBuild", "codecommit": "CodeCommit", "sts": "Sts", "iam": "Iam",
    "cloudformation": "CloudFormation",
}
VIEW_FOLDERS = CLASSES | {"s3": "S3", "sagemaker-runtime": "SageMakerRuntime"}
S3_NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"
S3_ROOTS = {
    "ListBuckets": "ListAllMyBucketsResult", "ListObjects": "ListBucketResult", "ListObjectsV2": "ListBucketResult",
    "CreateMultipartUpload": "InitiateMultipartUploadResult", "ListParts": "ListPartsResult",
    "CompleteMultipartUpload": "CompleteMultipartUploadResult", "DeleteObjects": "DeleteResult",
    "ListMultipartUploads": "ListMultipartUploadsResult", "GetBucketAcl": "AccessControlPolicy",
    "ListObjectVersions": "ListVersionsResult", "GetObjectAttributes": "GetObjectAttributesResponse",
    "GetObjectAcl": "AccessControlPolicy", "GetObjectTagging": "Tagging", "GetBucketTagging": "Tagging", "GetBucketVersioning": "VersioningConfiguration",
}
# A longer list is an open one, such as that of the instance types.
MOST_VALUES = 40
STREAMING = {"sagemaker-runtime": ["InvokeEndpointInput", "InvokeEndpointOutput"]}
IDS = {"cloudwatch": "monitoring"}
DROPPED = {
    "documentation", "documentationUrl", "examples", "box", "sensitive", "deprecated", "deprecatedMessage",
    "deprecatedSince", "contextParam", "staticContextParams", "operationContextParams", "endpointdiscovery",
    "synthetic", "readonly",
}
METADATA = {
    "apiVersion", "endpointPrefix", "jsonVersion", "protocol", "protocols", "serviceId", "signingName",
    "targetPrefix", "xmlNamespace", "awsQueryCompatible", "globalEndpoint", "signatureVersion",
}


def read_list():
    wanted = {}
    for line in (HERE / "operations.txt").read_text().splitlines():
        line = line.split("#")[0].strip()
        if line:
            service, names = line.split(":")
            wanted.setdefault(service.strip(), []).extend(names.split())
    return wanted


def without_text(node, names_are_data=False):
    """Drops keys that the codecs do not read. Keys directly below `members` are AWS's names, so all of them stay."""
    if isinstance(node, dict):
        return {
            key: without_text(value, key == "members" and not names_are_data)
            for key, value in node.items()
            if names_are_data or key not in DROPPED
        }
    if isinstance(node, list):
        return [without_text(value) for value in node]
    return node


def shape_names(node, names_are_data=False):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "shape" and isinstance(value, str) and not names_are_data:
                yield value
            else:
                yield from shape_names(value, key == "members" and not names_are_data)
    elif isinstance(node, list):
        for value in node:
            yield from shape_names(value)


def trim(model, names):
    missing = sorted(set(names) - set(model["operations"]))
    if missing:
        sys.exit(f"{model['metadata']['serviceId']} has no operation {', '.join(missing)}")
    operations = {name: without_text(model["operations"][name]) for name in sorted(set(names))}
    kept, waiting = {}, list(shape_names(operations))
    while waiting:
        name = waiting.pop()
        if name not in kept:
            kept[name] = without_text(model["shapes"][name])
            waiting.extend(shape_names(kept[name]))
    metadata = {key: value for key, value in model["metadata"].items() if key in METADATA}
    return {"metadata": metadata, "operations": operations, "shapes": {name: kept[name] for name in sorted(kept)}}


def add_milliseconds(shapes):
    """S3's XML writes times always with milliseconds; in headers a time is an HTTP date."""
    for shape in shapes.values():
        for member in shape.get("members", {}).values() if shape["type"] == "structure" else ():
            target = shapes[member["shape"]]
            if target["type"] == "timestamp" and "location" not in member and "timestampFormat" not in target:
                member["timestampFormat"] = "iso8601Milliseconds"


def unserved(model, names):
    """The addresses of unserved operations of a REST service, so that their requests do not match other operations."""
    found = {}
    for name, operation in sorted(model["operations"].items()):
        if name not in names and not operation.get("deprecated"):
            shape = model["shapes"][operation["input"]["shape"]] if "input" in operation else {}
            members = [shape["members"][member] for member in shape.get("required", [])]
            needs = [member["locationName"] for member in members if member.get("location") in ("querystring", "header")]
            found[name] = {"method": operation["http"]["method"], "requestUri": operation["http"]["requestUri"]}
            found[name] |= {"needs": needs} if needs else {}
    return found


def text_of(model):
    compact = lambda value: json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    sections = ['"metadata":' + compact(model["metadata"])]
    for part in [part for part in ("operations", "unserved", "shapes") if part in model]:
        rows = ",\n".join(f"{json.dumps(name)}:{compact(value)}" for name, value in model[part].items())
        sections.append(f'"{part}":{{\n{rows}\n}}')
    return "{" + ",\n".join(sections) + "}\n"


def client_of(service, model_id, model, views):
    lines = [
        *usings(service, views),
        "",
        "namespace Plumbline.Aws.Client.Services;",
        "",
        "// Written by tools/ApiModels from operations.txt and the views folder.",
        f"/// <summary>{model['metadata']['serviceId']}: one method for each operation; inputs and outputs have AWS's member names.</summary>",
        f'public sealed class {CLASSES[service]}Client(AwsConnection connection) : AwsClient(connection, "{model_id}")',
        "{",
    ]
    for number, (name, operation) in enumerate(model["operations"].items()):
        output = operation.get("output", {}).get("shape")
        call = f'CallAsync("{name}", input, cancellationToken)'
        kind, call = (f"async Task<{output}>", f"new(await {call});") if output in views else ("Task<JsonObject>", f"{call};")
        signature = f"    public {kind} {name}Async(JsonObject? input = null, CancellationToken cancellationToken = default) =>"
        lines += [""] if number else []
        if len(signature) <= 120:
            lines += [signature, f"        {call}"]
        else:
            lines += [
                f"    public {kind} {name}Async(",
                "        JsonObject? input = null,",
                "        CancellationToken cancellationToken = default",
                f"    ) => {call}",
            ]
    return "\n".join([*lines, "}", ""])


def usings(service, views):
    return ["using System.Text.Json.Nodes;", *[f"using Plumbline.Aws.Views.{CLASSES[service]};" for _ in views][:1]]


def pages_of(service, model, views, paginators):
    """The lists of which items have a view, or None."""
    methods = []
    for name, operation in model["operations"].items():
        output = operation.get("output", {}).get("shape")
        items = paginators.get(name, {}).get("result_key", "")
        items = items[0] if isinstance(items, list) else items
        if items not in views.get(output, {}):
            continue
        item = model["shapes"][model["shapes"][output]["members"][items]["shape"]]["member"]["shape"]
        if item in views:
            arguments = [f'"{name}"', "input", f"page => new {output}(page).{pascal(items)}", "cancellationToken"]
            call = f"client.PageAsync({', '.join(arguments)});"
            if len(call) > 112:
                call = "client.PageAsync(\n            " + ",\n            ".join(arguments) + "\n        );"
            methods.append("\n".join([
                f"    public static IAsyncEnumerable<{item}> {name}PagedAsync(",
                f"        this {CLASSES[service]}Client client,",
                "        JsonObject? input = null,",
                "        CancellationToken cancellationToken = default",
                f"    ) => {call}" if len(call) <= 111 else f"    ) =>\n        {call}",
            ]))
    return "\n".join([
        *usings(service, views),
        "",
        "namespace Plumbline.Aws.Client.Services;",
        "",
        "// Written by tools/ApiModels from the views folder.",
        f"/// <summary>The items of {model['metadata']['serviceId']}'s lists, page after page.</summary>",
        f"public static class {CLASSES[service]}Pages",
        "{",
        "\n\n".join(methods),
        "}",
        "",
    ]) if methods else None


def read_views():
    """The shapes and members of views/<service>.txt. Several lines of one shape are one view."""
    found = {}
    for path in sorted((HERE / "views").glob("*.txt")):
        views = found.setdefault(path.stem, {})
        for line in path.read_text().splitlines():
            shape, _, members = line.split("#")[0].partition(":")
            view = views.setdefault(shape.strip(), {}) if shape.strip() else {}
            for member in members.split():
                name = member.rstrip("!")
                view[name] = view.get(name, False) or member.endswith("!")
    return found


def pascal(text):
    """IN_PROGRESS is InProgress; InService stays."""
    parts = [part for part in "".join(letter if letter.isalnum() else "_" for letter in text).split("_") if part]
    return "".join(part.capitalize() if part.isupper() or part.islower() else part[0].upper() + part[1:] for part in parts)


PLAIN = {
    "string": ("string", "Text"), "long": ("long", "Long"), "integer": ("int", "Int"), "double": ("double", "Double"),
    "float": ("double", "Double"), "boolean": ("bool", "Bool"), "timestamp": ("DateTimeOffset", "Time"),
}


def property_of(shapes, views, view, name, required):
    shape_name = shapes[view]["members"][name]["shape"]
    shape = shapes[shape_name]
    kind, title = shape["type"], pascal(name)
    if kind in PLAIN:
        type_name, read = PLAIN[kind]
        if required:
            return f'public {type_name} {title} => Tree.{read}("{name}") ?? throw ViewError.Missing(nameof({view}), "{name}");'
        return f'public {type_name}? {title} => Tree.{read}("{name}");'
    if kind == "blob":
        return f'public ReadOnlyMemory<byte> {title} => Convert.FromBase64String(Tree.Text("{name}") ?? "");'
    if kind == "map" and shapes[shape["value"]["shape"]]["type"] == "string":
        return f'public IReadOnlyDictionary<string, string> {title} => Tree.Map("{name}");'
    if kind == "list":
        item = shape["member"]["shape"]
        if shapes[item]["type"] == "string":
            return f'public IEnumerable<string> {title} => Tree.Texts("{name}");'
        if shapes[item]["type"] in ("double", "timestamp"):
            type_name, read = {"double": ("double", "Doubles"), "timestamp": ("DateTimeOffset", "Times")}[shapes[item]["type"]]
            return f'public IEnumerable<{type_name}> {title} => Tree.{read}("{name}");'
        if item in views:
            return f'public IEnumerable<{item}> {title} => Tree.Objects("{name}").Select(one => new {item}(one));'
    if kind == "structure" and shape_name in views:
        if required:
            return f'public {shape_name} {title} => new(Tree.Object("{name}") ?? throw ViewError.Missing(nameof({view}), "{name}"));'
        return f'public {shape_name}? {title} => Tree.Object("{name}") is {{ }} tree ? new {shape_name}(tree) : null;'
    sys.exit(f"views/: {view}.{name} leads to {shape_name} ({kind}), which needs a line of its own")


def wrapped(line):
    """Breaks a property as the formatter does."""
    if len(line) <= 120:
        return line
    head, body = line.split(" => ", 1)
    pad = "\n" + 8 * " "
    if len(body) > 112 and body.startswith("new("):
        body = "new(" + pad + "    " + body[4:-2].replace(" ?? ", pad + 8 * " " + "?? ", 1) + pad + ");"
    elif len(body) > 112:
        body = body.replace(" ?? throw", pad + "?? throw", 1).replace(").Select(", ")" + pad + "    .Select(", 1)
    return f"{head} =>{pad}{body}"


def view_files(service, model, views):
    class_name, shapes = VIEW_FOLDERS[service], model["shapes"]
    folder = VIEWS / class_name
    note = "// Written by tools/ApiModels from its views folder."
    enums = set()
    for view, members in views.items():
        if view not in shapes:
            sys.exit(f"views/{service}.txt: {service} has no shape {view}")
        if "enum" in shapes[view]:
            enums.add(view)
            continue
        lines = []
        for name, always in members.items():
            if name not in shapes[view]["members"]:
                sys.exit(f"views/: {view} has no member {name}")
            required = always or name in shapes[view].get("required", [])
            lines.append(wrapped("    " + property_of(shapes, views, view, name, required)))
            target = shapes[view]["members"][name]["shape"]
            if len(shapes[target].get("enum", [])) in range(1, MOST_VALUES):
                enums.add(target)
        yield folder / f"{view}.cs", "\n".join([
            "using System.Text.Json.Nodes;", "using Plumbline.Aws.Protocols;", "",
            f"namespace Plumbline.Aws.Views.{class_name};", "", note,
            f"/// <summary>The members that are read of {model['metadata']['serviceId']}'s {view}.</summary>",
            f"public sealed record {view}(JsonObject Tree)", "{", "\n\n".join(lines), "}", "",
        ])
    for enum in sorted(enums):
        values = [f'    public const string {pascal(value)} = "{value}";' for value in shapes[enum]["enum"]]
        yield folder / f"{pascal(enum)}.cs", "\n".join([
            f"namespace Plumbline.Aws.Views.{class_name};", "", note,
            f"/// <summary>The values of {model['metadata']['serviceId']}'s {enum}.</summary>",
            f"public static class {pascal(enum)}", "{", *values, "}", "",
        ])


def main():
    check, stale = "--check" in sys.argv[1:], []
    loader = botocore.loaders.Loader()
    files, views = {}, read_views()
    for service, names in read_list().items():
        whole = loader.load_service_model(service, "service-2")
        model = trim(whole, names)
        if model["metadata"]["protocol"].startswith("rest"):
            model["unserved"] = unserved(whole, names)
        for shape in STREAMING.get(service, []):
            model["shapes"][shape]["members"]["Body"]["streaming"] = True
        if service == "s3":
            model["metadata"]["xmlNamespace"] = S3_NAMESPACE
            model["operations"]["GetBucketLocation"]["s3UnwrappedXmlOutput"] = True
            del model["shapes"]["CopySource"]["pattern"]
            add_milliseconds(model["shapes"])
            for name, root in S3_ROOTS.items():
                model["operations"][name]["output"]["locationName"] = root
        model_id = IDS.get(service, service)
        files[MODELS / f"{model_id}.json"] = text_of(model)
        if service in CLASSES:
            of_service = views.get(service, {})
            files[CLIENTS / f"{CLASSES[service]}Client.cs"] = client_of(service, model_id, model, of_service)
            paginators = loader.load_service_model(service, "paginators-1")["pagination"]
            if pages := pages_of(service, model, of_service, paginators):
                files[CLIENTS / f"{CLASSES[service]}Pages.cs"] = pages
        if service in VIEW_FOLDERS:
            files |= dict(view_files(service, model, views.get(service, {})))
    for path, text in files.items():
        if check:
            if not path.exists() or path.read_text() != text:
                stale.append(path.name)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    if stale:
        sys.exit(f"not up to date with botocore {botocore.__version__} and operations.txt, run tools/ApiModels/apimodels.py: {', '.join(stale)}")


if __name__ == "__main__":
    main()
