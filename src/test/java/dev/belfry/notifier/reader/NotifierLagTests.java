package dev.belfry.notifier.reader;

import java.time.Duration;
import java.time.Instant;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.belfry.store.SystemDatabase;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.DatabaseTime;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.MovableClock;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/** That somebody notices when nobody evaluates. */
@ExtendWith(OutputCaptureExtension.class)
class NotifierLagTests {

	@Test
	void noticesThatNobodyGetsOnWhateverTheClockSays(CapturedOutput output) {
		String url = TestDatabase.createDatabase();
		SimpleMeterRegistry metrics = new SimpleMeterRegistry();
		MovableClock clock = new MovableClock(Instant.now());
		try (DatabaseTime time = DatabaseTime.of(url);
				LocalNode node = LocalNode.start(url, "belfry.notifier.enabled=false", "belfry.mail.threads=0",
						"spring.main.sources=" + TestAccounts.class.getName())) {
			NotifierLag lag = new NotifierLag(node.bean(SystemDatabase.class), metrics, clock);
			node.bean(TestAccounts.class).create("shop");
			lag.look().block(BelfryClient.TIMEOUT);
			node.client(TestTokens.platform()).record("shop", Completions.of(3)).block(BelfryClient.TIMEOUT);

			time.move(Duration.ofHours(-1));
			lag.look().block(BelfryClient.TIMEOUT);
			assertThat(lag.health().getStatus().getCode()).isEqualTo("UP");
			clock.move(Duration.ofSeconds(61));
			lag.look().block(BelfryClient.TIMEOUT);

			assertThat(metrics.get("belfry.notifier.lag").gauge().value()).isZero();
			assertThat(metrics.get("belfry.notifier.lag.entries").gauge().value()).isEqualTo(3);
			assertThat(metrics.get("belfry.notifier.stalled").gauge().value()).isEqualTo(61);
			assertThat(lag.health().getStatus().getCode()).isEqualTo("DOWN");
			assertThat(output)
				.containsOnlyOnce("3 entries wait to be evaluated, and no node has evaluated any for 61 s");

			TestDatabase.execute(url,
					"insert into notifier (account_id, job_position, turn) select account_id, 1, 1 from account");
			lag.look().block(BelfryClient.TIMEOUT);

			assertThat(lag.health().getStatus().getCode()).isEqualTo("UP");
			assertThat(output).containsOnlyOnce("Entries are evaluated again");
		}
	}

}
