package dev.belfry.jobs.log;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.jobs.integrations.Integration;
import dev.belfry.jobs.integrations.Integrations;
import dev.belfry.values.Rfc3339;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/**
 * Completions as the events that they count as: of the type
 * {@link EventTypes#JOB_COMPLETED}, with the positions of their own log.
 */
@Component
class JobsAsEvents {

	private final JobMessages messages;

	private final Integrations integrations;

	JobsAsEvents(JobMessages messages, Integrations integrations) {
		this.messages = messages;
		this.integrations = integrations;
	}

	/** One for each completion of an account, by its position. */
	Mono<Map<Long, PlatformEvent>> of(AccountId account, Collection<RecordedJob> jobs) {
		if (jobs.isEmpty()) {
			return Mono.just(Map.of());
		}
		List<JobNotification> notifications = jobs.stream().map(RecordedJob::notification).toList();
		List<Long> talkative = notifications.stream()
			.filter((job) -> job.messageCount() > 0)
			.map(JobNotification::position)
			.toList();
		List<Long> integrations = notifications.stream().map(JobNotification::integrationId).distinct().toList();
		Mono<Map<Long, List<JobMessage>>> messages = talkative.isEmpty() ? Mono.just(Map.of())
				: this.messages.of(account, talkative);
		return Mono.zip(messages, this.integrations.byIds(account, integrations))
			.map((read) -> jobs.stream()
				.map((job) -> event(job, read.getT1().getOrDefault(job.notification().position(), List.of()),
						Objects.requireNonNull(read.getT2().get(job.notification().integrationId()))))
				.collect(Collectors.toMap(PlatformEvent::position, (event) -> event)));
	}

	/** Names are those that were recorded; external ids never change. */
	private static PlatformEvent event(RecordedJob recorded, List<JobMessage> messages, Integration integration) {
		JobNotification notification = recorded.notification();
		Job job = notification.job();
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("runId", job.runId());
		fields.put("operation", job.operation());
		fields.put("operationName", notification.operationName());
		fields.put("integration", Map.of("name", job.integrationName(), "externalId", integration.externalId()));
		fields.put("origin", Map.of("kind", job.originKind().name(), "name", job.originName(), "externalId",
				integration.origin().externalId()));
		fields.put("outcome", job.outcome().name());
		fields.put("summary", notification.summary());
		fields.put("startedAt", time(job.startedAt()));
		fields.put("finishedAt", time(job.finishedAt()));
		fields.put("messageCount", BigDecimal.valueOf(notification.messageCount()));
		if (!job.counts().isEmpty()) {
			fields.put("counts",
					job.counts()
						.entrySet()
						.stream()
						.collect(Collectors.toMap(Map.Entry::getKey, (count) -> BigDecimal.valueOf(count.getValue()))));
		}
		if (!messages.isEmpty()) {
			fields.put("messages", messages.stream().map(JobsAsEvents::message).toList());
		}
		return new PlatformEvent(notification.position(), job.runId(), EventTypes.JOB_COMPLETED.key(), job.finishedAt(),
				notification.recordedAt(), recorded.rulesVersion(), Map.of("job", fields));
	}

	private static Map<String, Object> message(JobMessage message) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("severity", message.severity().name());
		fields.put("text", message.text());
		if (message.reference() != null) {
			fields.put("reference", message.reference());
		}
		return fields;
	}

	private static String time(Instant instant) {
		return Rfc3339.format(instant.truncatedTo(ChronoUnit.MICROS));
	}

}
