#!/bin/sh
# Builds the CDK app, which is not in the solution, and checks that it synthesizes what `plumb aws synth` prints.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cli=$root/src/Plumbline.Cli/bin/Release/net10.0
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
# The same configuration as for the tests, so that they need not build these projects again.
for project in infra src/Plumbline.Cli; do
  dotnet build "$root/$project" -c Release -p:UseSharedCompilation=true -v quiet -nologo -clp:NoSummary
done
CDK_OUTDIR=$out JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=1 \
  dotnet "$(find "$root/infra/bin/Release" -name plumbline-infra.dll | head -n 1)" "$root/samples/digits" "$cli"
"$cli/plumb" aws synth --project "$root/samples/digits" >"$out/plumb.json"
node -e '
  const read = file => require(file).Resources;
  require("assert").deepStrictEqual(read(process.argv[1]), read(process.argv[2]));
' "$out/plumbline-digits.template.json" "$out/plumb.json"
echo "infra: the CDK app synthesizes the template of plumb aws synth"
