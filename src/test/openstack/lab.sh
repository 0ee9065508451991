#!/bin/bash
# Starts the lab for trying things out: a small cloud of real Nova, Placement and Cinder on this machine, until Ctrl-C.
#
#   lab.sh [--hosts N] [DIRECTORY]
#
# DIRECTORY (target/openstack-lab, if nothing is said) gets clouds.yaml and what the services write.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
hosts=()
if [ "${1:-}" = --hosts ]; then
  hosts=(--hosts "$2")
  shift 2
fi
directory=${1:-$here/../../../target/openstack-lab}

if ! /usr/bin/python3 -c 'import nova, placement, oslotest, wsgi_intercept, cinder' 2> /dev/null; then
  cache=${XDG_CACHE_HOME:-$HOME/.cache}/interlock/openstack-lab
  mapfile -t packages < "$here/packages"
  "$here/install.sh" "$cache" "${packages[@]}"
  export PYTHONPATH=$cache/root/usr/lib/python3/dist-packages
  export LD_LIBRARY_PATH=$cache/root/usr/lib/$(uname -m)-linux-gnu:$cache/root/lib/$(uname -m)-linux-gnu
fi
exec /usr/bin/python3 "$here/lab.py" "${hosts[@]}" "$directory"
