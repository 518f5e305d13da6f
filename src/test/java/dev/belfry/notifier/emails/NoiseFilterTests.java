package dev.belfry.notifier.emails;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.belfry.catalog.types.Topic;
import dev.belfry.ids.LogName;
import dev.belfry.notifier.emails.NoiseFilter.Outcome;
import dev.belfry.notifier.emails.NoiseFilter.Verdict;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.notifier.entries.TestEntries;

import static org.assertj.core.api.Assertions.assertThat;

class NoiseFilterTests {

	private static final Duration WINDOW = Duration.ofMinutes(5);

	private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

	private static final Topic TOPIC = Topic.global("JOB_FAILED");

	private static final NotifiedAddress ANN = new NotifiedAddress(TOPIC, "ann@example.com");

	private final Reader reader = new Reader();

	@Test
	void tellsTheFirstAtOnceAndTheRestAtTheEndOfTheWindow() {
		this.reader.read(at(1, 0), at(2, 10), at(3, 299));
		assertThat(this.reader.due).containsExactly(email(false, 0, 1));

		this.reader.sweep(START.plusSeconds(299));
		assertThat(this.reader.due).hasSize(1);

		this.reader.sweep(START.plusSeconds(300));
		assertThat(this.reader.due).containsExactly(email(false, 0, 1), digest(300, 2, 2, 3));
	}

	@Test
	void beginsTheNextWindowWithTheDigest() {
		this.reader.read(at(1, 0), at(2, 10), at(3, 301), at(4, 599), at(5, 600));

		assertThat(this.reader.due).containsExactly(email(false, 0, 1), digest(300, 1, 2), digest(600, 2, 3, 4));
		assertThat(this.reader.windows.get(ANN).folded()).isOne();
	}

	@Test
	void tellsAtOnceAgainAfterAQuietWindow() {
		this.reader.read(at(1, 0), at(2, 300), at(3, 2_000));

		assertThat(this.reader.due).containsExactly(email(false, 0, 1), email(false, 300, 2), email(false, 2_000, 3));
	}

	@Test
	void foldsWhatIsForAnotherSpellingOfTheAddress() {
		this.reader.read(at(1, 0));
		this.reader.read("Ann@EXAMPLE.com", at(2, 10));
		this.reader.read(at(3, 20));
		this.reader.sweep(START.plusSeconds(300));

		assertThat(this.reader.due).containsExactly(email(false, 0, 1), digest(300, 2, 2, 3));
		assertThat(this.reader.outcomes).isEqualTo(Map.of(1L, 0, 2L, 1, 3L, 1));
	}

	@Test
	void spellsAnAddressAsTheFirstEntryOfAWindowDoes() {
		this.reader.read(at(1, 0));
		this.reader.read("Ann@EXAMPLE.com", at(2, 301));

		assertThat(this.reader.due).extracting((email) -> email.recipient().address())
			.containsExactly(ANN.address(), "Ann@EXAMPLE.com");
	}

	/**
	 * Today whoever kept such an address hears of nothing any more, and nor do all
	 * others.
	 */
	@Test
	void foldsForWhatWasTakenForAnAddressOnce() {
		this.reader.read("O’Brien@example.com", at(1, 0));
		this.reader.read("o’brien@example.com", at(2, 1));

		assertThat(this.reader.due).hasSize(1);
	}

	@Test
	void listsTheFirstFiftyOfManyAndCountsThemAll() {
		this.reader.read(at(1, 0));
		for (int position = 2; position <= 1_001; position++) {
			this.reader.read(at(position, 1));
		}
		this.reader.sweep(START.plusSeconds(300));

		assertThat(this.reader.due.get(1).entries()).isEqualTo(1_000);
		assertThat(this.reader.due.get(1).shown()).hasSize(50).startsWith(2L, 3L).endsWith(51L);
	}

