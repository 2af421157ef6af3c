#!/usr/bin/env bash
# A real Matrix homeserver, Debian sid's matrix-synapse, in a private chroot that listens on loopback only.
# It installs nothing on the machine. Needs root, Debian's apt-get and dpkg-deb, curl and openssl. Ends with 75 when
# Debian's archive cannot give a package today.
#   synapse.sh install DIR                      build DIR/root, once (about a minute, 530 MB)
#   synapse.sh start DIR PORT                   LIMITS=generous (default) or LIMITS=synapse, its own; FRESH=1 wipes what it knows;
#                                               SERVER_NAME=localhost
#   synapse.sh stop DIR                         stop what start started
#   synapse.sh person DIR                       build DIR/person, once: python3-matrix-nio, a client of another make
#   synapse.sh register USER PASSWORD [--admin] on HS=http://127.0.0.1:8008
set -euo pipefail
SUITE=${SUITE:-sid}
# The Debian mirror this machine already uses for its main archive.
MIRROR=${MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep '/debian/*$' | head -n 1)}
SECRET=loopback-test-only
HS=${HS:-http://127.0.0.1:8008}
# Several can run side by side, each with its name.
NAME=${NAME:-hs}
# shellcheck source=test/support/debian.sh
source "$(dirname "${BASH_SOURCE[0]}")/debian.sh"

# build DIR NAME RELEASE PACKAGE...: a small Debian in DIR/NAME with these packages.
build() {
  local dir root log; dir=$(mkdir -p "$1" && cd "$1" && pwd); root=$dir/$2 log=$dir/$2.log
  [ -e "$dir/.$2" ] && { echo "already installed: $4 $(cat "$dir/.$2")"; return; }
  rm -rf --one-file-system "$root"; mkdir -p "$dir/tools" "$root"; chmod 755 "$dir"; : >"$log"
  # debootstrap is a shell script: it is unpacked beside the root, not on the machine.
  local debootstrap=$dir/tools/usr/share/debootstrap
  [ -e "$debootstrap" ] || {
    (cd "$dir/tools" && apt-get -qq download debootstrap || { apt-get -qq update && apt-get -qq download debootstrap; }) \
      >>"$log" 2>&1 || missing debootstrap "$log"
    dpkg-deb -x "$dir"/tools/debootstrap_*.deb "$dir/tools"
  }
  DEBOOTSTRAP_DIR=$debootstrap given "$log" "$3" "$dir/tools/usr/sbin/debootstrap" --variant=minbase \
    --keyring=/usr/share/keyrings/debian-archive-keyring.gpg "$3" "$root" "$MIRROR"
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"; chmod +x "$root/usr/sbin/policy-rc.d"
  echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/unsafe-io"
  printf 'path-exclude=/usr/share/%s/*\n' doc man locale >"$root/etc/dpkg/dpkg.cfg.d/nodoc"
  cp /etc/resolv.conf /etc/hosts "$root/etc/"
  given "$log" "$4" chroot "$root" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    apt-get -y -q --no-install-recommends install "${@:4}"
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  umount -l "$root/proc" 2>/dev/null || true; umount -l "$root/sys" 2>/dev/null || true
  chroot "$root" dpkg-query -W -f '${Version}\n' "$4" >"$dir/.$2"
  echo "installed $4 $(cat "$dir/.$2") in $root"
}
# The last Debian release that has this client is bookworm.
person() { build "$1" person bookworm python3-matrix-nio python3-olm python3-peewee python3-cachetools python3-atomicwrites; }

config() { # DATA PORT
  cat <<Y
server_name: ${SERVER_NAME:-localhost}
pid_file: $1/pid
public_baseurl: http://127.0.0.1:$2/
listeners:
  - {port: $2, type: http, bind_addresses: ['127.0.0.1'], resources: [{names: [client]}]}
database: {name: sqlite3, args: {database: $1/homeserver.db}}
media_store_path: $1/media
max_upload_size: 200M
signing_key_path: $1/signing.key
log_config: $1/log.yaml
registration_shared_secret: $SECRET
macaroon_secret_key: $SECRET
form_secret: $SECRET
report_stats: false
trusted_key_servers: []
federation_domain_whitelist: []
bcrypt_rounds: 4
url_preview_enabled: false
enable_registration: false
Y
  [ "${LIMITS:-generous}" = synapse ] && return
  local r='{per_second: 100000, burst_count: 100000}' each
  for each in message registration admin_redaction joins_per_room room_creation delayed_event_mgmt reports \
    user_directory media_create key_requests; do echo "rc_$each: $r"; done
  echo "rc_login: {address: $r, account: $r, failed_attempts: $r}"
  echo "rc_joins: {local: $r, remote: $r}"
  echo "rc_invites: {per_room: $r, per_user: $r, per_issuer: $r}"
  echo "rc_presence: {per_user: $r}"
}

start_() {
  local dir port=$2 data=/srv/$NAME root; dir=$(cd "$1" && pwd); root=$dir/root
  [ -s "$dir/$NAME.pid" ] && kill -0 "$(cat "$dir/$NAME.pid")" 2>/dev/null && die "already running, pid $(cat "$dir/$NAME.pid")"
  [ "${FRESH:-}" = 1 ] && rm -rf --one-file-system "$root$data"
  mkdir -p "$root$data"
  config "$data" "$port" >"$root$data/homeserver.yaml"
  printf 'version: 1\ndisable_existing_loggers: false\nhandlers: {f: {class: logging.FileHandler, filename: %s/log}}\nroot: {level: WARNING, handlers: [f]}\n' \
    "$data" >"$root$data/log.yaml"
  local run=(chroot "$root" env LC_ALL=C.UTF-8 PATH=/usr/bin:/bin python3 -m synapse.app.homeserver -c "$data/homeserver.yaml")
  [ -e "$root$data/signing.key" ] || "${run[@]}" --generate-keys
  setsid "${run[@]}" >"$dir/$NAME.log" 2>&1 </dev/null & echo $! >"$dir/$NAME.pid"
  for _ in $(seq 300); do
    curl -fs -o /dev/null "http://127.0.0.1:$port/_matrix/client/versions" \
      && { echo "up on 127.0.0.1:$port pid $(cat "$dir/$NAME.pid")"; return; }
    kill -0 "$(cat "$dir/$NAME.pid")" 2>/dev/null || { tail -5 "$dir/$NAME.log" >&2; die "Synapse died"; }
    sleep 0.1
  done
  die "not up after 30 s"
}

stop_() {
  local dir pid; dir=$(cd "$1" && pwd); pid=$(cat "$dir/$NAME.pid" 2>/dev/null) || die "not started"
  kill "$pid" 2>/dev/null || true
  for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
  kill -9 "$pid" 2>/dev/null || true; rm -f "$dir/$NAME.pid"; echo "stopped"
}

register_() { # USER PASSWORD [--admin]
  local adm=notadmin js=false nonce mac; [ "${3:-}" = --admin ] && { adm=admin; js=true; }
  nonce=$(curl -fsS "$HS/_synapse/admin/v1/register" | sed 's/.*"nonce": *"\([^"]*\)".*/\1/')
  mac=$(printf '%s\0%s\0%s\0%s' "$nonce" "$1" "$2" "$adm" | openssl dgst -sha1 -hmac "$SECRET" | sed 's/.* //')
  curl -sS --fail-with-body -H 'content-type: application/json' "$HS/_synapse/admin/v1/register" \
    -d "{\"nonce\":\"$nonce\",\"username\":\"$1\",\"password\":\"$2\",\"admin\":$js,\"mac\":\"$mac\"}"; echo
}

case ${1:-} in
  person) person "${2:?DIR}";;
  install) build "${2:?DIR}" root "$SUITE" matrix-synapse;; start) start_ "${2:?DIR}" "${3:?PORT}";; stop) stop_ "${2:?DIR}";;
  register) register_ "${2:?USER}" "${3:?PASSWORD}" "${4:-}";; *) sed -n 2,11p "$0"; exit 2;;
esac
