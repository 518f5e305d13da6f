package dev.belfry.benchmark.live;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.belfry.benchmark.BelfryJar;
import dev.belfry.benchmark.BenchmarkServer;
import dev.belfry.testing.Http;

/**
 * The built jar on a new database, with accounts and users made known by the platform.
 */
final class BelfryServer implements LiveServer {

	private static final String DATABASE = "live";

	/** The most that one call takes. */
	private static final int A_CALL = 500;

	/** The sockets of a user are of one token here, and those of all of one account. */
	private static final List<String> ANY_NUMBER = List.of("belfry.live.connections-per-token=20000",
			"belfry.live.connections-per-account=20000", "belfry.live.operations-per-token=20000",
			"belfry.live.operations-per-account=20000");

	private final BelfryJar jar;

	private final Map<String, Person> people = new HashMap<>();

	private BelfryServer(BelfryJar jar) {
		this.jar = jar;
	}

	/**
	 * Starts it.
	 * @param users of the first account
	 */
	static BelfryServer start(BenchmarkServer postgres, int accounts, int users, List<String> options,
			List<String> settings) throws IOException, InterruptedException {
		postgres.createDatabase(DATABASE);
		BelfryServer server = new BelfryServer(
				BelfryJar.start(postgres.port(), DATABASE, options, withAnyNumber(settings)));
		server.upsert("upsertAccounts", "accounts",
				IntStream.rangeClosed(1, accounts).mapToObj(Emissions::account).toList(), Map.of());
		server.upsert("upsertUsers", "users", IntStream.rangeClosed(1, users).mapToObj(BelfryServer::user).toList(),
				Map.of("account", Emissions.account(1)));
		return server;
	}

	/** Starts another node beside one that was started. */
	static BelfryServer join(BenchmarkServer postgres, List<String> settings) throws IOException, InterruptedException {
		return new BelfryServer(BelfryJar.start(postgres.port(), DATABASE, List.of(), withAnyNumber(settings)));
	}

	private static List<String> withAnyNumber(List<String> settings) {
		return Stream.concat(ANY_NUMBER.stream(), settings.stream()).toList();
	}

	private void upsert(String operation, String list, List<String> names, Map<String, Object> more) {
		for (int from = 0; from < names.size(); from += A_CALL) {
			List<Map<String, String>> items = names.subList(from, Math.min(from + A_CALL, names.size()))
				.stream()
				.map((name) -> Map.of("externalId", name, "name", name))
				.toList();
			Map<String, Object> input = new HashMap<>(more);
			input.put(list, items);
			String answer = Http.at(port()).token(this.jar.token()).run(operation, Map.of("input", input)).body();
			if (answer.split("\"CREATED\"", -1).length - 1 != items.size()) {
				throw new IllegalStateException(answer);
			}
		}
	}

	@Override
	public String name() {
		return "Belfry";
	}

	@Override
	public int port() {
		return this.jar.port();
	}

	@Override
	public long pid() {
		return this.jar.pid();
	}

	@Override
	public boolean speaksGraphQl() {
		return true;
	}

	@Override
	public Target target() {
		return new Target(port(), this.jar.token());
	}

	@Override
	public Person person(int account, int user) {
		String name = Emissions.account(account);
		return this.people.computeIfAbsent(name + "/" + user,
				(fresh) -> new Person(name, this.jar.token(name, user(user))));
	}

	@Override
	public void close() {
		this.jar.close();
	}

	private static String user(int number) {
		return "user-" + number;
	}

}
