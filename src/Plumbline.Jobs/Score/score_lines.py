"""
Scores examples by a project's score.py: each line of standard input is {"id", "answer", "truth"}, each line of standard
output {"loss"}. The file has the function score(answer, truth), which returns a number.
"""
import importlib.util
import json
import os
import sys

sys.path.insert(0, os.path.dirname(sys.argv[1]))
specification = importlib.util.spec_from_file_location("score", sys.argv[1])
module = importlib.util.module_from_spec(specification)
# What the file prints must not be read as a loss.
output, sys.stdout = sys.stdout, sys.stderr
specification.loader.exec_module(module)
if not callable(getattr(module, "score", None)):
    sys.exit("it has no function score(answer, truth)")
for line in sys.stdin:
    example = json.loads(line)
    try:
        loss = module.score(example["answer"], example["truth"])
        print(json.dumps({"loss": loss if isinstance(loss, (int, str, type(None))) else float(loss)}), file=output, flush=True)
    except Exception as error:
        sys.exit(f"score(answer, truth) failed: {error!r}")
