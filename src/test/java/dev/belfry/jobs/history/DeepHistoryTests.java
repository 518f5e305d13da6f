package dev.belfry.jobs.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;

import dev.belfry.graphql.relay.PageRequest;
import dev.belfry.jobs.filter.JobFilter;
import dev.belfry.jobs.filter.RandomFilters;
import dev.belfry.jobs.filter.SearchWords;
import dev.belfry.jobs.intake.JobCompletion;
import dev.belfry.jobs.intake.JobIntake;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.log.LogEntry;
import dev.belfry.jobs.log.MessageSeverity;
import dev.belfry.jobs.log.RandomCompletions;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.TestAccounts;
import dev.belfry.values.SortKey;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A log that is longer than what a search looks at entry by entry, so that each way to
 * find something has its turn.
 */
@BelfryTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeepHistoryTests {

	private static final int ENTRIES = 14_000;

	private static final int BATCH = 500;

	private static final int FILTERS = 150;

	private static final int PAGE = 25;

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private JobIntake intake;

	@Autowired
	private JobHistory history;

	private AccountId account;

	private long user;

	/** The whole log, oldest first. */
	private final List<LogEntry> log = new ArrayList<>();

	@BeforeAll
	void fillLog() {
		this.account = this.accounts.create();
		this.user = this.accounts.createUser(this.account);
		RandomCompletions completions = new RandomCompletions(11);
		Instant recordedAt = Instant.parse("2026-01-01T22:00:00Z");
		for (int i = 0; i < ENTRIES / BATCH; i++) {
			recordedAt = recordedAt.plus(Duration.ofHours(7));
			List<JobCompletion> batch = new ArrayList<>(completions.next(BATCH - 1));
			batch.add(withMessage(completions.next(), (i == 0) ? "first of all" : "batch number " + i));
			this.intake.recordAsOf(this.account, batch, recordedAt)
				.block(TIMEOUT)
				.forEach((recorded) -> this.log.add(recorded.entry()));
		}
	}

	@Test
	void findsTheSamePagesAsALookAtEveryEntry() {
		RandomFilters filters = new RandomFilters(6, this.log.stream().map(LogEntry::notification).toList());
		Random random = new Random(7);
		for (int i = 0; i < FILTERS; i++) {
			JobFilter filter = filters.next();
			long edge = random.nextInt(ENTRIES);

			assertThat(page(filter, asked(true, null, null))).as("%s", filter)
				.isEqualTo(newestBelow(filter, ENTRIES + 1));
			assertThat(page(filter, asked(true, SortKey.of(edge), null))).as("%s below %s", filter, edge)
				.isEqualTo(newestBelow(filter, edge));
			assertThat(page(filter, asked(false, null, SortKey.of(edge)))).as("%s above %s", filter, edge)
				.isEqualTo(oldestAbove(filter, edge));
		}
	}

	@Test
	void findsAWordOfTheOldestEntriesAndOneOfSomeEverywhere() {
		for (String words : List.of("first all", "batch number", "number 2", "27", "never")) {
			JobFilter filter = searching(words);

			assertThat(page(filter, asked(true, null, null))).as(words).isEqualTo(newestBelow(filter, ENTRIES + 1));
			assertThat(page(filter, asked(false, null, SortKey.of(0)))).as(words).isEqualTo(oldestAbove(filter, 0));
		}
	}

	private List<Long> page(JobFilter filter, PageRequest asked) {
		LogRange range = this.history.range(this.account, filter.recordedAt(), this.user).block(TIMEOUT);
		List<JobNotification> found = this.history.page(this.account, filter, null, range, asked).block(TIMEOUT);
		return asked.shown(found).stream().map(JobNotification::position).toList();
	}

	private static PageRequest asked(boolean fromStart, SortKey after, SortKey before) {
		return new PageRequest(PAGE, fromStart, after, before, SortKey::toString);
	}

	private List<Long> newestBelow(JobFilter filter, long position) {
		List<Long> found = matching(filter).stream().filter((each) -> each < position).toList();
		List<Long> newest = new ArrayList<>(found.subList(Math.max(0, found.size() - PAGE), found.size()));
		Collections.reverse(newest);
		return newest;
	}

	private List<Long> oldestAbove(JobFilter filter, long position) {
		List<Long> oldest = new ArrayList<>(
				matching(filter).stream().filter((each) -> each > position).limit(PAGE).toList());
		Collections.reverse(oldest);
		return oldest;
	}

	private List<Long> matching(JobFilter filter) {
		return this.log.stream()
			.filter((entry) -> filter.matches(entry.notification(), entry.words()))
			.map(LogEntry::position)
			.toList();
	}

	private static JobFilter searching(String words) {
		return new JobFilter(JobFilter.ALL.operations(), JobFilter.ALL.integrationIds(), JobFilter.ALL.originIds(),
				JobFilter.ALL.originKinds(), JobFilter.ALL.outcomes(), JobFilter.ALL.recordedAt(),
				JobFilter.ALL.finishedAt(), JobFilter.ALL.counts(), SearchWords.of(words), false);
	}

	private static JobCompletion withMessage(JobCompletion job, String text) {
		return new JobCompletion(job.job(), job.originExternalId(), job.integrationExternalId(),
				List.of(new JobMessage(MessageSeverity.INFO, text, null)));
	}

}
