package dev.belfry.benchmark.live;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import dev.belfry.benchmark.BenchmarkServer;
import dev.belfry.benchmark.Report;
import dev.belfry.benchmark.Spread;
import dev.belfry.benchmark.live.FrameCosts.Cost;
import dev.belfry.benchmark.live.FrameCosts.Setting;
import dev.belfry.benchmark.performance.Figures;
import dev.belfry.benchmark.performance.Figures.Aim;

/**
 * What a frame costs Belfry in processor time, from its first one on, beside a server in
 * C and one with {@code ws}.
 */
public final class PushFigures {

	/** A hundred events, each to a thousand sockets. */
	private static final int FIRST_SECONDS = 10;

	private static final Scale SCALE = new Scale(1, Figures.ROUNDS, 10, 1, 2);

	private PushFigures() {
	}

	/** In microseconds of processor a frame, those of the JVM's compiler with them. */
	public static void measure(Figures figures) throws Exception {
		try (BenchmarkServer postgres = BenchmarkServer.start("live");
				Servers servers = new Servers();
				ClientProcess client = ClientProcess.start()) {
			FrameCosts costs = new FrameCosts(client, SCALE, new Report());
			LiveServer belfry = servers
				.add(BelfryServer.start(postgres, 2 * FrameCosts.MOST_ACCOUNTS, 1000, List.of(), List.of()));
			Cost cold = costs.first(belfry, FrameCosts.ONE_ACCOUNT, FIRST_SECONDS);
			LiveServer ws = servers.add(PeerServer.ws());
			LiveServer c = servers.add(PeerServer.write());
			for (LiveServer server : servers.all()) {
				costs.warmUp(server);
			}
			Rounds one = rounds(costs, servers, FrameCosts.ONE_ACCOUNT);
			figures.row("first 100,000 frames to 1,000 sockets of one account, µs each",
					Spread.of(List.of(cold), Cost::altogether), "later ones", one.total(belfry).median(),
					Aim.atMost(2));
			figures.row("later ones, with their intake, µs each", one.total(belfry), "ws", one.total(ws).median(),
					Aim.atMost(1.5));
			figures.row("push of them alone, µs each", one.push(belfry), "C, a write each", one.push(c).median(),
					Aim.atMost(1.3));
			Rounds bells = rounds(costs, servers, FrameCosts.OWN_BELLS);
			figures.row("push to bells of 1,000 users, µs each", bells.push(belfry), "ws", bells.push(ws).median(),
					Aim.atMost(1.2));
			Spread few = rounds(costs, servers, FrameCosts.FEW_ACCOUNTS).push(belfry);
			figures.row("push to 10,000 sockets over 1,000 accounts, µs each",
					rounds(costs, servers, FrameCosts.MANY_ACCOUNTS).push(belfry), "1,000 over 100", few.median(),
					Aim.atMost(1.2));
		}
	}

	private static Rounds rounds(FrameCosts costs, Servers servers, Setting setting) throws IOException {
		return new Rounds(costs.rounds(servers.all(), setting));
	}

	private record Rounds(Map<LiveServer, List<Cost>> costs) {

		Spread total(LiveServer server) {
			return Spread.of(this.costs.get(server), Cost::altogether);
		}

		Spread push(LiveServer server) {
			return Spread.of(this.costs.get(server), Cost::push);
		}

	}

}
