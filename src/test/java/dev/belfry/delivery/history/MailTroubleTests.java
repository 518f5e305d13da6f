package dev.belfry.delivery.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.belfry.delivery.history.MailTrouble.Kind;
import dev.belfry.delivery.history.MailTrouble.Latest;
import dev.belfry.delivery.outbox.DeliveryState;

import static dev.belfry.delivery.outbox.DeliveryState.FAILED;
import static dev.belfry.delivery.outbox.DeliveryState.PENDING;
import static dev.belfry.delivery.outbox.DeliveryState.RETRYING;
import static dev.belfry.delivery.outbox.DeliveryState.SENT;
import static dev.belfry.delivery.outbox.DeliveryState.SUPPRESSED;
import static org.assertj.core.api.Assertions.assertThat;

class MailTroubleTests {

	@Test
	void isNoneWhereSomethingGoesOut() {
		assertThat(of()).isNull();
		assertThat(of(SENT)).isNull();
		assertThat(of(FAILED, SUPPRESSED, SENT)).isNull();
	}

	@Test
	void isWhatTheNewestCameTo() {
		assertThat(of(SUPPRESSED, SUPPRESSED, FAILED))
			.isEqualTo(new MailTrouble(Kind.SUPPRESSED, at(3), "All its addresses are suppressed for this topic."));
		assertThat(of(RETRYING, FAILED)).isEqualTo(new MailTrouble(Kind.FAILING, at(2), "Answer 1"));
		assertThat(of(FAILED, SUPPRESSED)).isEqualTo(new MailTrouble(Kind.FAILING, at(2), "Answer 1"));
	}

	@Test
	void isTheCapAsSoonAsOneWaitsForAnotherDay() {
		assertThat(of(PENDING, PENDING, SENT)).isEqualTo(new MailTrouble(Kind.OVER_CAP, at(2), "Answer 1"));
	}

	/** Newest first. */
	private static MailTrouble of(DeliveryState... states) {
		List<Latest> latest = new ArrayList<>();
		for (DeliveryState state : states) {
			int place = latest.size() + 1;
			latest.add(new Latest(state, at(place), "Answer " + place));
		}
		return MailTrouble.of(latest);
	}

	private static Instant at(int place) {
		return Instant.parse("2026-03-01T10:00:00Z").minusSeconds(place);
	}

}
