package dev.belfry.jobs.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.belfry.catalog.commerce.Operations;
import dev.belfry.catalog.types.CountKind;
import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.jobs.log.JobOutcome;
import dev.belfry.jobs.log.MessageSeverity;

/**
 * Twenty thousand different completions, in shares that are known: what a log of any
 * length is made of.
 */
public final class ScaleSamples {

	static final int NUMBER = 20_000;

	/** Samples from here on belong to an integration that was retired. */
	static final int RETIRED = NUMBER - NUMBER / 100;

	/** An integration, its origin, and of how many samples in a hundred it is. */
	public record Feed(int integration, int origin, OriginKind kind, String name, String originName, String operation,
			int share) {
	}

	/** The four warehouses make 40% of the log, those and the market feed half of it. */
	public static final List<Feed> FEEDS = List.of(
			new Feed(1, 1, OriginKind.SOURCE, "Lakeside warehouse stock", "Lakeside Supply", "GET_INVENTORY_PRIMARY",
					10),
			new Feed(2, 1, OriginKind.SOURCE, "Lakeside warehouse returns", "Lakeside Supply", "GET_INVENTORY_PRIMARY",
					10),
			new Feed(3, 2, OriginKind.SOURCE, "Summit warehouse stock", "Summit Outdoor", "GET_INVENTORY_PRIMARY", 10),
			new Feed(4, 3, OriginKind.SOURCE, "Harbor warehouse stock", "Harbor Marine", "GET_INVENTORY_PRIMARY", 10),
			new Feed(5, 4, OriginKind.SOURCE, "Nordic nightly file", "Nordic Trading", "GET_INVENTORY_PRIMARY", 10),
			new Feed(6, 4, OriginKind.SOURCE, "Nordic quantities", "Nordic Trading", "GET_INVENTORY_SECONDARY", 12),
			new Feed(7, 5, OriginKind.CHANNEL, "Web store orders", "Web Store", "GET_ORDERS", 15),
			new Feed(8, 5, OriginKind.CHANNEL, "Web store listings", "Web Store", "SYNC_LISTINGS", 9),
			new Feed(9, 6, OriginKind.CHANNEL, "Marketplace orders", "Big Marketplace", "GET_ORDERS", 6),
			new Feed(10, 2, OriginKind.SOURCE, "Summit shipments", "Summit Outdoor", "GET_SHIPMENTS", 4),
			new Feed(11, 3, OriginKind.SOURCE, "Harbor invoices", "Harbor Marine", "GET_SOURCE_INVOICES", 2),
			new Feed(12, 6, OriginKind.CHANNEL, "Marketplace images", "Big Marketplace", "GET_INVENTORY_IMAGES", 1),
			new Feed(13, 7, OriginKind.SOURCE, "Old town depot", "Old Town Depot", "SEND_FULFILLMENT_REQUESTS", 1));

	private static final String[] ERRORS = { "The price is not a number.", "The title is empty.",
			"No product has this SKU.", "The channel refused the listing: a main image is required.",
			"The quantity is negative.", "The order has no shipping address." };

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final Random random = new Random(2026);

	/** The prepared completions, each with its feed. */
	record Sample(Feed feed, PreparedCompletion prepared) {
	}

	List<Sample> all() {
		List<Sample> samples = new ArrayList<>(NUMBER);
		for (Feed feed : FEEDS) {
			for (int i = 0; i < feed.share() * (NUMBER / 100); i++) {
				samples.add(new Sample(feed, PreparedCompletion.of(completion(feed, samples.size()))));
			}
		}
		return samples;
	}

	private JobCompletion completion(Feed feed, int number) {
		JobOutcome outcome = outcome(feed);
		JobCompletion.OriginRef origin = new JobCompletion.OriginRef(feed.kind(), "o" + feed.origin(),
				feed.originName());
		return JobCompletion.of("run-" + number, feed.operation(),
				new JobCompletion.IntegrationRef("i" + feed.integration(), feed.name(), origin), outcome, START,
				START.plusSeconds(20 + this.random.nextInt(600)), counts(feed, outcome), messages(number, outcome));
	}

	/** One in a hundred fails, four in a hundred have errors; orders never fail. */
	private JobOutcome outcome(Feed feed) {
		int dice = this.random.nextInt(1000);
		if (feed.operation().equals("GET_ORDERS")) {
			return (dice < 40) ? JobOutcome.COMPLETED_WITH_ERRORS : JobOutcome.SUCCEEDED;
		}
		return (dice < 13) ? JobOutcome.FAILED : (dice < 53) ? JobOutcome.COMPLETED_WITH_ERRORS : JobOutcome.SUCCEEDED;
	}

	private Map<String, Long> counts(Feed feed, JobOutcome outcome) {
		Map<String, Long> counts = new LinkedHashMap<>();
		for (CountKind kind : Operations.named(feed.operation()).counts()) {
			long most = kind.name().equals("failed") ? 20 : 5000;
			boolean none = kind.name().equals("failed") && outcome == JobOutcome.SUCCEEDED;
			counts.put(kind.name(), none ? 0 : (long) (most * Math.pow(this.random.nextDouble(), 3)));
		}
		return counts;
	}

	/** Two samples, one in ten thousand entries, tell of something damaged. */
	private List<JobMessage> messages(int number, JobOutcome outcome) {
		if (number % (NUMBER / 2) == 4321) {
			return List.of(new JobMessage(MessageSeverity.WARNING, "The parcel arrived damaged.", null));
		}
		if (outcome == JobOutcome.SUCCEEDED) {
			return List.of();
		}
		return List.of(new JobMessage(MessageSeverity.ERROR, ERRORS[this.random.nextInt(ERRORS.length)],
				"SKU-" + (1000 + this.random.nextInt(9000))));
	}

}
