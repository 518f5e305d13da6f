package dev.belfry.bell.feeds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.testing.Batch;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.ProcessNode;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample file goes in at two nodes while subscribers listen on both, coming and
 * going, and one node is killed and started again (promises 3, 6, 7 and 9).
 */
class ExactlyOnceTests {

	private static final List<String> ACCOUNTS = List.of("northwind", "harbor");

	private static final int BATCH = 20;

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void givesEverySubscriberEveryPositionOnceWhenANodeIsKilled(boolean hints) {
		run(hints, 200, 6, 11, ExactlyOnceTests::send);
	}

	@Tag("long")
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void givesEverySubscriberEveryPositionOnceOverTheWholeFile(long seed) {
		run(seed % 2 == 0, 4_000, 20, seed, ExactlyOnceTests::send);
	}

	/** Needs Node, and {@code npm install} in client-samples/node. */
	@Tag("long")
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void givesEverySubscriberEveryPositionOnceWhenThePartnersScriptSends(boolean hints) {
		run(hints, 4_000, 20, 4, (nodes, completions) -> sendByScript(nodes));
	}

	private static void run(boolean hints, int lines, int subscribersPerAccount, long seed, Sender sender) {
		String database = TestDatabase.createDatabase();
		String[] properties = { "belfry.live.hints=" + hints, "belfry.live.poll-interval=500ms" };
		try (ProcessNode one = ProcessNode.launch(database, properties);
				ProcessNode two = ProcessNode.launch(database, properties)) {
			List<ProcessNode> nodes = List.of(one, two);
			nodes.forEach(ProcessNode::awaitReady);
			registerAccounts(one);
			List<Subscriber> subscribers = subscribers(nodes, subscribersPerAccount, new Random(seed));
			subscribers.forEach(Subscriber::start);
			Map<String, List<Map<String, Object>>> completions = byAccount(lines);
			BooleanSupplier hasSentAll = sender.send(nodes, completions);
			awaitReceived(subscribers, lines / 3);
			two.kill();
			awaitReceived(subscribers, lines / 2);
			two.start();

			Awaitility.await().atMost(PATIENCE).until(hasSentAll::getAsBoolean);
			for (Subscriber subscriber : subscribers) {
				int expected = completions.get(subscriber.account).size();
				Awaitility.await(subscriber.toString())
					.atMost(PATIENCE)
					.until(() -> subscriber.runs.size() >= expected);
				subscriber.stop();
				assertThat(subscriber.problems).isEmpty();
				assertThat(subscriber.runs).isEqualTo(logged(one, subscriber.account));
			}
			completions.forEach((account, all) -> assertThat(logged(one, account))
				.containsExactlyInAnyOrderElementsOf(all.stream().map((line) -> (String) line.get("runId")).toList()));
		}
	}

