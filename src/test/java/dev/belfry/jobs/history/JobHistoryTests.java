package dev.belfry.jobs.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;

import dev.belfry.graphql.relay.PageRequest;
import dev.belfry.jobs.filter.JobFilter;
import dev.belfry.jobs.filter.RandomFilters;
import dev.belfry.jobs.intake.JobIntake;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.log.JobOutcome;
import dev.belfry.jobs.log.LogEntry;
import dev.belfry.jobs.log.RandomCompletions;
import dev.belfry.jobs.marks.Marks;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.TestAccounts;
import dev.belfry.values.SortKey;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The history and the stream answer random filters just as the filter itself decides, one
 * entry at a time.
 */
@BelfryTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobHistoryTests {

	private static final int FILTERS = 300;

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private JobIntake intake;

	@Autowired
	private JobHistory history;

	@Autowired
	private JobLog jobs;

	@Autowired
	private Marks marks;

	private AccountId account;

	private long user;

	/** The whole log, newest first. */
	private final List<LogEntry> log = new ArrayList<>();

	@BeforeAll
	void fillLog() {
		this.account = this.accounts.create();
		this.user = this.accounts.createUser(this.account);
		RandomCompletions completions = new RandomCompletions(7);
		Instant recordedAt = Instant.parse("2026-01-01T22:00:00Z");
		for (int i = 0; i < 60; i++) {
			recordedAt = recordedAt.plusSeconds(3600);
			this.intake.recordAsOf(this.account, completions.next(10), recordedAt)
				.block(TIMEOUT)
				.forEach((recorded) -> this.log.add(0, recorded.entry()));
		}
	}

	@Test
	void findsWhatTheFilterMatchesOnePageAfterTheOther() {
		RandomFilters filters = new RandomFilters(1, notifications());
		for (int i = 0; i < FILTERS; i++) {
			JobFilter filter = filters.next();

			assertThat(allPages(filter, null, true)).as("%s", filter).isEqualTo(matching(filter));
			assertThat(allPages(filter, null, false)).as("%s", filter).isEqualTo(matching(filter));
		}
	}

	@Test
	void readsForwardsWhatItFindsBackwards() {
		RandomFilters filters = new RandomFilters(2, notifications());
		for (int i = 0; i < FILTERS; i++) {
			JobFilter filter = filters.next();

			List<Long> found = new ArrayList<>();
			long position = 0;
			while (position < this.log.size()) {
				JobLog.Step step = this.jobs.after(this.account, position, filter, 7).block(TIMEOUT);
				step.entries().forEach((entry) -> found.add(0, entry.position()));
				position = step.to();
			}

			assertThat(found).as("%s", filter).isEqualTo(matching(filter));
		}
	}

	@Test
	void countsWhatItFinds() {
		RandomFilters filters = new RandomFilters(3, notifications());
		for (int i = 0; i < FILTERS; i++) {
			JobFilter filter = filters.next();
			LogRange range = range(filter);

			assertThat(this.history.count(this.account, filter, null, range).block(TIMEOUT)).as("%s", filter)
				.isEqualTo(matching(filter).size());
			assertThat(this.history.tallies(this.account, filter, range).block(TIMEOUT).total(filter)).as("%s", filter)
				.isEqualTo(matching(filter).size());
		}
	}

	@Test
	void countsEachFacetUnderAllOtherFilters() {
		RandomFilters filters = new RandomFilters(4, notifications());
		for (int i = 0; i < FILTERS; i++) {
			JobFilter filter = filters.next();
			JobFilter others = new JobFilter(filter.operations(), filter.integrationIds(), filter.originIds(),
					filter.originKinds(), java.util.Set.of(), filter.recordedAt(), filter.finishedAt(), filter.counts(),
					filter.words(), false);
			Map<JobOutcome, Long> expected = this.log.stream()
				.filter((entry) -> others.matches(entry.notification(), entry.words()))
				.collect(Collectors.groupingBy((entry) -> entry.notification().job().outcome(), TreeMap::new,
						Collectors.counting()));

			Map<JobOutcome, Long> counted = this.history.tallies(this.account, filter, range(filter))
				.block(TIMEOUT)
				.outcomes(filter)
				.stream()
				.collect(Collectors.toMap(Tallies.Choice::value, Tallies.Choice::count, Long::sum, TreeMap::new));

			assertThat(counted).as("%s", filter).isEqualTo(expected);
		}
	}

	@Test
	void tellsWhatAUserHasReadWhateverTheMarks() {
		Random random = new Random(5);
		java.util.Set<Long> read = new java.util.HashSet<>();
		for (int i = 0; i < 100; i++) {
			if (random.nextInt(5) == 0) {
				long through = 1 + random.nextInt(this.log.size());
				this.marks.allRead(this.account, this.user, through).block(TIMEOUT);
				java.util.stream.LongStream.rangeClosed(1, through).forEach(read::add);
			}
			List<Long> positions = random.longs(5, 1, this.log.size() + 1).distinct().boxed().toList();
			boolean marked = random.nextBoolean();
			Marks.Marked marks = this.marks.read(this.account, this.user, positions, marked).block(TIMEOUT);
			positions.forEach((position) -> {
				if (marked) {
					read.add(position);
				}
				else {
					read.remove(position);
				}
			});

			long unread = marks.head().position() - marks.readPosition() - marks.readAbove() + marks.unreadBelow();
			assertThat(unread).isEqualTo(this.log.size() - read.size());
		}
		assertThat(allPages(JobFilter.ALL, true, true)).containsExactlyElementsOf(sorted(read));
		assertThat(allPages(JobFilter.ALL, true, false)).containsExactlyElementsOf(sorted(read));
		assertThat(allPages(JobFilter.ALL, false, true)).hasSize(this.log.size() - read.size())
			.doesNotContainAnyElementsOf(read);
	}

	private List<Long> allPages(JobFilter filter, Boolean read, boolean fromStart) {
		LogRange range = this.history.range(this.account, filter.recordedAt(), this.user).block(TIMEOUT);
		List<Long> found = new ArrayList<>();
		SortKey edge = null;
		int size = 7;
		boolean more = true;
		while (more) {
			PageRequest asked = new PageRequest(size, fromStart, fromStart ? edge : null, fromStart ? null : edge,
					SortKey::toString);
			List<JobNotification> page = this.history.page(this.account, filter, read, range, asked).block(TIMEOUT);
			more = page.size() > size;
			List<Long> shown = asked.shown(page).stream().map(JobNotification::position).toList();
			found.addAll(fromStart ? found.size() : 0, shown);
			edge = shown.isEmpty() ? null : SortKey.of(shown.get(fromStart ? shown.size() - 1 : 0));
		}
		return found;
	}

	private LogRange range(JobFilter filter) {
		return this.history.range(this.account, filter.recordedAt(), this.user).block(TIMEOUT);
	}

	private List<Long> matching(JobFilter filter) {
		return this.log.stream()
			.filter((entry) -> filter.matches(entry.notification(), entry.words()))
			.map(LogEntry::position)
			.toList();
	}

	private List<JobNotification> notifications() {
		return this.log.stream().map(LogEntry::notification).toList();
	}

	private static List<Long> sorted(java.util.Set<Long> positions) {
		return positions.stream().sorted(Comparator.reverseOrder()).toList();
	}

}
