#!/bin/bash
# Makes .venv with the first Python of 3.11 or newer that is found, or says the exact command that is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -x .venv/bin/python ] && .venv/bin/python -c 'import pip' 2>/dev/null; then
    exit 0
fi

for candidate in python3 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "${python:-}" ]; then
    echo "Python 3.11 or newer is needed. On Debian or Ubuntu: apt-get install -y python3 python3-venv" >&2
    exit 1
fi
# Debian ships the module `venv` but keeps `ensurepip`, without which it fails, in its own package.
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "$python cannot make virtual environments. On Debian or Ubuntu: apt-get install -y python$version-venv" >&2
    exit 1
fi
"$python" -m venv --clear .venv
