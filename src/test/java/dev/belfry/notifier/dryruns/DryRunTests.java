package dev.belfry.notifier.dryruns;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.belfry.alerts.recipients.Recipient;
import dev.belfry.alerts.recipients.Recipient.Email;
import dev.belfry.alerts.recipients.Recipient.PersonaOf;
import dev.belfry.alerts.recipients.RecipientResolver.Unresolved;
import dev.belfry.catalog.types.Persona;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.notifier.entries.TestOrders;
import dev.belfry.notifier.matching.AlertMatch;

import static org.assertj.core.api.Assertions.assertThat;

class DryRunTests {

	/** An hour before midnight in New York. */
	private static final Instant START = Instant.parse("2026-03-02T04:00:00Z");

	private static final Instant END = START.plus(Duration.ofHours(2));

	private static final Map<String, Object> DEAR = TestOrders.test("order.total", "GREATER", new BigDecimal(500));

	private static final Recipient ANN = new Email("ann@shop.example");

	private final List<Entry> entries = new ArrayList<>();

	@Test
	void countsByTheDaysOfTheAccount() {
		order("04:50:00", 600);
		order("04:59:59.999999", 100);
		order("05:00:00", 700);

		AlertDryRun result = result(DEAR, ANN);

		assertThat(result.days()).containsExactly(new DryRunDay("2026-03-01", 2, 1, 1),
				new DryRunDay("2026-03-02", 1, 1, 1));
		assertThat(result).returns(3L, AlertDryRun::considered)
			.returns(2L, AlertDryRun::matched)
			.returns(2L, AlertDryRun::mails)
			.returns(1.0, AlertDryRun::progress)
			.returns(true, AlertDryRun::complete);
	}

	@Test
	void countsWhatWasFoldedOnTheDayOnWhichItIsDue() {
		order("04:57:00", 600);
		order("04:58:00", 600);
		order("04:59:00", 600);

		AlertDryRun result = result(DEAR, ANN, new Email("ben@shop.example"));

		assertThat(result.days()).containsExactly(new DryRunDay("2026-03-01", 3, 3, 2),
				new DryRunDay("2026-03-02", 0, 0, 2));
		assertThat(result.mails()).isEqualTo(4);
	}

	@Test
	void countsWhatIsForAddressesThatGetNone() {
		order("04:57:00", 600);
		order("04:58:00", 600);

		AlertDryRun result = result(DEAR, ANN, new Email("suppressed@shop.example"));

		assertThat(result.mails()).isEqualTo(4);
		assertThat(result.suppressed()).isEqualTo(2);
	}

	@Test
	void countsTheSameInWhateverSlices() {
		IntStream.range(0, 60).forEach((i) -> order("04:%02d:00".formatted(i), 480 + i % 7 * 10));
		AlertDryRun atOnce = result(DEAR, ANN);
		DryRun run = run(TestPlans.of(DEAR, START, END, ANN));

		this.entries.forEach((entry) -> run.consider(List.of(entry).iterator(), () -> true));

		assertThat(run.end(null)).isEqualTo(atOnce);
		assertThat(atOnce.mails()).isGreaterThan(5).isLessThan(atOnce.matched());
	}

	@Test
	void stopsInTheMiddleWhenItMayNotGoOn() {
		IntStream.range(0, 10).forEach((i) -> order("04:30:00", 600));
		DryRun run = run(TestPlans.of(DEAR, START, END, ANN));

		run.consider(this.entries.iterator(), () -> run.considered() < 4);

		assertThat(run.end("Enough.")).returns(4L, AlertDryRun::matched)
			.returns(2L, AlertDryRun::mails)
			.returns(0.25, AlertDryRun::progress)
			.returns(false, AlertDryRun::complete)
			.returns("Enough.", AlertDryRun::stoppedBecause);
	}

	@Test
	void goesOnWhereTheAlertFails() {
		add("04:10:00", TestOrders.payload("FR", 600, 0));
		add("04:20:00", TestOrders.payload("FR", 600, 1));
		add("04:30:00", TestOrders.payload("FR", 600, 0));

		AlertDryRun result = result(Map.of("cel", "1 / order.itemCount > 0"), ANN);

		assertThat(result).returns(2L, AlertDryRun::failed).returns(1L, AlertDryRun::matched);
		assertThat(result.failure()).isNotBlank();
	}

	@Test
	void countsRecipientsWithoutAnAddress() {
		add("04:10:00", TestOrders.payload("FR", 600, 1));
		add("04:20:00", TestOrders.ofNobody(TestOrders.payload("FR", 600, 1)));

		AlertDryRun result = result(null, ANN, new PersonaOf(Persona.B2B_USER), new PersonaOf(Persona.ACCOUNT_OWNER));

		assertThat(result.unresolved()).isEqualTo(3);
		assertThat(result.firstMatches()).extracting(DryRunMatch::recipients)
			.containsExactly(List.of("ann@shop.example", "sam.ortiz@greenhouse.example"), List.of("ann@shop.example"));
		assertThat(result.firstMatches()).extracting((match) -> match.unresolved().size()).containsExactly(1, 2);
	}

	@Test
	void showsTheFirstMatchesAlone() {
		IntStream.range(0, 25).forEach((i) -> order("04:%02d:00".formatted(i), 490 + i));

		AlertDryRun result = result(DEAR, ANN);

		assertThat(result.matched()).isEqualTo(14);
		assertThat(result.firstMatches()).extracting(DryRunMatch::causeId)
			.containsExactlyElementsOf(IntStream.rangeClosed(12, 21).mapToObj(Integer::toString).toList());
	}

	@Test
	void tellsHowFarItIsByTheTimeOfTheLog() {
		order("05:30:00", 600);
		DryRun run = run(TestPlans.of(DEAR, START, END, ANN));
		assertThat(run.soFar().progress()).isZero();

		run.consider(this.entries.iterator(), () -> true);

		assertThat(run.soFar()).returns(0.75, AlertDryRun::progress).returns(false, AlertDryRun::complete);
	}

	private void order(String time, int total) {
		add(time, TestOrders.payload("FR", total, 1));
	}

	private void add(String time, Map<String, Object> payload) {
		this.entries.add(TestOrders.entry(this.entries.size() + 1, Instant.parse("2026-03-02T" + time + "Z"), payload));
	}

	private AlertDryRun result(Map<String, Object> condition, Recipient... recipients) {
		DryRun run = run(TestPlans.of(condition, START, END, recipients));
		run.consider(this.entries.iterator(), () -> true);
		return run.end(null);
	}

	private static DryRun run(DryRunPlan plan) {
		return new DryRun(plan, Duration.ofMinutes(5), DryRunTests::shown);
	}

	private static DryRunMatch shown(AlertMatch matched) {
		Entry entry = matched.entry();
		return new DryRunMatch(Long.toString(entry.position()), entry.event().occurredAt(), entry.recordedAt(), "",
				matched.addresses(), List.of(), matched.unresolved().stream().map(Unresolved::reason).toList(),
				List.of());
	}

}
