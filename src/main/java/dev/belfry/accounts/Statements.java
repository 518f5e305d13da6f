package dev.belfry.accounts;

import org.springframework.r2dbc.core.DatabaseClient;
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
		DatabaseClient.GenericExecuteSpec spec = this.client.sql(query.sql());
		for (int i = 0; i < parameters.length; i++) {
			spec = spec.bind(i, parameters[i]);
		}
		return new Run<>(spec.map(query.row()::apply));
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
