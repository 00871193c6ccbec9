"""Converts bodies to parameters: the form that a client passes to botocore, and that botocore's parsers return.

Members that the model does not have stay, under their names on the wire, so that the validator reports them. A value in
a wrong format, such as a timestamp, stays unchanged and is reported through `problem`.
"""

import base64
import datetime
import email.utils
import re

ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
UTC = datetime.timezone.utc


def wire_name(name, shape):
    return shape.serialization.get("name", name)


def in_body(shape):
    return {name: member for name, member in shape.members.items() if "location" not in member.serialization}


def unknown(name, members):
    """Marks a name on the wire that equals a member's name, although that member has another name on the wire."""
    return f"{name} (on the wire)" if name in members else name


def of_document(value, shape, problem, place="input"):
    """Reads JSON or CBOR; `shape` is None for an operation without a body."""
    kind = shape.type_name
    if value is None:
        return None
    if kind == "structure" and isinstance(value, dict) and not shape.is_document_type:
        members = in_body(shape)
        names = {wire_name(name, member): name for name, member in members.items()}
        return {
            names.get(key) or unknown(key, members): of_document(item, members[names[key]], problem, f"{place}.{key}")
            if key in names
            else item
            for key, item in value.items()
        }
    if kind == "list" and isinstance(value, list):
        return [of_document(item, shape.member, problem, f"{place}[{index}]") for index, item in enumerate(value)]
    if kind == "map" and isinstance(value, dict):
        return {key: of_document(item, shape.value, problem, f"{place}.{key}") for key, item in value.items()}
    if kind == "blob" and isinstance(value, str):
        try:
            return base64.b64decode(value, validate=True)
        except ValueError:
            problem(f"{place} is not base64")
    if kind == "timestamp" and not isinstance(value, datetime.datetime):
        wanted = shape.serialization.get("timestampFormat", "unixTimestamp")
        return timestamp(value, wanted, problem, place)
    if kind in ("float", "double") and value in ("NaN", "Infinity", "-Infinity"):
        return float(value)
    return value


def timestamp(value, wanted, problem, place):
    if wanted == "unixTimestamp":
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return datetime.datetime.fromtimestamp(value, UTC)
    elif wanted == "iso8601":
        if isinstance(value, str) and ISO.fullmatch(value):
            return datetime.datetime.fromisoformat(value)
    elif isinstance(value, str):
        try:
            return email.utils.parsedate_to_datetime(value)
        except ValueError:
            pass
    problem(f"{place} is {value!r}, which is not in the format {wanted}")
    return value


def of_text(text, shape, problem, place, time="iso8601"):
    """Reads a scalar from a header, a query or an element."""
    kind = shape.type_name
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    if kind == "timestamp":
        return timestamp(text, shape.serialization.get("timestampFormat", time), problem, place)
    if kind == "blob":
        try:
            return base64.b64decode(text, validate=True)
        except ValueError:
            problem(f"{place} is not base64")
    try:
        return {"integer": int, "long": int, "float": float, "double": float}.get(kind, str)(text)
    except ValueError:
        return text


def tag(node):
    return node.tag.rpartition("}")[2]


def of_element(node, shape, problem, place="input"):
    """Reads XML; the surrounding structure collects the repeated elements of a flattened list."""
    kind = shape.type_name
    if kind == "structure":
        return of_children(node, shape, problem, place)
    if kind == "list":
        wanted = wire_name("member", shape.member)
        for child in node:
            if tag(child) != wanted:
                problem(f"{place} has <{tag(child)}> in the place of <{wanted}>")
        return [of_element(child, shape.member, problem, f"{place}[{n}]") for n, child in enumerate(node)]
    if kind == "map":
        return dict(of_entry(entry, shape, problem, place) for entry in node)
    if len(node):
        problem(f"{place} has elements in the place of a {kind}")
    return of_text(node.text or "", shape, problem, place)


def of_entry(entry, shape, problem, place):
    parts = {tag(child): child for child in entry}
    key, value = wire_name("key", shape.key), wire_name("value", shape.value)
    if set(parts) != {key, value} or len(entry) != 2:
        problem(f"{place} has an entry of {', '.join(parts)} in the place of {key} and {value}")
        return "", None
    return parts[key].text or "", of_element(parts[value], shape.value, problem, f"{place}.{parts[key].text}")


def of_children(node, shape, problem, place):
    result = {}
    members = in_body(shape)
    names = {}
    for name, member in members.items():
        flattened = member.type_name == "list" and member.serialization.get("flattened")
        inner = member.member.serialization.get("name") if flattened else None
        names[inner or wire_name(name, member)] = name
    attributes = {
        wire_name(name, member).rpartition(":")[2]: name
        for name, member in members.items()
        if member.serialization.get("xmlAttribute")
    }
    for key, value in node.attrib.items():
        local = key.rpartition("}")[2]
        result[attributes.get(local) or unknown(local, members)] = value
    for child in node:
        key = tag(child)
        name = names.get(key)
        if name is None:
            result[unknown(key, members)] = child.text
            continue
        member = members[name]
        if member.type_name in ("list", "map") and member.serialization.get("flattened"):
            if member.type_name == "list":
                item = of_element(child, member.member, problem, f"{place}.{name}")
                result.setdefault(name, []).append(item)
            else:
                result.setdefault(name, {}).update([of_entry(child, member, problem, f"{place}.{name}")])
        else:
            if name in result:
                problem(f"{place}.{name} is there twice")
            result[name] = of_element(child, member, problem, f"{place}.{name}")
    return result


def of_form(form, shape, problem):
    """Reads the query protocol, with names such as Attributes.entry.1.key. Unread parameters stay under their own names."""
    left = dict(form)
    result = of_fields(left, shape, "", problem)
    result.update({unknown(name, shape.members): value for name, value in left.items()})
    return result


def of_fields(left, shape, prefix, problem):
    result = {}
    for name, member in shape.members.items():
        path = prefix + wire_name(name, member)
        if path in left or any(key.startswith(path + ".") for key in left):
            result[name] = of_field(left, member, path, problem)
    return result


def of_field(left, shape, path, problem):
    kind = shape.type_name
    flattened = shape.serialization.get("flattened")
    if kind == "structure":
        return of_fields(left, shape, path + ".", problem)
    if kind == "list":
        if left.get(path) == "":
            left.pop(path)  # an empty list
            return []
        if flattened:
            inner = shape.member.serialization.get("name")
            start = ".".join([*path.split(".")[:-1], inner]) if inner else path
        else:
            start = f"{path}.{wire_name('member', shape.member)}"
        return [of_field(left, shape.member, f"{start}.{n}", problem) for n in numbers(left, start)]
    if kind == "map":
        start = path if flattened else f"{path}.entry"
        key, value = wire_name("key", shape.key), wire_name("value", shape.value)
        return {
            left.pop(f"{start}.{n}.{key}", ""): of_field(left, shape.value, f"{start}.{n}.{value}", problem)
            for n in numbers(left, start)
        }
    return of_text(left.pop(path, None), shape, problem, path)


def numbers(left, start):
    following = (key[len(start) + 1 :].split(".")[0] for key in left if key.startswith(start + "."))
    return sorted({int(part) for part in following if part.isdigit()})
