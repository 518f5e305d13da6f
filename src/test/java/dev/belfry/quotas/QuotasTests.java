package dev.belfry.quotas;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.belfry.database.connections.Epoch;
import dev.belfry.input.Refusal;
import dev.belfry.quotas.QuotaBucket.Told;
import dev.belfry.viewer.Account;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.User;
import dev.belfry.viewer.UserRole;
import dev.belfry.viewer.Viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Quotas so large that what comes back meanwhile is nothing beside them. */
class QuotasTests {

	private static final int MANY = 1_000_000;

	private static final Viewer PLATFORM = new Viewer(null, null, Set.of(), Instant.MAX, new Epoch(1));

	@Test
	void refusesWhatIsMoreThanIsLeft() {
		Quotas quotas = TestQuotas.of(MANY, 0, 0);
		assertThat(quotas.take(viewer(1, 1), Use.READS, MANY).refusal()).isNull();

		Refusal refusal = quotas.take(viewer(1, 1), Use.READS, MANY).refusal();

		assertThat(refusal.code()).isEqualTo(Refusal.Code.RATE_LIMITED);
		assertThat(refusal.extensions()).containsEntry(Refusal.RETRY_AFTER, 1L).containsEntry("retryable", true);
		assertThat(refusal.getMessage()).contains("1000000 reads a second (belfry.quotas.user.reads)");
	}

	@Test
	void countsUsersApartAndWhatTheyDo() {
		Quotas quotas = TestQuotas.of(MANY, 0, 0);
		quotas.take(viewer(1, 1), Use.READS, MANY);

		assertThat(quotas.take(viewer(1, 2), Use.READS, MANY).refusal()).isNull();
		assertThat(quotas.take(viewer(2, 1), Use.READS, MANY).refusal()).isNull();
		assertThat(quotas.take(viewer(1, 1), Use.WRITES, MANY).refusal()).isNull();
		assertThat(quotas.take(viewer(1, 1), Use.SUBSCRIPTIONS, MANY).refusal()).isNull();
		assertThat(quotas.take(PLATFORM, Use.READS, MANY).refusal()).isNull();
	}

	/** What the account refuses is not taken from the user. */
	@Test
	void countsTheUsersOfAnAccountTogether() {
		Quotas quotas = TestQuotas.of(3 * MANY, 2 * MANY, 0);
		quotas.take(viewer(1, 1), Use.READS, 2 * MANY);

		Quotas.Answer refused = quotas.take(viewer(1, 2), Use.READS, 2 * MANY);

		assertThat(refused.refusal().getMessage()).contains("belfry.quotas.account.reads");
		assertThat(refused.balances().get(0).left()).isEqualTo(3 * MANY);
		assertThat(refused.balances()).extracting(Balance::policy).containsExactly("user.reads", "account.reads");
	}

	@Test
	void letsThroughWhatIsMoreThanThereEverIsWhenAllOfItIsThere() {
		Quotas quotas = TestQuotas.of(0, 0, 100);

		quotas.takeItems(new AccountId(1), 500);

		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> quotas.takeItems(new AccountId(1), 500))
			.withMessageContaining("100 items a second");
	}

	@Test
	void countsWhatAnotherNodeHasLetThemUse() {
		Quotas here = TestQuotas.of(0, MANY, 0);
		Quotas there = TestQuotas.of(0, MANY, 0);
		here.take(viewer(1, 1), Use.READS, MANY / 2);

		Map<String, Told> told = here.used();
		told.forEach((key, use) -> there.usedElsewhere(key, use.fresh()));

		assertThat(told).hasSize(1);
		assertThat(there.take(viewer(1, 2), Use.READS, MANY).refusal()).isNotNull();
		assertThat(here.used()).isEmpty();
	}

	/** However much it was: who has waited for as long as the burst can go on. */
	@Test
	void putsNobodyIntoDebtByMoreThanTheWholeQuota() {
		Quotas quotas = TestQuotas.of(0, MANY, 0);
		quotas.take(viewer(1, 1), Use.READS, MANY);
		String key = quotas.used().keySet().iterator().next();

		quotas.usedElsewhere(key, 100L * MANY);

		assertThat(quotas.take(viewer(1, 1), Use.READS, MANY).refusal().extensions())
			.hasEntrySatisfying(Refusal.RETRY_AFTER, (seconds) -> assertThat((long) seconds).isBetween(1L, 2L));
	}

	private static Viewer viewer(long account, long user) {
		AccountId id = new AccountId(account);
		return new Viewer(new Account(id, "shop", "Shop", "UTC", "en", 30),
				new User(id, user, "ann", "Ann", null, UserRole.OWNER, "UTC", "en"), Set.of(), Instant.MAX,
				new Epoch(1));
	}

}
