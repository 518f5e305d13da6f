package dev.belfry.alerts.trials;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.alerts.trials.TrialInput.TriedEventInput;
import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.EventType;
import dev.belfry.events.intake.Payloads;
import dev.belfry.events.log.EventLog;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.ids.Cause;
import dev.belfry.ids.Ids;
import dev.belfry.ids.LogName;
import dev.belfry.input.InputErrors;
import dev.belfry.input.UserErrorCode;
import dev.belfry.input.UserErrors;
import dev.belfry.jobs.log.RecordedJob;
import dev.belfry.jobs.log.RecordedJobs;
import dev.belfry.viewer.Account;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/**
 * Reads what somebody wants to try: an alert, and an event that is logged, made up or the
 * sample of its type. Everything here fails with {@link UserErrors}.
 */
@Component
class TrialReader {

	private final AlertTrialService alerts;

	private final EventLog events;

	private final RecordedJobs jobs;

	private final Ids ids;

	private final Clock clock;

	TrialReader(AlertTrialService alerts, EventLog events, RecordedJobs jobs, Ids ids, Clock clock) {
		this.alerts = alerts;
		this.events = events;
		this.jobs = jobs;
		this.ids = ids;
		this.clock = clock;
	}

	/** The alert and the event that an input names. */
	Mono<Trial> read(Account account, TrialInput input) {
		InputErrors errors = new InputErrors();
		return this.alerts.rule(account.accountId(), input.alert(), errors.at("alert"))
			.switchIfEmpty(Mono.error(errors::refused))
			.flatMap((rule) -> event(account.accountId(), EventTypes.named(rule.version().alert().eventType()),
					input.event())
				.map((event) -> new Trial(account, rule, event)));
	}

	private Mono<PlatformEvent> event(AccountId account, EventType type, @Nullable TriedEventInput input) {
		if (input == null) {
			return Mono.fromSupplier(() -> made(type, type.sample()));
		}
		return (input.id() != null) ? logged(account, type, input.id()) : Mono.fromSupplier(
				() -> made(type, Payloads.read(type, input.payload(), new InputErrors().at("event").at("payload"))));
	}

	/** As if it were logged just now. */
	private PlatformEvent made(EventType type, Map<String, @Nullable Object> payload) {
		Instant now = this.clock.instant();
		return new PlatformEvent(0, "", type.key(), now, now, 0, payload);
	}

	private Mono<PlatformEvent> logged(AccountId account, EventType type, String id) {
		return find(account, id)
			.switchIfEmpty(Mono.error(() -> UserErrors.at(UserErrorCode.NOT_FOUND,
					"There is no such event, or it is no longer stored.", "event", "id")))
			.map((event) -> of(type, event));
	}

	private Mono<PlatformEvent> find(AccountId account, String id) {
		Cause cause = this.ids.decode(account, id);
		if (cause == null) {
			return Mono.empty();
		}
		return (cause.log() == LogName.EVENTS) ? this.events.byPosition(account, cause.position())
				: this.jobs.at(account, List.of(cause.position()))
					.flatMapIterable((found) -> found)
					.next()
					.mapNotNull(RecordedJob::event);
	}

	private static PlatformEvent of(EventType type, PlatformEvent event) {
		if (!event.type().equals(type.key())) {
			throw UserErrors.at(UserErrorCode.INVALID, "This is an event of the type \""
					+ EventTypes.named(event.type()).title() + "\"; the alert is about \"" + type.title() + "\".",
					"event", "id");
		}
		return event;
	}

}
