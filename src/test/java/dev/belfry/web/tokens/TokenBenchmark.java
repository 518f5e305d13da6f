package dev.belfry.web.tokens;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.belfry.benchmark.BelfryJar;
import dev.belfry.benchmark.BenchmarkServer;
import dev.belfry.benchmark.Report;
import dev.belfry.benchmark.Spread;
import dev.belfry.benchmark.ThreadTimes;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Http;
import dev.belfry.testing.TestTokens;

/**
 * What a remembered token spares. Not a test:
 * {@code ./mvnw test -Dgroups=benchmark -Dtest=TokenBenchmark} prints tables and puts
 * them into {@code docs/benchmarks.md}; it needs the built jar, and Linux. With
 * {@code -Dbelfry.benchmark.before} another jar is measured too.
 */
@Tag("benchmark")
class TokenBenchmark {

	private static final boolean QUICK = Boolean.getBoolean("belfry.benchmark.quick");

	private static final int ROUNDS = QUICK ? 3 : 5;

	private static final int WARM_UP = QUICK ? 500 : 2_500;

	private static final int REQUESTS = QUICK ? 100 : 200;

	private static final String REMEMBERING = "remembers";

	private static final String FORGETTING = "memory=0";

	private static final String BEFORE = "before";

	private final Report report = new Report();

	private final ECKey key = TestIssuer.newKey("benchmark");

	private final Map<String, BelfryJar> nodes = new LinkedHashMap<>();

	@Test
	void measures() throws IOException, InterruptedException {
		try (BenchmarkServer server = BenchmarkServer.start("tokens"); TestIssuer issuer = TestIssuer.start()) {
			issuer.publish(this.key);
			server.createDatabase("tokens");
			try {
				start(server, issuer.keysUrl());
				this.report.say("%s, %d processors, PostgreSQL %s, Java %s. %d rounds of %,d requests.",
						LocalDate.now(), Runtime.getRuntime().availableProcessors(), server.version(),
						System.getProperty("java.runtime.version"), ROUNDS, REQUESTS);
				compare();
			}
			finally {
				this.nodes.values().forEach(BelfryJar::close);
			}
		}
		this.report.save("tokens");
	}

	private void start(BenchmarkServer server, String keys) throws IOException, InterruptedException {
		String before = System.getProperty("belfry.benchmark.before", "");
		Path jar = Path.of("target", "belfry.jar");
		if (!before.isEmpty()) {
			this.nodes.put(BEFORE, BelfryJar.start(Path.of(before), server.port(), "tokens", keys));
		}
		this.nodes.put(FORGETTING, BelfryJar.start(jar, server.port(), "tokens", keys, "belfry.tokens.memory=0"));
		this.nodes.put(REMEMBERING, BelfryJar.start(jar, server.port(), "tokens", keys));
	}

	private void compare() throws IOException {
		String account = "shop-" + UUID.randomUUID();
		String platform = token(new JWTClaimsSet.Builder().subject("platform")
			.claim("platform", true)
			.claim("scope", TestTokens.PLATFORM_SCOPES));
		String owner = token(new JWTClaimsSet.Builder().subject("owner")
			.claim("account", account)
			.claim("scope", TestTokens.ALL_SCOPES));
		at(REMEMBERING, platform).run("upsertAccounts",
				Map.of("input", Map.of("accounts", List.of(Map.of("externalId", account, "name", "Shop")))));
		this.report.table(2, "request", "node", "HTTP threads, µs", "of rounds", "all threads, µs", "of rounds");
		List<String> ratios = new ArrayList<>();
		ratios.addAll(compare("single completion", (node) -> record(at(node, platform), account)));
		ratios.addAll(compare("history page", (node) -> page(at(node, owner))));
		this.report.say("%s", String.join(" ", ratios));
	}

	private List<String> compare(String name, Request request) throws IOException {
		for (String node : this.nodes.keySet()) {
			repeat(WARM_UP, node, request);
		}
		Map<String, List<Cost>> rounds = new LinkedHashMap<>();
		for (int round = 0; round < ROUNDS; round++) {
			for (String node : this.nodes.keySet()) {
				rounds.computeIfAbsent(node, (first) -> new ArrayList<>()).add(cost(node, request));
			}
		}
		rounds.forEach((node, costs) -> {
			Spread http = Spread.of(costs, Cost::http);
			Spread work = Spread.of(costs, Cost::work);
			this.report.row(name, node, http.median(), http.range(), work.median(), work.range());
		});
		List<String> ratios = new ArrayList<>();
		rounds.forEach((node, costs) -> {
			if (!node.equals(REMEMBERING)) {
				ratios.add(ratios(name, node, rounds.get(REMEMBERING), costs));
			}
		});
		return ratios;
	}

	private static String ratios(String name, String other, List<Cost> costs, List<Cost> others) {
		List<Cost> ratios = new ArrayList<>();
		for (int i = 0; i < costs.size(); i++) {
			ratios
				.add(new Cost(costs.get(i).http() / others.get(i).http(), costs.get(i).work() / others.get(i).work()));
		}
		Spread http = Spread.of(ratios, Cost::http);
		Spread work = Spread.of(ratios, Cost::work);
		return String.format("A %s takes %.2f (%s) of the time of HTTP's threads, and %.2f (%s) of all, beside *%s*.",
				name, http.median(), http.range(), work.median(), work.range(), other);
	}

	private Cost cost(String node, Request request) throws IOException {
		long process = this.nodes.get(node).pid();
		ThreadTimes before = ThreadTimes.of(process);
		repeat(REQUESTS, node, request);
		ThreadTimes used = ThreadTimes.of(process).since(before);
		return new Cost((double) used.http() / REQUESTS, (double) used.work() / REQUESTS);
	}

	private static void repeat(int times, String node, Request request) {
		for (int i = 0; i < times; i++) {
			request.send(node);
		}
	}

	private static void record(Http http, String account) {
		Http.Answer answer = http.run("recordJobCompletions",
				Map.of("input", Map.of("account", account, "completions", Completions.of(1))));
		if (!answer.body().contains("RECORDED")) {
			throw new IllegalStateException(answer.body());
		}
	}

	private static void page(Http http) {
		Http.Answer answer = http.run("jobNotifications", Map.of("first", 25));
		if (answer.json().at("/data/jobNotifications/edges").size() != 25) {
			throw new IllegalStateException(answer.body());
		}
	}

	private Http at(String node, String token) {
		return Http.at(this.nodes.get(node).port()).token(token);
	}

	private String token(JWTClaimsSet.Builder claims) {
		return TestIssuer.token(this.key,
				claims.expirationTime(Date.from(Instant.now().plus(Duration.ofHours(8)))).build());
	}

	private interface Request {

		void send(String node);

	}

	/** Microseconds a request. */
	private record Cost(double http, double work) {
	}

}
