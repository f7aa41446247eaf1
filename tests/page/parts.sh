#!/bin/sh
# The page's types, and those of its parts that need no browser, where the build
# has put its sources and packages: TAP on standard output.
# usage: tests/page/parts.sh SITE
set -u
cd "$1" || exit 1
echo "1..2"
number=0
for step in check test; do
    number=$((number + 1))
    if words=$(npm run --silent $step 2>&1); then
        echo "ok $number - npm run $step"
    else
        echo "not ok $number - npm run $step"
        echo "$words" | sed 's/^/# /'
    fi
done
