package dev.belfry.alerts.recipients;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.data.r2dbc.repository.Modifying;
import org.springframework.data.r2dbc.repository.Query;

import dev.belfry.store.AccountRepository;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The recipient lists of accounts. */
public interface RecipientLists extends AccountRepository<RecipientList> {

	/** The list with this number, if there is one. */
	@Query("select * from recipient_list where account_id = :account and list_id = :listId")
	Mono<RecipientList> one(AccountId account, long listId);

	/** Those of these lists that there are. */
	@Query("select * from recipient_list where account_id = :account and list_id = any (:numbers)")
	Flux<RecipientList> withNumbers(AccountId account, Long[] numbers);

	/**
	 * Those made last first.
	 * @param words only those that have all of these in the key of their name
	 */
	@Query("""
			select * from recipient_list t where t.account_id = :account and t.list_id < :below
			and not exists (select from unnest(:words) w (word) where strpos(t.name_key, w.word) = 0)
			order by t.list_id desc limit :most""")
	Flux<RecipientList> page(AccountId account, String[] words, long below, int most);

	/** The list that a call with this idempotency key has made, if there still is one. */
	@Query("""
			select * from recipient_list t where t.account_id = :account and t.creation_key = :idempotencyKey
			order by t.list_id desc limit 1""")
	Mono<RecipientList> madeBy(AccountId account, String idempotencyKey);

	/**
	 * Makes a list, or changes one, or says what is in the way.
	 * @param listId null for a new list
	 * @param expected the version that it is made on top of; 0 for a new list
	 * @param idempotencyKey of the call that makes a new list
	 */
	@Query("""
			select problem, list_id from save_recipient_list(:account, :listId, :expected, :name, :nameKey, :addresses,
			  :userId, :changedBy, :idempotencyKey, :most)""")
	Mono<Saved> save(AccountId account, @Nullable Long listId, int expected, String name, String nameKey,
			String[] addresses, @Nullable Long userId, String changedBy, @Nullable String idempotencyKey, int most);

	/**
	 * Deletes a list, or says what is in the way.
	 * @param expected null for whichever version there is
	 */
	@Query("""
			select problem, coalesce(users, '{}') as users from delete_recipient_list(:account, :listId, :expected)""")
	Mono<Deleted> delete(AccountId account, long listId, @Nullable Integer expected);

	/** Takes an address out of all lists. */
	@Modifying
	@Query("""
			update recipient_list t
			set addresses = array(
			      select e.address from unnest(t.addresses) with ordinality e (address, place)
			      where lower(e.address) <> all (:spellings) order by e.place),
			    version = t.version + 1, changed_at = clock_timestamp(), user_id = :userId, changed_by = :changedBy
			where t.account_id = :account and exists (
			  select from unnest(t.addresses) e (address) where lower(e.address) = any (:spellings))""")
	Mono<Long> forget(AccountId account, String[] spellings, @Nullable Long userId, String changedBy);

	/** The requested values of a list. */
	record Entry(String name, List<String> addresses) {

		static Entry of(RecipientList list) {
			return new Entry(list.name(), list.addresses());
		}

	}

	/** What came of saving; one of the two is null. */
	record Saved(@Nullable Problem problem, @Nullable Long listId) {
	}

	/**
	 * What came of deleting.
	 *
	 * @param problem null if the list is gone now
	 * @param users the names of the alerts that use it, if that is what is in the way
	 */
	record Deleted(@Nullable Problem problem, List<String> users) {
	}

	/** What can be in the way. */
	enum Problem {

		/** It is not as expected any more, or gone. */
		CHANGED,
		/** Another list has the name. */
		NAME,
		/** The account has as many lists as it may have. */
		FULL,
		/** Alerts use it. */
		USED

	}

}
