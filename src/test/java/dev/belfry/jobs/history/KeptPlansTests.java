package dev.belfry.jobs.history;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.r2dbc.core.DatabaseClient;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * PostgreSQL keeps the plans of questions that cost the same whatever their values, and
 * plans the others anew.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeptPlansTests {

	/** It decides after five calls. */
	private static final int CALLS = 12;

	private static final Duration TIMEOUT = BelfryClient.TIMEOUT;

	private final String account = "shop-" + UUID.randomUUID();

	private LocalNode node;

	private BelfryClient client;

	@BeforeAll
	void start() {
		// One connection has all plans.
		this.node = LocalNode.start(TestDatabase.createDatabase(), "spring.r2dbc.pool.initial-size=1",
				"spring.r2dbc.pool.max-size=1", "belfry.notifier.enabled=false", "belfry.mail.threads=0");
		this.node.accounts().create(this.account);
		List<Map<String, Object>> samples = Completions.samplesOfNobody().subList(0, 100);
		this.node.client(TestTokens.platform()).record(this.account, samples).block(TIMEOUT);
		this.client = this.node.client(TestTokens.owner(this.account));
	}

	@AfterAll
	void stop() {
		this.node.close();
	}

	@Test
	void keepsThePlansOfAPageItsFacetsAndABell() {
		ask("{ jobNotifications(first: 25) { totalCount nodes { id } facets { outcomes { count } } } }");
		ask("{ jobNotifications(filter: {recordedAt: {from: \"2026-01-01T00:00:00Z\"}}) { nodes { id } } }");
		ask("{ bell { unseenCount recent { id } } }");

		plans("%from log_end l left join bell_mark%left join lateral%").areKept();
		plans("%from_position%from log_end l left join bell_mark%").areKept();
		plans("%from (select n.* from job_notification n where n.account_id = $1 and n.position >= $2%").areKept();
		plans("%from job_tally t%").areKept();
		plans("%from job_notification n where n.account_id = $1 order by n.position desc limit%").areKept();
	}

	@Test
	void plansSearchesAndFiltersForTheirValues() {
		ask("{ jobNotifications(first: 25, filter: {search: \"nowhere\"}) { totalCount nodes { id } } }");
		ask("{ jobNotifications(first: 25, filter: {outcomes: [FAILED]}) { nodes { id } } }");
		ask("{ platformEvents(type: \"ORDER_IMPORTED\") { nodes { id } } }");
		ask("{ deliveries(filter: {states: [FAILED]}) { nodes { id } } }");

		plans("%n.terms @@ %").areMadeAnew();
		plans("%cross join lateral%").areMadeAnew();
		plans("%e.type = %").areMadeAnew();
		plans("%from written_delivery d%$1 is not null%").areMadeAnew();
	}

	private void ask(String document) {
		for (int i = 0; i < CALLS; i++) {
			assertThat(this.client.ask(document).getErrors()).isEmpty();
		}
	}

	private Plans plans(String statement) {
		return this.node.bean(DatabaseClient.class)
			.sql("select coalesce(sum(generic_plans), 0), coalesce(sum(custom_plans), 0) from pg_prepared_statements "
					+ "where replace(statement, e'\\n', ' ') like $1")
			.bind(0, statement)
			.map((row) -> new Plans(((Number) row.get(0)).intValue(), ((Number) row.get(1)).intValue()))
			.one()
			.block(TIMEOUT);
	}

	private record Plans(int kept, int made) {

		void areKept() {
			assertThat(this.kept).as(toString()).isPositive();
		}

		void areMadeAnew() {
			assertThat(this.made).as(toString()).isGreaterThan(5);
			assertThat(this.kept).as(toString()).isZero();
		}

	}

}
