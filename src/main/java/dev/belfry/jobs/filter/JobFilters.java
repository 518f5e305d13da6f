package dev.belfry.jobs.filter;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.ids.Ids;
import dev.belfry.input.Refusal;
import dev.belfry.input.TextProblem;
import dev.belfry.values.TimeRange;
import dev.belfry.viewer.AccountId;

/** Reads the schema's filter. What names nothing in the account matches nothing. */
@Component
public class JobFilters {

	private static final int MOST_CHOICES = 100;

	private static final int MOST_COUNTS = 10;

	private static final int LONGEST_SEARCH = 500;

	private static final int MOST_WORDS = 20;

	private static final int LONGEST_KEY = 100;

	/** Stands for what names nothing here: no operation and no row has it. */
	private static final String NO_KEY = "";

	private static final Long NO_NUMBER = -1L;

	private final Ids ids;

	JobFilters(Ids ids) {
		this.ids = ids;
	}

	public JobFilter read(AccountId account, @Nullable JobFilterInput input) {
		if (input == null) {
			return JobFilter.ALL;
		}
		Set<String> operations = choices(input.operations(), "operations", JobFilters::key, NO_KEY);
		Set<Long> integrations = choices(input.integrationIds(), "integrationIds",
				(id) -> this.ids.decode(Ids.Kind.INTEGRATION, account, id), NO_NUMBER);
		Set<Long> origins = choices(input.originIds(), "originIds",
				(id) -> this.ids.decode(Ids.Kind.ORIGIN, account, id), NO_NUMBER);
		List<CountTest> counts = counts(input.counts());
		boolean nothing = counts.stream().anyMatch((test) -> !TextProblem.isStorable(test.name()));
		return new JobFilter(operations, integrations, origins, set(input.originKinds()), set(input.outcomes()),
				range(input.recordedAt()), range(input.finishedAt()), counts, words(input.search()), nothing);
	}

	private static <T> Set<T> choices(@Nullable List<String> input, String field, Function<String, @Nullable T> read,
			T none) {
		if (input == null) {
			return Set.of();
		}
		checkSize(input, MOST_CHOICES, field);
		return input.stream()
			.map((choice) -> Objects.requireNonNullElse(read.apply(choice), none))
			.collect(Collectors.toSet());
	}

	private static @Nullable String key(String key) {
		return (TextProblem.of(key, LONGEST_KEY) == null) ? key : null;
	}

	private static List<CountTest> counts(@Nullable List<CountTest> input) {
		if (input == null) {
			return List.of();
		}
		checkSize(input, MOST_COUNTS, "counts");
		input.forEach((count) -> checkName(count.name()));
		return input;
	}

	private static void checkName(String name) {
		if (name.codePointCount(0, name.length()) > LONGEST_KEY) {
			throw Refusal.badInput("A count's name has at most " + LONGEST_KEY + " characters.", "filter", "counts",
					"name");
		}
	}

	private static Set<String> words(@Nullable String search) {
		if (search == null) {
			return Set.of();
		}
		if (search.codePointCount(0, search.length()) > LONGEST_SEARCH) {
			throw Refusal.badInput("Search with at most " + LONGEST_SEARCH + " characters.", "filter", "search");
		}
		Set<String> words = SearchWords.of(search);
		if (words.size() > MOST_WORDS) {
			throw Refusal.badInput("Search with at most " + MOST_WORDS + " words.", "filter", "search");
		}
		return words;
	}

	private static TimeRange range(@Nullable TimeRange input) {
		return (input != null) ? input : TimeRange.ALWAYS;
	}

	private static <T> Set<T> set(@Nullable List<T> input) {
		return (input == null) ? Set.of() : Set.copyOf(input);
	}

	private static void checkSize(Collection<?> input, int most, String field) {
		if (input.size() > most) {
			throw Refusal.badInput("This list takes at most " + most + " items.", "filter", field);
		}
	}

}
