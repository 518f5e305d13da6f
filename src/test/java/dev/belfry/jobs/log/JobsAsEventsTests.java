package dev.belfry.jobs.log;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.EventField;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import dev.belfry.values.Rfc3339;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/** A job completion counts as an event. */
@BelfryTest
class JobsAsEventsTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private RecordedJobs jobs;

	@Autowired
	private JobsAsEvents events;

	private final String name = "jobs-" + UUID.randomUUID();

	@Test
	void hasTheFieldsThatTheCatalogueDeclares() {
		AccountId account = this.accounts.create(this.name);
		BelfryClient platform = new BelfryClient(this.port, TestTokens.platform());
		platform.record(this.name, Completions.samplesOfNobody().subList(0, 400)).block(BelfryClient.TIMEOUT);
		List<RecordedJob> recorded = this.jobs.after(account, 0, 500).block(BelfryClient.TIMEOUT);

		Map<Long, PlatformEvent> events = this.events.of(account, recorded).block(BelfryClient.TIMEOUT);

		assertThat(events).hasSameSizeAs(recorded).isNotEmpty();
		assertThat(events.values())
			.allSatisfy((event) -> assertFits(EventTypes.JOB_COMPLETED.fields(), event.payload()));
		assertThat(events.values()).anyMatch((event) -> at(event.payload(), "job.messages") != null);
	}

	@Test
	void saysWhatWasRecorded() {
		AccountId account = this.accounts.create(this.name);
		new BelfryClient(this.port, TestTokens.platform())
			.record(this.name, List.of(Completions.one("run-1", "SUCCEEDED")))
			.block(BelfryClient.TIMEOUT);
		RecordedJob job = this.jobs.after(account, 0, 1).block(BelfryClient.TIMEOUT).get(0);

		PlatformEvent event = this.events.of(account, List.of(job)).block(BelfryClient.TIMEOUT).get(1L);

		assertThat(event.type()).isEqualTo("JOB_COMPLETED");
		assertThat(event.recordedAt()).isEqualTo(job.notification().recordedAt());
		assertThat(event.rulesVersion()).isEqualTo(job.rulesVersion());
		assertThat(at(event.payload(), "job.integration.externalId")).isEqualTo("shop-1");
		assertThat(at(event.payload(), "job.origin.externalId")).isEqualTo("channel-1");
		assertThat(at(event.payload(), "job.counts.imported")).isEqualTo(BigDecimal.valueOf(3));
		assertThat(at(event.payload(), "job.finishedAt")).isEqualTo("2026-03-01T09:05:00Z");
	}

	private static void assertFits(List<EventField> fields, Map<?, ?> payload) {
		for (EventField field : fields) {
			Object value = at(payload, field.path());
			if (field.required()) {
				assertThat(value).as(field.path()).isNotNull();
			}
			if (value != null) {
				assertFits(field, value);
			}
		}
	}

	private static void assertFits(EventField field, Object value) {
		switch (field.type()) {
			case STRING -> assertThat(value).as(field.path()).isInstanceOf(String.class);
			case INTEGER, DECIMAL, MONEY -> assertThat(value).as(field.path()).isInstanceOf(BigDecimal.class);
			case BOOLEAN -> assertThat(value).as(field.path()).isInstanceOf(Boolean.class);
			case DATE_TIME -> assertThat(Rfc3339.parse((String) value)).as(field.path()).isNotNull();
			case LIST -> ((List<?>) value).forEach((item) -> assertFits(field.fields(), (Map<?, ?>) item));
		}
	}

	private static Object at(Map<?, ?> payload, String path) {
		Object value = payload;
		for (String name : path.split("\\.")) {
			value = (value instanceof Map<?, ?> object) ? object.get(name) : null;
		}
		return value;
	}

}
