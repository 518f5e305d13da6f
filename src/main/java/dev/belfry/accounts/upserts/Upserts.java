package dev.belfry.accounts.upserts;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.directory.Users;
import dev.belfry.accounts.directory.Viewers;
import dev.belfry.accounts.upserts.UpsertBatch.Result;
import dev.belfry.accounts.upserts.UpsertBatch.Stored;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Call;
import dev.belfry.store.Idempotency;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import dev.belfry.viewer.Account;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.User;
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

	private static final Query<String> EMAILS = Query.of("""
			select distinct u.email from account_user u
			where u.account_id = $1 and u.external_id = any ($2) and u.email is not null""",
			(row) -> Rows.text(row, "email"));

	private final SystemDatabase system;

	private final AccountDatabase database;

	private final Users users;

	private final Idempotency idempotency;

	private final Viewers viewers;

	private final List<AddressCleared> listeners;

	Upserts(SystemDatabase system, AccountDatabase database, Users users, Idempotency idempotency, Viewers viewers,
			List<AddressCleared> listeners) {
		this.system = system;
		this.database = database;
		this.users = users;
		this.idempotency = idempotency;
		this.viewers = viewers;
		this.listeners = List.copyOf(listeners);
	}

	Mono<List<Result<Account>>> accounts(UpsertBatch<AccountChange> batch, @Nullable String key) {
		return upsert(batch, new Call(Idempotency.PLATFORM, "upsertAccounts", key, ""), Account::externalId,
				(changes) -> this.system.all(ACCOUNTS, Json.of(UpsertBatch.json(changes))),
				(ids) -> this.system.all(KNOWN, Param.texts(ids)))
			.doOnNext((results) -> this.viewers.forget(batch.good().stream().map(AccountChange::externalId).toList()));
	}

	Mono<List<Result<User>>> users(Account account, UpsertBatch<UserChange> batch, @Nullable String key) {
		AccountId id = account.accountId();
		Query<Stored<User>> upsert = Query.of("select * from upsert_users($1, $2)",
				(row) -> new Stored<>(status(row), Users.user(id, Rows.text(row, "external_id"), row)));
		return upsert(batch, new Call(id, "upsertUsers", key, ""), User::externalId,
				(changes) -> this.database.all(id, upsert, Json.of(UpsertBatch.json(changes)))
					.transform((stored) -> clearing(id, changes, stored)),
				(ids) -> this.users.withExternalIds(id, ids))
			.doOnNext((results) -> this.viewers.forget(List.of(account.externalId())));
	}

	/**
	 * Does what is new with the call's key, and answers the rest as it is.
	 * @param upsert makes changes
	 * @param known finds what there is by external ids
	 */
	private <C extends UpsertBatch.Change, T> Mono<List<Result<T>>> upsert(UpsertBatch<C> batch, Call call,
			Function<T, String> id, Function<List<C>, Flux<Stored<T>>> upsert, Function<List<String>, Flux<T>> known) {
		Map<C, Call> calls = batch.calls(call);
		if (calls.isEmpty()) {
			return Mono.just(batch.results(Map.of()));
		}
		return this.idempotency.onceEach(List.copyOf(calls.values()), (before) -> {
			List<C> fresh = batch.good().stream().filter((change) -> !before.contains(calls.get(change))).toList();
			List<C> done = batch.good().stream().filter((change) -> before.contains(calls.get(change))).toList();
			return Flux
				.concat(ofSome(fresh, upsert),
						ofSome(done, (changes) -> known.apply(ids(changes)).map(Upserts::unchanged)))
				.collectMap((stored) -> id.apply(stored.value()));
		}).map(batch::results);
	}

	/** Announces the addresses that the changes clear, after the changes. */
	private <T> Flux<T> clearing(AccountId account, List<UserChange> changes, Flux<T> made) {
		List<String> cleared = ids(changes.stream().filter((change) -> change.cleared().contains("email")).toList());
		return cleared.isEmpty() ? made
				: this.database.all(account, EMAILS, Param.texts(cleared))
					.collectList()
					.flatMapMany((emails) -> made.collectList()
						.delayUntil((done) -> announce(account, emails))
						.flatMapIterable((done) -> done));
	}

	private Mono<Void> announce(AccountId account, List<String> emails) {
		return Flux.fromIterable(emails)
			.concatMap((email) -> Flux.fromIterable(this.listeners)
				.concatMap((listener) -> listener.cleared(account, email)))
			.then();
	}

	private static <C, R> Flux<R> ofSome(List<C> changes, Function<List<C>, Flux<R>> results) {
		return changes.isEmpty() ? Flux.empty() : results.apply(changes);
	}

	private static List<String> ids(List<? extends UpsertBatch.Change> changes) {
		return changes.stream().map(UpsertBatch.Change::externalId).toList();
	}

	private static <T> Stored<T> unchanged(T known) {
		return new Stored<>(UpsertStatus.UNCHANGED, known);
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
