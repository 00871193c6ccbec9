#!/bin/sh
# The tests that draw at random, with other and ten times as many cases as in every run.
#   tools/nightly.sh [SEED]      draws a seed unless one is given, and prints it: the same seed makes the same cases
set -eu
cd "$(dirname "$0")/.."
PLUMBLINE_SEED=${1:-$(($(od -An -N4 -tu4 /dev/urandom) % 1000000))}
export PLUMBLINE_SEED
classes=$(grep -rlE 'Seeds\.Random|Prop\.ForAll' tests --include='*.cs' | grep -v Plumbline.Testing | xargs -n 1 basename -s .cs)
filter=$(printf '%s\n' "$classes" | sed 's/.*/FullyQualifiedName~.&./' | paste -sd '|' -)
echo "PLUMBLINE_SEED=$PLUMBLINE_SEED"
./plumb test --filter "$filter" || {
  echo "Once more with the same cases: tools/nightly.sh $PLUMBLINE_SEED"
  exit 1
}