	@Test
	void forgetsAWindowThatNobodyFellInto() {
		this.reader.read(at(1, 0));
		Verdict verdict = this.reader.sweep(START.plusSeconds(301));

		assertThat(verdict.over()).containsExactly(ANN);
		assertThat(verdict.due()).isEmpty();
		assertThat(this.reader.windows).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void decidesLateAsItDecidesPromptly(long seed) {
		List<Entry> entries = entries(new Random(seed));
		Instant end = START.plus(Duration.ofDays(1));
		Reader prompt = new Reader();
		for (Entry entry : entries) {
			prompt.sweep(entry.recordedAt());
			prompt.read(entry);
		}
		prompt.sweep(end);
		Reader late = new Reader();
		Random pages = new Random(seed + 100);
		for (int from = 0; from < entries.size();) {
			int to = Math.min(entries.size(), from + 1 + pages.nextInt(200));
			late.read(entries.subList(from, to).toArray(Entry[]::new));
			from = to;
		}
		late.sweep(end);

		assertThat(late.due).isEqualTo(prompt.due);
		assertThat(late.outcomes).isEqualTo(prompt.outcomes);
	}

	@ParameterizedTest
	@ValueSource(longs = { 11, 12, 13, 14 })
	void tellsEachEntryOnceAndNobodyTwiceInAWindow(long seed) {
		List<Entry> entries = entries(new Random(seed));
		this.reader.read(entries.toArray(Entry[]::new));
		this.reader.sweep(START.plus(Duration.ofDays(1)));

		assertThat(this.reader.due.stream().mapToInt(DueEmail::entries).sum()).isEqualTo(entries.size());
		assertThat(this.reader.outcomes).hasSize(entries.size()).doesNotContainValue(-1);
		for (int i = 1; i < this.reader.due.size(); i++) {
			assertThat(Duration.between(this.reader.due.get(i - 1).at(), this.reader.due.get(i).at()))
				.isGreaterThanOrEqualTo(WINDOW);
		}
	}

	/** In bursts and pauses. */
	private static List<Entry> entries(Random random) {
		List<Entry> entries = new ArrayList<>();
		int second = 0;
		for (int position = 1; position <= 500; position++) {
			second += (random.nextInt(10) > 0) ? random.nextInt(20) : random.nextInt(900);
			entries.add(at(position, second));
		}
		return entries;
	}

	private static Entry at(long position, int second) {
		return new TestEntries(START).job(position, second);
	}

	private static DueEmail email(boolean digest, int second, int entries, long... positions) {
		return new DueEmail(ANN, digest, java.util.Arrays.stream(positions).boxed().toList(), entries,
				START.plusSeconds(second));
	}

	private static DueEmail email(boolean digest, int second, long position) {
		return email(digest, second, 1, new long[] { position });
	}

	private static DueEmail digest(int second, int entries, long... positions) {
		return email(true, second, entries, positions);
	}

	/** Keeps what a verdict says, as the database would. */
	private static final class Reader {

		private final List<DueEmail> due = new ArrayList<>();

		/** The place of the email that an entry is in, or -1 while it waits. */
		private final Map<Long, Integer> outcomes = new HashMap<>();

		private Map<NotifiedAddress, NoiseWindow> windows = new HashMap<>();

		Verdict read(Entry... entries) {
			return read(ANN.address(), entries);
		}

		Verdict read(String address, Entry... entries) {
			NoiseFilter noise = new NoiseFilter(WINDOW, this.windows);
			List.of(entries).forEach((entry) -> noise.add(entry, TOPIC, List.of(address)));
			return keep(noise.verdict());
		}

		Verdict sweep(Instant now) {
			NoiseFilter noise = new NoiseFilter(WINDOW, this.windows);
			noise.sweep(now);
			return keep(noise.verdict());
		}

		private Verdict keep(Verdict verdict) {
			int before = this.due.size();
			this.windows.keySet().removeAll(verdict.over());
			this.windows.putAll(verdict.windows());
			for (int i = 0; i < verdict.due().size(); i++) {
				int place = before + i;
				if (verdict.due().get(i).digest()) {
					this.outcomes.replaceAll((position, email) -> (email < 0) ? place : email);
				}
				this.due.add(verdict.due().get(i));
			}
			for (Outcome outcome : verdict.outcomes()) {
				assertThat(outcome.cause().log()).isEqualTo(LogName.JOBS);
				this.outcomes.put(outcome.cause().position(),
						(outcome.email() != null) ? before + outcome.email() : -1);
			}
			return verdict;
		}

	}

}
