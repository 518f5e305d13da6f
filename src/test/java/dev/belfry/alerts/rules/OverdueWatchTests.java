package dev.belfry.alerts.rules;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.alerts.rules.AlertForm.Difference;
import dev.belfry.alerts.rules.AlertForm.Shown;
import dev.belfry.alerts.rules.AlertForm.Version;
import dev.belfry.alerts.rules.AlertForm.Watch;
import dev.belfry.ids.Ids;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/** What alerts about overdue jobs watch, as an account says it and sees it. */
@BelfryTest
class OverdueWatchTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private Ids ids;

	private final String name = "watches-" + UUID.randomUUID();

	private AccountId account;

	private AlertForm form;

	@BeforeEach
	void openForm() {
		this.account = this.accounts.create(this.name);
		this.form = new AlertForm(new BelfryClient(this.port, TestTokens.owner(this.name)));
		record(1);
	}

	@Test
	void watchesAJob() {
		Map<String, Object> watch = this.form.watch("afterMinutes", 43_200);

		Shown made = make("Silent", watch);

		assertThat(made.watch()).isEqualTo(
				new Watch("GET_ORDERS", "Get Orders", (String) watch.get("integrationId"), "Main shop", 43_200, false));
		assertThat(made.template().subject()).isEqualTo("Job Overdue: {{job.operationName}}");
		assertThat(this.form.read(made.id())).isEqualTo(made);
		assertThat(this.form.update(made, "watch", watch).saved().version()).isEqualTo(1);
		assertThat(this.form.make("Other").watch()).isNull();
	}

	@Test
	void refusesWhatIsNoWatch() {
		assertThat(errors(null)).containsExactly("REQUIRED watch");
		assertThat(errors(this.form.watch())).containsExactly("REQUIRED watch");
		assertThat(errors(this.form.watch("timesUsual", false))).containsExactly("REQUIRED watch");
		assertThat(errors(this.form.watch("afterMinutes", 30, "timesUsual", true)))
			.containsExactly("NOT_POSSIBLE watch");
		assertThat(errors(this.form.watch("afterMinutes", 4))).containsExactly("OUT_OF_RANGE watch.afterMinutes");
		assertThat(errors(this.form.watch("afterMinutes", 43_201))).containsExactly("OUT_OF_RANGE watch.afterMinutes");
		assertThat(errors(this.form.watch("operation", " ", "afterMinutes", 30)))
			.containsExactly("REQUIRED watch.operation");
		assertThat(errors(this.form.watch("operation", "GET_ORDERS ", "afterMinutes", 30)))
			.containsExactly("INVALID watch.operation");
		assertThat(errors(this.form.watch("operation", "Get Orders", "afterMinutes", 30)))
			.containsExactly("INVALID watch.operation");
		assertThat(errors(this.form.watch("operation", "A".repeat(101), "integrationId", "x", "afterMinutes", 1)))
			.containsExactly("TOO_LONG watch.operation", "OUT_OF_RANGE watch.afterMinutes",
					"NOT_FOUND watch.integrationId");
		String unknown = this.ids.encode(Ids.Kind.INTEGRATION, this.account, 1_000_000_000);
		assertThat(errors(this.form.watch("integrationId", unknown, "timesUsual", true)))
			.containsExactly("NOT_FOUND watch.integrationId");
		assertThat(this.form.create("Orders", "watch", this.form.watch("timesUsual", true)).errors())
			.containsExactly("NOT_POSSIBLE watch");
		assertThat(this.form.names(Map.of())).isEmpty();
	}

	@Test
	void keepsTheWatchUntilTheAlertIsAboutAnotherType() {
		Shown made = make("Silent", this.form.watch("timesUsual", true));

		assertThat(this.form.update(made, "name", "Renamed").saved().watch()).isEqualTo(made.watch());
		assertThat(this.form.update(made, "watch", null).errors()).containsExactly("REQUIRED watch");
		assertThat(this.form.update(made, "eventType", "ORDER_IMPORTED").saved().watch()).isNull();
		assertThat(this.form.update(made, "eventType", "JOB_OVERDUE").errors()).containsExactly("REQUIRED watch");
	}

	@Test
	void isInTroubleWhileItsJobHasNeverBeenSeen() {
		Shown misspelt = make("Misspelt", this.form.watch("operation", "GET_ORDRES", "afterMinutes", 30));
		Shown lower = make("Lower", this.form.watch("operation", "get_orders", "timesUsual", true));
		Shown other = make("Other", this.form.watch("operation", "SYNC_LISTING", "afterMinutes", 30));
		Shown own = make("Own", this.form.watch("operation", "RECONCILE", "afterMinutes", 30));
		Shown seen = make("Seen", this.form.watch("afterMinutes", 30));

		assertThat(trouble(misspelt)).isEqualTo(
				"JOB_NEVER_SEEN No completion of GET_ORDRES has been recorded for this integration. Did you mean GET_ORDERS?");
		assertThat(trouble(lower)).startsWith("JOB_NEVER_SEEN").endsWith("Did you mean GET_ORDERS?");
		assertThat(trouble(other)).startsWith("JOB_NEVER_SEEN").endsWith("Did you mean SYNC_LISTINGS?");
		assertThat(trouble(own))
			.isEqualTo("JOB_NEVER_SEEN No completion of RECONCILE has been recorded for this integration.");
		assertThat(trouble(seen)).isNull();
	}

	@Test
	void isInTroubleWhileItsJobIsTooSeldomToHaveAUsualInterval() {
		Shown seldom = make("Seldom", this.form.watch("timesUsual", true));
		record(4);
		assertThat(trouble(seldom)).isEqualTo(
				"JOB_TOO_SELDOM Its usual interval is not known yet: 5 of the 6 completions that it needs have been recorded.");

		record(1);

		assertThat(trouble(seldom)).isNull();
	}

	@Test
	void tellsHowTheWatchChanged() {
		Shown made = make("Silent", this.form.watch("timesUsual", true));
		this.form.update(made, "watch", this.form.watch("operation", "SYNC_ORDERS", "afterMinutes", 30));
		this.form.update(made, "eventType", "ORDER_IMPORTED", "template", Map.of("subject", "S", "body", "B"));

		List<Version> versions = this.form.versions(made);

		assertThat(versions.get(1).changes()).containsExactly(new Difference("WATCH",
				"Get Orders for Main shop, twice its usual interval", "Sync Orders for Main shop, 30 minutes"));
		assertThat(versions.get(0).changes())
			.contains(new Difference("WATCH", "Sync Orders for Main shop, 30 minutes", null));
	}

	private void record(int completions) {
		new BelfryClient(this.port, TestTokens.platform()).record(this.name, Completions.of(completions))
			.block(BelfryClient.TIMEOUT);
	}

	/** The kind and the message, or null. */
	private String trouble(Shown alert) {
		Map<String, Object> trouble = this.form.client()
			.ask("query trouble($id: ID!) { alert(id: $id) { trouble { kind message since } changedAt } }",
					Map.of("id", alert.id()))
			.field("alert.trouble")
			.getValue();
		return (trouble != null) ? trouble.get("kind") + " " + trouble.get("message") : null;
	}

	private Shown make(String name, Map<String, Object> watch) {
		return this.form.make(name, "eventType", "JOB_OVERDUE", "watch", watch);
	}

	private List<String> errors(Map<String, Object> watch) {
		return this.form.create("Bad", "eventType", "JOB_OVERDUE", "watch", watch).errors();
	}

}
