package dev.belfry.graphql.relay;

import java.math.BigInteger;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.belfry.ids.Seal;
import dev.belfry.input.Refusal;
import dev.belfry.values.SortKey;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PageCursorsTests {

	private static final AccountId ACCOUNT = new AccountId(7);

	private static final SortKey ANN = new SortKey("Ann", 5);

	private final Seal seal = new Seal(new byte[32]);

	private final PageCursors cursors = new PageCursors(this.seal, () -> 1);

	@Test
	void readsBackTheKeyThatWasShown() {
		for (String name : List.of("Ann", "", "\ud840\udc00".repeat(255))) {
			SortKey key = new SortKey(name, Long.MAX_VALUE);

			String cursor = this.cursors.encode(PagedList.USERS, ACCOUNT, key);

			assertThat(cursor).hasSizeLessThanOrEqualTo(1400);
			assertThat(this.cursors.decode(PagedList.USERS, ACCOUNT, cursor)).isEqualTo(key);
		}
	}

	@Test
	void readsCursorsOfNumbersFromBefore() {
		String cursor = this.seal.seal('d', ACCOUNT, BigInteger.valueOf(300).toByteArray());

		assertThat(this.cursors.encode(PagedList.DELIVERIES, ACCOUNT, SortKey.of(300))).isEqualTo(cursor);
		assertThat(this.cursors.decode(PagedList.DELIVERIES, ACCOUNT, cursor)).isEqualTo(SortKey.of(300));
	}

	@Test
	void refusesCursorsOfUsersFromBefore() {
		assertInvalid(PagedList.USERS, ACCOUNT, this.seal.seal('u', ACCOUNT, BigInteger.valueOf(5).toByteArray()));
	}

	@Test
	void refusesCursorsOfOtherListsAndAccounts() {
		String cursor = this.cursors.encode(PagedList.USERS, ACCOUNT, ANN);

		assertInvalid(PagedList.EVENTS, ACCOUNT, cursor);
		assertInvalid(PagedList.USERS, new AccountId(8), cursor);
		assertInvalid(PagedList.USERS, ACCOUNT, cursor + "A");
		assertInvalid(PagedList.USERS, ACCOUNT, "A".repeat(1401));
		assertInvalid(PagedList.USERS, ACCOUNT, "");
	}

	private void assertInvalid(PagedList list, AccountId account, String cursor) {
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.cursors.page(list, account, null, cursor, null, null))
			.satisfies((refused) -> assertThat(refused.code()).isEqualTo(Refusal.Code.CURSOR_INVALID));
	}

}
