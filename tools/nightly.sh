#!/bin/sh
# Runs the randomized suites of ./plumb test with more cases and rounds, and prints the results of each part.
#   tools/nightly.sh [SEED] [PART...]
# Parts are "random" and the names in [Trait(Nightly.Part, "PART")]; by default all run. Without SEED a random one is drawn
# and printed; the same seed gives the same cases.
set -eu
cd "$(dirname "$0")/.."
case ${1:-} in
  [0-9]*) seed=$1; shift ;;
  *) seed=$(($(od -An -N4 -tu4 /dev/urandom) % 1000000)) ;;
esac
known="random $(grep -rhoE '^\[Trait\(Nightly\.Part, "[a-z-]+"' tests --include='*.cs' | sed 's/.*"\(.*\)"/\1/' | sort -u | paste -sd ' ' -)"
parts=${*:-$known}

filter=
for part in $parts; do
  case " $known " in
    *" $part "*) ;;
    *) echo "Unknown part '$part': write one or more of: $known." >&2; exit 2 ;;
  esac
  if [ "$part" = random ]; then
    classes=$(grep -rlE 'Seeds\.Random|Prop\.ForAll' tests --include='*.cs' | xargs grep -LE 'Nightly\.Part' | grep -v Plumbline.Testing)
    for class in $classes; do
      filter="$filter|FullyQualifiedName~.$(basename "$class" .cs)."
    done
  else
    filter="$filter|Nightly=$part"
  fi
done

export PLUMBLINE_SEED="$seed" PLUMBLINE_NIGHTLY="$PWD/.plumb/nightly"
rm -rf "$PLUMBLINE_NIGHTLY"
mkdir -p "$PLUMBLINE_NIGHTLY"
echo "PLUMBLINE_SEED=$seed, parts: $parts"
began=$(date +%s)
failed=0
./plumb test --filter "${filter#|}" || failed=1
for file in "$PLUMBLINE_NIGHTLY"/*; do
  [ ! -f "$file" ] || awk -v part="${file##*/}" '!times[$0]++ { lines[++n] = $0 }
    END { for (i = 1; i <= n; i++) print part ": " (times[lines[i]] > 1 ? times[lines[i]] " times " : "") lines[i] }' "$file"
done
echo "$((($(date +%s) - began + 59) / 60)) minutes"
[ "$failed" -eq 0 ] || echo "To repeat the same cases: tools/nightly.sh $seed $parts"
exit $failed
