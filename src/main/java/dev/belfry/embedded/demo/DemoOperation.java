package dev.belfry.embedded.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What the demo's integrations run, what that counts, and what goes wrong with single
 * items.
 */
enum DemoOperation {

	GET_INVENTORY_PRIMARY(14, List.of(all("imported"), some("updated", 35), some("new", 2), some("archived", 1)),
			List.of("The UPC has 11 digits instead of 12.", "The price \"n/a\" is not a number.", "The title is empty.",
					"The same SKU comes twice in the feed; the first one was taken.")),

	GET_INVENTORY_SECONDARY(5, List.of(some("updated", 25), rest("unchanged")),
			List.of("No product has this SKU.", "The quantity \"-\" is not a number.",
					"The cost rose by 40 percent; it needs to be confirmed.")),

	GET_INVENTORY_IMAGES(30, List.of(some("imported", 1), some("updated", 3)),
			List.of("The image is 320 pixels wide; 500 is the least.", "The image could not be downloaded (404).")),

	SEND_FULFILLMENT_REQUESTS(3, List.of(all("sent")),
			List.of("The source does not ship to this country.", "The address has no postal code.")),

	GET_FULFILLMENT_REQUEST_ACKNOWLEDGEMENTS(2, List.of(some("rejected", 8), rest("acknowledged")),
			List.of("The acknowledgement names a line that was not requested.")),

	GET_SHIPMENTS(4, List.of(all("imported"), some("unmatched", 6), rest("matched")),
			List.of("The carrier code \"XPR2\" is not mapped to a shipping method.")),

	GET_SOURCE_INVOICES(5, List.of(all("imported"), some("mismatched", 8)),
			List.of("The invoice has no order number.", "The total is not the sum of the lines.")),

	LINK_LISTINGS(6, List.of(some("linked", 2), some("unlinked", 1)),
			List.of("Two listings carry this SKU; link one of them by hand.")),

	SYNC_LISTINGS(12, List.of(some("updated", 20), rest("unchanged")),
			List.of("The channel refused the price: below its minimum.", "The listing was removed on the channel.")),

	PUBLISH_LISTINGS(10, List.of(some("published", 2), some("updated", 1)),
			List.of("The channel refused the listing: a main image is required.")),

	GET_ORDERS(3, List.of(all("imported"), some("updated", 25), some("held", 8)),
			List.of("The currency \"CAD\" is not set up.", "The order has no lines.")),

	SYNC_ORDERS(3, List.of(all("synced")),
			List.of("The channel has closed this order already.", "The channel does not accept the tracking number."));

	private final int minutes;

	private final List<Share> shares;

	private final List<String> problems;

	DemoOperation(int minutes, List<Share> shares, List<String> problems) {
		this.minutes = minutes;
		this.shares = shares;
		this.problems = problems;
	}

	boolean isAboutProducts() {
		return name().contains("INVENTORY") || name().contains("LISTINGS");
	}

	long seconds(RandomGenerator random) {
		return 20 + random.nextLong(this.minutes * 60L);
	}

	String problem(RandomGenerator random) {
		return this.problems.get(random.nextInt(this.problems.size()));
	}

	/** What a run that saw so many items counts, if so many of them failed. */
	Map<String, Long> counts(long items, long failed, RandomGenerator random) {
		Map<String, Long> counts = new LinkedHashMap<>();
		long last = 0;
		for (Share share : this.shares) {
			last = share.of(items, last, random);
			counts.put(share.name(), last);
		}
		counts.put("failed", failed);
		return counts;
	}

	private static Share all(String name) {
		return new Share(name, 100, 100);
	}

	private static Share some(String name, int mostPercent) {
		return new Share(name, 0, mostPercent);
	}

	/** What the count before leaves. */
	private static Share rest(String name) {
		return new Share(name, -1, -1);
	}

	private record Share(String name, int least, int most) {

		long of(long items, long before, RandomGenerator random) {
			return (this.least < 0) ? items - before
					: Math.round(items * (this.least + (this.most - this.least) * random.nextDouble()) / 100);
		}

	}

}
