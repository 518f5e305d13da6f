package dev.belfry.halts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes evaluate and send side by side until one halts, and the other takes over
 * (promises 4, 17, 22 and 23). Each entry is told of once, and held against each alert
 * once; an e-mail arrives twice only if it was accepted and that was not recorded when
 * the node halted. In half of the runs no turn is finished within its lease.
 */
class HaltedTests {

	private static final Logger log = LoggerFactory.getLogger(HaltedTests.class);

	/**
	 * As many as are being sent may be claimed ahead, and as many wait to be recorded.
	 */
	private static final int MOST_IN_HAND = 3 * Site.THREADS;

	private static final int MOST_TIMES = 3;

	/** Of an account and day, in every other run; days are short then. */
	private static final int CAP = 2;

	private static final int MOST_BEFORE = 8;

	private static Site site;

	@BeforeAll
	static void start() {
		site = new Site();
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	@AfterEach
	void rest() {
		site.rival().stop();
	}

	@ParameterizedTest
	@MethodSource
	void tellsOfEachEntryOnce(Run run) {
		tellOfEachEntryOnce(run);
	}

	/** Each step once, with short turns at every other. */
	static Stream<Run> tellsOfEachEntryOnce() {
		return steps().map((step) -> new Run(step, 1 + step.ordinal() % 2));
	}

	@Tag("long")
	@ParameterizedTest
	@MethodSource
	void tellsOfEachEntryOnceInManyRuns(Run run) {
		tellOfEachEntryOnce(run);
	}

	static Stream<Run> tellsOfEachEntryOnceInManyRuns() {
		return IntStream.rangeClosed(1, 20).boxed().flatMap((seed) -> steps().map((step) -> new Run(step, seed)));
	}

	private static Stream<Step> steps() {
		return EnumSet.range(Step.BEFORE_DUE, Step.AFTER_RECORD).stream();
	}

	private static void tellOfEachEntryOnce(Run run) {
		site.clear();
		Ledger ledger = site.ledger();
		RandomGenerator random = run.random();
		ledger.haveShortLeases(run.seed() % 2 == 0);
		Shops shops = new Shops(site.intake(), random);
		ledger.haveDailyCap((run.step().needsCap() || run.seed() % 2 == 0) ? CAP : null);
		IntStream.range(0, random.nextInt(MOST_BEFORE)).forEach((i) -> shops.happen());

		haltOne(run, shops, random);
		site.rival().stop();
		// What the halted node sent last may not have been begun.
		await(run).during(Duration.ofMillis(500)).until(ledger::isQuiet);
		List<Mail> inHand = ledger.inHand();
		List<Mail> inDoubt = site.sink().accepted().stream().filter(inHand::contains).toList();
		takeOver(run);

		assertThat(ledger.told()).as(run.toString()).isEqualTo(shops.told());
		assertThat(ledger.evaluated()).as(run.toString()).isEqualTo(shops.evaluated());
		assertThat(ledger.miscounted()).as(run.toString()).isZero();
		assertArrived(run, inHand, inDoubt);
		assertThat(NodeProcess.LOG).as(run.toString()).content().doesNotContain("ERROR");
	}

	/** Lets two nodes work on what happens until one of them halts. */
	private static void haltOne(Run run, Shops shops, RandomGenerator random) {
		try (NodeProcess victim = site.victim()) {
			victim.haltAt(run.step(), random.nextInt(1, MOST_TIMES + 1));
			(random.nextBoolean() ? List.of(victim, site.rival()) : List.of(site.rival(), victim))
				.forEach(NodeProcess::start);
			await(run).until(() -> {
				shops.happen();
				site.ledger().beginDay();
				return victim.hasEnded();
			});
			assertThat(victim.exitCode()).as(run.toString()).isEqualTo(run.step().exitCode());
		}
	}

	/** Lets the other node go on with what the one that halted had in hand. */
	private static void takeOver(Run run) {
		site.ledger().endLeases();
		site.ledger().endClaims();
		site.rival().start();
		await(run).until(() -> {
			site.ledger().beginDay();
			return site.ledger().isDone();
		});
	}

	private static void assertArrived(Run run, List<Mail> inHand, List<Mail> inDoubt) {
		List<Mail> queued = site.ledger().deliveries();
		List<Mail> accepted = site.sink().accepted();
		List<Mail> doubled = new ArrayList<>(accepted);
		queued.forEach(doubled::remove);
		log.info("{}: {} e-mails, {} in hand, {} in doubt, {} doubled", run, queued.size(), inHand.size(),
				inDoubt.size(), doubled.size());
		assertThat(queued).as(run.toString()).doesNotHaveDuplicates().hasSameElementsAs(accepted);
		assertThat(inHand).as(run.toString()).hasSizeLessThanOrEqualTo(MOST_IN_HAND).containsAll(doubled);
		assertThat(doubled).as(run.toString()).doesNotHaveDuplicates().containsAll(inDoubt);
		if (run.step().isInDoubt()) {
			assertThat(inDoubt).as(run.toString()).isNotEmpty();
		}
	}

	private static ConditionFactory await(Run run) {
		return Awaitility.await(run.toString()).atMost(NodeProcess.PATIENCE).pollInterval(Duration.ofMillis(50));
	}

}
