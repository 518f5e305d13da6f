package dev.belfry.embedded.demo;

import java.util.List;
import java.util.Map;

import dev.belfry.jobs.intake.JobCompletion.IntegrationRef;
import dev.belfry.jobs.intake.JobCompletion.OriginRef;
import dev.belfry.jobs.integrations.OriginKind;

/**
 * Through which the demo's accounts buy and sell.
 *
 * @param products the size of the catalogue
 * @param orders how many a run sees around noon
 * @param everyHours how often each operation runs
 */
record DemoIntegration(IntegrationRef integration, String skuPrefix, int products, int orders,
		Map<DemoOperation, Integer> everyHours) {

	private static final List<DemoIntegration> NORTHWIND = List.of(
			source("cedar-sftp", "Cedar & Pine SFTP", "cedar-and-pine", "Cedar & Pine Wholesale", "CP", 1_240, 9,
					Map.of(DemoOperation.GET_INVENTORY_PRIMARY, 24, DemoOperation.GET_INVENTORY_SECONDARY, 6,
							DemoOperation.SEND_FULFILLMENT_REQUESTS, 12, DemoOperation.GET_SHIPMENTS, 12,
							DemoOperation.GET_SOURCE_INVOICES, 24)),
			source("bluewater-catalog", "Bluewater Catalog API", "bluewater", "Bluewater Outdoor Supply", "BW", 18_600,
					22,
					Map.of(DemoOperation.GET_INVENTORY_PRIMARY, 12, DemoOperation.GET_INVENTORY_SECONDARY, 4,
							DemoOperation.GET_INVENTORY_IMAGES, 72,
							DemoOperation.GET_FULFILLMENT_REQUEST_ACKNOWLEDGEMENTS, 12, DemoOperation.GET_SHIPMENTS,
							12)),
			channel("web-store", "Northwind web store", "web-store", "Northwind Web Store", "NW", 21_300, 31,
					Map.of(DemoOperation.GET_ORDERS, 4, DemoOperation.SYNC_ORDERS, 8, DemoOperation.SYNC_LISTINGS, 12,
							DemoOperation.PUBLISH_LISTINGS, 24)),
			channel("marketplace-us", "Marketplace US", "marketplace", "Summit Marketplace", "SM", 8_900, 46,
					Map.of(DemoOperation.GET_ORDERS, 4, DemoOperation.SYNC_ORDERS, 8, DemoOperation.SYNC_LISTINGS, 12,
							DemoOperation.LINK_LISTINGS, 48)));

	private static final List<DemoIntegration> HARBOR = List.of(
			source("lighthouse-ftp", "Lighthouse nightly file", "lighthouse", "Lighthouse Rigging Co.", "LR", 930, 6,
					Map.of(DemoOperation.GET_INVENTORY_PRIMARY, 24, DemoOperation.GET_INVENTORY_SECONDARY, 6,
							DemoOperation.SEND_FULFILLMENT_REQUESTS, 12, DemoOperation.GET_SOURCE_INVOICES, 24)),
			source("alesund-api", "Ålesund stock API", "alesund", "Ålesund Marine Supply", "AL", 5_400, 14,
					Map.of(DemoOperation.GET_INVENTORY_PRIMARY, 12, DemoOperation.GET_INVENTORY_SECONDARY, 4,
							DemoOperation.GET_SHIPMENTS, 8, DemoOperation.GET_INVENTORY_IMAGES, 72,
							DemoOperation.GET_FULFILLMENT_REQUEST_ACKNOWLEDGEMENTS, 12)),
			channel("trade-counter", "Trade counter", "counter", "Harbor Trade Counter", "HC", 6_100, 18,
					Map.of(DemoOperation.GET_ORDERS, 4, DemoOperation.SYNC_ORDERS, 8, DemoOperation.SYNC_LISTINGS, 24)),
			channel("chandlery-shop", "Chandlery shop", "chandlery", "Chandlery Online", "CH", 4_200, 25,
					Map.of(DemoOperation.GET_ORDERS, 4, DemoOperation.SYNC_ORDERS, 8, DemoOperation.SYNC_LISTINGS, 12,
							DemoOperation.PUBLISH_LISTINGS, 24, DemoOperation.LINK_LISTINGS, 48)));

	static List<DemoIntegration> of(DemoAccount account) {
		return (account == DemoAccount.NORTHWIND) ? NORTHWIND : HARBOR;
	}

	private static DemoIntegration source(String id, String name, String origin, String originName, String sku,
			int products, int orders, Map<DemoOperation, Integer> everyHours) {
		return of(OriginKind.SOURCE, id, name, origin, originName, sku, products, orders, everyHours);
	}

	private static DemoIntegration channel(String id, String name, String origin, String originName, String sku,
			int products, int orders, Map<DemoOperation, Integer> everyHours) {
		return of(OriginKind.CHANNEL, id, name, origin, originName, sku, products, orders, everyHours);
	}

	private static DemoIntegration of(OriginKind kind, String id, String name, String origin, String originName,
			String sku, int products, int orders, Map<DemoOperation, Integer> everyHours) {
		return new DemoIntegration(new IntegrationRef(id, name, new OriginRef(kind, origin, originName)), sku, products,
				orders, everyHours);
	}

}
