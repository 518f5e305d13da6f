package dev.belfry.settings;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.catalog.commerce.GlobalNotifications;
import dev.belfry.catalog.types.GlobalNotification;
import dev.belfry.settings.SettingsForm.Answer;
import dev.belfry.settings.SettingsForm.Shown;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import dev.belfry.versions.Timeline;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/** Several change the settings of one account at the same time, while its log grows. */
@BelfryTest
class ConcurrentSettingsTests {

	private static final Query<Entry> LOG = Query.of(
			"select position, rules_version, recorded_at from job_notification where account_id = $1 order by position",
			(row) -> new Entry(Rows.number(row, "position"), Rows.number(row, "rules_version"),
					Rows.get(row, "recorded_at", OffsetDateTime.class).toInstant()));

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private AccountDatabase database;

	@Autowired
	private SettingsVersions versions;

	private final String name = "rivals-" + UUID.randomUUID();

	private AccountId account;

	private SettingsForm form;

	@BeforeEach
	void openForm() {
		this.account = this.accounts.create(this.name);
		this.form = new SettingsForm(new BelfryClient(this.port, TestTokens.owner(this.name)));
		this.form.read();
	}

	/** Promise 29. */
	@Test
	void letsOneOfManyUpdatesForOneVersionWin() {
		for (int version = 0; version < 3; version++) {
			int expected = version;

			List<Answer> answers = Flux.range(0, 20)
				.flatMap((i) -> this.form.send(expected, "defaultEmail", "ann" + expected + i + "@shop.example"), 20)
				.collectList()
				.block(BelfryClient.TIMEOUT);

			Shown winner = this.form.read();
			assertThat(winner.version()).isEqualTo(version + 1);
			assertThat(answers).allSatisfy(
					(answer) -> assertThat(answer.notificationSettings()).as(answer.toString()).isEqualTo(winner));
			assertThat(answers).filteredOn((answer) -> answer.errors().isEmpty()).hasSize(1);
			assertThat(answers).filteredOn((answer) -> answer.errors().equals(List.of("CONFLICT expectedVersion")))
				.hasSize(19);
		}
	}

	@Test
	void losesNoToggleOfThoseThatAreSetTogether() {
		this.form.update("defaultEmail", "ann@shop.example");
		List<String> types = GlobalNotifications.all().stream().map(GlobalNotification::type).toList();

		List<Answer> answers = Flux.fromIterable(types)
			.flatMap((type) -> this.form.sendToggle(type, true), types.size())
			.collectList()
			.block(BelfryClient.TIMEOUT);

		assertThat(answers).allSatisfy((answer) -> assertThat(answer.saved().version()).isPositive());
		assertThat(this.form.read().on()).isEqualTo(types);
		assertThat(this.form.read().version()).isEqualTo(1 + types.size());
	}

	@Test
	void letsConcurrentCallsWithOneKeyHaveOneEffect() {
		List<Answer> answers = Flux.range(0, 8)
			.flatMap((i) -> this.form.send(0, "defaultEmail", "ann@shop.example", "idempotencyKey", "one"))
			.collectList()
			.block(BelfryClient.TIMEOUT);

		assertThat(answers).extracting((answer) -> answer.saved().version()).containsOnly(1);
	}

	/** DESIGN.md, idea 1: who edits rules takes the lock that hands out positions. */
	@Test
	void tellsOfEachEntryWhichSettingsWereInForceWhenItWasCommitted() {
		BelfryClient platform = new BelfryClient(this.port, TestTokens.platform());
		this.form.update("defaultEmail", "ann@shop.example");
		Flux<ClientGraphQlResponse> intake = Flux.fromIterable(Completions.of(180))
			.buffer(3)
			.flatMap((batch) -> platform.record(this.name, batch), 4);
		Flux<Answer> edits = Flux.range(0, 30).concatMap((i) -> this.form.sendToggle("ORDER_ON_HOLD", i % 2 == 0));

		Flux.merge(intake, edits).then().block(BelfryClient.TIMEOUT);

		List<Entry> log = this.database.all(this.account, LOG).collectList().block(BelfryClient.TIMEOUT);
		List<SettingsVersion> made = new ArrayList<>(
				this.versions.before(this.account, Long.MAX_VALUE, 100).block(BelfryClient.TIMEOUT));
		assertThat(log).hasSize(180).extracting(Entry::rulesVersion).isSorted();
		assertThat(log.stream().map(Entry::rulesVersion).distinct().count()).isGreaterThan(3);
		assertThat(made).hasSize(31);
		Timeline<SettingsVersion> timeline = this.versions.of(this.account, 0, 31).block(BelfryClient.TIMEOUT);
		for (Entry entry : log) {
			SettingsVersion newest = made.stream()
				.filter((version) -> !version.change().changedAt().isAfter(entry.recordedAt()))
				.findFirst()
				.orElse(SettingsVersion.FIRST);
			assertThat(timeline.at(entry.rulesVersion())).as("entry %d", entry.position()).isEqualTo(newest);
		}
	}

	@Test
	void marksWhatIsCommittedAfterAnAnswerWithTheNewRules() {
		BelfryClient platform = new BelfryClient(this.port, TestTokens.platform());
		for (int i = 1; i <= 5; i++) {
			this.form.update("defaultEmail", "ann" + i + "@shop.example");
			platform.record(this.name, Completions.of(1)).block(BelfryClient.TIMEOUT);
		}

		assertThat(this.database.all(this.account, LOG).map(Entry::rulesVersion).collectList().block())
			.containsExactly(1L, 2L, 3L, 4L, 5L);
	}

	private record Entry(long position, long rulesVersion, Instant recordedAt) {
	}

}
