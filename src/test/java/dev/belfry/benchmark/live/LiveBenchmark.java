package dev.belfry.benchmark.live;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.belfry.benchmark.BenchmarkServer;
import dev.belfry.benchmark.Report;

/**
 * What live push costs and how fast it is, beside other servers in the same run. Not a
 * test: after {@code ./mvnw -DskipTests package} and
 * {@code npm install --prefix src/test/peers},
 * {@code ./mvnw test -Dgroups=benchmark -Dtest=LiveBenchmark} prints tables and puts them
 * into {@code docs/benchmarks.md}; {@code -Dtest=LiveBenchmark#costOfAFrame} one of them.
 * With {@code -Dbelfry.benchmark.quick=true} it only shows that all of it works.
 */
@Tag("benchmark")
class LiveBenchmark {

	/** Those that are listened to, and as many that are not. */
	private static final int ACCOUNTS = 2 * FrameCosts.MOST_ACCOUNTS;

	private static final int USERS = 5000;

	private final Scale scale = Scale.asked();

	private final Report report = new Report();

	@Test
	void costOfAFrame() throws Exception {
		try (BenchmarkServer postgres = start();
				Servers servers = new Servers();
				ClientProcess client = ClientProcess.start()) {
			LiveServer belfry = servers.add(belfry(postgres, List.of(), List.of()));
			servers.add(PeerServer.spring());
			servers.add(PeerServer.graphqlWs());
			servers.add(PeerServer.mercurius());
			LiveServer floor = servers.add(PeerServer.ws());
			FrameCosts costs = new FrameCosts(client, this.scale, this.report);
			costs.compare(servers.all());
			costs.compareUnheard(List.of(belfry, floor));
			keep("costOfAFrame");
		}
	}

	@Test
	void timeToAFrame() throws Exception {
		try (BenchmarkServer postgres = start();
				Servers servers = new Servers();
				ClientProcess client = ClientProcess.start()) {
			LiveServer belfry = servers.add(belfry(postgres, List.of(), List.of()));
			new FrameTimes(client, this.scale, this.report).compare(belfry, servers.add(PeerServer.ws()));
			keep("timeToAFrame");
		}
	}

	@Test
	void memoryOfABell() throws Exception {
		try (BenchmarkServer postgres = start(); ClientProcess client = ClientProcess.start()) {
			BellMemory memory = new BellMemory(client, this.scale, this.report);
			memory.compare(List.of(PeerServer::ws, PeerServer::graphqlWs, () -> PeerServer.spring(BellMemory.TRACKED),
					() -> belfry(postgres, List.of(BellMemory.TRACKED), List.of())));
			keep("memoryOfABell");
		}
	}

	@Test
	void slowReaders() throws Exception {
		try (BenchmarkServer postgres = start();
				Servers servers = new Servers();
				ClientProcess client = ClientProcess.start()) {
			String keepAlive = "belfry.socket.keep-alive=" + SlowReaders.KEEP_ALIVE.toSeconds() + "s";
			new SlowReaders(client, this.scale, this.report)
				.compare(servers.add(belfry(postgres, List.of(), List.of(keepAlive))));
			keep("slowReaders");
		}
	}

	@Test
	void delayBetweenNodes() throws Exception {
		try (BenchmarkServer postgres = start(); ClientProcess client = ClientProcess.start()) {
			NodeDelays delays = new NodeDelays(client, this.scale, this.report);
			delays.head();
			for (int nodes : List.of(2, 4)) {
				for (String hints : List.of("true", "false")) {
					try (Servers servers = new Servers()) {
						List<String> settings = List.of("belfry.live.hints=" + hints);
						servers.add(belfry(postgres, List.of(), settings));
						for (int more = 1; more < nodes; more++) {
							servers.add(BelfryServer.join(postgres, settings));
						}
						delays.measure(servers.all(), hints.equals("true") ? "with" : "without");
					}
				}
			}
			keep("delayBetweenNodes");
		}
	}

	/** A quick run has no figures to keep. */
	private void keep(String name) throws IOException {
		if (!this.scale.isQuick()) {
			this.report.save(name);
		}
	}

	private BenchmarkServer start() {
		double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
		BenchmarkServer postgres = BenchmarkServer.start("live");
		this.report.say("%s, %d processors, load of the machine %.1f, PostgreSQL %s, Java %s.", LocalDate.now(),
				Runtime.getRuntime().availableProcessors(), load, postgres.version(), Runtime.version());
		return postgres;
	}

	private static BelfryServer belfry(BenchmarkServer postgres, List<String> options, List<String> settings)
			throws Exception {
		return BelfryServer.start(postgres, ACCOUNTS, USERS, options, settings);
	}

}
