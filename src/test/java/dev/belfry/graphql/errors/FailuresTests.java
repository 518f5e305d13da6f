package dev.belfry.graphql.errors;

import java.util.Map;
import java.util.concurrent.CompletionException;

import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;

import dev.belfry.database.connections.Outages;
import dev.belfry.input.Refusal;

import static org.assertj.core.api.Assertions.assertThat;

class FailuresTests {

	@ParameterizedTest
	@ValueSource(strings = { "55P03", "57P01", "40001", "40P01", "08006", "53300", "25006" })
	void saysToTryAgainWhenTheDatabaseCannotAnswer(String sqlState) {
		Refusal refusal = Failures.refusal(new IllegalStateException(failure(sqlState)), "1");

		assertThat(refusal.code()).isEqualTo(Refusal.Code.UNAVAILABLE);
		assertThat(refusal.extensions()).containsEntry("retryable", true);
	}

	@Test
	void saysSoWhenAStatementTookTooLong() {
		Refusal refusal = Failures.refusal(new IllegalStateException(failure("57014")), "1");

		assertThat(refusal.code()).isEqualTo(Refusal.Code.STATEMENT_TIMEOUT);
		assertThat(refusal.getMessage()).contains("belfry.database.statement-timeout");
	}

	@Test
	void saysToTryAgainWhenThereIsNoConnection() {
		assertThat(Outages.isUnavailable(new R2dbcTimeoutException("pool"))).isTrue();
		assertThat(Outages.isUnavailable(new R2dbcNonTransientResourceException("closed"))).isTrue();
		assertThat(Outages.isUnavailable(new DataAccessResourceFailureException("none"))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "42601", "23505", "22021", "P0001" })
	void takesTheRestForAFaultOfOursWithoutDetails(String sqlState) {
		Refusal refusal = Failures.refusal(failure(sqlState), "r-1");

		assertThat(refusal.code()).isEqualTo(Refusal.Code.INTERNAL_ERROR);
		assertThat(refusal.extensions()).containsEntry("requestId", "r-1");
		assertThat(refusal.getMessage()).doesNotContain("secret");
	}

	/**
	 * What is too much just now is no fault of ours, whatever field a client looks at.
	 */
	@ParameterizedTest
	@EnumSource(Refusal.Code.class)
	void classifiesNothingButOurFaultsAsInternalErrors(Refusal.Code code) {
		Object classification = Failures.error(Refusal.of(code, "Why")).toSpecification().get("extensions");

		assertThat(((Map<?, ?>) classification).get("classification").equals("INTERNAL_ERROR"))
			.isEqualTo(code == Refusal.Code.INTERNAL_ERROR);
	}

	@Test
	void findsTheRefusalInWhatWrapsIt() {
		Refusal refusal = Refusal.missingScope("events:write");

		assertThat(Failures.refusal(new CompletionException(refusal), "1")).isSameAs(refusal);
	}

	private static R2dbcException failure(String sqlState) {
		return new R2dbcBadGrammarException("secret", sqlState, 0);
	}

}
