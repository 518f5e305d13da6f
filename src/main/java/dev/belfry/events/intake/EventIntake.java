package dev.belfry.events.intake;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import dev.belfry.log.intake.IntakeLanes;
import dev.belfry.log.intake.IntakeStatement;
import dev.belfry.log.intake.RecordStatus;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Rows;
import dev.belfry.viewer.AccountId;
import dev.belfry.work.LargeStatements;
import reactor.core.publisher.Mono;

/** Logs events, the calls of one account together. */
@Component
public class EventIntake {

	/**
	 * The bytes of payloads that a transaction takes, or one call: more would keep the
	 * account's row for longer than its other callers wait.
	 */
	static final int LARGEST = 4 << 20;

	/** Be it ever so small, an event costs as much as these bytes. */
	private static final int LEAST = 4 << 10;

	private final IntakeStatement<PreparedEvent, Published> statement;

	private final ApplicationEventPublisher events;

	private final IntakeLanes<PreparedEvent, Published> lanes = new IntakeLanes<>(this::log,
			(event) -> Math.max(event.json().length, LEAST), LARGEST);

	EventIntake(AccountDatabase database, LargeStatements large, ApplicationEventPublisher events) {
		this.statement = new IntakeStatement<>(database, large,
				"select item, status, position from publish_events($1, $2, $3) order by item", PreparedEvent::json,
				Published::of);
		this.events = events;
	}

	/** Logs events of an account, in their order, and says of each what became of it. */
	public Mono<List<Published>> publish(AccountId account, List<NewEvent> events) {
		return Mono.fromCallable(() -> prepared(events)).flatMap((batch) -> this.lanes.enter(account, batch));
	}

	/**
	 * Logs history that is told afterwards; the log's clock is moved to this instant,
	 * never back.
	 */
	public Mono<List<Published>> publishAsOf(AccountId account, List<NewEvent> events, Instant recordedAt) {
		return this.statement.run(account, prepared(events), recordedAt)
			.doOnNext((published) -> announce(account, published));
	}

	private Mono<List<Published>> log(AccountId account, List<PreparedEvent> batch) {
		return this.statement.run(account, batch, null).doOnNext((published) -> announce(account, published));
	}

	private void announce(AccountId account, List<Published> published) {
		published.stream()
			.filter((event) -> event.status() == RecordStatus.RECORDED)
			.map(Published::position)
			.filter(Objects::nonNull)
			.max(Long::compare)
			.ifPresent((end) -> this.events.publishEvent(new EventsPublished(account, end)));
	}

	private static List<PreparedEvent> prepared(List<NewEvent> events) {
		return events.stream().map(PreparedEvent::of).toList();
	}

	/**
	 * What became of an event.
	 *
	 * @param position its position in the log, null if it was refused
	 */
	public record Published(RecordStatus status, @Nullable Long position) {

		static Published of(PreparedEvent event, Readable row) {
			RecordStatus status = RecordStatus.of(row);
			return new Published(status, (status != RecordStatus.REJECTED) ? Rows.number(row, "position") : null);
		}

	}

}
