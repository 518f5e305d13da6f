package dev.belfry.store;

import org.jspecify.annotations.Nullable;

import dev.belfry.viewer.AccountId;

/**
 * A call that can be repeated.
 *
 * @param account whose the key is
 * @param operation the mutation, for which the key stands; after a slash, what within the
 * account the key is of alone
 * @param key null for a call that nobody will repeat
 * @param inputHash what {@link Idempotency#hash} makes of the input
 */
public record Call(AccountId account, String operation, @Nullable String key, String inputHash) {

	/**
	 * The call of a mutation that depends on who calls: the keys of users are their own.
	 */
	public Call of(long userId) {
		return of(Long.toString(userId), this.inputHash);
	}

	/** The part of the call that is about one item of its batch. */
	public Call of(String item, String inputHash) {
		return new Call(this.account, this.operation + "/" + item, this.key, inputHash);
	}

}
