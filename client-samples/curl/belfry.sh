# What the scripts beside this file share; they read it with "." and need nothing but curl and a POSIX shell.

url=${BELFRY_URL:-http://localhost:8080}
url=${url%/}
account=${BELFRY_ACCOUNT:-northwind}
operations=$(dirname "$0")/../operations

# token PERSON: BELFRY_TOKEN if set, else a new token of the demo for owner, member or platform.
token() {
  if [ -n "${BELFRY_TOKEN:-}" ]; then
    printf '%s' "$BELFRY_TOKEN"
  else
    curl -fsS --max-time 10 "$url/demo/token?account=$account&as=$1"
  fi
}

# body OPERATION VARIABLES: the request as JSON, with the document of that name.
body() {
  document=$(sed -e '/^ *#/d' -e 's/\\/\\\\/g' -e 's/"/\\"/g' "$operations/$1.graphql" | tr '\n' ' ')
  printf '{"operationName":"%s","query":"%s","variables":%s}' "$1" "$document" "$2"
}

# post TOKEN BODY: the answer. The token goes in through standard input, where a list of processes does not show it.
post() {
  curl -sS --fail-with-body --connect-timeout 10 --max-time 30 \
    -H @- -H 'Content-Type: application/json' --data-binary "$2" "$url/graphql" <<END
Authorization: Bearer $1
END
}

# string TEXT: a JSON string.
string() {
  printf '"%s"' "$(printf '%s' "$1" | tr '[:cntrl:]' ' ' | sed -e 's/\\/\\\\/g' -e 's/"/\\"/g')"
}

# message JSON: what the errors in an answer say, empty if it has none.
message() {
  printf '%s\n' "$1" | sed -n -E -e 's/.*"message": *"(([^"\\]|\\.)*)".*/\1/' -e 't found' -e d -e ':found' -e 's/\\(.)/\1/g' -e p
}
