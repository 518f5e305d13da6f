package dev.belfry.store;

import org.springframework.stereotype.Component;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

/**
 * Runs transactions that the caller's cancel does not reach: a cancelled one can give its
 * connection back to the pool with the transaction still open.
 */
@Component
public class Transactions {

	private final TransactionalOperator operator;

	Transactions(TransactionalOperator operator) {
		this.operator = operator;
	}

	public <T> Mono<T> run(Mono<T> work) {
		return detached(work.as(this.operator::transactional));
	}

	/**
	 * Does something once the caller's transaction has been committed; at once if there
	 * is none.
	 */
	public static Mono<Void> afterCommit(Runnable work) {
		return TransactionSynchronizationManager.forCurrentTransaction()
			.doOnNext((transaction) -> transaction.registerSynchronization(new AfterCommit(work)))
			.then()
			.onErrorResume(NoTransactionException.class, (none) -> Mono.fromRunnable(work));
	}

	/** Goes on to its end when nobody waits for it any more. */
	public static <T> Mono<T> detached(Mono<T> work) {
		return Mono.deferContextual((context) -> Mono.fromFuture(work.contextWrite(context).toFuture(), true));
	}

	private record AfterCommit(Runnable work) implements TransactionSynchronization {

		@Override
		public Mono<Void> afterCommit() {
			return Mono.fromRunnable(this.work);
		}

	}

}
