// What each operation counts, in its order, and what it has to say about single things.
// `counts` makes the numbers of a run that went well; `{sku}` and its like in a text become the message's reference.

const product = {
  failed: [
    ['{sku}', 'The price "{word}" is not a number.'],
    ['{sku}', 'The UPC has {n} digits instead of 12.'],
    ['{sku}', 'The title is empty.'],
    ['{sku}', 'The same SKU comes twice in the feed; the first one was taken.'],
  ],
};
const listing = {
  failed: [
    ['{sku}', 'The channel refused the listing: a main image is required.'],
    ['{sku}', 'The channel refused the price: below its minimum of {n}.00.'],
    ['{sku}', 'The listing was removed on the channel.'],
  ],
};

export const operations = {
  GET_INVENTORY_PRIMARY: {
    minutes: [3, 14],
    counts: ({ products, part, some }) => ({ imported: products, updated: part(products, 4, 35), new: some(40), archived: some(12) }),
    failed: product.failed,
    info: [['{sku}', 'New: it is not linked to a listing yet.'], [null, 'The file was {n} MB, read in one piece.']],
  },
  GET_INVENTORY_SECONDARY: {
    minutes: [1, 5],
    counts: ({ products, part }) => split(products, part(products, 2, 25), ['updated', 'unchanged']),
    failed: [
      ['{sku}', 'The quantity "{word}" is not a number.'],
      ['{sku}', 'No product has this SKU.'],
      ['{sku}', 'The cost rose by {n} percent; it needs to be confirmed.'],
    ],
  },
  SEND_FULFILLMENT_REQUESTS: {
    minutes: [1, 3],
    counts: ({ orders }) => ({ sent: orders }),
    failed: [
      ['{order}', 'The source does not ship to this country.'],
      ['{order}', 'The address has no postal code.'],
      ['{order}', 'The source does not know the SKU of line {n}.'],
    ],
  },
  GET_FULFILLMENT_REQUEST_ACKNOWLEDGEMENTS: {
    minutes: [1, 2],
    counts: ({ orders, rare }) => ({ acknowledged: orders, rejected: rare(3) }),
    failed: [['{order}', 'The acknowledgement names a line that was not requested.']],
    warning: {
      of: 'rejected',
      texts: [
        ['{order}', 'Rejected by the source: out of stock.'],
        ['{order}', 'Rejected by the source: item discontinued.'],
      ],
    },
  },
  GET_SHIPMENTS: {
    minutes: [1, 4],
    counts: ({ orders, rare }) => {
      const unmatched = Math.min(orders, rare(2));
      return { imported: orders, matched: orders - unmatched, unmatched };
    },
    failed: [['{tracking}', 'The carrier code "XPR2" is not mapped to a shipping method.']],
    warning: { of: 'unmatched', texts: [['{tracking}', 'No open order fits this shipment.']] },
  },
  GET_SOURCE_INVOICES: {
    minutes: [1, 5],
    counts: ({ orders, rare }) => ({ imported: orders, mismatched: Math.min(orders, rare(3)) }),
    failed: [
      ['{invoice}', 'The invoice has no order number.'],
      ['{invoice}', 'The total is not the sum of the lines.'],
    ],
    warning: {
      of: 'mismatched',
      texts: [
        ['{invoice}', 'Cost of goods is {n}.40 above what was ordered.'],
        ['{invoice}', 'The invoice has a handling fee that was not agreed on.'],
      ],
    },
  },
  GET_INVENTORY_IMAGES: {
    minutes: [6, 30],
    counts: ({ products, part, some }) => ({ imported: some(120), updated: part(products, 0, 3) }),
    failed: [
      ['{sku}', 'The image is {n} pixels wide; 500 is the least.'],
      ['{sku}', 'The image could not be downloaded (404).'],
    ],
  },
  LINK_LISTINGS: {
    minutes: [1, 6],
    counts: ({ some, rare }) => ({ linked: some(60), unlinked: rare(6) }),
    failed: [['{sku}', 'Two listings carry this SKU; link one of them by hand.']],
  },
  SYNC_LISTINGS: {
    minutes: [2, 12],
    counts: ({ products, part }) => split(products, part(products, 1, 20), ['updated', 'unchanged']),
    failed: listing.failed,
  },
  PUBLISH_LISTINGS: {
    minutes: [2, 10],
    counts: ({ some }) => ({ published: some(35), updated: some(15) }),
    failed: listing.failed,
  },
  GET_ORDERS: {
    minutes: [1, 3],
    counts: ({ orders, rare }) => ({ imported: orders, updated: rare(5), held: Math.min(orders, rare(3)) }),
    failed: [['{order}', 'The currency "CAD" is not set up.'], ['{order}', 'The order has no lines.']],
    warning: {
      of: 'held',
      texts: [
        ['{order}', 'On hold: duplicate order protection.'],
        ['{order}', 'On hold: no quantity at source.'],
        ['{order}', 'On hold: line {n} is not managed.'],
        ['{order}', 'On hold: shipping policy not mapped.'],
        ['{order}', 'On hold: workflow rule "International orders".'],
      ],
    },
  },
  SYNC_ORDERS: {
    minutes: [1, 3],
    counts: ({ orders }) => ({ synced: orders }),
    failed: [
      ['{order}', 'The channel has closed this order already.'],
      ['{order}', 'The channel does not accept the tracking number.'],
    ],
  },
};

/** Why a run did not come to its end, outside of the known incidents. */
export const breakdowns = [
  'Stopped: no progress for a minute.',
  'The connection was reset while reading.',
  'The access token has expired. Connect the integration again.',
  'The other side answered 429: too many requests.',
  'The other side answered 502: bad gateway.',
  'The file was empty.',
  'Line 1 has no column "sku".',
];

function split(whole, part, [first, second]) {
  return { [first]: part, [second]: whole - part };
}
