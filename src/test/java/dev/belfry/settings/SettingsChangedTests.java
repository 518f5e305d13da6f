package dev.belfry.settings;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

import dev.belfry.accounts.AccountId;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/** What the node that saves a change tells its other rooms. */
@BelfryTest
class SettingsChangedTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private ConfigurableApplicationContext application;

	private final String name = "told-" + UUID.randomUUID();

	private AccountId account;

	private SettingsForm form;

	private Listener listener;

	@BeforeEach
	void listen() {
		this.account = this.accounts.create(this.name);
		this.form = new SettingsForm(new BelfryClient(this.port, TestTokens.owner(this.name)));
		this.listener = new Listener(this.account, new ConcurrentLinkedQueue<>());
		this.application.addApplicationListener(this.listener);
	}

	@AfterEach
	void stopListening() {
		this.application.removeApplicationListener(this.listener);
	}

	@Test
	void tellsWhichTogglesWereSwitched() {
		this.form.update("defaultEmail", "ann@shop.example", "globalNotifications", List
			.of(Map.of("type", "JOB_FAILED", "enabled", true), Map.of("type", "ORDER_ON_HOLD", "enabled", true)));
		this.form.set("JOB_FAILED", false);
		this.form.update("defaultEmail", "bob@shop.example");

		assertThat(this.listener.heard()).containsExactly(
				new SettingsChanged(this.account, Set.of(), Set.of("JOB_FAILED", "ORDER_ON_HOLD")),
				new SettingsChanged(this.account, Set.of("JOB_FAILED"), Set.of()),
				new SettingsChanged(this.account, Set.of(), Set.of()));
	}

	@Test
	void tellsNothingWhenNothingChanged() {
		this.form.update();
		this.form.set("JOB_FAILED", true);
		this.form.updateFor(3, "defaultEmail", "ann@shop.example");

		assertThat(this.listener.heard()).isEmpty();
	}

	@Test
	void tellsOfARepeatedCallOnce() {
		this.form.updateFor(0, "defaultEmail", "ann@shop.example", "idempotencyKey", "k");
		this.form.updateFor(0, "defaultEmail", "ann@shop.example", "idempotencyKey", "k");

		assertThat(this.listener.heard()).hasSize(1);
	}

	/** Hears what is told of one account. */
	record Listener(AccountId account,
			Queue<SettingsChanged> heard) implements ApplicationListener<PayloadApplicationEvent<SettingsChanged>> {

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<SettingsChanged> event) {
			if (event.getPayload().account().equals(this.account)) {
				this.heard.add(event.getPayload());
			}
		}

	}

}
