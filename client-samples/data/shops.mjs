// The cast of the sample: two shops, whom they buy from and sell through, and what goes wrong there.
// `every` is in hours by operation, `products` the size of a catalogue, `orders` how many a run sees on a usual day.

const source = (externalId, name) => ({ kind: 'SOURCE', externalId, name });
const channel = (externalId, name) => ({ kind: 'CHANNEL', externalId, name });

const bluewater = source('bluewater', 'Bluewater Outdoor Supply');

export const shops = [
  {
    account: 'northwind',
    prefix: 'nw',
    integrations: [
      {
        externalId: 'cedar-sftp',
        name: 'Cedar & Pine SFTP',
        origin: source('cedar-and-pine', 'Cedar & Pine Wholesale'),
        sku: 'CP', products: 1_240, orders: 9,
        every: {
          GET_INVENTORY_PRIMARY: 24,
          GET_INVENTORY_SECONDARY: 6,
          SEND_FULFILLMENT_REQUESTS: 12,
          GET_FULFILLMENT_REQUEST_ACKNOWLEDGEMENTS: 12,
          GET_SHIPMENTS: 12,
          GET_SOURCE_INVOICES: 24,
        },
      },
      {
        externalId: 'bluewater-catalog',
        name: 'Bluewater Catalog API',
        origin: bluewater,
        sku: 'BW', products: 18_600, orders: 0,
        every: {
          GET_INVENTORY_PRIMARY: 12,
          GET_INVENTORY_SECONDARY: 4,
          GET_INVENTORY_IMAGES: 72,
        },
      },
      {
        externalId: 'bluewater-orders',
        name: 'Bluewater Orders API',
        origin: bluewater,
        sku: 'BW', products: 0, orders: 22,
        every: {
          SEND_FULFILLMENT_REQUESTS: 6,
          GET_FULFILLMENT_REQUEST_ACKNOWLEDGEMENTS: 12,
          GET_SHIPMENTS: 8,
          GET_SOURCE_INVOICES: 24,
        },
      },
      {
        externalId: 'granite-edi',
        name: 'Granite EDI',
        renamed: { from: '2026-11-02', name: 'Granite Tool Works EDI' },
        origin: source('granite', 'Granite Tool Works'),
        sku: 'GTW', products: 3_450, orders: 5,
        every: {
          GET_INVENTORY_PRIMARY: 24,
          GET_INVENTORY_SECONDARY: 12,
          GET_SHIPMENTS: 24,
          GET_SOURCE_INVOICES: 24,
        },
      },
      {
        externalId: 'senal-feed',
        name: 'Señal product feed',
        origin: source('senal', 'Señal Textiles'),
        sku: 'ST', products: 610, orders: 0,
        every: {
          GET_INVENTORY_PRIMARY: 24,
          GET_INVENTORY_IMAGES: 72,
        },
      },
      {
        externalId: 'web-store',
        name: 'Northwind web store',
        origin: channel('web-store', 'Northwind Web Store'),
        sku: 'NW', products: 14_200, orders: 31,
        every: {
          LINK_LISTINGS: 24,
          SYNC_LISTINGS: 6,
          PUBLISH_LISTINGS: 24,
          GET_ORDERS: 4,
          SYNC_ORDERS: 6,
        },
      },
      {
        externalId: 'market-square-us',
        name: 'Market Square US',
        origin: channel('market-square', 'Market Square'),
        sku: 'NW', products: 5_300, orders: 12,
        every: {
          LINK_LISTINGS: 72,
          SYNC_LISTINGS: 12,
          GET_ORDERS: 6,
          SYNC_ORDERS: 12,
        },
      },
    ],
  },
  {
    account: 'harbor',
    prefix: 'hb',
    integrations: [
      {
        externalId: 'alesund-api',
        name: 'Ålesund stock API',
        origin: source('alesund', 'Ålesund Marine Supply'),
        sku: 'AMS', products: 4_820, orders: 7,
        every: {
          GET_INVENTORY_PRIMARY: 24,
          GET_INVENTORY_SECONDARY: 8,
          SEND_FULFILLMENT_REQUESTS: 12,
          GET_FULFILLMENT_REQUEST_ACKNOWLEDGEMENTS: 12,
          GET_SHIPMENTS: 12,
        },
      },
      {
        externalId: 'lighthouse-ftp',
        name: 'Lighthouse nightly file',
        origin: source('lighthouse', 'Lighthouse Rigging Co.'),
        sku: 'LR', products: 930, orders: 3,
        every: {
          GET_INVENTORY_PRIMARY: 24,
          GET_INVENTORY_SECONDARY: 12,
          GET_SOURCE_INVOICES: 48,
          GET_INVENTORY_IMAGES: 168,
        },
      },
      {
        externalId: 'tidewater-dropship',
        name: 'Tidewater dropship',
        origin: source('tidewater', 'Tidewater Engine Parts'),
        sku: 'TW', products: 0, orders: 6,
        every: {
          SEND_FULFILLMENT_REQUESTS: 12,
          GET_FULFILLMENT_REQUEST_ACKNOWLEDGEMENTS: 24,
          GET_SHIPMENTS: 24,
          GET_SOURCE_INVOICES: 24,
        },
      },
      {
        externalId: 'chandlery',
        name: 'Harbor Chandlery shop',
        origin: channel('chandlery', 'Harbor Chandlery'),
        sku: 'HC', products: 5_100, orders: 14,
        every: {
          LINK_LISTINGS: 72,
          SYNC_LISTINGS: 8,
          PUBLISH_LISTINGS: 48,
          GET_ORDERS: 4,
          SYNC_ORDERS: 8,
        },
      },
      {
        externalId: 'dockside-eu',
        name: 'Dockside EU',
        origin: channel('dockside', 'Dockside Marketplace'),
        sku: 'HC', products: 1_900, orders: 6,
        every: {
          SYNC_LISTINGS: 24,
          GET_ORDERS: 8,
          SYNC_ORDERS: 12,
        },
      },
    ],
  },
];

/** While one of these lasts, every run of the integration fails with its text. */
export const incidents = [
  {
    integration: 'bluewater-catalog',
    from: '2026-10-27T02:10:00Z',
    to: '2026-10-28T09:30:00Z',
    text: 'The catalog API does not answer.',
  },
  {
    integration: 'lighthouse-ftp',
    from: '2026-11-05T00:00:00Z',
    to: '2026-11-06T15:00:00Z',
    text: 'The server of the supplier refused the login. Has the password been changed?',
  },
  {
    integration: 'market-square-us',
    from: '2026-11-11T11:40:00Z',
    to: '2026-11-11T22:15:00Z',
    text: 'Market Square answered 503: scheduled maintenance.',
  },
  {
    integration: 'tidewater-dropship',
    from: '2026-10-19T06:00:00Z',
    to: '2026-10-19T23:00:00Z',
    text: 'The certificate of orders.tidewater.example has expired.',
  },
];
