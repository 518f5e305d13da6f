package dev.belfry.embedded.demo;

import java.util.Map;
import java.util.stream.Stream;

import io.r2dbc.postgresql.codec.Json;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/** Registers the demo's accounts and people, as a platform would. */
@Component
@ConditionalOnBooleanProperty("belfry.embedded")
class DemoAccounts {

	private static final Query<AccountId> ACCOUNTS = Query.of("select account_id from upsert_accounts($1)",
			(row) -> new AccountId(Rows.number(row, "account_id")));

	private static final Query<Long> USERS = Query.number("select count(*) from upsert_users($1, $2)");

	private final SystemDatabase system;

	private final AccountDatabase database;

	private final JsonMapper json;

	DemoAccounts(SystemDatabase system, AccountDatabase database, JsonMapper json) {
		this.system = system;
		this.database = database;
		this.json = json;
	}

	Mono<AccountId> register(DemoAccount account) {
		return this.system.one(ACCOUNTS,
				rows(Stream.of(Map.of("external_id", account.externalId(), "name", account.title()))));
	}

	/** What came before they were registered is no news to them. */
	Mono<Void> registerPeople(DemoAccount account, AccountId id) {
		return this.database
			.one(id, USERS,
					rows(Stream.of(DemoPerson.values())
						.filter((person) -> person.account() == account)
						.map((person) -> Map.of("external_id", person.externalId(), "name", person.fullName(), "role",
								person.role().name(), "email", person.email()))))
			.then();
	}

	private Json rows(Stream<Map<String, String>> rows) {
		return Json.of(this.json.writeValueAsString(rows.toList()));
	}

}
