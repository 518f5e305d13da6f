package dev.belfry.web.connections;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.ClientSamples;
import dev.belfry.testing.Completions;
import dev.belfry.testing.ProcessNode;
import dev.belfry.testing.RawHttp;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of connections of one account that take what they can get, at a node with 512
 * MB and few descriptors: somebody of another account is answered all the time, and the
 * node keeps within its memory and its descriptors. The figures are printed.
 */
@Tag("long")
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionFloodTests {

	private static final Logger log = LoggerFactory.getLogger(ConnectionFloodTests.class);

	private static final int DESCRIPTORS = 4096;

	/** In seconds; longer than all that the node waits for. */
	private static final int SIEGE = 50;

	private static final JsonMapper JSON = new JsonMapper();

	private static final String LONG = "{ eventTypes { key title description fields { path label description"
			+ " fields { path label description } } } }";

	private final String account = "crowd-" + UUID.randomUUID();

	private final String neighbour = "shop-" + UUID.randomUUID();

	private ProcessNode node;

	private BelfryClient platform;

	/** Where the log of the crowd's account began. */
	private String start;

	private Bystander bystander;

	private Crowd crowd;

	@BeforeAll
	void start() {
		this.node = ProcessNode.startWithDescriptors(DESCRIPTORS, TestDatabase.createDatabase());
		this.platform = new BelfryClient(this.node.port(), TestTokens.platform());
		for (String name : List.of(this.account, this.neighbour)) {
			this.platform.run("upsertAccounts",
					Map.of("input", Map.of("accounts", List.of(Map.of("externalId", name, "name", "Shop")))));
		}
		this.start = new BelfryClient(this.node.port(), TestTokens.owner(this.account)).bell().cursor();
		IntStream.range(0, 20).forEach((i) -> this.platform.record(this.account, Completions.of(500)).block());
	}

	@AfterAll
	void stop() {
		this.node.close();
	}

	@BeforeEach
	void begin() {
		this.crowd = new Crowd(this.node.port());
		this.bystander = new Bystander(this.node.port(), TestTokens.owner(this.neighbour));
	}

	@AfterEach
	void othersWereAnswered(TestInfo test) throws Exception {
		log.info("{}: {} open of {}; {}", test.getDisplayName(), this.crowd.open(), this.crowd.seen(), state());
		this.crowd.close();
		log.info("{}: the bystander: {}", test.getDisplayName(), this.bystander.times());
		this.bystander.close();
		assertThat(this.bystander.troubles()).isEmpty();
		assertThat(descriptors()).isLessThan(DESCRIPTORS);
		assertThat(new BelfryClient(this.node.port(), TestTokens.platform()).record(this.account, Completions.of(1))
			.block(BelfryClient.TIMEOUT)).isNotNull();
	}

	@Test
	void twentyThousandSocketsOfOneToken() throws Exception {
		String token = TestTokens.owner(this.account);
		this.crowd.come(20_000, (i) -> List.of(Crowd.handshake(), Crowd.init(token)), true);
		Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> this.crowd.open() == 200);
		assertThat(this.crowd.seen()).containsEntry("connection_ack", 200);
	}

	@Test
	void fiveThousandSocketsThatShowNoToken() throws Exception {
		this.crowd.come(5_000, (i) -> List.of(Crowd.handshake()), true);
		Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> this.crowd.open() == 0);
	}

	@Test
	void fiveThousandConnectionsThatSendNothing() throws Exception {
		this.crowd.come(5_000, (i) -> List.of((i % 2 == 0) ? "" : "POST /gra"), true);
		this.crowd.goOn("p", 5_000);
		besiege();
	}

	@Test
	void twoThousandSlowBodies() throws Exception {
		String token = TestTokens.owner(this.account);
		String begun = RawHttp.head(token, 20_000_000) + "{\"query\":\"" + " ".repeat(10_000);
		this.crowd.come(2_000, (i) -> List.of(begun), true);
		this.crowd.goOn(" ".repeat(10_000), 1_000);
		besiege();
	}

	@Test
	void twoThousandStreamsThatNobodyReads() throws Exception {
		List<String> tokens = IntStream.range(0, 10).mapToObj(this::user).toList();
		String body = JSON.writeValueAsString(Map.of("query",
				"subscription { jobNotifications(since: \"" + this.start + "\") { nodes { id cursor summary"
						+ " integrationName originName runId counts { name value } } endCursor } }"));
		this.crowd.come(2_000, (i) -> List.of(RawHttp.head(tokens.get(i % 10), body.length())
			.replace("\r\n\r\n", "\r\nAccept: text/event-stream\r\n\r\n") + body), false);
		besiege();
	}

	@Test
	void fiveHundredSocketsThatSendAndNeverRead() throws Exception {
		List<String> tokens = IntStream.range(0, 5).mapToObj(this::user).toList();
		this.crowd.come(500,
				(i) -> List.of(Crowd.handshake(), Crowd.init(tokens.get(i % 5)), Crowd.frame("{\"type\":\"ping\"}")),
				false);
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.until(() -> this.crowd.seen().getOrDefault("connection_ack", 0) == 500);
		String query = JSON.writeValueAsString(Map.of("query", LONG));
		IntStream.range(0, 10)
			.forEach((i) -> this.crowd
				.goOn(Crowd.frame("{\"type\":\"subscribe\",\"id\":\"" + i + "\",\"payload\":" + query + "}" + "")
					.concat(Crowd.frame("{\"type\":\"complete\",\"id\":\"" + i + "\"}")), 500));
		besiege();
		besiege();
	}

	@Test
	void largeBatchesInParallel() throws Exception {
		List<Callable<Integer>> calls = Stream.generate(this::batch).limit(36).toList();
		ExecutorService threads = Executors.newFixedThreadPool(12);
		try {
			List<Integer> answers = new ArrayList<>();
			for (Future<Integer> call : threads.invokeAll(calls)) {
				answers.add(call.get());
			}
			log.info("batches: {} recorded, {} refused of {}",
					answers.stream().filter((status) -> status == 200).count(),
					answers.stream().filter((status) -> status == 503).count(), answers.size());
			assertThat(answers).isSubsetOf(200, 503).contains(200);
		}
		finally {
			threads.shutdown();
		}
	}

	private Callable<Integer> batch() {
		List<Map<String, Object>> messages = IntStream.range(0, 50)
			.<Map<String, Object>>mapToObj((i) -> Map.of("severity", "ERROR", "text", "x".repeat(500)))
			.toList();
		List<Map<String, Object>> completions = Completions.of(500).stream().<Map<String, Object>>map((completion) -> {
			Map<String, Object> full = new LinkedHashMap<>(completion);
			full.put("messages", messages);
			return full;
		}).toList();
		String body = JSON.writeValueAsString(Map.of("query", ClientSamples.document("recordJobCompletions"),
				"variables", Map.of("input", Map.of("account", this.account, "completions", completions))));
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.node.port() + "/graphql"))
			.header("Authorization", "Bearer " + TestTokens.platform())
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		return () -> HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
	}

	/** Leaves the node to the crowd, and says how it is. */
	private void besiege() throws Exception {
		for (int second = 0; second < SIEGE; second += 5) {
			Thread.sleep(5_000);
			log.info("after {} s: {} open of {}; {}; the bystander: {}", second + 5, this.crowd.open(),
					this.crowd.seen(), state(), this.bystander.times());
		}
	}

	private String user(int number) {
		return TestTokens.user(this.account, "user-" + number, TestTokens.ALL_SCOPES);
	}

	private String state() throws IOException {
		return descriptors() + " descriptors, " + memory() + " MB, "
				+ ProcessHandle.of(this.node.pid()).flatMap((node) -> node.info().totalCpuDuration()).orElseThrow()
				+ " of CPU";
	}

	private int descriptors() throws IOException {
		try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(this.node.pid()), "fd"))) {
			return (int) open.count();
		}
	}

	private long memory() throws IOException {
		return Files.readAllLines(Path.of("/proc", String.valueOf(this.node.pid()), "status"))
			.stream()
			.filter((line) -> line.startsWith("VmRSS"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
			.findFirst()
			.orElse(0);
	}

}
