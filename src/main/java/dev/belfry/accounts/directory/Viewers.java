package dev.belfry.accounts.directory;

import java.util.Collection;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;

import dev.belfry.database.connections.Epoch;
import dev.belfry.ids.Installation;
import dev.belfry.input.Refusal;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import dev.belfry.viewer.Account;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.User;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/**
 * Says who shows a token. Account and user are remembered for some seconds, so that the
 * requests of a page cost one round trip for it, and what another node has changed is
 * soon seen here.
 */
@Component
public class Viewers {

	private static final int MOST_REMEMBERED = 50_000;

	private final SystemDatabase database;

	private final Accounts accounts;

	private final Installation installation;

	private final AsyncCache<Key, Known> remembered = Caffeine.newBuilder()
		.maximumSize(MOST_REMEMBERED)
		.expireAfterWrite(Accounts.REMEMBERED_FOR)
		.buildAsync();

	Viewers(SystemDatabase database, Accounts accounts, Installation installation) {
		this.database = database;
		this.accounts = accounts;
		this.installation = installation;
	}

	/**
	 * The viewer; fails with a {@link Refusal} when the token is not enough to know one.
	 */
	public Mono<Viewer> of(Jwt token) {
		return Mono.fromCallable(() -> Claims.of(token)).flatMap((claims) -> viewer(claims, this.installation.epoch()));
	}

	/** These accounts, or users of them, changed. */
	public void forget(Collection<String> accounts) {
		this.remembered.synchronous().asMap().keySet().removeIf((key) -> accounts.contains(key.account()));
		this.accounts.forget(accounts);
	}

	private Mono<Viewer> viewer(Claims claims, Epoch epoch) {
		String account = claims.account();
		String user = claims.user();
		if (account == null) {
			return Mono.just(new Viewer(null, null, claims.scopes(), claims.expiresAt(), epoch));
		}
		Mono<Known> known = (user != null) ? known(new Key(epoch, account, user), claims)
				: this.accounts.find(epoch, account).map((found) -> new Known(found, null));
		return known.map((who) -> new Viewer(who.account(), who.user(), claims.scopes(), claims.expiresAt(), epoch))
			.switchIfEmpty(Mono.error(Viewers::unknownAccount));
	}

	private Mono<Known> known(Key key, Claims claims) {
		return Mono.defer(() -> Mono
			.fromFuture(this.remembered.get(key, (absent, executor) -> read(absent, claims).toFuture()), true));
	}

	private Mono<Known> read(Key key, Claims claims) {
		return this.database.one(Known.query(key), key.account(), key.user(), claims.name(),
				Param.of(claims.email(), String.class));
	}

	private static Refusal unknownAccount() {
		return Refusal.unauthenticated("The account of this token does not exist. "
				+ "The platform must register it first, with upsertAccounts.");
	}

	private record Key(Epoch epoch, String account, String user) {
	}

	private record Known(Account account, @Nullable User user) {

		static Query<Known> query(Key key) {
			return Query.of("select * from know_viewer($1, $2, $3, $4)", (row) -> of(key, row));
		}

		private static Known of(Key key, Readable row) {
			AccountId id = new AccountId(Rows.number(row, "account_id"));
			Account account = new Account(id, key.account(), Rows.text(row, "account_name"),
					Rows.text(row, "account_time_zone"), Rows.text(row, "account_locale"),
					Rows.get(row, "retention_days", Integer.class));
			return new Known(account, Users.user(id, key.user(), row));
		}

	}

}
