package dev.belfry.delivery.suppression;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.addresses.EmailAddress;
import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.outbox.AddressKey;
import dev.belfry.ids.Seal;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/** The addresses of an account that get no e-mails, and those that were erased. */
@Component
public class SuppressionList implements Suppressions {

	private static final Query<String> KEYS = Query.of(
			"select distinct address_key from mail_suppression where account_id = $1 and topic in ('', $2)",
			(row) -> Rows.text(row, "address_key"));

	private static final Query<Long> SUPPRESS = Query
		.number("select suppress_address($1, $2, $3, $4, 'UNSUBSCRIBED', clock_timestamp())::bigint");

	/** Takes the log's row first, as whoever changes settings does. */
	private static final Query<Long> ERASE = Query.number("""
			with log as materialized (select l.account_id from log_end l where l.account_id = $1 for update)
			select erase_address($1, $2, $3, $4, clock_timestamp())::bigint from (select count(*) from log) taken""");

	/** In the place of a topic, for all of them. */
	private static final String ALL_TOPICS = "";

	private final AccountDatabase database;

	private final Seal seal;

	public SuppressionList(AccountDatabase database, Seal seal) {
		this.database = database;
		this.seal = seal;
	}

	/**
	 * Lets an address get no more e-mails of a topic, or of any if it is null. What waits
	 * for it ends. Doing it again changes nothing.
	 */
	@Override
	public Mono<Void> suppress(AccountId account, String address, @Nullable Topic topic) {
		return Mono
			.defer(() -> this.database.one(account, SUPPRESS, keyOf(account, address), address,
					(topic != null) ? topic.key() : ALL_TOPICS))
			.then();
	}

	/** What an address is found by, however it is written. */
	public String keyOf(AccountId account, String address) {
		return AddressKey.of(address).key(this.seal, account);
	}

	/** Tells which addresses get no e-mails of a topic, as it is now. */
	public Mono<Predicate<String>> suppressed(AccountId account, Topic topic) {
		return this.database.all(account, KEYS, topic.key())
			.collect(Collectors.toSet())
			.map((keys) -> suppressed(account, keys));
	}

	private Predicate<String> suppressed(AccountId account, Set<String> keys) {
		return keys.isEmpty() ? (address) -> false : (address) -> keys.contains(keyOf(account, address));
	}

	/** Forgets an address, and answers how many deliveries had it. */
	public Mono<Long> erase(AccountId account, String address) {
		return Mono.defer(() -> this.database.one(account, ERASE, keyOf(account, address),
				AddressKey.once(address).key(this.seal, account), Param.texts(EmailAddress.spellings(address))));
	}

}
