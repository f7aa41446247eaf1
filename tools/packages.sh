#!/bin/sh
# Installs the Debian packages that a job needs and that are missing.
# usage: tools/packages.sh build|test
set -eu

build="gcc g++ meson ninja-build pkg-config libglib2.0-dev libglib2.0-dev-bin
 libicu-dev libsqlite3-dev libxml2-dev libjson-glib-dev libmagic-dev
 libuchardet-dev libsoup-3.0-dev libseccomp-dev libgmime-3.0-dev
 libarchive-dev libbrotli-dev libcsv-dev libzstd-dev libsodium-dev
 nettle-dev libpoppler-glib-dev libtesseract-dev libleptonica-dev libcld2-dev
 libgeonames0 libgeonames-common"
test="python3 sqlite3 openssl qemu-user chromium poppler-utils tesseract-ocr-eng"

# Node.js may have come another way, and its package then shuts Debian's npm
# out.
command -v node >/dev/null && command -v npm >/dev/null ||
    build="$build nodejs npm"

case "$1" in
build) wanted=$build ;;
test) wanted="$build $test" ;;
*) echo "usage: $0 build|test" >&2; exit 2 ;;
esac

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    # Not Debian: go on if what the build needs is there all the same.
    if command -v meson >/dev/null && command -v ninja >/dev/null &&
        command -v node >/dev/null && command -v npm >/dev/null &&
        pkg-config --exists glib-2.0 icu-i18n sqlite3 libxml-2.0 \
            json-glib-1.0 libmagic uchardet libsoup-3.0 libseccomp gmime-3.0 \
            libarchive libbrotlidec libzstd libsodium nettle poppler-glib tesseract \
            lept 2>/dev/null &&
        echo '#include <cld2/public/encodings.h>' | c++ -E -x c++ - >/dev/null 2>&1; then
        exit 0
    fi
    echo "This is not a Debian system. Please install what these Debian" >&2
    echo "packages hold, then run the command again:" >&2
    echo "$wanted" | tr -s ' \n' ' ' | fold -s -w 72 | sed 's/^/  /' >&2
    echo >&2
    exit 1
fi

missing=""
for package in $wanted; do
    status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
    case "$status" in
    *" installed") ;;
    *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0

sudo=""
if [ "$(id -u)" != 0 ]; then
    sudo=sudo
    if ! command -v sudo >/dev/null; then
        echo "Please run as root, or install:$missing" >&2
        exit 1
    fi
fi
echo "installing:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
# An old package list is worth renewing only if it does not do.
# shellcheck disable=SC2086
$sudo apt-get install -y --no-install-recommends $missing >"$log" 2>&1 ||
    { $sudo apt-get update >"$log" 2>&1 &&
        $sudo apt-get install -y --no-install-recommends $missing \
            >>"$log" 2>&1; } || { cat "$log" >&2; exit 1; }
