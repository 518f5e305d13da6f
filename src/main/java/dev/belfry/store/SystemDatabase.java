package dev.belfry.store;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The way in for what cannot know its account yet (token to account, external ids) and
 * for the system's own background work (polls, retention). A test lists who uses it.
 */
@Component
public class SystemDatabase {

	private final Statements statements;

	SystemDatabase(DatabaseClient client) {
		this.statements = new Statements(client);
	}

	public <T> Flux<T> all(Query<T> query, Object... parameters) {
		return this.statements.run(query, parameters).all();
	}

	public <T> Mono<T> one(Query<T> query, Object... parameters) {
		return this.statements.run(query, parameters).first();
	}

	/** Runs a statement that changes rows, and answers how many. */
	public Mono<Long> update(String sql, Object... parameters) {
		return this.statements.update(sql, parameters);
	}

}
