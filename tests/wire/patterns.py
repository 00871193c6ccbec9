"""Translates the models' regular expressions from Java to Python."""

import functools
import re
import sys
import unicodedata

POSIX = {
    "ASCII": r"\x00-\x7F", "Print": r"\x20-\x7E", "Graph": r"\x21-\x7E", "Alnum": "a-zA-Z0-9", "Alpha": "a-zA-Z",
    "Digit": "0-9", "Cntrl": r"\x00-\x1F\x7F", "Upper": "A-Z", "Lower": "a-z", "Space": r"\s",
}


@functools.cache
def matches(pattern, text):
    """Matches the whole text, like AWS's services. Cached, because the same texts come thousands of times."""
    return compiled(pattern).fullmatch(text) is not None


@functools.cache
def compiled(pattern):
    """Raises re.error if a part of the pattern cannot be translated."""
    pattern = re.sub(r"(?i)\\uD800\\uDC00-\\uDBFF\\uDFFF", "\U00010000-\U0010FFFF", pattern)
    pattern = pattern.replace("\uD800\uDC00-\uDBFF\uDFFF", "\U00010000-\U0010FFFF")
    pattern = pattern.replace(r"\z", r"\Z").replace(r"[\w-_", r"[\w\-_")
    pattern = re.sub(r"\$\{\d+(,\d*)?\}", "$", pattern)  # Java allows repeated anchors
    translated = ""
    at = 0
    for found in re.finditer(r"\\p\{(\w+)\}", pattern):
        before = pattern[: found.start()]
        members = ranges(found[1])
        translated += pattern[at : found.start()]
        translated += members if before.rfind("[") > before.rfind("]") else f"[{members}]"
        at = found.end()
    # Java's \w, \d and \s match ASCII only.
    return re.compile(translated + pattern[at:], re.ASCII)


@functools.cache
def ranges(name):
    """The characters of a POSIX class or a Unicode category, in the form for use inside brackets."""
    if name in POSIX:
        return POSIX[name]
    spans = []
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code)).startswith(name):
            if spans and spans[-1][1] == code - 1:
                spans[-1][1] = code
            else:
                spans.append([code, code])
    if not spans:
        raise re.error(f"no class {name}")
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in spans)
