package dev.belfry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.PagedLists.PagedList;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Events;
import dev.belfry.testing.TestMail;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/** An account whose lists are read by pages, and where things happen meanwhile. */
record Shop(String name, AccountId account, BelfryClient owner, BelfryClient platform, AccountDatabase database,
		TestMail mail) {

	static Shop open(String name, int port, AccountId account, AccountDatabase database, TestMail mail) {
		return new Shop(name, account, new BelfryClient(port, TestTokens.owner(name)),
				new BelfryClient(port, TestTokens.platform()), database, mail);
	}

	List<String> keys(PagedList list, String arguments) {
		return page(list, arguments).keys();
	}

	@SuppressWarnings("unchecked")
	Page page(PagedList list, String arguments) {
		ClientGraphQlResponse answer = this.owner.ask("{ " + list.document().formatted(arguments) + " }");
		assertThat(answer.getErrors()).isEmpty();
		Map<String, Object> page = answer.field(list.path()).toEntity(Map.class);
		List<Map<String, Map<String, Object>>> edges = (List<Map<String, Map<String, Object>>>) page.get("edges");
		Map<String, Object> info = (Map<String, Object>) page.get("pageInfo");
		return new Page(edges.stream().map((edge) -> String.valueOf(edge.get("node").get("key"))).toList(),
				(String) info.get("startCursor"), (String) info.get("endCursor"));
	}

	/** Answers what a mutation of the owner answered, which refused nothing. */
	@SuppressWarnings("unchecked")
	Map<String, Object> change(String mutation, Map<String, Object> input) {
		ClientGraphQlResponse answer = this.owner.run(mutation, Map.of("input", input));
		assertThat(answer.getErrors()).isEmpty();
		Map<String, Object> payload = answer.field(mutation).toEntity(Map.class);
		assertThat((List<Object>) payload.get("userErrors")).isEmpty();
		return payload;
	}

	void upsertUser(String externalId, String name) {
		ClientGraphQlResponse answer = this.platform.run("upsertUsers", Map.of("input",
				Map.of("account", this.name, "users", List.of(Map.of("externalId", externalId, "name", name)))));
		assertThat(answer.getData().toString()).doesNotContain("REJECTED");
	}

	/** A completion of an integration, which it creates or names. */
	void complete(String runId, String integration, String name) {
		Map<String, Object> completion = new HashMap<>(Completions.one(runId, "FAILED"));
		completion.put("integration", Map.of("externalId", integration, "name", name, "origin",
				Map.of("kind", "CHANNEL", "externalId", "channel", "name", "Channel")));
		completion.put("messages",
				List.of("1", "2", "3", "4").stream().map((text) -> Map.of("severity", "ERROR", "text", text)).toList());
		assertThat(this.platform.record(this.name, List.of(completion)).block(BelfryClient.TIMEOUT).getErrors())
			.isEmpty();
	}

	void publish(String eventId) {
		assertThat(
				this.platform.publish(this.name, List.of(Events.one(eventId))).block(BelfryClient.TIMEOUT).getErrors())
			.isEmpty();
	}

	/** Until a list has so many items: the notifier adds some. */
	void await(PagedList list, int number) {
		Awaitility.await().atMost(BelfryClient.TIMEOUT).until(() -> keys(list, "first: 100").size() == number);
	}

	/** Runs a statement whose first parameters are the account and a text. */
	void run(String sql, String parameter) {
		this.database.one(this.account, Query.of(sql, (row) -> 1), parameter).block(BelfryClient.TIMEOUT);
	}

	/** A page by the keys of its items. */
	record Page(List<String> keys, String start, String end) {
	}

}
