#!/bin/sh
# Publishes one event as the platform: publish.sh [event id]. The event is a source invoice that bills more than was agreed.
# BELFRY_URL, BELFRY_ACCOUNT and BELFRY_TOKEN say where, for whom and as whom.

. "$(dirname "$0")/belfry.sh"

# The event's id makes it safe to send this again: the same event is never logged twice.
event=${1:-curl-$(date -u +%Y%m%d%H%M%S)-$$}

# For an id that is given, the same input each time: another one would be refused.
occurred=2026-03-01T09:00:00Z
[ -n "${1:-}" ] || occurred=$(date -u +%Y-%m-%dT%H:%M:%SZ)

variables=$(
  cat <<END
{ "input": {
    "account": $(string "$account"),
    "events": [ {
      "eventId": $(string "$event"),
      "type": "SOURCE_INVOICE_COST_OF_GOODS_MISMATCH",
      "occurredAt": "$occurred",
      "payload": {
        "invoice": {
          "number": "INV-55811",
          "source": "Cedar & Pine Wholesale",
          "purchaseOrder": "PO-7720",
          "currency": "USD",
          "expectedCost": 110.40,
          "invoicedCost": 124.75,
          "difference": 14.35,
          "lines": [
            {
              "sku": "CP-10482",
              "title": "Cedar Planter, large",
              "quantity": 7,
              "expectedCost": 9.20,
              "invoicedCost": 11.25,
              "difference": 14.35
            }
          ]
        }
      }
    } ]
  } }
END
)

bearer=$(token platform) || exit 1
answer=$(post "$bearer" "$(body publishEvents "$variables")")

case $answer in
  *'"RECORDED"'*) echo "recorded $event" ;;
  *'"DUPLICATE"'*) echo "known already: $event" ;;
  *)
    why=$(message "$answer")
    echo "refused: ${why:-${answer:-no answer}}" >&2
    exit 1
    ;;
esac
