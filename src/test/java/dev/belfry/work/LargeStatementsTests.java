package dev.belfry.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/** Few large statements run at a time, and small ones go past them. */
class LargeStatementsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final long MUCH = 10_000_000;

	private final LargeStatements statements = new LargeStatements(new WorkSettings(0, 1), TestWork.plentyOfHeadroom(),
			new SimpleMeterRegistry());

	private final List<String> begun = new ArrayList<>();

	@Test
	void haveTheirTurnOneAfterTheOther() {
		Sinks.Empty<Void> end = Sinks.empty();
		run(1, "first", end.asMono());
		CompletableFuture<Void> second = run(2, "second", Mono.empty());
		assertThat(this.begun).containsExactly("first");

		end.tryEmitEmpty();

		assertThat(second).succeedsWithin(PATIENCE);
		assertThat(this.begun).containsExactly("first", "second");
	}

	@Test
	void keepNoSmallOneWaiting() {
		run(1, "large", Mono.never());

		assertThat(this.statements.run(new AccountId(1), 1_000, Mono.just("small")).block(PATIENCE)).isEqualTo("small");
	}

	@Test
	void leaveWhenTheyFailOrAreGivenUp() {
		run(1, "fails", Mono.error(new IllegalStateException("a test")));
		CompletableFuture<Void> givenUp = run(1, "given up", Mono.never());
		givenUp.cancel(true);

		assertThat(run(2, "next", Mono.empty())).succeedsWithin(PATIENCE);
	}

	private CompletableFuture<Void> run(long account, String name, Mono<Void> work) {
		return this.statements
			.run(new AccountId(account), MUCH, Mono.fromRunnable(() -> this.begun.add(name)).then(work))
			.toFuture();
	}

}
