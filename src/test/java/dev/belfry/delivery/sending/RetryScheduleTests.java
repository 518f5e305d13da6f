package dev.belfry.delivery.sending;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** When e-mails are tried again (promise 25). */
class RetryScheduleTests {

	private final RetrySchedule schedule = new RetrySchedule(Duration.ofDays(4));

	@ParameterizedTest
	@CsvSource({ "0, PT30S", "1, PT5M", "2, PT30M", "3, PT2H", "4, PT5H", "5, PT10H", "6, PT10H", "50, PT10H" })
	void waitsLongerAfterEachFailure(int failures, Duration wait) {
		assertThat(this.schedule.next(failures, false, Duration.ZERO, 0.5)).isEqualTo(wait);
		assertThat(this.schedule.next(failures, false, Duration.ZERO, 0)).isEqualTo(wait.multipliedBy(9).dividedBy(10));
		assertThat(this.schedule.next(failures, false, Duration.ZERO, 1))
			.isEqualTo(wait.multipliedBy(11).dividedBy(10));
	}

	@ParameterizedTest
	@CsvSource({ "0, PT30S", "1, PT5M", "2, PT5M", "3, PT5M", "20, PT5M" })
	void comesBackSoonWhenTheRelayIsAtFault(int failures, Duration wait) {
		assertThat(this.schedule.next(failures, true, Duration.ZERO, 0.5)).isEqualTo(wait);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0.0", "0, 1.0", "1, 0.5", "1, 0.0" })
	void givesUpAfterFourDaysAtMost(int relay, double chance) {
		List<Duration> tries = new ArrayList<>();
		Duration age = Duration.ZERO;
		for (Duration wait = Duration.ZERO; wait != null; wait = this.schedule.next(tries.size() - 1, relay == 1, age,
				chance)) {
			age = age.plus(wait);
			tries.add(age);
		}

		assertThat(tries.get(tries.size() - 1)).isLessThanOrEqualTo(Duration.ofDays(4))
			.isGreaterThan(Duration.ofDays(4).minusHours(11));
	}

	@Test
	void givesUpWhenTheNextTryWouldBeTooLate() {
		assertThat(this.schedule.next(0, false, Duration.ofDays(4), 0)).isNull();
		assertThat(this.schedule.next(0, false, Duration.ofDays(4).minusSeconds(30), 0.5))
			.isEqualTo(Duration.ofSeconds(30));
	}

}
