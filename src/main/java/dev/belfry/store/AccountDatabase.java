package dev.belfry.store;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.belfry.viewer.AccountId;

/**
 * The one gate to the data of accounts. A statement of a request cannot be run without an
 * account, and sees it as its first parameter, so no answer can depend on the rows of
 * another. What cannot know its account goes through {@link SystemDatabase}.
 */
@Component
public class AccountDatabase {

	private final Statements statements;

	AccountDatabase(DatabaseClient client) {
		this.statements = new Statements(client);
	}

	/** All rows. A parameter that may be null is given as a {@link Param}. */
	public <T> Flux<T> all(AccountId account, Query<T> query, Object... parameters) {
		return this.statements.run(query, withAccount(account, parameters)).all();
	}

	/** The first row, or nothing. */
	public <T> Mono<T> one(AccountId account, Query<T> query, Object... parameters) {
		return this.statements.run(query, withAccount(account, parameters)).first();
	}

	/** Runs a statement that changes rows, and answers how many. */
	public Mono<Long> update(AccountId account, String sql, Object... parameters) {
		return this.statements.update(sql, withAccount(account, parameters));
	}

	private static Object[] withAccount(AccountId account, Object[] parameters) {
		Object[] all = new Object[parameters.length + 1];
		all[0] = account.value();
		System.arraycopy(parameters, 0, all, 1, parameters.length);
		return all;
	}

}
