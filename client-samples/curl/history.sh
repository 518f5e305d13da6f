#!/bin/sh
# Searches the history as the demo's owner: history.sh [words], for example: history.sh orders held
# Prints the newest 20 that match. BELFRY_URL, BELFRY_ACCOUNT and BELFRY_TOKEN say where and who.

. "$(dirname "$0")/belfry.sh"

bearer=$(token owner) || exit 1
answer=$(post "$bearer" "$(body searchJobNotifications "{\"words\":$(string "$*")}")")

case $answer in
  *'"nodes":'*) ;;
  *)
    why=$(message "$answer")
    echo "refused: ${why:-${answer:-no answer}}" >&2
    exit 1
    ;;
esac

# One notification to a line, then the value of each field: all that is needed of JSON here.
printf '%s\n' "$answer" |
  sed -e 's/},{/}\
{/g' |
  awk '
    function text(key,  rest) {
      rest = substr($0, index($0, "\"" key "\":") + length(key) + 3)
      if (!match(rest, /"([^"\\]|\\.)*"/)) return ""
      rest = substr(rest, RSTART + 1, RLENGTH - 2)
      gsub(/\\"/, "\"", rest)
      gsub(/\\\\/, "\\", rest)
      return rest
    }
    index($0, "\"summary\":") {
      what = text("operationName") ", " text("integrationName") ": " text("summary")
      print substr(text("recordedAt"), 1, 16) "Z  " text("outcome") "  " what
    }
    match($0, /"totalCount": *[0-9]+/) {
      total = substr($0, RSTART + 13, RLENGTH - 13)
    }
    END { print total " found" }'
