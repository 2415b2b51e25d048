#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs a command where nearly nothing is allowed: every file system read-only, no /proc, no /sys, no
# temporary folder, no home, no network, no variables; one folder can be written.
# Usage: closed.sh FOLDER COMMAND [WORD..]
# Linux alone, by namespaces that need no rights where the system lets users have them.
set -eu
[ "$#" -ge 2 ] || { echo "usage: $0 FOLDER COMMAND [WORD..]" >&2; exit 2; }
if [ "${CLOSED:-}" != inside ]; then
  CLOSED=inside exec unshare --user --map-root-user --mount --net "$0" "$@"
fi
folder=$1
shift
mount --make-rprivate /
mount --bind "$folder" "$folder"
# Deepest first, so that what lies over a mount is not looked for under it.
awk '{print $5}' /proc/self/mountinfo | sort -r | while read -r place; do
  case $place in
    "$folder" | /proc | /proc/* | /sys | /sys/* | *\\*) ;;
    *) mount -o remount,bind,ro "$place" 2> /dev/null || true ;;
  esac
done
# Empty and read-only: a folder of which nothing can be read, and into which nothing can be put.
for place in /sys /tmp /var/tmp /dev/shm "${HOME:-/root}" /proc; do
  case $folder/ in "$place"/*) continue ;; esac
  [ ! -d "$place" ] || mount -t tmpfs -o ro,size=4k none "$place"
done
cd "$folder"
exec env -i "$@"
