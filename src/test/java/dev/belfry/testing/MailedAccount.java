package dev.belfry.testing;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A new account with its owner Olga, its platform, and the e-mails that arrive at a
 * domain which is nobody else's.
 */
public final class MailedAccount {

	private final String name = "shop-" + UUID.randomUUID();

	private final AccountId id;

	private final BelfryClient owner;

	private final BelfryClient platform;

	private final MailRelay relay;

	public MailedAccount(int port, TestAccounts accounts, MailRelay relay) {
		this.id = accounts.create(this.name);
		this.owner = owner(port);
		this.platform = new BelfryClient(port, TestTokens.platform());
		this.relay = relay;
		this.platform.run("upsertUsers", Map.of("input", Map.of("account", this.name, "users",
				List.of(Map.of("externalId", "owner", "name", "Olga", "role", "OWNER", "email", address("olga"))))));
	}

	public String name() {
		return this.name;
	}

	public AccountId id() {
		return this.id;
	}

	public BelfryClient owner() {
		return this.owner;
	}

	/** The owner at another node. */
	public BelfryClient owner(int port) {
		return new BelfryClient(port, TestTokens.owner(this.name));
	}

	public BelfryClient platform() {
		return this.platform;
	}

	public String address(String name) {
		return name + "@" + domain();
	}

	/** An address as a recipient of an alert. */
	public Map<String, Object> email(String name) {
		return Map.of("email", address(name));
	}

	/** An alert that is on, as it is answered. */
	@SuppressWarnings("unchecked")
	public Map<String, Object> createAlert(String name, String eventType, Map<String, Object> condition, String subject,
			String body, Object... recipients) {
		return (Map<String, Object>) mutate("createAlert",
				Map.of("name", name, "eventType", eventType, "enabled", true, "condition", condition, "template",
						Map.of("subject", subject, "body", body), "recipients", List.of(recipients)))
			.get("alert");
	}

	/** What a mutation of the owner answers, which must have no errors. */
	public Map<String, Object> mutate(String mutation, Map<String, Object> input) {
		ClientGraphQlResponse answer = this.owner.run(mutation, Map.of("input", input));
		assertThat(answer.getErrors()).isEmpty();
		Map<String, Object> payload = answer.field(mutation).getValue();
		assertThat((List<?>) payload.get("userErrors")).isEmpty();
		return payload;
	}

	/** Publishes new events, of which each must be recorded. */
	public void publish(List<Map<String, Object>> events) {
		ClientGraphQlResponse answer = this.platform.publish(this.name, events).block(BelfryClient.TIMEOUT);
		assertThat(answer.field("publishEvents.results").toEntityList(Map.class)).hasSameSizeAs(events)
			.allSatisfy((result) -> assertThat(result.get("status")).as(result.toString()).isEqualTo("RECORDED"));
	}

	/** What has arrived, in its order, once it is so many e-mails. */
	public List<ReceivedMail> await(int number) {
		Awaitility.await().atMost(BelfryClient.TIMEOUT).until(() -> mails().size() >= number);
		List<ReceivedMail> mails = mails();
		assertThat(mails).hasSize(number);
		return mails;
	}

	/** What has arrived, in its order. */
	public List<ReceivedMail> mails() {
		return this.relay.to(domain());
	}

	private String domain() {
		return this.name + ".example";
	}

}
