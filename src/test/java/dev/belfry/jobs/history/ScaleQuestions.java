package dev.belfry.jobs.history;

import java.lang.reflect.Constructor;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.r2dbc.core.DatabaseClient;

import dev.belfry.graphql.relay.PageRequest;
import dev.belfry.jobs.filter.CountOperator;
import dev.belfry.jobs.filter.CountTest;
import dev.belfry.jobs.filter.JobFilter;
import dev.belfry.jobs.intake.ScaleFill;
import dev.belfry.jobs.intake.ScaleSamples;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.log.JobOutcome;
import dev.belfry.jobs.marks.Marks;
import dev.belfry.store.AccountDatabase;
import dev.belfry.values.SortKey;
import dev.belfry.values.TimeRange;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/** What the users of the big account ask. */
public final class ScaleQuestions {

	/** A question, and how many times the small database's buffers it may take. */
	public record Question(String name, double aim, Mono<? extends List<?>> ask) {
	}

	private static final AccountId BIG = new AccountId(ScaleFill.BIG);

	private static final Instant END = Instant.parse("2025-10-01T00:00:00Z").plus(Duration.ofDays(400));

	private static final double PAGE = 1.5;

	private static final double BELL = 1.1;

	private static final double FACETS = 3;

	private final JobHistory history;

	private final JobLog log;

	private final Marks marks;

	private final List<Question> all = new ArrayList<>();

	private ScaleQuestions(AccountDatabase database) {
		this.history = new JobHistory(database);
		this.log = new JobLog(database);
		this.marks = new Marks(database, (event) -> {
		});
	}

	public static List<Question> over(DatabaseClient client) {
		ScaleQuestions questions = new ScaleQuestions(gate(client));
		questions.pages();
		questions.searches();
		questions.others();
		return questions.all;
	}

