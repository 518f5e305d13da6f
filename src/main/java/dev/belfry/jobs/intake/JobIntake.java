package dev.belfry.jobs.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import dev.belfry.database.connections.Epoch;
import dev.belfry.ids.Installation;
import dev.belfry.jobs.log.JobsRecorded;
import dev.belfry.jobs.log.LogEntry;
import dev.belfry.log.intake.IntakeLanes;
import dev.belfry.log.intake.IntakeStatement;
import dev.belfry.log.intake.RecordStatus;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Rows;
import dev.belfry.viewer.AccountId;
import dev.belfry.work.LargeStatements;
import dev.belfry.work.TenantWork;
import reactor.core.publisher.Mono;

/** Logs completions, the calls of one account together. */
@Component
public class JobIntake {

	/**
	 * Up to here, preparing a call takes less than a millisecond and may stay on the
	 * event loop.
	 */
	private static final int FEW = 5;

	/** The bytes of completions that a transaction takes, or one of them. */
	private static final int LARGEST = 2 << 20;

	/** Be it ever so small, a completion costs as much as these bytes. */
	private static final int LEAST = 2 << 10;

	private final IntakeStatement<PreparedCompletion, Recorded> statement;

	private final ApplicationEventPublisher events;

	private final Installation installation;

	private final TenantWork work;

	private final IntakeLanes<PreparedCompletion, Recorded> lanes = new IntakeLanes<>(this::log,
			(completion) -> Math.max(completion.json().length, LEAST), LARGEST);

	JobIntake(AccountDatabase database, LargeStatements large, ApplicationEventPublisher events,
			Installation installation, TenantWork work) {
		this.installation = installation;
		this.work = work;
		this.statement = new IntakeStatement<>(database, large, """
				select item, status, position, integration_id, origin_id, recorded_at, problem_total
				from record_job_completions($1, $2, $3) order by item""", PreparedCompletion::json, Recorded::of);
		this.events = events;
	}

	/**
	 * Logs completions of an account, in their order, and says of each what became of it.
	 */
	public Mono<List<Recorded>> record(AccountId account, List<JobCompletion> completions) {
		return Mono.defer(() -> {
			List<PreparedCompletion> prepared = new ArrayList<>(completions.size());
			Mono<List<Recorded>> recorded = each(account, completions,
					(completion) -> prepared.add(PreparedCompletion.of(completion)))
				.then(Mono.defer(() -> this.lanes.enter(account, prepared)));
			// What a caller does with a long answer must not keep the account's next
			// transaction waiting.
			return (completions.size() <= FEW) ? recorded : recorded.publishOn(this.work.of(account));
		});
	}

	/**
	 * Does something with each completion of a call: where the caller is if they are few,
	 * else in parts elsewhere.
	 */
	<T> Mono<Void> each(AccountId account, List<T> completions, Consumer<T> work) {
		return (completions.size() > FEW) ? this.work.inParts(account, completions, work)
				: Mono.fromRunnable(() -> completions.forEach(work));
	}

	/**
	 * Logs history that is told afterwards; the log's clock is moved to this instant,
	 * never back.
	 */
	public Mono<List<Recorded>> recordAsOf(AccountId account, List<JobCompletion> completions, Instant recordedAt) {
		List<PreparedCompletion> batch = completions.stream().map(PreparedCompletion::of).toList();
		return log(account, batch, recordedAt);
	}

	private Mono<List<Recorded>> log(AccountId account, List<PreparedCompletion> batch) {
		return log(account, batch, null);
	}

	private Mono<List<Recorded>> log(AccountId account, List<PreparedCompletion> batch, @Nullable Instant recordedAt) {
		return Mono.defer(() -> {
			Epoch epoch = this.installation.epoch();
			return this.statement.run(account, batch, recordedAt)
				.doOnNext((recorded) -> announce(epoch, account, recorded));
		});
	}

	private void announce(Epoch epoch, AccountId account, List<Recorded> recorded) {
		List<LogEntry> entries = recorded.stream()
			.map(Recorded::entry)
			.filter((entry) -> entry != null)
			.sorted(java.util.Comparator.comparingLong(LogEntry::position))
			.toList();
		if (!entries.isEmpty()) {
			this.events.publishEvent(new JobsRecorded(epoch, account, entries));
		}
	}

	/**
	 * What became of a completion.
	 *
	 * @param position its position in the log, null if it was refused
	 * @param entry the new entry; null unless it was recorded now
	 */
	public record Recorded(RecordStatus status, @Nullable Long position, @Nullable LogEntry entry) {

		static Recorded of(PreparedCompletion completion, Readable row) {
			RecordStatus status = RecordStatus.of(row);
			return switch (status) {
				case RECORDED -> new Recorded(status, Rows.number(row, "position"), completion.entry(row));
				case DUPLICATE -> new Recorded(status, Rows.number(row, "position"), null);
				case REJECTED -> new Recorded(status, null, null);
			};
		}

	}

}
