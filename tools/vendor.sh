#!/usr/bin/env bash
# Fetch the front-end files of other projects and lay them out under static/vendor/.
#
# Run by hand when a version below changes; the result is committed, so neither the service nor
# its installation needs npm. Each file is listed with its licence and sha512 in VENDOR.tsv.
# axe-core is used by tests only and goes to tests/vendor/.
set -euo pipefail

BOOTSTRAP=5.3.9
ICONS=1.13.2
HTMX=2.0.8
JSQR=1.4.0
SARABUN=5.3.0
AXE=4.14.1
FONTTOOLS=4.68.0
BROTLI=1.2.1

root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fetch() { # package version -> prints the folder it was unpacked to
  local dir="$work/${1//[@\/]/_}"
  mkdir -p "$dir"
  (cd "$work" && tar -xzf "$(npm pack --silent "$1@$2")" -C "$dir")
  echo "$dir/package"
}

put() { # target folder, then files
  local target="$1"; shift
  mkdir -p "$target"
  install -m 0644 "$@" "$target/"
}

rm -rf "$root/static/vendor" "$root/tests/vendor"

bootstrap=$(fetch bootstrap $BOOTSTRAP)
put "$root/static/vendor/bootstrap-$BOOTSTRAP" "$bootstrap/LICENSE" \
  "$bootstrap/dist/css/bootstrap-reboot.min.css" "$bootstrap/dist/css/bootstrap-utilities.min.css"
# The source maps are not shipped, so the files must not point at them.
sed -i '/^\/\*# sourceMappingURL/d' "$root/static/vendor/bootstrap-$BOOTSTRAP/"*.css

htmx=$(fetch htmx.org $HTMX)
put "$root/static/vendor/htmx.org-$HTMX" "$htmx/LICENSE" "$htmx/dist/htmx.min.js"

jsqr=$(fetch jsqr $JSQR)
put "$root/static/vendor/jsqr-$JSQR" "$jsqr/LICENSE" "$jsqr/dist/jsQR.js"

sarabun=$(fetch @fontsource/sarabun $SARABUN)
put "$root/static/vendor/sarabun-$SARABUN" "$sarabun/LICENSE"
for weight in 400 600 700; do
  for subset in thai latin; do
    put "$root/static/vendor/sarabun-$SARABUN" "$sarabun/files/sarabun-$subset-$weight-normal.woff2"
  done
done

# Guest pages fetch Thai letters only where the device has none of its own; that copy is without
# hints and without what Thai does not need, so that the page stays under 15 kB even then.
python3 -m venv "$work/fonttools"
"$work/fonttools/bin/pip" install --quiet --disable-pip-version-check "fonttools==$FONTTOOLS" "brotli==$BROTLI"
"$work/fonttools/bin/pyftsubset" "$sarabun/files/sarabun-thai-400-normal.woff2" --flavor=woff2 \
  --unicodes=U+0E01-0E3A,U+0E3F-0E4F,U+0E50-0E59 --no-hinting --layout-features=mark,mkmk,ccmp \
  --output-file="$root/static/vendor/sarabun-$SARABUN/sarabun-thai-400-small.woff2"

axe=$(fetch axe-core $AXE)
put "$root/tests/vendor/axe-core-$AXE" "$axe/LICENSE" "$axe/LICENSE-3RD-PARTY.txt" "$axe/axe.min.js"

icons=$(fetch bootstrap-icons $ICONS)
put "$root/static/vendor/bootstrap-icons-$ICONS" "$icons/LICENSE"
python3 "$root/tools/sprite.py" "$icons/icons" "$root/tools/icons.txt" \
  "$root/static/icons.svg" "$root/templates/_components/inline_icons.html"

licence() { # folder name -> licence of what lies in it
  case "$1" in
    bootstrap-*) echo MIT ;;
    htmx.org-*) echo 0BSD ;;
    jsqr-*) echo Apache-2.0 ;;
    sarabun-*) echo OFL-1.1 ;;
    axe-core-*) echo MPL-2.0 ;;
    *) echo "no licence known for $1" >&2; exit 1 ;;
  esac
}

list() { # folder -> writes its VENDOR.tsv
  local base="$1" file
  {
    printf 'file\tlicence\tsha512\n'
    (cd "$base" && find . -type f ! -name "VENDOR.tsv*" -printf '%P\n' | LC_ALL=C sort) | while read -r file; do
      printf '%s\t%s\t%s\n' "$file" "$(licence "${file%%/*}")" "$(sha512sum "$base/$file" | cut -d' ' -f1)"
    done
  } > "$base/VENDOR.tsv.new"
  mv "$base/VENDOR.tsv.new" "$base/VENDOR.tsv"
}
list "$root/static/vendor"
list "$root/tests/vendor"
echo "vendored $(du -sk "$root/static/vendor" | cut -f1) kB under static/vendor"
