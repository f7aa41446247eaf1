#!/bin/sh
# Builds the page in web/ and packs it for the program.  The source folder
# stays as it is: all is done in WORK, where the packages of the page stay
# until package-lock.json changes.
# usage: tools/web.sh WEB WORK OUT.c OUT.h DEPENDS
set -eu
web=$1 work=$(realpath -m "$2") c=$(realpath -m "$3") h=$(realpath -m "$4") depends=$5
name=$(basename "$c" .c)
log=$work/log

mkdir -p "$work/site"
# Folders too: a file that comes or goes changes them.
find "$web" \( -name node_modules -o -name dist \) -prune -o -print |
    sed 's/[ #$\\]/\\&/g' | tr '\n' ' ' | sed "s|^|$3: |" >"$depends"

# The sources anew, beside the packages that were there.
find "$work/site" -mindepth 1 -maxdepth 1 ! -name node_modules ! -name installed \
    -exec rm -rf {} +
tar -C "$web" --exclude=./node_modules --exclude=./dist -cf - . |
    tar -C "$work/site" -xf -

cd "$work/site"
build() {
    if ! cmp -s package-lock.json installed/package-lock.json; then
        rm -rf installed node_modules
        npm ci --no-audit --no-fund --ignore-scripts --prefer-offline || return 1
        mkdir installed
        cp package-lock.json installed/
    fi
    npm run build
}
build >"$log" 2>&1 || {
    cat "$log" >&2
    echo "The page in web/ could not be built (its packages come from the" \
        "npm registry)." >&2
    exit 1
}

cd dist
{
    echo '<gresources><gresource prefix="/attest/page">'
    find . -type f | sort | while read -r file; do
        gzip -9 -n "$file"
        mv "$file.gz" "$file"
        echo "<file>${file#./}</file>"
    done
    echo '</gresource></gresources>'
} >"$work/page.xml"
for out in "$c" "$h"; do
    glib-compile-resources --sourcedir=. --target="$out" --c-name="$name" \
        --generate "$work/page.xml"
done
