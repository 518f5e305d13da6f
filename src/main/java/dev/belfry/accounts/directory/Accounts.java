package dev.belfry.accounts.directory;

import java.time.Duration;
import java.util.Collection;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.database.connections.Epoch;
import dev.belfry.ids.Installation;
import dev.belfry.input.TextProblem;
import dev.belfry.input.UserErrorCode;
import dev.belfry.input.UserErrors;
import dev.belfry.viewer.Account;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/**
 * The accounts by their external ids. What is found is remembered for some seconds, and
 * which account an id belongs to for longer.
 */
@Component
public class Accounts {

	/** After so long every node sees what another one has changed. */
	static final Duration REMEMBERED_FOR = Duration.ofSeconds(5);

	private static final int MOST_REMEMBERED = 10_000;

	/**
	 * An external id stays with its account; this is for the memory of those that nobody
	 * names any more.
	 */
	private static final Duration ID_REMEMBERED_FOR = Duration.ofMinutes(10);

	private static final int MOST_IDS_REMEMBERED = 100_000;

	private final AccountRecords records;

	private final Installation installation;

	private final AsyncCache<Key, Account> remembered = Caffeine.newBuilder()
		.maximumSize(MOST_REMEMBERED)
		.expireAfterWrite(REMEMBERED_FOR)
		.buildAsync();

	private final Cache<Key, AccountId> ids = Caffeine.newBuilder()
		.maximumSize(MOST_IDS_REMEMBERED)
		.expireAfterWrite(ID_REMEMBERED_FOR)
		.build();

	Accounts(AccountRecords records, Installation installation) {
		this.records = records;
		this.installation = installation;
	}

	/** The account, or nothing. */
	public Mono<Account> find(String externalId) {
		return Mono.defer(() -> find(this.installation.epoch(), externalId));
	}

	/** As it is in an epoch. */
	Mono<Account> find(Epoch epoch, String externalId) {
		return Mono.defer(() -> Mono.fromFuture(
				this.remembered.get(new Key(epoch, externalId), (key, executor) -> read(key).toFuture()), true));
	}

	private Mono<Account> read(Key key) {
		return this.records.findByExternalId(key.externalId());
	}

	/**
	 * The account that a mutation of the platform is about: the one that the token is
	 * bound to, or else the one that the input names. Fails with {@link UserErrors}.
	 */
	public Mono<Account> ofInput(Viewer viewer, @Nullable String externalId) {
		return ofInput(viewer, externalId, (own) -> own, this::find);
	}

	/**
	 * The same for intake, which needs no more than the account's id: mostly it asks no
	 * database.
	 */
	public Mono<AccountId> forIntake(Viewer viewer, @Nullable String externalId) {
		return ofInput(viewer, externalId, Account::accountId, this::id);
	}

	private static <T> Mono<T> ofInput(Viewer viewer, @Nullable String externalId, Function<Account, T> ofOwn,
			Function<String, Mono<T>> find) {
		Account own = viewer.account();
		if (own != null) {
			boolean same = externalId == null || externalId.equals(own.externalId());
			return same ? Mono.just(ofOwn.apply(own)) : Mono.error(Accounts::notFound);
		}
		if (externalId == null) {
			return Mono.error(() -> UserErrors.at(UserErrorCode.REQUIRED,
					"Name the account: this token is not bound to one.", "account"));
		}
		boolean possible = TextProblem.of(externalId, Account.LONGEST_EXTERNAL_ID) == null;
		return (possible ? find.apply(externalId) : Mono.<T>empty()).switchIfEmpty(Mono.error(Accounts::notFound));
	}

	private Mono<AccountId> id(String externalId) {
		Key key = new Key(this.installation.epoch(), externalId);
		AccountId known = this.ids.getIfPresent(key);
		return (known != null) ? Mono.just(known)
				: find(key.epoch(), externalId).map(Account::accountId).doOnNext((found) -> this.ids.put(key, found));
	}

	void forget(Collection<String> externalIds) {
		this.remembered.synchronous().asMap().keySet().removeIf((key) -> externalIds.contains(key.externalId()));
	}

	private static UserErrors notFound() {
		return UserErrors.at(UserErrorCode.NOT_FOUND, "There is no such account.", "account");
	}

	private record Key(Epoch epoch, String externalId) {
	}

}
