#!/usr/bin/env python3
"""Checks recorded calls with AWS's service models from botocore.

    tests/wire/check.py CALLS

CALLS has one JSON object per line, written by tests/Plumbline.Testing/CallRecord.cs. Every request is converted back to
the parameters of its operation and validated; every response is parsed with botocore's parsers and validated. Both also
get checks that botocore lacks: enumerations, patterns, upper bounds, and members that the model does not have.
Prints one finding per line, then a summary of the checks; the exit code is 1 with findings.
"""

import collections
import json
import sys

sys.dont_write_bytecode = True

import botocore  # noqa: E402

import answered  # noqa: E402
import calls  # noqa: E402
import limits  # noqa: E402
import sent  # noqa: E402

# Known errors of AWS's models, or deviations of AWS from them: service, operation, side, part of the finding, reason.
EXCEPTIONS = [
    ("codebuild", "BatchGetBuilds", "response", "buildsNotFound, value: 0, valid min length: 1",
     "the minimum is the input's, of the same shape; the answer in AWS's own CLI reference has an empty list"),
    ("codebuild", "ListBuildsForProject", "response", "ids, value: 0, valid min length: 1",
     "the same shape and the same mistake: a project that has not been built yet has no ids"),
]


def check(call):
    """Returns a (side, finding) pair for each problem."""
    problems = []
    given = sent.parameters(call, problems.append)
    shape = call.operation.input_shape
    if shape is not None:
        problems += limits.findings(given, shape)
    else:
        problems += [f"has {name}, and the model no input" for name in given]
    # Reader and validator may report the same problem; count it once.
    yield from (("request", text) for text in dict.fromkeys(problems))
    yield from (("response", text) for text in answered.findings(call))


def excused(call, side, text):
    for exception in EXCEPTIONS:
        service, operation, of, part, _ = exception
        if (service, operation, of) == (call.service, call.operation.name, side) and part in text:
            return exception
    return None


def main(file):
    counts = collections.defaultdict(collections.Counter)
    failed = collections.Counter()
    others = collections.Counter()
    excuses = collections.Counter()
    with open(file, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            call = calls.Call(json.loads(line))
            if other := call.not_aws():
                others[other] += 1
                continue
            try:
                call.identify()
            except calls.Unrecognized as problem:
                print(f"{number}: {call.service or 'unknown'}: {problem}")
                failed["unknown", ""] += 1
                continue
            place = call.service, call.operation.name
            counts[call.service][call.operation.name] += 1
            for side, text in check(call):
                if exception := excused(call, side, text):
                    excuses[exception] += 1
                    continue
                print(f"{number}: {' '.join(place)} {side}: {text}")
                failed[place] += 1
    report(counts, failed, others, excuses)
    return 1 if failed else 0


def report(counts, failed, others, excuses):
    for (service, operation, side, part, why), count in excuses.items():
        print(f"excused {count} times: {service} {operation} {side}, {part}: {why}")
    for other, count in sorted(others.items()):
        print(f"not an API of AWS's: {other}, {count} calls")
    for service, operations in sorted(counts.items()):
        for operation, count in sorted(operations.items()):
            print(f"  {service} {operation}: {count} calls, {failed[service, operation]} findings")
        print(f"{service}: {operations.total()} calls, {len(operations)} operations")
    total = sum(operations.total() for operations in counts.values())
    kinds = sum(len(operations) for operations in counts.values())
    print(f"botocore {botocore.__version__}: {total} calls, {kinds} operations, {failed.total()} findings")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
