package dev.belfry.halts;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes look for overdue jobs side by side until one halts, and the other goes on.
 * Each silence is one event, is told of once, and ends with the next completion.
 */
class OverdueHaltedTests {

	private static final int MOST_TIMES = 3;

	/** Of accounts that follow each other as many as that each of two nodes has one. */
	private static final int ACCOUNTS = 3;

	private static Site site;

	@BeforeAll
	static void start() {
		site = new Site();
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	/** A look that is under way goes on to its end. */
	@AfterEach
	void rest() {
		site.rival().stop();
		Awaitility.await().atMost(NodeProcess.PATIENCE).until(site.ledger()::isQuiet);
	}

	@ParameterizedTest
	@MethodSource
	void tellsOfEachSilenceOnce(Run run) {
		tellOfEachSilenceOnce(run);
	}

	static Stream<Run> tellsOfEachSilenceOnce() {
		return runs(1);
	}

	@Tag("long")
	@ParameterizedTest
	@MethodSource
	void tellsOfEachSilenceOnceInManyRuns(Run run) {
		tellOfEachSilenceOnce(run);
	}

	static Stream<Run> tellsOfEachSilenceOnceInManyRuns() {
		return runs(15);
	}

	private static Stream<Run> runs(int each) {
		return IntStream.rangeClosed(1, each)
			.boxed()
			.flatMap((seed) -> EnumSet.range(Step.BEFORE_FIND, Step.AFTER_PUBLISH)
				.stream()
				.map((step) -> new Run(step, seed)));
	}

	private static void tellOfEachSilenceOnce(Run run) {
		site.clear();
		site.ledger().haveShortLeases(false);
		RandomGenerator random = run.random();
		List<SilentJobs> jobs = Stream.generate(() -> new SilentJobs(site.intake(), random)).limit(ACCOUNTS).toList();

		haltOne(run, jobs, random);
		site.rival().start();
		await(run).until(() -> areTold(jobs));
		jobs.forEach(SilentJobs::fallSilentAgain);
		await(run).until(() -> areTold(jobs));
		jobs.forEach(SilentJobs::complete);
		SilentJobs others = new SilentJobs(site.intake(), random);
		await(run).until(() -> areTold(List.of(others)) && site.ledger().isDone());

		assertThat(site.ledger().silences()).as(run.toString()).isEqualTo(all(jobs, others, SilentJobs::silences));
		assertThat(site.ledger().told()).as(run.toString()).isEqualTo(all(jobs, others, SilentJobs::told));
		assertThat(site.sink().accepted()).as(run.toString())
			.containsExactlyInAnyOrderElementsOf(site.ledger().deliveries());
		assertThat(NodeProcess.LOG).as(run.toString()).content().doesNotContain("ERROR");
	}

	/** Lets two nodes look until one of them halts. */
	private static void haltOne(Run run, List<SilentJobs> jobs, RandomGenerator random) {
		try (NodeProcess victim = site.victim()) {
			victim.haltAt(run.step(), random.nextInt(1, MOST_TIMES + 1));
			(random.nextBoolean() ? List.of(victim, site.rival()) : List.of(site.rival(), victim))
				.forEach(NodeProcess::look);
			await(run).until(() -> {
				if (areTold(jobs)) {
					jobs.forEach(SilentJobs::fallSilentAgain);
				}
				return victim.hasEnded();
			});
			assertThat(victim.exitCode()).as(run.toString()).isEqualTo(run.step().exitCode());
		}
	}

	private static boolean areTold(List<SilentJobs> jobs) {
		Set<String> told = site.ledger().silences().keySet();
		return jobs.stream().allMatch((each) -> told.containsAll(each.silences().keySet()));
	}

	private static Map<String, Integer> all(List<SilentJobs> some, SilentJobs others,
			Function<SilentJobs, Map<String, Integer>> what) {
		Map<String, Integer> all = new TreeMap<>(what.apply(others));
		some.forEach((each) -> all.putAll(what.apply(each)));
		return all;
	}

	private static ConditionFactory await(Run run) {
		return Awaitility.await(run.toString()).atMost(NodeProcess.PATIENCE).pollInterval(Duration.ofMillis(50));
	}

}
