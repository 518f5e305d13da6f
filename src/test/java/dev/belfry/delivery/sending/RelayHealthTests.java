package dev.belfry.delivery.sending;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** What the worker does while the relay as a whole is in trouble. */
@ExtendWith(OutputCaptureExtension.class)
class RelayHealthTests {

	private final RelayHealth relay = new RelayHealth();

	private Instant now = Instant.parse("2026-03-01T10:00:00Z");

	@Test
	void letsAllThreadsWorkWhileAllIsWell() {
		this.relay.ended(ScriptedMailer.RETRY, this.now);
		this.relay.ended(ScriptedMailer.REFUSED, this.now);

		assertThat(this.relay.permits(5, 3, this.now)).isEqualTo(5);
	}

	@Test
	void probesWithOneEmailAtATimeAndLessAndLessOften() {
		List<Long> waits = new ArrayList<>();
		for (int i = 0; i < 9; i++) {
			this.relay.ended(ScriptedMailer.TROUBLE, this.now);
			Instant failedAt = this.now;
			while (this.relay.permits(8, 0, this.now) == 0) {
				this.now = this.now.plusSeconds(1);
			}
			waits.add(Duration.between(failedAt, this.now).toSeconds());
		}

		assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
		assertThat(this.relay.permits(8, 0, this.now)).isEqualTo(1);
		assertThat(this.relay.permits(7, 1, this.now)).isZero();
	}

	@Test
	void countsOnceWhatFailsTogether() {
		for (int i = 0; i < 8; i++) {
			this.relay.ended(ScriptedMailer.TROUBLE, this.now);
		}

		assertThat(this.relay.permits(8, 0, this.now.plusSeconds(1))).isEqualTo(1);
	}

	@Test
	void saysOnceThatTroubleBeginsAndOnceThatItEnds(CapturedOutput output) {
		for (int i = 0; i < 20; i++) {
			this.relay.ended(ScriptedMailer.TROUBLE, this.now);
			this.now = this.now.plusSeconds(60);
		}
		this.relay.ended(ScriptedMailer.SENT, this.now);
		this.relay.ended(ScriptedMailer.SENT, this.now);

		assertThat(output.getOut()).containsOnlyOnce("The mail relay fails")
			.contains("CONNECT Connection refused")
			.containsOnlyOnce("The mail relay answers again");
		assertThat(this.relay.permits(8, 2, this.now)).isEqualTo(8);
	}

}
