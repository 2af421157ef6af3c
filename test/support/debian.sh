#!/usr/bin/env bash
# What the tests take from Debian's archive. Ends with 75 when the archive cannot give it today.
#   debian.sh COMMAND PACKAGE    the command, installed on this machine by the package when it is not there; needs root then
set -euo pipefail
die() { echo "$(basename "$0"): $*" >&2; exit 1; }

# What Debian's archive cannot give today is nobody's mistake here: whoever runs the tests is told, and may go on without.
missing() { echo "$(basename "$0"): Debian's archive cannot give $1 today, see $2" >&2; exit 75; }
UNGIVEN="Couldn't download|Failed to fetch|Failed getting release|Unable to locate package|unmet dependencies|held broken"
UNGIVEN+="|no installation candidate|Unable to correct problems|Hash Sum mismatch|Could not resolve|Couldn't find these debs"
given() { # LOG WHAT COMMAND...
  "${@:3}" >>"$1" 2>&1 && return
  if grep -Eq "$UNGIVEN" "$1"; then missing "$2" "$1"; else die "$2 failed, see $1"; fi
}

# Another script only takes the functions.
[ "${BASH_SOURCE[0]}" = "$0" ] || return 0
[ -n "${2:-}" ] || { sed -n 2,3p "$0"; exit 2; }
command -v "$1" >/dev/null && exit
log=$(mktemp)
apt-get update -q >>"$log" 2>&1 || missing "$2" "$log"
DEBIAN_FRONTEND=noninteractive given "$log" "$2" apt-get install -y -q --no-install-recommends "$2"
rm "$log"
