package dev.belfry.embedded.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.alerts.editing.AlertUpdates;
import dev.belfry.events.intake.EventIntake;
import dev.belfry.ids.Ids;
import dev.belfry.jobs.intake.JobIntake;
import dev.belfry.store.AccountDatabase;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import dev.belfry.values.JsonValues;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@BelfryTest
class DemoAlertsTests {

	private static final Instant NOW = Instant.now();

	private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));

	@LocalServerPort
	private int port;

	@Autowired
	private AlertUpdates updates;

	@Autowired
	private AccountDatabase database;

	@Autowired
	private Ids ids;

	@Autowired
	private JobIntake jobs;

	@Autowired
	private EventIntake events;

	@Autowired
	private TestAccounts accounts;

	private DemoAlerts alerts;

	private DemoPast past;

	private AccountId account;

	private BelfryClient owner;

	@BeforeEach
	void tellOfJobs() {
		String name = "demo-" + UUID.randomUUID();
		this.account = this.accounts.create(name);
		this.owner = new BelfryClient(this.port, TestTokens.owner(name));
		this.alerts = new DemoAlerts(this.updates, this.database, this.ids);
		this.past = new DemoPast(this.jobs, this.events);
		this.past.recordJobs(DemoAccount.NORTHWIND, this.account, YESTERDAY, NOW).block(BelfryClient.TIMEOUT);
	}

	@Test
	void makesEachOnceHoweverOften() {
		makeAlerts();
		makeAlerts();

		assertThat(alerts()).extracting(Shown::name)
			.containsExactly("International Order Alert", "Failed job that customers notice", "No orders come in");
		assertThat(alerts()).allSatisfy((alert) -> {
			assertThat(alert.enabled()).isTrue();
			assertThat(alert.version()).isEqualTo(1);
		});
	}

	@Test
	void tellsOfOrdersThatShipAbroadAlone() {
		makeAlerts();
		long abroad = new DemoHistory(DemoAccount.NORTHWIND).ordersBetween(YESTERDAY, NOW)
			.stream()
			.filter((order) -> !"US"
				.equals(JsonValues.at(JsonValues.readObject(order.payload()), "order.shipping.country")))
			.count();

		this.past.publishOrders(DemoAccount.NORTHWIND, this.account, YESTERDAY, NOW).block(BelfryClient.TIMEOUT);

		assertThat(abroad).isPositive();
		await().untilAsserted(() -> assertThat(alerts().get(0).evaluations().nodes()).hasSize((int) abroad));
	}

	private void makeAlerts() {
		this.alerts.make(DemoAccount.NORTHWIND, this.account).block(BelfryClient.TIMEOUT);
	}

	private List<Shown> alerts() {
		return this.owner.ask("""
				{ alerts { nodes { name enabled version evaluations(first: 100) { nodes { addresses } } } } }""")
			.field("alerts.nodes")
			.toEntityList(Shown.class);
	}

	record Shown(String name, boolean enabled, int version, Evaluations evaluations) {
	}

	record Evaluations(List<Map<String, Object>> nodes) {
	}

}
