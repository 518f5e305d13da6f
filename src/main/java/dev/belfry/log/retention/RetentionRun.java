package dev.belfry.log.retention;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

import dev.belfry.database.connections.Outages;
import dev.belfry.log.retention.Expiry.Due;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.SystemDatabase;
import dev.belfry.store.Transactions;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes what is due of one kind. Accounts alternate step by step, so that none waits
 * for another's backlog; one that fails waits for the next run and delays no other.
 */
final class RetentionRun {

	private static final Logger log = LoggerFactory.getLogger(RetentionRun.class);

	/** The most rows that a step removes. */
	static final int STEP = 500;

	/** How many accounts are looked at together. */
	private static final int PAGE = 1_000;

	/** Keys of what the platform does to no single account; in the first bucket. */
	private static final AccountId PLATFORM = new AccountId(0);

	private static final Query<Long> ACCOUNTS = Query.number("""
			select account_id from account_profile
			where account_id > $1 and $3[bucket_of(account_id) + 1] order by account_id limit $2""");

	private final Expiry expiry;

	private final Instant now;

	private final Boolean[] mine;

	private final RetentionBacklog backlog;

	private final SystemDatabase system;

	private final AccountDatabase database;

	private final Map<AccountId, String> failed = new LinkedHashMap<>();

	private long removed;

	RetentionRun(Expiry expiry, Instant now, Boolean[] mine, RetentionBacklog backlog, SystemDatabase system,
			AccountDatabase database) {
		this.mine = mine;
		this.expiry = expiry;
		this.now = now;
		this.backlog = backlog;
		this.system = system;
		this.database = database;
	}

	/** Answers how much was removed. An account that fails ends nothing. */
	Mono<Long> run() {
		return accountsWithSomethingDue().flatMapMany((accounts) -> Mono.just(accounts).expand(this::round))
			.then()
			.doOnError((problem) -> {
				Outages.report(log, "Retention of " + this.expiry.name() + " stopped half-way; the next run continues",
						problem);
				report();
			})
			.then(Mono.fromSupplier(this::report));
	}

	private Mono<List<AccountId>> accountsWithSomethingDue() {
		return Flux.concat(this.mine[0] ? Mono.just(List.of(PLATFORM)) : Mono.empty(), pages())
			.concatMap(this::due)
			.collectList()
			.map((due) -> {
				this.backlog.found(due, this.now);
				return due.stream().map(Due::account).toList();
			});
	}

	private Flux<List<AccountId>> pages() {
		return page(PLATFORM).expand((page) -> (page.size() < PAGE) ? Mono.empty() : page(page.get(page.size() - 1)));
	}

	private Mono<List<AccountId>> page(AccountId after) {
		return this.system.all(ACCOUNTS, after.value(), PAGE, this.mine).map(AccountId::new).collectList();
	}

	private Flux<Due> due(List<AccountId> page) {
		return this.system.all(this.expiry.due(), this.now, Param.numbers(page, AccountId::value));
	}

	/** A step of each account; those stay that may have more. */
	private Mono<List<AccountId>> round(List<AccountId> accounts) {
		return accounts.isEmpty() ? Mono.empty()
				: Flux.fromIterable(accounts)
					.concatMap((account) -> step(account).filter((number) -> number > 0).map((number) -> account))
					.collectList();
	}

	private Mono<Long> step(AccountId account) {
		return Transactions.detached(this.expiry.removal().remove(this.database, account, this.now, STEP))
			.doOnNext((number) -> count(account, number))
			.delayUntil((number) -> (number > 0) ? this.expiry.removed().apply(account) : Mono.empty())
			.onErrorResume((problem) -> !Outages.isDatabaseAway(problem), (problem) -> {
				this.failed.put(account,
						String.valueOf(NestedExceptionUtils.getMostSpecificCause(problem).getMessage()));
				return Mono.empty();
			});
	}

	private void count(AccountId account, long number) {
		if (number == 0) {
			this.backlog.done(account);
		}
		this.removed += number;
	}

	private long report() {
		if (this.removed > 0) {
			log.info("Retention removed {} {}", this.removed, this.expiry.name());
		}
		if (!this.failed.isEmpty()) {
			Map.Entry<AccountId, String> first = this.failed.entrySet().iterator().next();
			log.warn("Retention of {} failed for {} accounts; the next run tries again; account {}: {}",
					this.expiry.name(), this.failed.size(), first.getKey().value(), first.getValue());
		}
		return this.removed;
	}

}
