package dev.belfry.alerts.recipients;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.addresses.EmailAddress;
import dev.belfry.input.Names;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Author;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The recipient lists of accounts. */
@Component
public class RecipientLists {

	private static final String SELECT = """
			select t.list_id, t.version, t.name, t.addresses, t.created_at, t.changed_at, t.user_id, t.changed_by
			from recipient_list t where t.account_id = $1 and\s""";

	private static final Query<RecipientList> BY_NUMBERS = Query.of(SELECT + "t.list_id = any ($2)",
			RecipientLists::list);

	private static final Query<RecipientList> PAGE = Query.of(SELECT + """
			t.list_id < $2 and not exists (select from unnest($4) w (word) where strpos(t.name_key, w.word) = 0)
			order by t.list_id desc limit $3""", RecipientLists::list);

	private static final Query<RecipientList> MADE_BY = Query.of(SELECT + """
			t.creation_key = $2 order by t.list_id desc limit 1""", RecipientLists::list);

	private static final Query<Saved> SAVE = Query.of("""
			select s.problem, s.list_id from save_recipient_list($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) s""",
			Saved::of);

	private static final Query<Deleted> DELETE = Query
		.of("select s.problem, s.users from delete_recipient_list($1, $2, $3) s", Deleted::of);

	private static final String FORGET = """
			update recipient_list t
			set addresses = array(
			      select e.address from unnest(t.addresses) with ordinality e (address, place)
			      where lower(e.address) <> all ($2) order by e.place),
			    version = t.version + 1, changed_at = clock_timestamp(), user_id = $3, changed_by = $4
			where t.account_id = $1 and exists (
			  select from unnest(t.addresses) e (address) where lower(e.address) = any ($2))""";

	private final AccountDatabase database;

	RecipientLists(AccountDatabase database) {
		this.database = database;
	}

	/** The list with this number, if there is one. */
	Mono<RecipientList> one(AccountId account, long listId) {
		return withNumbers(account, List.of(listId)).next();
	}

	/** Those of these lists that there are. */
	public Flux<RecipientList> withNumbers(AccountId account, Collection<Long> numbers) {
		return this.database.all(account, BY_NUMBERS, Param.numbers(numbers));
	}

	/**
	 * Those made last first.
	 * @param words only those that have all of these in the key of their name
	 */
	Mono<List<RecipientList>> page(AccountId account, List<String> words, long below, int most) {
		return this.database.all(account, PAGE, below, most, Param.texts(words)).collectList();
	}

	/** The list that a call with this idempotency key has made, if there still is one. */
	Mono<RecipientList> madeBy(AccountId account, String idempotencyKey) {
		return this.database.one(account, MADE_BY, idempotencyKey);
	}

	/**
	 * Makes a list, or changes one, or says what is in the way.
	 * @param listId null for a new list
	 * @param expected the version that it is made on top of; 0 for a new list
	 * @param idempotencyKey of the call that makes a new list
	 */
	Mono<Saved> save(AccountId account, @Nullable Long listId, int expected, Entry entry, Author author,
			@Nullable String idempotencyKey) {
		return this.database.one(account, SAVE, Param.of(listId, Long.class), expected, entry.name(),
				Names.key(entry.name()), Param.texts(entry.addresses()), Param.of(author.userId(), Long.class),
				author.name(), Param.of(idempotencyKey, String.class), RecipientList.MOST);
	}

	/** Deletes a list, or says what is in the way. */
	Mono<Deleted> delete(AccountId account, long listId, int expected) {
		return this.database.one(account, DELETE, listId, expected);
	}

	/** Takes an address out of all lists. */
	public Mono<Void> forget(AccountId account, String address, Author author) {
		return this.database
			.update(account, FORGET, Param.texts(EmailAddress.spellings(address)),
					Param.of(author.userId(), Long.class), author.name())
			.then();
	}

	private static RecipientList list(Readable row) {
		return new RecipientList(Rows.number(row, "list_id"), Rows.get(row, "version", Integer.class),
				Rows.text(row, "name"), Arrays.asList(Rows.get(row, "addresses", String[].class)),
				Rows.instant(row, "created_at"), Rows.instant(row, "changed_at"),
				new Author(row.get("user_id", Long.class), Rows.text(row, "changed_by")));
	}

	/** What somebody says of a list. */
	record Entry(String name, List<String> addresses) {

		static Entry of(RecipientList list) {
			return new Entry(list.name(), list.addresses());
		}

	}

	/** What came of saving; one of the two is null. */
	record Saved(@Nullable Problem problem, @Nullable Long listId) {

		static Saved of(Readable row) {
			return new Saved(Problem.of(row), row.get("list_id", Long.class));
		}

	}

	/**
	 * What came of deleting.
	 *
	 * @param problem null if the list is gone now
	 * @param users the names of the alerts that use it, if that is what is in the way
	 */
	record Deleted(@Nullable Problem problem, List<String> users) {

		static Deleted of(Readable row) {
			String[] users = row.get("users", String[].class);
			return new Deleted(Problem.of(row), (users != null) ? Arrays.asList(users) : List.of());
		}

	}

	/** What can be in the way. */
	enum Problem {

		/** It is not as expected any more, or gone. */
		CHANGED,
		/** Another list has the name. */
		NAME,
		/** The account has as many lists as it may have. */
		FULL,
		/** Alerts tell those who are in it. */
		USED;

		static @Nullable Problem of(Readable row) {
			String problem = row.get("problem", String.class);
			return (problem != null) ? valueOf(problem) : null;
		}

	}

}
