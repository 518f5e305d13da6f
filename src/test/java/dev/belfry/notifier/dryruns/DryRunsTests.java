package dev.belfry.notifier.dryruns;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.belfry.alerts.recipients.Recipient.Email;
import dev.belfry.alerts.trials.TriedAlertInput;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrorCode;
import dev.belfry.input.UserErrors;
import dev.belfry.notifier.emails.NotifierSettings;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.notifier.entries.IntakePriority;
import dev.belfry.notifier.entries.StoredEntries;
import dev.belfry.notifier.entries.TestOrders;
import dev.belfry.notifier.matching.AlertMatch;
import dev.belfry.testing.BelfryClient;
import dev.belfry.viewer.AccountId;
import dev.belfry.work.TenantWork;
import dev.belfry.work.TestWork;
import dev.belfry.viewer.AccountStyle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Dry runs over a log that is as long as a test wants it. */
class DryRunsTests {

	private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

	private static final int ENDLESS = Integer.MAX_VALUE;

	/** Pages that were read. */
	private final AtomicInteger read = new AtomicInteger();

	/** Looks at what an event says. */
	private final AtomicInteger looked = new AtomicInteger();

	private final TenantWork work = TestWork.start();

	private DryRuns runs = runs(Duration.ofMinutes(1), ENDLESS);

	@AfterEach
	void close() {
		this.work.close();
	}

	@Test
	void doesNothingMoreOnceTheCallerHasLeft() {
		Disposable caller = run(TestPlans.ACCOUNT).subscribe();
		Awaitility.await().atMost(BelfryClient.TIMEOUT).until(() -> this.read.get() > 3 && this.looked.get() > 0);

		caller.dispose();

		assertDoesNothingMore();
	}

	@Test
	void endsWithWhatItHasWhenItsTimeIsOver() {
		use(runs(Duration.ofMillis(200), ENDLESS));

		List<AlertDryRun> told = run(TestPlans.ACCOUNT).collectList().block(BelfryClient.TIMEOUT);

		AlertDryRun last = told.get(told.size() - 1);
		assertThat(last.complete()).isFalse();
		assertThat(last.stoppedBecause()).startsWith("The dry run reached its limit");
		assertThat(last.considered()).isPositive().isEqualTo(last.matched());
		assertDoesNothingMore();
	}

	@Test
	void endsWhenItsTimeIsOverThoughNothingCanBeRead() {
		use(runs(Duration.ofMillis(200), 0));

		AlertDryRun last = run(TestPlans.ACCOUNT).blockLast(BelfryClient.TIMEOUT);

		assertThat(last).returns(0L, AlertDryRun::considered).returns(false, AlertDryRun::complete);
	}

	@Test
	void looksAtEverythingAndSaysSoLast() {
		use(runs(Duration.ofMinutes(1), 4));

		AlertDryRun last = run(TestPlans.ACCOUNT).blockLast(BelfryClient.TIMEOUT);

		assertThat(last).returns(3L * StoredEntries.MOST + 1, AlertDryRun::considered)
			.returns(true, AlertDryRun::complete)
			.returns(null, AlertDryRun::stoppedBecause);
		assertThat(this.read).hasValue(4);
	}

	@Test
	void givesOneWhoDidNotAskInTimeTheResult() {
		use(runs(Duration.ofMinutes(1), 4));

		StepVerifier.create(run(TestPlans.ACCOUNT), 0)
			.expectSubscription()
			.then(() -> Awaitility.await().atMost(BelfryClient.TIMEOUT).until(() -> this.read.get() == 4))
			.thenRequest(1)
			.assertNext((told) -> assertThat(told.complete()).isTrue())
			.expectComplete()
			.verify(BelfryClient.TIMEOUT);
	}

	@Test
	void refusesAnAccountAThirdAtATime() {
		Disposable first = run(TestPlans.ACCOUNT).subscribe();
		Disposable second = run(TestPlans.ACCOUNT).subscribe();

		UserErrors refused = catchThrowableOfType(UserErrors.class,
				() -> run(TestPlans.ACCOUNT).blockFirst(BelfryClient.TIMEOUT));

		assertThat(refused.errors()).extracting(UserError::code).containsExactly(UserErrorCode.NOT_POSSIBLE);
		assertThat(run(new AccountId(2)).blockFirst(BelfryClient.TIMEOUT)).isNotNull();
		first.dispose();
		assertThat(run(TestPlans.ACCOUNT).blockFirst(BelfryClient.TIMEOUT)).isNotNull();
		second.dispose();
	}

	private void assertDoesNothingMore() {
		AtomicInteger before = new AtomicInteger();
		Awaitility.await().during(Duration.ofMillis(300)).atMost(BelfryClient.TIMEOUT).until(() -> {
			int now = this.read.get() + this.looked.get();
			return before.getAndSet(now) == now;
		});
	}

	private Flux<AlertDryRun> run(AccountId account) {
		DryRunInput input = new DryRunInput(new TriedAlertInput(null, null), START, START.plusSeconds(3600), 10);
		return this.runs.run(account, new Plans().plan().style(), input);
	}

	private void use(DryRuns runs) {
		this.runs = runs;
	}

	private DryRuns runs(Duration limit, int pages) {
		NotifierSettings notifier = new NotifierSettings(false, Duration.ofSeconds(1), Duration.ofMinutes(5));
		return new DryRuns(new Plans(), new Pages(pages), new Matches(), notifier, new DryRunSettings(limit),
				this.work);
	}

	/** Every order, and to one address. */
	private static final class Plans extends DryRunPlans {

		Plans() {
			super(null, null, null);
		}

		@Override
		Mono<DryRunPlan> of(AccountId account, AccountStyle style, DryRunInput input) {
			return Mono.fromSupplier(this::plan);
		}

		DryRunPlan plan() {
			return TestPlans.of(null, START, START.plusSeconds(3600), new Email("ann@shop.example"));
		}

	}

	/**
	 * Full ones, and a last one with a single entry; none, for ever, if there are none.
	 */
	private final class Pages extends StoredEntries {

		private final int pages;

		Pages(int pages) {
			super(null, new IntakePriority());
			this.pages = pages;
		}

		@Override
		public Mono<List<Entry>> page(AccountId account, String eventType, Reached reached, Instant to) {
			return (this.pages == 0) ? Mono.never() : Mono.fromSupplier(() -> {
				boolean last = DryRunsTests.this.read.incrementAndGet() == this.pages;
				Entry entry = TestOrders.entry(reached.position() + 1, START, new Looked());
				return Collections.nCopies(last ? 1 : MOST, entry);
			});
		}

	}

	/** An order that notices when it is looked at. */
	private final class Looked extends HashMap<String, Object> {

		Looked() {
			super(TestOrders.payload("FR", 600, 1));
		}

		@Override
		public Object get(Object name) {
			DryRunsTests.this.looked.incrementAndGet();
			return super.get(name);
		}

	}

	private static final class Matches extends DryRunMatches {

		Matches() {
			super(null, null);
		}

		@Override
		DryRunMatch of(DryRunPlan plan, AlertMatch matched) {
			return new DryRunMatch("", null, null, "", matched.addresses(), List.of(), List.of(), List.of());
		}

	}

}