	/** Only Spring makes one otherwise. */
	private static AccountDatabase gate(DatabaseClient client) {
		try {
			Constructor<AccountDatabase> constructor = AccountDatabase.class
				.getDeclaredConstructor(DatabaseClient.class);
			return BeanUtils.instantiateClass(constructor, client);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void pages() {
		page("page, no filter", JobFilter.ALL);
		page("page, operation of 50%", labels(Set.of("GET_INVENTORY_PRIMARY"), Set.of(), Set.of(), Set.of()));
		page("page, outcome of 1%", labels(Set.of(), Set.of(), Set.of(), Set.of(JobOutcome.FAILED)));
		page("page, integration of 1%", labels(Set.of(), Set.of(13L), Set.of(), Set.of()));
		page("page, integration retired half a year ago", labels(Set.of(), Set.of(14L), Set.of(), Set.of()));
		page("page, origin retired half a year ago", labels(Set.of(), Set.of(), Set.of(8L), Set.of()));
		page("page, operation of none", labels(Set.of("LINK_LISTINGS"), Set.of(), Set.of(), Set.of()));
		page("page, operation of 50% and outcome of 1%",
				labels(Set.of("GET_INVENTORY_PRIMARY"), Set.of(), Set.of(), Set.of(JobOutcome.FAILED)));
		page("page, operation and outcome that never meet",
				labels(Set.of("GET_ORDERS"), Set.of(), Set.of(), Set.of(JobOutcome.FAILED)));
		page("page, three integrations and an outcome of 4%",
				labels(Set.of(), Set.of(8L, 11L, 12L), Set.of(), Set.of(JobOutcome.COMPLETED_WITH_ERRORS)));
		page("page, recordedAt two days ago", during(END.minus(Duration.ofDays(2)), END.minus(Duration.ofDays(1))));
		page("page, recordedAt a year ago", during(END.minus(Duration.ofDays(365)), END.minus(Duration.ofDays(335))));
		page("page, recordedAt a year ago and outcome of 1%",
				new JobFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(JobOutcome.FAILED),
						new TimeRange(END.minus(Duration.ofDays(365)), END.minus(Duration.ofDays(335))),
						TimeRange.ALWAYS, List.of(), Set.of(), false));
		page("page, finishedAt a year ago",
				new JobFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), TimeRange.ALWAYS,
						new TimeRange(END.minus(Duration.ofDays(365)), END.minus(Duration.ofDays(335))), List.of(),
						Set.of(), false));
		page("page, count above 4,900 (0.3%)",
				new JobFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), TimeRange.ALWAYS, TimeRange.ALWAYS,
						List.of(new CountTest("imported", CountOperator.GREATER_THAN, 4900)), Set.of(), false));
		ask("page, unread only", PAGE, pageOf(JobFilter.ALL, false));
	}

	private void searches() {
		page("search, a word of 40%", words("warehouse"));
		page("search, a word of 0.01%", words("damaged"));
		page("search, a prefix of 40%", words("wareh"));
		page("search, a prefix of 0.01%", words("dama"));
		page("search, a prefix of many numbers", words("10"));
		page("search, a word of none", words("zeppelin"));
		page("search, words of 40% and 1%", words("warehouse", "shipping"));
		page("search, words of 40% and 15% that never meet", words("warehouse", "orders", "web"));
		page("search, a word only of half a year ago", words("depot"));
		page("search, a word of 40% and outcome of 1%", new JobFilter(Set.of(), Set.of(), Set.of(), Set.of(),
				Set.of(JobOutcome.FAILED), TimeRange.ALWAYS, TimeRange.ALWAYS, List.of(), Set.of("warehouse"), false));
	}

	private void others() {
		ask("badge", BELL, this.marks.of(BIG, ScaleFill.BIG).map(List::of));
		ask("facets, no range", FACETS, facets(JobFilter.ALL));
		Instant month = END.minus(Duration.ofDays(30)).truncatedTo(ChronoUnit.DAYS);
		ask("facets, 30 whole days", FACETS, facets(during(month, null)));
		ask("five recent of an integration", PAGE, this.history.recent(BIG, List.of(13L), 5));
		ask("five recent of each of thirteen", PAGE, this.history.recent(BIG,
				ScaleSamples.FEEDS.stream().map((feed) -> 1L + feed.integration()).toList(), 5));
		ask("replay step, outcome of 1%", PAGE,
				this.log.after(BIG, 2_000, labels(Set.of(), Set.of(), Set.of(), Set.of(JobOutcome.FAILED)), 100)
					.map(JobLog.Step::entries));
	}

	private void page(String name, JobFilter filter) {
		ask(name, PAGE, pageOf(filter, null));
	}

	private void ask(String name, double aim, Mono<? extends List<?>> ask) {
		this.all.add(new Question(name, aim, ask));
	}

	private Mono<List<JobNotification>> pageOf(JobFilter filter, @Nullable Boolean read) {
		return this.history.range(BIG, filter.recordedAt(), ScaleFill.BIG)
			.flatMap((range) -> this.history.page(BIG, filter, read, range,
					PageRequest.of(null, null, null, null, SortKey::toString)));
	}

	private Mono<List<Tallies.Tally>> facets(JobFilter filter) {
		return this.history.range(BIG, filter.recordedAt(), ScaleFill.BIG)
			.flatMap((range) -> this.history.tallies(BIG, filter, range))
			.map(Tallies::all);
	}

	private static JobFilter labels(Set<String> operations, Set<Long> integrations, Set<Long> origins,
			Set<JobOutcome> outcomes) {
		return new JobFilter(operations, integrations, origins, Set.of(), outcomes, TimeRange.ALWAYS, TimeRange.ALWAYS,
				List.of(), Set.of(), false);
	}

	private static JobFilter during(@Nullable Instant from, @Nullable Instant to) {
		return new JobFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), new TimeRange(from, to),
				TimeRange.ALWAYS, List.of(), Set.of(), false);
	}

	private static JobFilter words(String... words) {
		return new JobFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), TimeRange.ALWAYS, TimeRange.ALWAYS,
				List.of(), Set.of(words), false);
	}

}
