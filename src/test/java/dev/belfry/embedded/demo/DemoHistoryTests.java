package dev.belfry.embedded.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.belfry.catalog.commerce.Operations;
import dev.belfry.catalog.types.CountKind;
import dev.belfry.events.intake.NewEvent;
import dev.belfry.jobs.intake.JobCompletion;
import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.jobs.log.JobOutcome;
import dev.belfry.values.JsonValues;

import static org.assertj.core.api.Assertions.assertThat;

class DemoHistoryTests {

	private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");

	private static final Instant BEFORE = NOW.minus(Duration.ofDays(42));

	@ParameterizedTest
	@EnumSource
	void tellsSixBelievableWeeks(DemoAccount account) {
		List<JobCompletion> history = new DemoHistory(account).between(BEFORE, NOW);

		Map<JobOutcome, Long> outcomes = history.stream()
			.collect(Collectors.groupingBy((run) -> run.job().outcome(), Collectors.counting()));
		assertThat(history).hasSizeBetween(1_000, 3_000);
		assertThat(outcomes.get(JobOutcome.SUCCEEDED)).isGreaterThan(history.size() * 8L / 10);
		assertThat(outcomes.get(JobOutcome.COMPLETED_WITH_ERRORS)).isGreaterThan(history.size() / 20L);
		assertThat(outcomes.get(JobOutcome.FAILED)).isGreaterThan(history.size() / 100L);
		assertThat(history).extracting((run) -> run.job().originKind()).contains(OriginKind.values());
	}

	@ParameterizedTest
	@EnumSource
	void isInOrderAndInTheStretchAskedFor(DemoAccount account) {
		List<JobCompletion> history = new DemoHistory(account).between(BEFORE, NOW);

		assertThat(history).extracting((run) -> run.job().finishedAt()).isSorted();
		assertThat(history).allSatisfy((run) -> {
			assertThat(run.job().startedAt()).isBefore(run.job().finishedAt());
			assertThat(run.job().finishedAt()).isAfterOrEqualTo(BEFORE).isBefore(NOW);
		});
		assertThat(history).extracting((run) -> run.job().runId()).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@EnumSource
	void isTheSameWheneverItIsTold(DemoAccount account) {
		DemoHistory history = new DemoHistory(account);
		Instant middle = NOW.minus(Duration.ofDays(3));

		List<JobCompletion> together = history.between(BEFORE, NOW);

		assertThat(history.between(BEFORE, middle))
			.isEqualTo(together.stream().filter((run) -> run.job().finishedAt().isBefore(middle)).toList());
	}

	@ParameterizedTest
	@EnumSource
	void countsWhatItsOperationsCount(DemoAccount account) {
		assertThat(new DemoHistory(account).between(BEFORE, NOW)).allSatisfy((run) -> {
			assertThat(Operations.named(run.job().operation()).counts()).extracting(CountKind::name)
				.containsAll(run.job().counts().keySet());
			assertThat(run.job().counts().values()).allMatch((value) -> value >= 0);
			assertThat(run.messages()).hasSize(switch (run.job().outcome()) {
				case SUCCEEDED -> 0;
				case FAILED -> 1;
				case COMPLETED_WITH_ERRORS -> Math.toIntExact(run.job().counts().get("failed"));
			});
		});
	}

	@ParameterizedTest
	@EnumSource
	void hasOrdersOfWhichSomeShipAbroadAndSomeComeOfResellers(DemoAccount account) {
		List<NewEvent> orders = new DemoHistory(account).ordersBetween(NOW.minus(Duration.ofDays(2)), NOW);

		List<? extends Map<String, ?>> payloads = orders.stream()
			.map((order) -> JsonValues.readObject(order.payload()))
			.toList();
		assertThat(orders).extracting(NewEvent::occurredAt).isSorted();
		assertThat(orders).extracting(NewEvent::eventId).doesNotHaveDuplicates();
		assertThat(payloads).hasSizeBetween(47, 49)
			.extracting((order) -> JsonValues.at(order, "order.shipping.country"))
			.contains("US", "FR", "JP", "NO");
		assertThat(payloads).extracting((order) -> order.containsKey("b2bUser")).contains(true, false);
	}

}
