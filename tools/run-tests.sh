#!/bin/sh
# Builds everything once, optimized and with analyzers, runs every test project and prints one line with the totals.
#   tools/run-tests.sh DOTNET [arguments for dotnet test, such as --filter]
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
dotnet=$1
shift
cd "$root"
# One compiler serves all projects, which takes half the time of one for each; it ends with the build.
"$dotnet" build Plumbline.slnx -c Release -p:UseSharedCompilation=true -v quiet -nologo -clp:NoSummary
"$dotnet" build-server shutdown --vbcscompiler >/dev/null 2>&1 || true

results=$root/.plumb/test-results
rm -rf "$results"
mkdir -p "$results"
export dotnet results
export DOTNET_EnableWriteXorExecute=0
# Some version managers put scripts on the PATH that look for the real Python at each of its thousands of starts.
if python=$(python3 -c 'import os, sys; print(os.path.dirname(sys.executable))' 2>/dev/null); then
  export PATH="$python:$PATH"
fi

# Two projects run in parallel: more of them would only take the cores from each other. Those that take longest start first.
# The output of a project is printed in one piece; its .log also has the time of each test.
failed=0
printf '%s\n' tests/Plumbline.Scenarios.Tests tests/Plumbline.LocalCloud.Tests tests/Plumbline.Console.Tests \
  tests/Plumbline.Cli.Tests tests/Plumbline.Jobs.Tests tests/Plumbline.Backtest.Tests tests/*.Tests | awk '!seen[$0]++' |
  xargs -P 2 -I PROJECT sh -c '
    name=${0##*/}
    "$dotnet" test "$0" -c Release --no-build --nologo --logger "trx;LogFileName=$name.trx" \
      --logger "console;verbosity=normal" --results-directory "$results" "$@" \
      >"$results/$name.log" 2>&1
    code=$?
    grep -v "^  Passed " "$results/$name.log"
    exit $code
  ' PROJECT "$@" || failed=1

# The counters of each project's report, summed.
sum() {
  cat "$results"/*.trx | grep -o '<Counters [^>]*>' | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{n += $1} END {print n + 0}'
}
total=$(sum total)
executed=$(sum executed)
passed=$(sum passed)
echo "$passed passed, $((executed - passed)) failed, $((total - executed)) skipped"
exit $failed
