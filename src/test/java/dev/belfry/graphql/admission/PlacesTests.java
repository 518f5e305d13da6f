package dev.belfry.graphql.admission;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.belfry.graphql.admission.Places.Place;
import dev.belfry.input.Refusal;
import dev.belfry.testing.Visits;
import dev.belfry.work.FairGate.Pass;
import dev.belfry.work.TestWork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PlacesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	@Test
	void letsFewBeginAtATime() {
		Places places = places(10, 4, Duration.ofMillis(1));

		enter(places, "a");
		enter(places, "a");
		enter(places, "b");
		enter(places, "b");

		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> enter(places, "c"))
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.OVERLOADED));
		assertThat(running("belfry.requests")).isEqualTo(4);
	}

	/** One that waits for a locked row keeps nobody else from beginning. */
	@Test
	void letsTheNextBeginWhenOneRunsForLong() {
		Places places = places(10, 1, PATIENCE);
		enter(places, "a");

		enter(places, "b");

		assertThat(running("belfry.requests")).isEqualTo(2);
	}

	/** For another one, which may be this one's own account's: they can go together. */
	@Test
	void letsTheNextBeginWhenOneSaysThatItWaits() {
		Places places = places(10, 1, PATIENCE);
		Place first = places.enter("a").block(PATIENCE);
		CompletableFuture<Place> next = places.enter("a").toFuture();

		first.waits();

		assertThat(next).succeedsWithin(PATIENCE);
		assertThat(running("belfry.requests")).isEqualTo(2);
	}

	@Test
	void hasAllPlacesAgainHoweverManyComeAndGo() {
		Places places = places(4, 2, Duration.ofSeconds(10));
		List<CompletableFuture<Void>> visits = Visits.of((who) -> places.enter(who).cast(Pass.class));

		Awaitility.await().atMost(PATIENCE).until(() -> visits.stream().allMatch(CompletableFuture::isDone));
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> running("belfry.requests") + running("belfry.requests.beginning") == 0);
	}

	private Places places(int running, int beginning, Duration longestWait) {
		return new Places(
				new AdmissionSettings(running, running, beginning, 1_000, longestWait, Duration.ofMillis(500)),
				TestWork.plentyOfHeadroom(), this.meters);
	}

	private double running(String gate) {
		return this.meters.get(gate + ".running").gauge().value();
	}

	private static Pass enter(Places places, String who) {
		return places.enter(who).block(PATIENCE);
	}

}
