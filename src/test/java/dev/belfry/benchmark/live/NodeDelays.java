package dev.belfry.benchmark.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.belfry.benchmark.Report;
import dev.belfry.benchmark.Spread;
import dev.belfry.benchmark.live.Subscriber.Kind;

/** How long a completion that one node takes in needs to the sockets of the others. */
final class NodeDelays {

	private static final int SOCKETS = 600;

	private static final int ACCOUNTS = 100;

	private static final double EVENTS_A_SECOND = 100;

	private final ClientProcess client;

	private final Scale scale;

	private final Report report;

	NodeDelays(ClientProcess client, Scale scale, Report report) {
		this.client = client;
		this.scale = scale;
		this.report = report;
	}

	void head() {
		this.report.say(
				"Milliseconds to a frame of another node than the one that took the completion in, at %,.0f events "
						+ "a second over %,d accounts with %,d sockets.",
				EVENTS_A_SECOND, this.scale.accounts(ACCOUNTS), this.scale.sockets(SOCKETS));
		this.report.table(2, "nodes", "hints", "frames", "p50 from `recordedAt`", "of rounds", "p99", "of rounds",
				"p50 from the answer to intake", "of rounds", "p99", "of rounds");
	}

	/** The first node takes in, the others have the sockets. */
	void measure(List<LiveServer> nodes, String hints) throws IOException {
		open(nodes);
		this.client.settle(nodes.get(0), rate(this.scale.warmUp()));
		List<Arrival> rounds = new ArrayList<>();
		for (int round = 0; round < this.scale.rounds(); round++) {
			this.client.emit(nodes.get(0), rate(this.scale.measure()));
			rounds.add(this.client.await());
			this.client.clear();
		}
		this.client.closeSockets();
		Spread recorded50 = Arrival.millis(rounds, Arrival::recorded50);
		Spread recorded99 = Arrival.millis(rounds, Arrival::recorded99);
		Spread answered50 = Arrival.millis(rounds, Arrival::answered50);
		Spread answered99 = Arrival.millis(rounds, Arrival::answered99);
		this.report.row(nodes.size(), hints, rounds.get(0).frames(), recorded50.median(), recorded50.range(),
				recorded99.median(), recorded99.range(), answered50.median(), answered50.range(), answered99.median(),
				answered99.range());
	}

	private void open(List<LiveServer> nodes) throws IOException {
		List<LiveServer> listenedTo = nodes.subList(1, nodes.size());
		for (LiveServer node : listenedTo) {
			int sockets = this.scale.sockets(SOCKETS) / listenedTo.size();
			this.client.open(node, Kind.FEED, node.people(sockets, this.scale.accounts(ACCOUNTS), 1));
		}
	}

	private Emissions.Rate rate(int seconds) {
		return new Emissions.Rate(1, this.scale.accounts(ACCOUNTS), 1, (int) (EVENTS_A_SECOND * seconds),
				EVENTS_A_SECOND);
	}

}
