package dev.belfry.accounts.directory;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.values.SortKey;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Author;
import dev.belfry.viewer.User;
import dev.belfry.viewer.UserRole;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The users of an account. */
@Component
public class Users {

	private static final String SELECT = """
			select u.user_id, u.external_id, u.name, u.email, u.role,
			       coalesce(u.time_zone, a.time_zone) as time_zone, coalesce(u.locale, a.locale) as locale
			from account_user u join account a on a.account_id = u.account_id
			where u.account_id = $1 and\s""";

	private static final String PAGE = """
			(u.name collate "und-x-icu", u.user_id) > ($2, $3)
			and not exists (select from unnest($5) w (word) where strpos(u.name_key, w.word) = 0)
			order by u.name collate "und-x-icu", u.user_id limit $4""";

	/** Before all names. */
	private static final SortKey START = new SortKey("", 0);

	private final AccountDatabase database;

	Users(AccountDatabase database) {
		this.database = database;
	}

	/** Those of these users that there still are. */
	public Flux<User> withNumbers(AccountId account, Collection<Long> numbers) {
		return this.database.all(account, query(account, "u.user_id = any ($2)"), Param.numbers(numbers));
	}

	/** Those of these authors that are users, by their numbers. */
	public Mono<Map<Long, User>> of(AccountId account, Collection<Author> authors) {
		return withNumbers(account, authors.stream().map(Author::userId).filter(Objects::nonNull).distinct().toList())
			.collectMap(User::userId);
	}

	/** The owners of the account, and those of these users that there still are. */
	public Flux<User> ownersAnd(AccountId account, List<Long> numbers) {
		return this.database.all(account, query(account, "(u.role = 'OWNER' or u.user_id = any ($2))"),
				Param.numbers(numbers));
	}

	/**
	 * By name, and those of one name in the order in which Belfry met them.
	 * @param words only those that have all of these in the key of their name
	 * @param after what comes before the first of them; null for nothing
	 */
	public Flux<User> page(AccountId account, List<String> words, @Nullable SortKey after, int most) {
		SortKey start = (after != null) ? after : START;
		return this.database.all(account, query(account, PAGE), Objects.requireNonNull(start.value()), start.number(),
				most, Param.texts(words));
	}

	public Flux<User> withExternalIds(AccountId account, List<String> externalIds) {
		return this.database.all(account, query(account, "u.external_id = any ($2)"), Param.texts(externalIds));
	}

	private static Query<User> query(AccountId account, String condition) {
		return Query.of(SELECT + condition, (row) -> user(account, Rows.text(row, "external_id"), row));
	}

	public static User user(AccountId account, String externalId, Readable row) {
		return new User(account, Rows.number(row, "user_id"), externalId, Rows.text(row, "name"),
				row.get("email", String.class), UserRole.valueOf(Rows.text(row, "role")), Rows.text(row, "time_zone"),
				Rows.text(row, "locale"));
	}

}
