package dev.belfry.notifier.matching;

import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.testing.BelfryClient;
import dev.belfry.viewer.AccountId;

/** Keeps the notifier from an account, as an operator may. */
record IdleNode(AccountDatabase database, AccountId account) {

	private static final Query<Long> TAKE_TURN = Query.number("""
			insert into notifier as n (account_id, not_before) values ($1, 'infinity')
			on conflict (account_id) do update set not_before = 'infinity' returning account_id""");

	private static final Query<Long> GIVE_TURN_BACK = Query
		.number("update notifier set not_before = null where account_id = $1 returning account_id");

	void takeTurn() {
		run(TAKE_TURN);
	}

	void giveTurnBack() {
		run(GIVE_TURN_BACK);
	}

	private void run(Query<Long> query) {
		this.database.one(this.account, query).block(BelfryClient.TIMEOUT);
	}

}
