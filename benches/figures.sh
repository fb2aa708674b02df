#!/usr/bin/env bash
# How truly the OpenAPI document of a real docset says what the service's own metadata says.
#
#   benches/figures.sh SCORE.py TRUTH.json.xz
#
# SCORE.py takes a document and a truth file and prints the figures.
# APIPAGE_CORPUS is the docset, a folder or a .tar.xz that holds api-reference/v1.0. Needs Python with PyYAML.
set -euo pipefail
cd "$(dirname "$0")/.."
corpus=${APIPAGE_CORPUS:-../shared/corpus/graph-v1.0-2021-07.tar.xz}
score=${1:?the program that scores}
truth=${2:?the truth to score against}
for file in "$corpus" "$score" "$truth"; do
  [ -e "$file" ] || { echo "not there: $file (nothing was measured)"; exit 2; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -d "$corpus" ]; then docset=$corpus; else tar xJf "$corpus" -C "$work" && docset=$work; fi
cargo build --release -q
target/release/apipage generate --input "$docset/api-reference/v1.0" --output "$work/out" --target openapi 2>"$work/log" \
  || { tail -5 "$work/log"; exit 1; }
tail -1 "$work/log"
python3 "$score" "$work/out/openapi.yaml" "$truth"
