package dev.belfry.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.settings.SettingsForm.Shown;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/** The partner's script and its sample file. Needs Node. */
@BelfryTest
@Tag("long")
class ApplySettingsTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	private final String name = "partner-" + UUID.randomUUID();

	private SettingsForm form;

	@BeforeEach
	void openForm() {
		this.accounts.create(this.name);
		this.form = new SettingsForm(new BelfryClient(this.port, TestTokens.owner(this.name)));
	}

	@Test
	void makesTheSettingsWhatTheFileSaysAndThenChangesNothing() throws Exception {
		assertThat(apply()).isEqualTo("saved as version 1\n");
		assertThat(apply()).isEqualTo("nothing to change in version 1\n");

		Shown settings = this.form.read();
		assertThat(settings.defaultEmail()).isEqualTo("operations@northwind.example");
		assertThat(settings.on()).containsExactlyInAnyOrder("SOURCE_INVOICE_COST_OF_GOODS_MISMATCH", "ORDER_ON_HOLD",
				"FULFILLMENT_REQUEST_REJECTED", "JOB_FAILED");
		assertThat(settings.named("SOURCE_INVOICE_COST_OF_GOODS_MISMATCH").overrideEmails())
			.containsExactly("purchasing@northwind.example", "accounting@northwind.example");
	}

	@Test
	void keepsWhatTheFileDoesNotSay() throws Exception {
		this.form.update("globalNotifications",
				List.of(Map.of("type", "LISTINGS_PUBLISHED", "enabled", true, "overrideEmails", List.of("a@x.com"))));

		assertThat(apply()).isEqualTo("saved as version 2\n");

		assertThat(this.form.read().on()).contains("LISTINGS_PUBLISHED", "JOB_FAILED");
	}

	private String apply() throws IOException, InterruptedException {
		ProcessBuilder script = new ProcessBuilder("node", "client-samples/node/apply-settings.mjs", "--url",
				"http://127.0.0.1:" + this.port, "client-samples/data/settings.json")
			.redirectError(ProcessBuilder.Redirect.INHERIT);
		script.environment().put("BELFRY_TOKEN", TestTokens.owner(this.name));
		Process applying = script.start();
		String said = new String(applying.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(applying.waitFor()).isZero();
		return said;
	}

}
