package dev.belfry.bell.feeds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.CountedStatements;
import dev.belfry.testing.Follower;
import dev.belfry.testing.Followers;
import dev.belfry.testing.TestTokens;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Accounts with an equal number of entries, their users, and sockets that share the users
 * evenly.
 */
final class ReconnectStorm implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(ReconnectStorm.class);

	private static final Duration PATIENCE = Duration.ofMinutes(4);

	/** More entries than a node reads into its memory at once. */
	private static final int HISTORY = 600;

	/** What each account gets in a round. */
	private static final int BATCH = 20;

	/** More than a batch holds are missed, in all. */
	private static final int ROUNDS_AWAY = 4;

	private static final int ROUNDS_BACK = 6;

	private final Followers followers = new Followers();

	private final List<Socket> sockets = new ArrayList<>();

	private final int port;

	private final BelfryClient platform;

	private final List<String> accounts;

	/** Their tokens. */
	private final List<String> users;

	/** How many entries each account has. */
	private volatile int entries;

	ReconnectStorm(int port, int accounts, int usersOfAccount) {
		this.port = port;
		this.platform = new BelfryClient(port, TestTokens.platform());
		this.accounts = Stream.generate(() -> "account-" + UUID.randomUUID()).limit(accounts).toList();
		this.platform.run("upsertAccounts", Map.of("input", Map.of("accounts",
				this.accounts.stream().map((name) -> Map.of("externalId", name, "name", name)).toList())));
		record(HISTORY).block(PATIENCE);
		this.users = IntStream.range(0, accounts * usersOfAccount)
			.mapToObj((i) -> TestTokens.user(this.accounts.get(i % accounts), "user-" + i, TestTokens.ALL_SCOPES))
			.toList();
	}

	int accounts() {
		return this.accounts.size();
	}

	int users() {
		return this.users.size();
	}

	/**
	 * Has so many sockets listen, ends them while a round is recorded, records more, and
	 * lets them come back while it goes on.
	 * @return what the node asked of the database since they ended, but for the recording
	 */
	CountedStatements run(int number, Runnable end) {
		listen(number);
		Mono<Void> round = record(BATCH).cache();
		round.subscribe();
		end.run();
		round.block(PATIENCE);
		CountedStatements before = statements();
		for (int i = 1; i < ROUNDS_AWAY; i++) {
			record(BATCH).block(PATIENCE);
		}
		long start = System.nanoTime();
		this.sockets.forEach((socket) -> socket.follower.follow());
		for (int i = 0; i < ROUNDS_BACK; i++) {
			await((int) ((long) number * i / ROUNDS_BACK), (socket) -> socket.follower.isBack());
			record(BATCH).block(PATIENCE);
		}
		await(number, this::isUpToDate);
		CountedStatements statements = statements().since(before);
		log.warn("{} sockets of {} accounts and {} users were up to date after {} ms and {} statements {}", number,
				accounts(), users(), (System.nanoTime() - start) / 1_000_000, statements.number(), statements);
		return statements;
	}

	void cut() {
		this.sockets.forEach((socket) -> socket.follower.cut());
	}

	/** How sockets and subscriptions ended that should not have, and how often. */
	Map<String, Long> ends() {
		return this.sockets.stream()
			.flatMap((socket) -> socket.follower.ends().stream())
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
	}

	private void listen(int number) {
		List<String> cursors = this.users.stream()
			.map((token) -> new BelfryClient(this.port, token).bell().cursor())
			.toList();
		for (int i = this.sockets.size(); i < number; i++) {
			int user = i % this.users.size();
			Socket socket = new Socket(this.users.get(user), cursors.get(user), this.entries);
			this.sockets.add(socket);
			socket.follower.follow();
		}
		await(number, this::isUpToDate);
	}

	private boolean isUpToDate(Socket socket) {
		return socket.follower.isBack() && socket.next == this.entries
				&& socket.follower.unseen() == this.entries - HISTORY;
	}

	private void await(int number, Predicate<Socket> condition) {
		Awaitility.await()
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> this.sockets.stream().filter(condition).count() >= number || problems().findAny().isPresent());
		assertThat(problems().limit(5)).isEmpty();
	}

	private Stream<String> problems() {
		return this.sockets.stream()
			.flatMap((socket) -> Stream.of(socket.problem, socket.follower.problem()))
			.filter((problem) -> !problem.isEmpty());
	}

	private CountedStatements statements() {
		return CountedStatements.of(this.port).without((sql) -> sql.contains("record_job_completions"));
	}

	/** The same runs for each account; sends again what was not answered. */
	private Mono<Void> record(int number) {
		int from = this.entries;
		List<Map<String, Object>> batch = IntStream.range(from, from + number)
			.mapToObj((run) -> Completions.one("run-" + run, "SUCCEEDED"))
			.toList();
		Retry untilAnswered = Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(50));
		return Flux.fromIterable(this.accounts)
			.flatMap((account) -> Flux.fromIterable(batch)
				.buffer(200)
				.concatMap((part) -> Mono.defer(() -> this.platform.record(account, part))
					.filter((response) -> response.getErrors().isEmpty())
					.switchIfEmpty(Mono.error(() -> new IllegalStateException("not recorded")))
					.retryWhen(untilAnswered)), 4)
			.then(Mono.fromRunnable(() -> this.entries = from + number));
	}

	@Override
	public void close() {
		this.followers.close();
	}

	/** Sees that the entries come in their order, each once. */
	private final class Socket {

		private final Follower follower;

		/** Written by the thread of the followers alone. */
		private volatile int next;

		private volatile String problem = "";

		Socket(String token, String cursor, int next) {
			this.next = next;
			this.follower = ReconnectStorm.this.followers.add(ReconnectStorm.this.port, token, cursor, this::take);
		}

		private void take(JsonNode node) {
			String run = node.get("runId").asString();
			if (!run.equals("run-" + this.next)) {
				this.problem = "Instead of run-" + this.next + " came " + run;
			}
			this.next++;
		}

	}

}
