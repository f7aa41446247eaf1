#!/bin/sh
# Reads the fictional case in examples/ and prints a brief of it.
# usage: tools/try.sh BUILD
set -eu
attest=$1/src/cli/attest
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$attest" read --case "$dir/examples.attest" examples
echo
"$attest" brief --case "$dir/examples.attest"
mv "$dir/examples.attest" "$1/examples.attest"
cat <<END

The case is $1/examples.attest. Open it as a page in the browser:
  $attest serve --case $1/examples.attest
or ask it more here:
  $attest claims --case $1/examples.attest --act liberty
  $attest show --case $1/examples.attest c1
  $attest search --case $1/examples.attest prison
END
