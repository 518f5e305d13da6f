package dev.belfry.work;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.belfry.benchmark.Only;
import dev.belfry.benchmark.Report;
import dev.belfry.testing.ProcessNode;
import dev.belfry.testing.TestDatabase;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much a well-behaved account notices of three that use all they may, on a node with
 * 512 MB: from a completion to the bell, from an event to its e-mail, and a query, beside
 * them and alone, in one run.
 */
@Tag("benchmark")
class HostileNeighbourBenchmark {

	private static final int SAMPLES = 60;

	private static final int CASE_SAMPLES = 40;

	private static final int HOSTILE = 3;

	/** Things that each of them does at once. */
	private static final int AT_ONCE = 4;

	private final Report report = new Report();

	@Test
	void isHardlyNoticed() throws IOException {
		try (SmallRelay relay = new SmallRelay();
				ProcessNode node = ProcessNode.start(TestDatabase.createDatabase(), "spring.mail.host=127.0.0.1",
						"spring.mail.port=" + relay.port(), "belfry.notifier.window=0s");
				ModestAccount modest = new ModestAccount(node.port(), relay)) {
			times(modest, SAMPLES);
			List<List<Long>> alone = times(modest, SAMPLES);

			List<HostileAccount> hostile = IntStream.range(0, HOSTILE)
				.mapToObj((i) -> new HostileAccount(node.port(), i, 1))
				.toList();
			AtomicReference<Throwable> problem = new AtomicReference<>();
			Disposable acting = Flux.fromIterable(hostile)
				.flatMap((each) -> Flux.range(0, AT_ONCE).flatMap((i) -> each.actions()), HOSTILE * AT_ONCE)
				.subscribe((action) -> {
				}, problem::set);
			times(modest, 10);
			List<List<Long>> beside = times(modest, SAMPLES);
			acting.dispose();
			assertThat(problem).as("what ended the hostile accounts").hasValue(null);

			this.report.table(1, "", "alone, p50 ms", "beside, p50 ms", "ratio", "alone, p99 ms", "beside, p99 ms");
			List<String> names = List.of("completion to bell", "event to e-mail", "query");
			for (int i = 0; i < names.size(); i++) {
				double before = at(alone.get(i), 0.5);
				double after = at(beside.get(i), 0.5);
				this.report.row(names.get(i), before, after, after / before, at(alone.get(i), 0.99),
						at(beside.get(i), 0.99));
			}
			this.report.say(
					"Of the three accounts %d things were answered and %d refused; %d completions and %d events.",
					hostile.stream().mapToInt(HostileAccount::answered).sum(),
					hostile.stream().mapToInt(HostileAccount::refused).sum(),
					hostile.stream().mapToInt(HostileAccount::recorded).sum(),
					hostile.stream().mapToInt(HostileAccount::published).sum());
			modest.assertNothingLost();
			this.report.save("hostile neighbours");
		}
	}

	/**
	 * What others once noticed, each on a node of its own, as one account does it.
	 * {@code -Dbelfry.benchmark.only=full} measures only what begins so, and keeps
	 * nothing.
	 */
	@Test
	void isHardlyNoticedInAnyCase() throws IOException {
		this.report.table(1, "", "bell alone, p50 ms", "beside", "ratio", "e-mail alone", "beside", "ratio",
				"query alone", "beside", "ratio", "answered", "refused");
		for (HostileCase each : HostileCase.values()) {
			if (!Only.asks(each.title())) {
				continue;
			}
			try (SmallRelay relay = new SmallRelay();
					ProcessNode node = ProcessNode.start(TestDatabase.createDatabase(), "spring.mail.host=127.0.0.1",
							"spring.mail.port=" + relay.port(), "belfry.notifier.window=0s");
					ModestAccount modest = new ModestAccount(node.port(), relay)) {
				this.report.row(row(each, new HostileClient(node.port()), modest).toArray());
				modest.assertNothingLost();
			}
		}
		if (Only.asksForAll()) {
			this.report.save("hostile cases");
		}
	}

	private static List<Object> row(HostileCase each, HostileClient hostile, ModestAccount modest) {
		each.prepare(hostile);
		times(modest, CASE_SAMPLES);
		List<List<Long>> alone = times(modest, CASE_SAMPLES);
		Disposable acting = each.begin(hostile);
		times(modest, CASE_SAMPLES / 4);
		List<List<Long>> beside = times(modest, CASE_SAMPLES);
		acting.dispose();
		List<Object> row = new ArrayList<>(List.of(each.title()));
		for (int i = 0; i < alone.size(); i++) {
			double before = at(alone.get(i), 0.5);
			double after = at(beside.get(i), 0.5);
			row.addAll(List.of(before, after, after / before));
		}
		row.addAll(List.of(hostile.answered(), hostile.refused()));
		return row;
	}

	private static List<List<Long>> times(ModestAccount account, int samples) {
		List<LongSupplier> all = List.of(account::completionToBell, account::eventToEmail, account::query);
		List<List<Long>> times = all.stream().<List<Long>>map((each) -> new ArrayList<>()).toList();
		for (int sample = 0; sample < samples; sample++) {
			for (int i = 0; i < all.size(); i++) {
				times.get(i).add(all.get(i).getAsLong());
			}
		}
		return times;
	}

	private static double at(List<Long> nanos, double quantile) {
		List<Long> sorted = nanos.stream().sorted().toList();
		return Duration.ofNanos(sorted.get((int) Math.min(sorted.size() - 1, quantile * sorted.size()))).toNanos()
				/ 1e6;
	}

}
