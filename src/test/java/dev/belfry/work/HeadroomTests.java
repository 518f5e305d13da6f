package dev.belfry.work;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is large rests while those who ask for little find no free processor. */
class HeadroomTests {

	private static final long QUICK = Duration.ofMillis(5).toNanos();

	private static final long WORKED = Duration.ofMillis(30).toNanos();

	private final AtomicLong now = new AtomicLong(7);

	private double load = 1;

	private final Headroom headroom = new Headroom(() -> this.load, this.now::get);

	@Test
	void nothingRestsWhileNobodyAsks() {
		assertThat(this.headroom.rest(WORKED)).isZero();
	}

	@Test
	void whatIsLargeRestsForAsLongAsItWorked() {
		this.headroom.answered(QUICK);

		assertThat(this.headroom.rest(WORKED)).isEqualTo(WORKED);
	}

	@Test
	void nothingRestsForLong() {
		this.headroom.answered(QUICK);

		assertThat(this.headroom.rest(Duration.ofMinutes(1).toNanos())).isEqualTo(Duration.ofMillis(100).toNanos());
	}

	@Test
	void whoAsksForMuchIsNotWaitedFor() {
		this.headroom.answered(Duration.ofMillis(150).toNanos());

		assertThat(this.headroom.rest(WORKED)).isZero();
	}

	@Test
	void nothingRestsWhenNobodyHasAskedForAWhile() {
		this.headroom.answered(QUICK);

		pass(Duration.ofMillis(500));

		assertThat(this.headroom.isShort()).isFalse();
	}

	@Test
	void nothingRestsWhileProcessorsAreFree() {
		this.load = 0.5;
		this.headroom.answered(QUICK);

		assertThat(this.headroom.isShort()).isFalse();
	}

	/** Where the machine does not say. */
	@Test
	void nothingRestsIfTheLoadIsNotKnown() {
		this.load = -1;
		this.headroom.answered(QUICK);

		assertThat(this.headroom.isShort()).isFalse();
	}

	@Test
	void loadIsLookedAtNowAndThen() {
		this.headroom.answered(QUICK);
		assertThat(this.headroom.isShort()).isTrue();
		this.load = 0;
		assertThat(this.headroom.isShort()).isTrue();

		pass(Duration.ofMillis(200));

		assertThat(this.headroom.isShort()).isFalse();
	}

	private void pass(Duration time) {
		this.now.addAndGet(time.toNanos());
	}

}
