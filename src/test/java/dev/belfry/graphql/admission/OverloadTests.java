package dev.belfry.graphql.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.belfry.testing.Completions;
import dev.belfry.testing.Http;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A small node under more load than it lets in: what is sent is accepted or refused, what
 * is accepted is there in its order, and who asks for little is never refused. The times
 * are those of {@code OverloadBenchmark}.
 */
class OverloadTests {

	private static final int FLOOD = 12;

	private static final int EACH = 15;

	private static final LocalNode NODE = LocalNode.start(TestDatabase.createDatabase(), "belfry.requests.running=6",
			"belfry.requests.account-running=2", "belfry.requests.account-waiting=2",
			"belfry.requests.longest-wait=10s", "spring.r2dbc.pool.max-size=8", "belfry.database.account-connections=2",
			"belfry.database.longest-wait=10s");

	private static final String SEARCHES = IntStream.range(0, 10)
		.mapToObj((i) -> "f" + i + ": jobNotifications(filter: {search: \"orders nothing" + i
				+ "\"}) { totalCount nodes { id } }")
		.collect(Collectors.joining(" ", "{ ", " }"));

	@BeforeAll
	static void createAccounts() {
		List.of("greedy", "modest").forEach((account) -> {
			NODE.accounts().create(account);
			assertThat(record(account, Completions.of(500)).code()).isEmpty();
		});
	}

	@AfterAll
	static void stop() {
		NODE.close();
	}

	@Test
	void refusesNothingOfOthersWhileAnAccountFloodsWithSearches() {
		AtomicBoolean over = new AtomicBoolean();
		List<CompletableFuture<List<String>>> flood = flood(
				(i) -> Http.at(NODE.port()).token(TestTokens.owner("greedy")).ask(SEARCHES).code(), over);

		List<String> recorded = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			assertThat(record("modest", List.of(Completions.one("modest-" + i, "SUCCEEDED"))).code()).isEmpty();
			assertThat(record("greedy", List.of(Completions.one("greedy-" + i, "SUCCEEDED"))).code()).isEmpty();
			assertThat(newest("modest", 1)).containsExactly("modest-" + i);
			recorded.add(0, "greedy-" + i);
		}
		over.set(true);
		List<String> codes = flood.stream().flatMap((answers) -> answers.join().stream()).toList();

		assertThat(codes).contains("")
			.contains("OVERLOADED")
			.allMatch((code) -> List.of("", "OVERLOADED").contains(code));
		assertThat(newest("greedy", 20)).containsExactlyElementsOf(recorded);
	}

	/**
	 * A client that repeats what was refused gets everything in, once and in its order.
	 */
	@Test
	void recordsWhatIsAcceptedOnceAndNothingElse() {
		NODE.accounts().create("busy");
		List<CompletableFuture<List<String>>> flood = IntStream.range(0, FLOOD)
			.mapToObj((client) -> CompletableFuture.supplyAsync(() -> IntStream.range(0, EACH)
				.mapToObj((i) -> record("busy", List.of(Completions.one(client + "-" + i, "SUCCEEDED"))).code())
				.toList(), (work) -> new Thread(work).start()))
			.toList();
		List<List<String>> codes = flood.stream().map(CompletableFuture::join).toList();

		List<String> accepted = new ArrayList<>();
		for (int client = 0; client < FLOOD; client++) {
			for (int i = 0; i < EACH; i++) {
				assertThat(codes.get(client).get(i)).isIn("", "OVERLOADED");
				if (codes.get(client).get(i).isEmpty()) {
					accepted.add(client + "-" + i);
				}
			}
		}
		List<String> logged = newest("busy", FLOOD * EACH);
		assertThat(accepted).hasSizeLessThan(FLOOD * EACH);
		assertThat(logged).containsExactlyInAnyOrderElementsOf(accepted);
		for (int client = 0; client < FLOOD; client++) {
			String prefix = client + "-";
			List<Integer> positions = logged.stream()
				.filter((run) -> run.startsWith(prefix))
				.map((run) -> Integer.parseInt(run.substring(prefix.length())))
				.toList();
			assertThat(positions).isSortedAccordingTo((a, b) -> b - a);
		}
	}

	private static List<CompletableFuture<List<String>>> flood(IntFunction<String> call, AtomicBoolean over) {
		return IntStream.range(0, FLOOD).mapToObj((client) -> CompletableFuture.supplyAsync(() -> {
			List<String> codes = new ArrayList<>();
			while (!over.get()) {
				codes.add(call.apply(client));
			}
			return codes;
		}, (work) -> new Thread(work).start())).toList();
	}

	private static Http.Answer record(String account, List<Map<String, Object>> completions) {
		return Http.at(NODE.port())
			.token(TestTokens.platform())
			.run("recordJobCompletions", Map.of("input", Map.of("account", account, "completions", completions)));
	}

	private static List<String> newest(String account, int number) {
		List<String> runs = new ArrayList<>();
		String after = "null";
		while (runs.size() < number) {
			Http.Answer answer = Http.at(NODE.port())
				.token(TestTokens.user(account, "reader", TestTokens.ALL_SCOPES))
				.ask("{ jobNotifications(first: " + Math.min(100, number - runs.size()) + ", after: " + after
						+ ") { nodes { runId } pageInfo { endCursor hasNextPage } } }");
			if (answer.code().equals("OVERLOADED")) {
				continue;
			}
			answer.json().at("/data/jobNotifications/nodes").forEach((node) -> runs.add(node.get("runId").asString()));
			if (!answer.json().at("/data/jobNotifications/pageInfo/hasNextPage").asBoolean()) {
				return runs;
			}
			after = "\"" + answer.json().at("/data/jobNotifications/pageInfo/endCursor").asString() + "\"";
		}
		return runs;
	}

}
