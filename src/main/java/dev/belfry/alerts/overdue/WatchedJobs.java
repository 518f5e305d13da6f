package dev.belfry.alerts.overdue;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.catalog.commerce.Operations;
import dev.belfry.input.Nearest;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/** The completions of the jobs that the alerts of an account watch. */
@Component
public class WatchedJobs {

	/** Of the other jobs of an integration some are enough to guess which was meant. */
	private static final int MOST = 1_000;

	private static final Query<Job> JOBS = Query.of("""
			select r.integration_id, r.operation, cardinality(r.newest) as completions from last_completion r
			where r.account_id = $1 and r.integration_id = any ($2)
			order by r.operation = any ($3) desc, r.finished_at desc limit $4""", Job::of);

	private final AccountDatabase database;

	WatchedJobs(AccountDatabase database) {
		this.database = database;
	}

	/** What is known of watched jobs, and of the others of their integrations. */
	public Mono<Known> of(AccountId account, Collection<OverdueWatch> watches) {
		Set<Long> integrations = watches.stream().map(OverdueWatch::integrationId).collect(Collectors.toSet());
		Set<String> operations = watches.stream().map(OverdueWatch::operation).collect(Collectors.toSet());
		return watches.isEmpty() ? Mono.just(new Known(List.of()))
				: this.database.all(account, JOBS, Param.numbers(integrations), Param.texts(operations), MOST)
					.collectList()
					.map(Known::new);
	}

	/** Jobs that have completed, ever. */
	public record Known(List<Job> jobs) {

		/** How many completions are known of a watched job, at most 21. */
		public int completions(OverdueWatch watch) {
			return ofIntegration(watch).filter((job) -> job.operation().equals(watch.operation()))
				.mapToInt(Job::completions)
				.findFirst()
				.orElse(0);
		}

		/**
		 * The operation that a watch which waits in vain may have meant: one that the
		 * integration runs, or else one that Belfry knows; null if none is like it.
		 */
		public @Nullable String nearest(OverdueWatch watch) {
			return Stream.of(ofIntegration(watch).map(Job::operation).toList(), Operations.keys())
				.map((operations) -> Nearest.of(watch.operation(), operations))
				.filter(Objects::nonNull)
				.filter((operation) -> !operation.equals(watch.operation()))
				.findFirst()
				.orElse(null);
		}

		private Stream<Job> ofIntegration(OverdueWatch watch) {
			return this.jobs.stream().filter((job) -> job.integrationId() == watch.integrationId());
		}

	}

	/**
	 * An operation of an integration.
	 *
	 * @param completions how many of its newest are known
	 */
	public record Job(long integrationId, String operation, int completions) {

		private static Job of(Readable row) {
			return new Job(Rows.number(row, "integration_id"), Rows.text(row, "operation"),
					Rows.get(row, "completions", Integer.class));
		}

	}

}
