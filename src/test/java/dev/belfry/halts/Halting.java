package dev.belfry.halts;

import java.util.concurrent.atomic.AtomicInteger;

import io.r2dbc.proxy.ProxyConnectionFactory;
import io.r2dbc.proxy.core.QueryExecutionInfo;
import io.r2dbc.proxy.core.QueryInfo;
import io.r2dbc.proxy.listener.ProxyMethodExecutionListener;
import io.r2dbc.spi.ConnectionFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;

import dev.belfry.delivery.composing.StoredEmail;
import dev.belfry.delivery.relay.AttemptOutcome;
import dev.belfry.delivery.relay.Mailer;

/**
 * Watches what a node says to its database and to its relay, and ends the JVM without any
 * farewell when that gets to a step for the nth time.
 */
class Halting implements BeanPostProcessor, ProxyMethodExecutionListener {

	private static final String ROWS = "rows";

	private volatile Step step;

	private volatile AtomicInteger left;

	void at(Step step, int time) {
		this.left = new AtomicInteger(time);
		this.step = step;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof ConnectionFactory connections) {
			return ProxyConnectionFactory.builder(connections).listener(this).build();
		}
		return (bean instanceof Mailer mailer) ? (Mailer) (email) -> send(mailer, email) : bean;
	}

	@Override
	public void beforeExecuteOnStatement(QueryExecutionInfo execution) {
		reachedBy(execution, "accounts_to_evaluate(", Step.BEFORE_DUE);
		reachedBy(execution, "end_turn(", Step.BEFORE_END);
		reachedBy(execution, "release_capped(", Step.BEFORE_RELEASE);
		reachedBy(execution, "claim_deliveries(", Step.BEFORE_CLAIM);
		reachedBy(execution, "record_attempts(", Step.BEFORE_RECORD);
		reachedBy(execution, "'eventIds'", Step.BEFORE_FIND);
		reachedBy(execution, "publish_events(", Step.BEFORE_PUBLISH);
	}

	@Override
	public void eachQueryResult(QueryExecutionInfo execution) {
		execution.getValueStore().put(ROWS, rows(execution) + 1);
	}

	@Override
	public void afterExecuteOnStatement(QueryExecutionInfo execution) {
		if (rows(execution) > 0) {
			reachedBy(execution, "accounts_to_evaluate(", Step.AFTER_DUE);
			reachedBy(execution, "end_turn(", Step.AFTER_END);
			reachedBy(execution, "release_capped(", Step.AFTER_RELEASE);
			reachedBy(execution, "claim_deliveries(", Step.AFTER_CLAIM);
			reachedBy(execution, "record_attempts(", Step.AFTER_RECORD);
			reachedBy(execution, "'eventIds'", Step.AFTER_FIND);
			reachedBy(execution, "publish_events(", Step.AFTER_PUBLISH);
		}
	}

	private AttemptOutcome send(Mailer mailer, StoredEmail email) {
		reached(Step.BEFORE_SEND);
		AttemptOutcome outcome = mailer.send(email);
		reached(Step.AFTER_SEND);
		return outcome;
	}

	private void reachedBy(QueryExecutionInfo execution, String function, Step step) {
		if (execution.getQueries().stream().map(QueryInfo::getQuery).anyMatch((sql) -> sql.contains(function))) {
			reached(step);
		}
	}

	private void reached(Step step) {
		if (step == this.step && this.left.decrementAndGet() == 0) {
			Runtime.getRuntime().halt(step.exitCode());
		}
	}

	private static int rows(QueryExecutionInfo execution) {
		return execution.getValueStore().getOrDefault(ROWS, 0);
	}

}
