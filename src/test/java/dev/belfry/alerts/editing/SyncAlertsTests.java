package dev.belfry.alerts.editing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Events;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/** The partner's script and its sample folder. Needs Node. */
@BelfryTest
@Tag("long")
class SyncAlertsTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	private final String name = "partner-" + UUID.randomUUID();

	private BelfryClient owner;

	@BeforeEach
	void createAccount() {
		this.accounts.create(this.name);
		this.owner = new BelfryClient(this.port, TestTokens.owner(this.name));
	}

	@Test
	void triesOutWhatIsDifferentAndMakesItSoWhenTold() throws Exception {
		new BelfryClient(this.port, TestTokens.platform()).publish(this.name, Events.of(3)).block(BelfryClient.TIMEOUT);

		assertThat(sync()).contains("create \"International Order Alert\": of 3 in 30 days it would have matched 0")
			.endsWith("nothing was changed: say --apply to do it\n");
		assertThat(names()).isEmpty();

		assertThat(sync("--apply")).endsWith("done\n");
		assertThat(names()).containsExactlyInAnyOrder("International Order Alert", "Import with many failures");
		assertThat(sync("--apply")).isEqualTo("nothing to change\n");
	}

	private List<String> names() {
		return this.owner.ask("{ alerts { nodes { name } } }")
			.field("alerts.nodes")
			.toEntityList(Map.class)
			.stream()
			.map((alert) -> (String) alert.get("name"))
			.toList();
	}

	private String sync(String... options) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("node", "client-samples/node/sync-alerts.mjs", "--url",
				"http://127.0.0.1:" + this.port, "client-samples/data/alerts"));
		command.addAll(List.of(options));
		ProcessBuilder script = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
		script.environment().put("BELFRY_TOKEN", TestTokens.owner(this.name));
		Process syncing = script.start();
		String said = new String(syncing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(syncing.waitFor()).isZero();
		return said;
	}

}
