package dev.belfry.work;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/**
 * Statements that hand much to the database keep it busy for long. Of these a node runs
 * few at a time; accounts take turns by how long theirs took. What is smaller goes past
 * them.
 */
@Component
public class LargeStatements {

	/** In bytes of parameters. */
	private static final int LARGE = 256 << 10;

	private final FairGate gate;

	LargeStatements(WorkSettings settings, Headroom headroom, MeterRegistry meters) {
		this.gate = new FairGate("belfry.work.large", settings.largeBounds(), "Too many large statements wait.",
				new Limit("belfry.work.large-statements", meters), meters)
			.restingFor(headroom);
	}

	/**
	 * Runs a statement, large or not, in its turn.
	 * @param bytes of its parameters
	 * @param statement is in no transaction, since it may wait
	 */
	public <T> Mono<T> run(AccountId account, long bytes, Mono<T> statement) {
		return (bytes < LARGE) ? statement : Mono.usingWhen(this.gate.enterPatiently(Long.toString(account.value())),
				(pass) -> statement, (pass) -> Mono.fromRunnable(pass::leave));
	}

}
