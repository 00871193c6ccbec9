"""Checks a value with botocore's validator, and with the model's constraints that the validator ignores."""

import re

import botocore.validate

import patterns

SIZES = {"integer": 2**31, "long": 2**63}


def findings(value, shape):
    """Returns messages, each with the place inside the value."""
    errors = botocore.validate.ParamValidator().validate(value, shape)
    # Format each error separately: botocore's report joins them with newlines, which values may contain.
    found = [one_line(errors._format_error(error)) for error in errors._errors]
    return found + [one_line(text) for text in beyond(value, shape, "input")]


def one_line(text):
    text = repr(text)[1:-1]
    return text if len(text) <= 400 else f"{text[:400]}..."


def beyond(value, shape, place):
    """Checks enumerations, patterns, upper bounds, and Booleans instead of numbers. botocore reports wrong types."""
    kind = shape.type_name
    if kind == "structure" and isinstance(value, dict) and not shape.is_document_type:
        for name, item in value.items():
            if name in shape.members:
                yield from beyond(item, shape.members[name], f"{place}.{name}")
    elif kind == "list" and isinstance(value, list):
        yield from at_most(len(value), shape, place, "elements")
        for index, item in enumerate(value):
            yield from beyond(item, shape.member, f"{place}[{index}]")
    elif kind == "map" and isinstance(value, dict):
        yield from at_most(len(value), shape, place, "entries")
        for key, item in value.items():
            yield from beyond(key, shape.key, f"{place} (key: {key})")
            yield from beyond(item, shape.value, f"{place}.{key}")
    elif kind == "string" and isinstance(value, str):
        yield from at_most(len(value), shape, place, "characters")
        yield from of_the_alphabet(value, shape, place)
    elif kind == "blob":
        if isinstance(value, bytes):
            yield from at_most(len(value), shape, place, "bytes")
        else:
            yield f"{place} is a {type(value).__name__}, not bytes"
    elif kind in ("integer", "long", "float", "double"):
        if isinstance(value, bool):
            yield f"{place} is a boolean, not a {kind}"
        elif isinstance(value, (int, float)):
            yield from at_most(value, shape, place, "")
            if kind in SIZES and not -SIZES[kind] <= value < SIZES[kind]:
                yield f"{place} is {value}, which is no {kind}"


def at_most(size, shape, place, unit):
    most = shape.metadata.get("max")
    if most is not None and size > most:
        yield f"{place} has {size} {unit}, at most {most}" if unit else f"{place} is {size}, at most {most}"


def of_the_alphabet(text, shape, place):
    known = shape.metadata.get("enum")
    if known and text not in known:
        yield f"{place} is {text!r}, none of {', '.join(known)}"
    pattern = shape.metadata.get("pattern")
    if pattern:
        try:
            if not patterns.matches(pattern, text):
                yield f"{place} is {text!r}, which does not match {pattern}"
        except re.error as error:
            yield f"{place} has a pattern that this checker cannot read ({error}): {pattern}"
