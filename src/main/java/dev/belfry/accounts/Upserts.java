package dev.belfry.accounts;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.Batch.Result;
import dev.belfry.accounts.Batch.Stored;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Registers and changes accounts and users: one round trip a call, and what was
 * remembered of them is forgotten.
 */
@Component
class Upserts {

	private static final Query<Stored<Account>> ACCOUNTS = Query.of("select * from upsert_accounts($1)",
			(row) -> new Stored<>(status(row), account(row)));

	private static final Query<Account> KNOWN = Query.of("""
			select account_id, external_id, name, time_zone, locale, retention_days
			from account where external_id = any ($1)""", Upserts::account);

	private final SystemDatabase system;

	private final AccountDatabase database;

	private final Users users;

	private final Idempotency idempotency;

	private final Viewers viewers;

	Upserts(SystemDatabase system, AccountDatabase database, Users users, Idempotency idempotency, Viewers viewers) {
		this.system = system;
		this.database = database;
		this.users = users;
		this.idempotency = idempotency;
		this.viewers = viewers;
	}

	Mono<List<Result<Account>>> accounts(Batch<AccountChange> batch, @Nullable String key) {
		List<String> ids = batch.externalIds();
		if (ids.isEmpty()) {
			return Mono.just(batch.results(Map.of()));
		}
		Mono<Map<String, Stored<Account>>> work = byId(this.system.all(ACCOUNTS, Json.of(batch.json())),
				Account::externalId);
		Mono<Map<String, Stored<Account>>> again = byId(
				unchanged(this.system.all(KNOWN, (Object) ids.toArray(String[]::new))), Account::externalId);
		return this.idempotency
			.once(Idempotency.PLATFORM, "upsertAccounts", key, Idempotency.hash(batch.json()), work, again)
			.doOnNext((stored) -> this.viewers.forget(ids))
			.map(batch::results);
	}

	Mono<List<Result<User>>> users(Account account, Batch<UserChange> batch, @Nullable String key) {
		List<String> ids = batch.externalIds();
		if (ids.isEmpty()) {
			return Mono.just(batch.results(Map.of()));
		}
		AccountId id = account.accountId();
		Query<Stored<User>> upsert = Query.of("select * from upsert_users($1, $2)",
				(row) -> new Stored<>(status(row), Users.user(id, Rows.text(row, "external_id"), row)));
		Mono<Map<String, Stored<User>>> work = byId(this.database.all(id, upsert, Json.of(batch.json())),
				User::externalId);
		Mono<Map<String, Stored<User>>> again = byId(unchanged(this.users.withExternalIds(id, ids)), User::externalId);
		return this.idempotency.once(id, "upsertUsers", key, Idempotency.hash(batch.json()), work, again)
			.doOnNext((stored) -> this.viewers.forget(List.of(account.externalId())))
			.map(batch::results);
	}

	private static <T> Flux<Stored<T>> unchanged(Flux<T> known) {
		return known.map((value) -> new Stored<>(UpsertStatus.UNCHANGED, value));
	}

	private static <T> Mono<Map<String, Stored<T>>> byId(Flux<Stored<T>> rows, Function<T, String> id) {
		return rows.collectMap((stored) -> id.apply(stored.value()));
	}

	private static UpsertStatus status(Readable row) {
		return UpsertStatus.valueOf(Rows.text(row, "status"));
	}

	private static Account account(Readable row) {
		return new Account(new AccountId(Rows.number(row, "account_id")), Rows.text(row, "external_id"),
				Rows.text(row, "name"), Rows.text(row, "time_zone"), Rows.text(row, "locale"),
				Rows.get(row, "retention_days", Integer.class));
	}

}
