#!/bin/sh
# The bell of the demo's owner, over server-sent events: one line for each change, until Ctrl-C.
# BELFRY_URL, BELFRY_ACCOUNT and BELFRY_TOKEN say where and who.

. "$(dirname "$0")/belfry.sh"

folder=$(mktemp -d) || exit 1
events=$folder/events
mkfifo "$events" || exit 1
child=
shown=
delay=1
trap 'leave' INT TERM HUP

leave() {
  trap '' INT TERM HUP
  [ -z "$child" ] || kill "$child" 2>/dev/null
  rm -rf "$folder"
  exit 0
}

number() {
  printf '%s\n' "$1" | sed -n "s/.*\"$2\": *\([0-9][0-9]*\).*/\1/p"
}

show() {
  unseen=$(number "$1" unseenCount)
  if [ -z "$unseen" ]; then
    why=$(message "$1")
    echo "refused: ${why:-$1}"
    return
  fi
  delay=1
  problems=$(number "$1" unseenProblemCount)
  [ "$problems" = 1 ] && noun=problem || noun=problems
  line="unseen $unseen ($problems $noun), unread $(number "$1" unreadCount)"
  # After a reconnect the state comes again, changed or not.
  [ "$line" = "$shown" ] || echo "$line"
  shown=$line
}

listen() {
  bearer=$(token owner) || return
  request=$(body bellChanges '{}')
  # In the background and through a named pipe, so that this shell stays free to hear Ctrl-C.
  curl -sS --fail-with-body --no-buffer --connect-timeout 10 --keepalive-time 20 \
    -H @- -H 'Content-Type: application/json' -H 'Accept: text/event-stream' \
    --data-binary "$request" "$url/graphql" >"$events" <<END &
Authorization: Bearer $bearer
END
  child=$!
  while IFS= read -r line; do
    case $line in
      data:*bell* | data:*errors* | '{'*) show "$line" ;;
    esac
  done <"$events"
  wait "$child"
  child=
}

while :; do
  listen
  echo "not connected, trying again in $delay s"
  sleep "$delay" &
  child=$!
  wait "$child"
  delay=$((delay < 16 ? delay * 2 : 30))
done