	/** Until those who are furthest have this many, over all accounts. */
	private static void awaitReceived(List<Subscriber> subscribers, int number) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> ACCOUNTS.stream().mapToInt((account) -> furthest(subscribers, account)).sum() >= number);
	}

	private static int furthest(List<Subscriber> subscribers, String account) {
		return subscribers.stream()
			.filter((subscriber) -> subscriber.account.equals(account))
			.mapToInt((subscriber) -> subscriber.runs.size())
			.max()
			.orElseThrow();
	}

	private static void registerAccounts(ProcessNode node) {
		List<Map<String, String>> accounts = ACCOUNTS.stream()
			.map((account) -> Map.of("externalId", account, "name", account))
			.toList();
		new BelfryClient(node.port(), TestTokens.platform()).run("upsertAccounts",
				Map.of("input", Map.of("accounts", accounts)));
	}

	private static List<Subscriber> subscribers(List<ProcessNode> nodes, int perAccount, Random random) {
		List<Subscriber> subscribers = new ArrayList<>();
		for (String account : ACCOUNTS) {
			String start = new BelfryClient(nodes.get(0).port(), TestTokens.owner(account)).bell().cursor();
			for (int i = 0; i < perAccount; i++) {
				subscribers.add(new Subscriber(account, nodes, start, new Random(random.nextLong())));
			}
		}
		return subscribers;
	}

	private static Map<String, List<Map<String, Object>>> byAccount(int lines) {
		Map<String, List<Map<String, Object>>> completions = new LinkedHashMap<>();
		Completions.samples().stream().limit(lines).forEach((line) -> {
			Map<String, Object> completion = new LinkedHashMap<>(line);
			completions.computeIfAbsent((String) completion.remove("account"), (key) -> new ArrayList<>())
				.add(completion);
		});
		return completions;
	}

	/**
	 * Sends batches to the nodes by turns; one whose answer is lost is sent again as it
	 * was.
	 */
	private static BooleanSupplier send(List<ProcessNode> nodes, Map<String, List<Map<String, Object>>> completions) {
		Disposable sending = Flux.fromIterable(completions.entrySet())
			.flatMap((account) -> Flux.fromIterable(account.getValue())
				.buffer(BATCH)
				.index()
				.concatMap((batch) -> sendUntilAnswered(nodes, account.getKey(), batch.getT1(), batch.getT2())))
			.subscribe();
		return sending::isDisposed;
	}

	/** Fast enough to be under way when a node is killed and started again. */
	private static BooleanSupplier sendByScript(List<ProcessNode> nodes) {
		String urls = nodes.stream().map((node) -> "http://127.0.0.1:" + node.port()).collect(Collectors.joining(","));
		ProcessBuilder script = new ProcessBuilder("node", "client-samples/node/record-completions.mjs", "--url", urls,
				"--batch", Integer.toString(BATCH), "--rate", "150", "client-samples/data/completions.jsonl")
			.inheritIO();
		script.environment().put("BELFRY_TOKEN", TestTokens.platform());
		try {
			Process sending = script.start();
			return () -> {
				assertThat(sending.isAlive() || sending.exitValue() == 0).isTrue();
				return !sending.isAlive();
			};
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Mono<Integer> sendUntilAnswered(List<ProcessNode> nodes, String account, long number,
			List<Map<String, Object>> batch) {
		AtomicInteger attempt = new AtomicInteger((int) number);
		return Mono.defer(() -> {
			ProcessNode node = nodes.get(attempt.getAndIncrement() % nodes.size());
			return new BelfryClient(node.port(), TestTokens.platform()).record(account, batch);
		})
			.filter(ExactlyOnceTests::isAccepted)
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("not accepted")))
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(50)))
			.thenReturn(batch.size());
	}

	private static boolean isAccepted(ClientGraphQlResponse response) {
		return response.getErrors().isEmpty() && response.field("recordJobCompletions.results")
			.toEntityList(Result.class)
			.stream()
			.noneMatch((result) -> result.status().equals("REJECTED"));
	}

	/** The account's log, oldest first. */
	private static List<String> logged(ProcessNode node, String account) {
		List<String> runs = new ArrayList<>();
		String before = null;
		BelfryClient owner = new BelfryClient(node.port(), TestTokens.owner(account));
		while (true) {
			Map<String, Object> variables = new LinkedHashMap<>(Map.of("last", 100));
			if (before != null) {
				variables.put("before", before);
			}
			ClientGraphQlResponse page = owner.ask(
					"""
							query($last: Int, $before: Cursor) {
							  jobNotifications(last: $last, before: $before) { nodes { runId } pageInfo { startCursor hasPreviousPage } }
							}""",
					variables);
			List<Node> nodes = page.field("jobNotifications.nodes").toEntityList(Node.class);
			for (int i = nodes.size() - 1; i >= 0; i--) {
				runs.add(nodes.get(i).runId());
			}
			if (!page.field("jobNotifications.pageInfo.hasPreviousPage").toEntity(Boolean.class)) {
				return runs;
			}
			before = page.field("jobNotifications.pageInfo.startCursor").toEntity(String.class);
		}
	}

	/** Starts to send, and answers how to ask whether all was sent. */
	private interface Sender {

		BooleanSupplier send(List<ProcessNode> nodes, Map<String, List<Map<String, Object>>> completions);

	}

	private record Node(String runId) {
	}

	private record Result(String runId, String status) {
	}

	/**
	 * Listens to an account on a node of its choice, leaves after some batches, and comes
	 * back with its cursor.
	 */
	private static final class Subscriber {

		private final String account;

		private final List<ProcessNode> nodes;

		private final Random random;

		private final List<String> runs = new java.util.concurrent.CopyOnWriteArrayList<>();

		private final List<String> problems = new java.util.concurrent.CopyOnWriteArrayList<>();

		private volatile String cursor;

		private Disposable listening;

		Subscriber(String account, List<ProcessNode> nodes, String start, Random random) {
			this.account = account;
			this.nodes = nodes;
			this.cursor = start;
			this.random = random;
		}

		void start() {
			this.listening = Flux.defer(this::listen)
				.onErrorResume(
						(disconnected) -> Mono.delay(Duration.ofMillis(this.random.nextInt(300))).then(Mono.empty()))
				.repeat()
				.subscribe();
		}

		private Flux<Batch> listen() {
			ProcessNode node = this.nodes.get(this.random.nextInt(this.nodes.size()));
			return new BelfryClient(node.port(), TestTokens.owner(this.account)).feed(Map.of("since", this.cursor))
				.doOnNext(this::receive)
				.take(1 + this.random.nextInt(8));
		}

		private void receive(Batch batch) {
			if (!batch.startCursor().equals(this.cursor) || batch.gap() != null) {
				this.problems.add("expected " + this.cursor + ", got " + batch);
			}
			batch.nodes().forEach((node) -> this.runs.add(node.runId()));
			this.cursor = batch.endCursor();
		}

		void stop() {
			this.listening.dispose();
		}

		@Override
		public String toString() {
			return "a subscriber of " + this.account + " with " + this.runs.size() + " runs, " + this.problems;
		}

	}

}
