#!/bin/bash
# Makes .venv with the first Python of 3.11 or newer that is found, or says the exact command that is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -x .venv/bin/python ] && .venv/bin/python -c 'import pip' 2>/dev/null; then
    exit 0
fi

# The distribution's own is built with all optimisations and a tenth faster than many that are built at home.
bare=
for candidate in /usr/bin/python3 python3 python3.13 python3.12 python3.11; do
    "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    # Debian ships the module `venv` but keeps `ensurepip`, without which it fails, in its own package.
    if "$candidate" -c 'import venv, ensurepip' 2>/dev/null; then
        exec "$candidate" -m venv --clear .venv
    fi
    bare=${bare:-$candidate}
done
if [ -z "$bare" ]; then
    echo "Python 3.11 or newer is needed. On Debian or Ubuntu: apt-get install -y python3 python3-venv" >&2
else
    version=$("$bare" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "$bare cannot make virtual environments. On Debian or Ubuntu: apt-get install -y python$version-venv" >&2
fi
exit 1
