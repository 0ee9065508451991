#!/bin/bash
# Unpacks Debian packages, and what they need beside what is installed, below a directory of their own. It needs no root,
# runs nobody's maintainer scripts, and leaves the system as it is.
#
#   install.sh DIR PACKAGE...
#
# Then Python finds them with PYTHONPATH=DIR/root/usr/lib/python3/dist-packages. What is there already is left as it is.
# Where that cannot be, it ends with 1, and the last line of standard error says why.
set -euo pipefail

dir=$1
shift
packages=$*
stamp=$dir/packages
lists=$dir/lists

fail() {
  echo "$*" >&2
  exit 1
}

[ -x /usr/bin/python3 ] || fail "There is no /usr/bin/python3 to run $packages."
for tool in apt-get dpkg-deb flock; do
  command -v "$tool" > /dev/null || fail "$tool is not here, so that $packages cannot be had: that takes Debian, or what is made of it."
done
mkdir -p "$dir" 2> /dev/null || fail "$dir cannot be written, so that $packages cannot be had."

# one build at a time
exec 9> "$dir/lock"
flock 9
[ "$(cat "$stamp" 2> /dev/null)" != "$packages" ] || exit 0

apt() {
  apt-get -q=2 -o APT::Sandbox::User=root "${options[@]}" "$@" < /dev/null
}

# name=version of all that would be installed; a line may name the version that it would replace
wanted() {
  apt -s install --no-install-recommends $packages | sed -n 's/^Inst \([^ ]*\) \(\[[^]]*\] \)\{0,1\}(\([^ ]*\) .*/\1=\3/p'
}

download() {
  local found
  found=$(wanted) || return 1
  rm -rf "$dir/debs" && mkdir "$dir/debs"
  # Python's own C library must stay the one that Python was started with
  mapfile -t found < <(grep -v '^libc6' <<< "$found" || true)
  [ -z "${found[0]:-}" ] || (cd "$dir/debs" && apt download "${found[@]}")
}

# The system's lists may be missing or old; nobody but root may renew them, so that it is done for this directory alone.
options=()
if ! download 2> "$dir/log"; then
  options=(-o "Dir::State::Lists=$lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=)
  mkdir -p "$lists/partial"
  { apt update && download; } > "$dir/log" 2>&1 \
    || fail "apt cannot get $packages: $(grep -m 1 -E "^[EW]:" "$dir/log" | cut -c 1-300)"
fi

rm -rf "$dir/root" && mkdir "$dir/root"
find "$dir/debs" -name '*.deb' -print0 | xargs -0 -r -n 1 -P 2 -I '{}' dpkg-deb -x '{}' "$dir/root" 2> "$dir/log" \
  || fail "dpkg-deb cannot unpack $packages: $(tail -1 "$dir/log")"
rm -rf "$dir/debs" "$lists"
echo "$packages" > "$stamp"
