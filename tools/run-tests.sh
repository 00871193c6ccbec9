#!/bin/sh
# Builds everything once, with analyzers, runs every test project and closes with one line that sums them up.
#   tools/run-tests.sh DOTNET [arguments for dotnet test, such as --filter]
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
dotnet=$1
shift
cd "$root"
"$dotnet" build Plumbline.slnx -v quiet -nologo -clp:NoSummary

results=$root/.plumb/test-results
rm -rf "$results"
failed=0
for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  "$dotnet" test "$project" --no-build --nologo --logger "trx;LogFileName=$name.trx" --results-directory "$results" "$@" || failed=1
done

# The counters of each project's report, summed.
sum() {
  cat "$results"/*.trx | grep -o '<Counters [^>]*>' | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{n += $1} END {print n + 0}'
}
total=$(sum total)
executed=$(sum executed)
passed=$(sum passed)
echo "$passed passed, $((executed - passed)) failed, $((total - executed)) skipped"
exit $failed
