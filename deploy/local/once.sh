#!/usr/bin/env bash
# Runs a command unless its inputs are as they were: `once.sh <name> <output> <input>... -- <command>...`.
# By content, not by time, so that a checkout of another branch and back costs nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

name=$1 output=$2
shift 2
inputs=()
while [ "$1" != -- ]; do
  inputs+=("$1")
  shift
done
shift

stamp=.labelbus/stamps/$name
now=$({ echo "$PWD $*"; find "${inputs[@]}" -type f -print0 | LC_ALL=C sort -z | xargs -0 cksum; } | cksum)
if [ -e "$output" ] && [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$now" ]; then exit 0; fi
printf '== %s: %s\n' "$name" "$*" >&2
"$@"
mkdir -p "$(dirname "$stamp")"
echo "$now" >"$stamp"
