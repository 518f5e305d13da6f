package dev.belfry.store;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.r2dbc.core.RowsFetchSpec;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Runs statements with numbered parameters. */
final class Statements {

	private final DatabaseClient client;

	Statements(DatabaseClient client) {
		this.client = client;
	}

	<T> Run<T> run(Query<T> query, Object[] parameters) {
		return new Run<>(bound(query.sql(), parameters).map(query.row()::apply));
	}

	/** Answers how many rows it changed. */
	Mono<Long> update(String sql, Object[] parameters) {
		return bound(sql, parameters).fetch().rowsUpdated();
	}

	private GenericExecuteSpec bound(String sql, Object[] parameters) {
		GenericExecuteSpec bound = this.client.sql(sql);
		for (int i = 0; i < parameters.length; i++) {
			bound = bound.bind(i, parameters[i]);
		}
		return bound;
	}

	record Run<T>(RowsFetchSpec<T> rows) {

		Flux<T> all() {
			return this.rows.all();
		}

		Mono<T> first() {
			return this.rows.all().next();
		}

	}

}
