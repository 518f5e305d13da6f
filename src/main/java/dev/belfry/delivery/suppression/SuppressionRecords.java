package dev.belfry.delivery.suppression;

import org.springframework.data.r2dbc.repository.Query;

import dev.belfry.store.AccountRepository;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Suppressions as they are stored. Who makes one, and what that ends, is not plain. */
public interface SuppressionRecords extends AccountRepository<Suppression> {

	/** Without a topic it is for all. */
	String COLUMNS = "suppression_id, address, nullif(topic, '') as topic, topic_title, origin, created_at";

	/** Those with a lower number, newest first. */
	@Query("select " + COLUMNS + """
			 from mail_suppression where account_id = :account and suppression_id < :below
			order by suppression_id desc limit :most""")
	Flux<Suppression> page(AccountId account, long below, int most);

	/** Those of these that there are. */
	@Query("select " + COLUMNS
			+ " from mail_suppression where account_id = :account and suppression_id = any (:numbers)")
	Flux<Suppression> withNumbers(AccountId account, Long[] numbers);

	/** Removes one and answers what it was; nothing if there is none. */
	@Query("delete from mail_suppression where account_id = :account and suppression_id = :number returning " + COLUMNS)
	Mono<Suppression> remove(AccountId account, long number);

}
