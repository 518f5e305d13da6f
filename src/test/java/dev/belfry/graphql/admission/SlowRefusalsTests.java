package dev.belfry.graphql.admission;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.graphql.ExecutionGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;

import dev.belfry.graphql.errors.Failures;
import dev.belfry.input.Refusal;

import static org.assertj.core.api.Assertions.assertThat;

class SlowRefusalsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Test
	void answersTheFirstAtOnceAndHoldsFurtherOnesBack() {
		SlowRefusals refusals = new SlowRefusals(Duration.ofHours(1));
		for (int i = 0; i < 20; i++) {
			assertThat(answer(refusals, "flood")).isCompletedWithValue("refused");
		}

		assertThat(answer(refusals, "flood")).isNotDone();
		assertThat(answer(refusals, "other")).isCompletedWithValue("refused");
	}

	@Test
	void answersEachInTheEnd() {
		SlowRefusals refusals = new SlowRefusals(Duration.ofMillis(5));
		for (int i = 0; i < 100; i++) {
			assertThat(answer(refusals, "flood")).succeedsWithin(PATIENCE);
		}
	}

	/** What is held back takes memory. */
	@Test
	void holdsNoMoreBackThanIsGoodForTheNode() {
		SlowRefusals refusals = new SlowRefusals(Duration.ofHours(1));
		for (int i = 0; i < 2_020; i++) {
			answer(refusals, "flood");
		}

		assertThat(answer(refusals, "flood")).isCompletedWithValue("refused");
	}

	@Test
	void areThoseOfTooMuchAndOfLongDocuments() {
		GraphQLError wrong = GraphqlErrorBuilder.newError().message("There is no such field").build();
		GraphQLError tooMuch = Failures.error(Refusal.of(Refusal.Code.RATE_LIMITED, "Later"));

		assertThat(SlowRefusals.isRefused("{ a }", response(null, wrong))).isFalse();
		assertThat(SlowRefusals.isRefused("{ a }" + " ".repeat(4_000), response(null, wrong))).isTrue();
		assertThat(SlowRefusals.isRefused("{ a }" + " ".repeat(4_000), response("data", wrong))).isFalse();
		assertThat(SlowRefusals.isRefused("{ a }", response(null, tooMuch))).isTrue();
	}

	private static ExecutionGraphQlResponse response(@Nullable Object data, GraphQLError error) {
		ExecutionResult result = ExecutionResult.newExecutionResult().data(data).addError(error).build();
		return new DefaultExecutionGraphQlResponse(ExecutionInput.newExecutionInput("{ a }").build(), result);
	}

	private static CompletableFuture<String> answer(SlowRefusals refusals, String who) {
		return refusals.answer(who, "refused").toFuture();
	}

}
