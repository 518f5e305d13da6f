package dev.belfry.bell.feeds;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.jobs.log.Job;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.log.JobOutcome;
import dev.belfry.jobs.log.LogEntry;

import static org.assertj.core.api.Assertions.assertThat;

class RingTests {

	private final RingBudget budget = budget(DataSize.ofMegabytes(64));

	private final Ring ring = new Ring(10, this.budget);

	@Test
	void answersWhatCameAfterAPosition() {
		add(this.ring, 11, 15);

		assertThat(positions(this.ring.after(12, 100))).containsExactly(13L, 14L, 15L);
		assertThat(positions(this.ring.after(10, 2))).containsExactly(11L, 12L);
		assertThat(this.ring.after(15, 100)).isEmpty();
	}

	@Test
	void saysSoWhenItNoLongerHoldsThemAll() {
		add(this.ring, 11, 11 + 1024);

		assertThat(this.ring.after(10, 100)).isNull();
		assertThat(positions(this.ring.after(11, 1))).containsExactly(12L);
	}

	@Test
	void staysWithinTheBudgetOfAllRings() {
		RingBudget small = budget(DataSize.ofBytes(5_000));
		Ring first = new Ring(0, small);
		Ring second = new Ring(0, small);

		add(first, 1, 1_000);
		add(second, 1, 1_000);

		assertThat(small.isExceeded()).isFalse();
		assertThat(second.end()).isEqualTo(1_000);
		assertThat(second.after(0, 1)).isNull();
	}

	@Test
	void givesItsBytesBackWhenItBeginsAnew() {
		RingBudget small = budget(DataSize.ofBytes(1));
		Ring other = new Ring(0, small);
		other.add(entry(1));
		other.restart(1);

		assertThat(small.isExceeded()).isFalse();
		assertThat(other.after(1, 10)).isEmpty();
	}

	@Test
	void forgetsWhatIsNoLongerInTheLog() {
		RingBudget small = budget(DataSize.ofBytes(5_000));
		Ring other = new Ring(10, small);
		add(other, 11, 15);

		other.removeThrough(12);
		assertThat(other.after(11, 100)).isNull();
		assertThat(positions(other.after(12, 100))).containsExactly(13L, 14L, 15L);
		other.removeThrough(20);

		assertThat(other.after(15, 100)).isNull();
		assertThat(other.after(20, 100)).isEmpty();
		assertThat(other.end()).isEqualTo(20);
	}

	private static RingBudget budget(DataSize most) {
		return new RingBudget(new FeedSettings(Duration.ofSeconds(2), most, true), new SimpleMeterRegistry());
	}

	private static void add(Ring ring, int from, int to) {
		for (int position = from; position <= to; position++) {
			ring.add(entry(position));
		}
	}

	private static List<Long> positions(List<LogEntry> entries) {
		return entries.stream().map(LogEntry::position).toList();
	}

	private static LogEntry entry(long position) {
		Instant now = Instant.EPOCH;
		return new LogEntry(new JobNotification(position, 1, 1, 0, now, 0, "Get Orders", "Nothing", new Job("run",
				"GET_ORDERS", OriginKind.SOURCE, "Shop", "Shop", JobOutcome.SUCCEEDED, now, now, Map.of())),
				new String[0]);
	}

}
