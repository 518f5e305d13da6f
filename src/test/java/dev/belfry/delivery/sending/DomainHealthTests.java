package dev.belfry.delivery.sending;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.relay.AttemptOutcome.Verdict;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/** How many threads a recipient domain may hold. */
class DomainHealthTests {

	private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

	private final DomainHealth domains = new DomainHealth(8);

	private long next;

	@Test
	void letsADomainThatNobodyKnowsHoldAQuarter() {
		assertThat(this.domains.allowances(NOW).otherwise()).isEqualTo(2);

		begin("new.example");

		assertThat(allowed("new.example", NOW)).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "SENT, 1, 8", "REFUSED, 1, 8", "RETRY, 1, 2", "SENT, 4, 2", "REFUSED, 4, 2" })
	void letsOnlyADomainThatIsQuickAndHealthyHoldAll(Verdict verdict, int seconds, int allowed) {
		this.domains.ended(begin("a.example"), verdict, NOW.plusSeconds(seconds));

		assertThat(allowed("a.example", NOW.plusSeconds(seconds))).isEqualTo(allowed);
	}

	@Test
	void learnsNothingOfADomainFromTroubleOfTheRelay() {
		this.domains.ended(begin("a.example"), Verdict.SENT, NOW);
		this.domains.ended(begin("a.example"), Verdict.RELAY_TROUBLE, NOW);
		this.domains.ended(begin("b.example"), Verdict.RELAY_TROUBLE, NOW);

		assertThat(allowed("a.example", NOW)).isEqualTo(8);
		assertThat(this.domains.allowances(NOW).byDomain()).doesNotContainKey("b.example");
	}

	@Test
	void takesNoMoreOfAHealthyDomainOnceOneTakesLong() {
		this.domains.ended(begin("a.example"), Verdict.SENT, NOW);
		for (int i = 0; i < 3; i++) {
			begin("a.example");
		}

		assertThat(allowed("a.example", NOW)).isEqualTo(5);
		assertThat(allowed("a.example", NOW.plus(DomainHealth.SLOW).plusMillis(1))).isEqualTo(-1);
	}

	@Test
	void forgetsWhatWasGivenBack() {
		this.domains.letGo(begin("a.example"));

		assertThat(this.domains.allowances(NOW).byDomain()).isEmpty();
	}

	@Test
	void alwaysLetsOneThreadTryADomain() {
		assertThat(new DomainHealth(1).allowances(NOW).otherwise()).isEqualTo(1);
	}

	@Test
	void remembersTheDomainsItSawLast() {
		for (int i = 0; i < 1_000; i++) {
			this.domains.ended(begin("d" + i + ".example"), Verdict.SENT, NOW);
		}

		assertThat(this.domains.allowances(NOW).byDomain()).hasSizeLessThan(300).containsKey("d999.example");
	}

	private int allowed(String domain, Instant now) {
		return this.domains.allowances(now).byDomain().get(domain);
	}

	private ClaimedEmail begin(String domain) {
		ClaimedEmail mail = new ClaimedEmail(new AccountId(1), "Shop", this.next, 1, 0, Duration.ZERO, new Topic("T"),
				"T", "a@" + domain, domain, "{}", "<" + this.next++ + "@x>", NOW);
		this.domains.begun(mail, NOW);
		return mail;
	}

}
