package dev.belfry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.r2dbc.proxy.ProxyConnectionFactory;
import io.r2dbc.proxy.core.Bindings;
import io.r2dbc.proxy.core.QueryExecutionInfo;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Parameter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.client.ClientGraphQlResponse;
import org.springframework.test.context.TestPropertySource;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestMail;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/** Every statement of every request is bound to the account that asks. */
@BelfryTest
@TestPropertySource(properties = { "belfry.notifier.enabled=false", "belfry.mail.threads=0",
		"belfry.alerts.overdue-interval=1h", "belfry.quotas.share-interval=1h" })
class GateTests {

	/** How statements begin that are of no single account. The one list of them. */
	private static final List<String> SYSTEM = List.of(
			// From a token to its account and user.
			"select * from know_viewer(", "SELECT \"account\".",
			// The platform registers accounts.
			"select * from upsert_accounts(",
			// Polls of what a lost hint would have told.
			"select account_id, job_position, job_floor from log_end where account_id = any",
			"select account_id, user_id from bell_mark where changed_at", "select clock_timestamp() as now",
			"select least(clock_timestamp(), $1) as now",
			// Retention looks for accounts with something to remove.
			"select clock_timestamp()", "select account_id from account_profile where account_id >",
			"select a.account_id, (o.since", "select r.account_id, e.recorded_at", "select distinct a.account_id",
			// A node leases its share of the accounts.
			"select work, mine from lease_buckets(", "select release_buckets(",
			// The worker sends the e-mails of all accounts, and meters see how many wait.
			"select account_id, delivery_id, turn_domain", "select account_id, delivery_ids from deliveries_to_wake(",
			"select count(*) as number, greatest(0, extract(epoch", "select accounts_with_capped",
			// Looks for accounts near their daily cap, and tells all with open bells.
			"select m.account_id from mail_day", "select m.account_id, coalesce(a.daily_email_cap, $2)",
			// A timer looks for overdue jobs.
			"with watched as (",
			// A meter sees how much waits to be evaluated.
			"with behind as (");

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private TestMail mail;

	@Autowired
	private Spy spy;

	private final String name = "gate-" + UUID.randomUUID();

	private AccountId account;

	@BeforeEach
	void createAccount() {
		this.account = this.accounts.create(this.name);
	}

	@Test
	void bindsTheAccountInEveryStatementOfEverySample() throws IOException {
		this.mail.fill(this.account);
		GateRequests requests = new GateRequests(this.port, this.name);
		requests.prepare();
		for (String sample : samples()) {
			this.spy.seen.clear();

			requests.run(sample);

			assertThat(ofRequests()).as(sample)
				.allSatisfy((statement) -> assertThat(statement.account()).as(statement.sql())
					.isEqualTo(this.account.value()));
			assertThat(ofRequests().isEmpty()).as(sample).isEqualTo(GateRequests.ASK_NOTHING.contains(sample));
		}
	}

	@Test
	void bindsTheAccountWhenThePlatformRecords() {
		BelfryClient platform = new BelfryClient(this.port, TestTokens.platform());
		this.spy.seen.clear();

		ClientGraphQlResponse answer = platform.record(this.name, Completions.of(3)).block(BelfryClient.TIMEOUT);

		assertThat(answer.getErrors()).isEmpty();
		assertThat(ofRequests()).singleElement()
			.satisfies((statement) -> assertThat(statement.account()).isEqualTo(this.account.value()));
	}

	@Test
	void answersASearchWithFilterFacetsAndDetailFromOneAccountAlone() {
		this.mail.fill(this.account);
		new GateRequests(this.port, this.name).prepare();
		this.spy.seen.clear();
		Map<String, Object> filter = Map.of("search", "shop", "counts",
				List.of(Map.of("name", "imported", "operator", "AT_LEAST", "value", 1)), "outcomes",
				List.of("SUCCEEDED"));

		new BelfryClient(this.port, TestTokens.owner(this.name)).run("jobNotifications",
				Map.of("filter", filter, "read", false, "last", 2));

		assertThat(ofRequests()).hasSizeGreaterThan(3)
			.allSatisfy((statement) -> assertThat(statement.account()).isEqualTo(this.account.value()));
	}

	private List<Spy.Statement> ofRequests() {
		return this.spy.seen.stream()
			.filter((statement) -> SYSTEM.stream().noneMatch(statement.sql().strip()::startsWith))
			.toList();
	}

	private static List<String> samples() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("client-samples/operations"))) {
			List<String> names = new ArrayList<>(
					files.map((file) -> file.getFileName().toString().replace(".graphql", "")).sorted().toList());
			return names;
		}
	}

	/** Sees what is sent to the database. */
	static final class Spy implements BeanPostProcessor {

		private static final Pattern NAMED = Pattern.compile("account_id = \\$(\\d+)");

		private final Queue<Statement> seen = new ConcurrentLinkedQueue<>();

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			return !(bean instanceof ConnectionFactory connections) ? bean
					: ProxyConnectionFactory.builder(connections).onBeforeQuery(this::see).build();
		}

		private void see(QueryExecutionInfo execution) {
			execution.getQueries()
				.forEach((query) -> this.seen
					.add(new Statement(query.getQuery(), account(query.getQuery(), query.getBindingsList()))));
		}

		/** What is bound where the statement names the account, or else first. */
		private static Object account(String sql, List<Bindings> bindings) {
			if (bindings.isEmpty() || bindings.get(0).getIndexBindings().isEmpty()) {
				return null;
			}
			Matcher named = NAMED.matcher(sql);
			int place = named.find() ? Integer.parseInt(named.group(1)) - 1 : 0;
			Object value = bindings.get(0)
				.getIndexBindings()
				.stream()
				.filter((binding) -> binding.getKey().equals(place))
				.findFirst()
				.orElseThrow()
				.getBoundValue()
				.getValue();
			return (value instanceof Parameter parameter) ? parameter.getValue() : value;
		}

		/** A statement with the value of its account. */
		record Statement(String sql, Object account) {
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Spying {

		@Bean
		static Spy spy() {
			return new Spy();
		}

	}

}
