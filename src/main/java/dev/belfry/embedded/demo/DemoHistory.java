package dev.belfry.embedded.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import dev.belfry.events.intake.NewEvent;
import dev.belfry.jobs.intake.JobCompletion;

/**
 * What would have happened in an account of the demo between two instants. Runs have
 * fixed hours and ids, so that the same range always gives the same history.
 */
final class DemoHistory {

	private static final long HOUR = Duration.ofHours(1).toSeconds();

	private static final Duration WEEK = Duration.ofDays(7);

	private final DemoAccount account;

	DemoHistory(DemoAccount account) {
		this.account = account;
	}

	/** All runs that ended in the meantime, oldest first. */
	List<JobCompletion> between(Instant from, Instant to) {
		return DemoIntegration.of(this.account)
			.stream()
			.flatMap((integration) -> integration.everyHours()
				.entrySet()
				.stream()
				.flatMap((each) -> runs(integration, each, from, to)))
			.sorted(Comparator.comparing((JobCompletion run) -> run.job().finishedAt())
				.thenComparing((run) -> run.job().runId()))
			.toList();
	}

	/** All orders that came in the meantime, oldest first: one an hour. */
	List<NewEvent> ordersBetween(Instant from, Instant to) {
		return LongStream.rangeClosed(from.getEpochSecond() / HOUR, to.getEpochSecond() / HOUR)
			.mapToObj(this::order)
			.filter((order) -> !order.occurredAt().isBefore(from) && order.occurredAt().isBefore(to))
			.toList();
	}

	private NewEvent order(long hour) {
		long seed = seed("orders", "imported", hour);
		Instant time = Instant.ofEpochSecond(hour * HOUR + Math.floorMod(seed, HOUR));
		return new DemoOrder(this.account, seed).importedAt("order-" + hour, time);
	}

	private Stream<JobCompletion> runs(DemoIntegration integration, Map.Entry<DemoOperation, Integer> every,
			Instant from, Instant to) {
		long period = every.getValue() * HOUR;
		long first = from.getEpochSecond() / period - 1;
		long last = to.getEpochSecond() / period + 1;
		return LongStream.rangeClosed(first, last)
			.mapToObj((index) -> run(integration, every.getKey(), period, index))
			.filter((run) -> !run.job().finishedAt().isBefore(from) && run.job().finishedAt().isBefore(to));
	}

	private JobCompletion run(DemoIntegration integration, DemoOperation operation, long period, long index) {
		String id = integration.integration().externalId();
		long phase = Math.floorMod(seed(id, operation.name(), 0), period);
		long seed = seed(id, operation.name(), index);
		Instant end = Instant.ofEpochSecond(index * period + phase + Math.floorMod(seed, HOUR / 2));
		String runId = id + "-" + operation.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + index;
		return new DemoRun(integration, operation, seed).endedAt(runId, end, isOutage(id, end));
	}

	/** In some weeks the other side cannot be reached for a few hours. */
	private boolean isOutage(String integration, Instant time) {
		long week = time.getEpochSecond() / WEEK.toSeconds();
		long seed = seed(integration, "outage", week);
		long hourOfWeek = time.getEpochSecond() % WEEK.toSeconds() / HOUR;
		long begin = Math.floorMod(seed, 150);
		return Math.floorMod(seed, 3) == 0 && hourOfWeek >= begin && hourOfWeek < begin + 9;
	}

	private long seed(String integration, String what, long index) {
		long text = (this.account.name() + integration + what).hashCode();
		return (text * 0x9E3779B97F4A7C15L + index) * 0xBF58476D1CE4E5B9L >>> 3;
	}

}
