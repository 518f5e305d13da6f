package dev.belfry.testing;

import java.time.Duration;
import java.util.UUID;

import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.store.SystemDatabase;
import dev.belfry.viewer.AccountId;

/**
 * Makes accounts and users straight in the database, for tests that are about something
 * else.
 */
public class TestAccounts {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final SystemDatabase system;

	private final AccountDatabase database;

	TestAccounts(SystemDatabase system, AccountDatabase database) {
		this.system = system;
		this.database = database;
	}

	/** A new account of some name. */
	public AccountId create() {
		return create("account-" + UUID.randomUUID());
	}

	public AccountId create(String externalId) {
		long id = this.system.one(Query.number("""
				with fresh as (insert into account (external_id, name) values ($1, $1) returning account_id)
				insert into account_log (account_id) select account_id from fresh returning account_id"""), externalId)
			.block(TIMEOUT);
		return new AccountId(id);
	}

	/** A new user whose bell starts at the end of the log. */
	public long createUser(AccountId account) {
		String name = "user-" + UUID.randomUUID();
		long user = this.database.one(account, Query.number("""
				insert into account_user (account_id, user_id, external_id, name)
				values ($1, next_ids($1, 'account_user', 1), $2, $2) returning user_id"""), name).block(TIMEOUT);
		this.database.one(account, Query.of("select start_bell($1, $2)", (row) -> 1), user).block(TIMEOUT);
		return user;
	}

}
