#!/usr/bin/env bash
# Makes sure of a tool that make's targets need: `need.sh <tool>...`. Says what it does; says one clear line when it cannot.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

UV_VERSION=0.13.9
readonly TOOLS=.labelbus/tools

say() { printf '== %s\n' "$*" >&2; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

apt_install() { # <what it is for> <package> [<the one to take where that is not packaged>]
  local sudo=()
  if ! command -v apt-get >/dev/null; then fail "$1: install it with the package manager of this system."; fi
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || fail "$1: run \`sudo apt-get install -y $2\`."
    sudo=(sudo -n)
  fi
  say "Installing $2 with apt …"
  "${sudo[@]}" apt-get update -qq >&2
  if [ $# -gt 2 ] && ! packaged "$2"; then set -- "$1" "$3"; fi
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >&2
}

packaged() { apt-cache show "$1" >/dev/null 2>&1; }

find_python() {
  local candidate
  for candidate in python3.13 python3.12 python3.11 python3; do
    if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  fail "Labelbus needs Python 3.11, 3.12 or 3.13 on the PATH; found $(python3 --version 2>/dev/null || echo none)."
}

need_python() { find_python >/dev/null; }

need_uv() {
  if command -v uv >/dev/null || [ -x "$TOOLS/bin/uv" ]; then return; fi
  local python
  python=$(find_python)
  "$python" -c 'import ensurepip' 2>/dev/null || fail "Python has no venv module: run \`sudo apt-get install -y python3-venv\`."
  say "Installing uv into $TOOLS …"
  "$python" -m venv "$TOOLS"
  "$TOOLS/bin/pip" install --quiet "uv==$UV_VERSION"
}

need_node() {
  local version
  version=$(node --version 2>/dev/null || echo none)
  command -v npm >/dev/null && node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null ||
    fail "Labelbus needs Node.js 20.19 or newer with npm on the PATH; found $version."
}

need_curl() { # the packaged MongoDB links to it; a mongod of the system brings its own
  if [ "$(uname -s)" != Linux ] || command -v mongod >/dev/null || [ -n "${LABELBUS_MONGO_URL:-}" ]; then return; fi
  if /sbin/ldconfig -p | grep -q 'libcurl\.so\.4 '; then return; fi
  apt_install "MongoDB needs libcurl.so.4" libcurl4
}

find_chromium() {
  local candidate
  for candidate in "${LABELBUS_CHROMIUM:-}" "$@"; do
    if [ -n "$candidate" ] && command -v "$candidate"; then return; fi
  done
  return 1
}

need_chromium() { # the headless shell where there is a package of it: a page costs half the CPU of a whole browser's
  local shell=chromium-headless-shell purpose="The browser tests need Chromium (on the PATH or in LABELBUS_CHROMIUM)"
  if find_chromium "$shell" >/dev/null; then return; fi
  if ! find_chromium chromium chromium-browser google-chrome >/dev/null; then
    apt_install "$purpose" "$shell" chromium
  elif packaged "$shell"; then
    (apt_install "$purpose" "$shell") || say "Going on with the whole Chromium: slower."
  fi
}

for tool in "$@"; do
  "need_${tool//-/_}"
done
