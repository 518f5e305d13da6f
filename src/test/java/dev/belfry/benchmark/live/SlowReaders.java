package dev.belfry.benchmark.live;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.belfry.benchmark.Report;
import dev.belfry.benchmark.Spread;
import dev.belfry.benchmark.live.Subscriber.Kind;

/**
 * What the others notice of a reader that is slow and of one that has stopped, all of one
 * account.
 */
final class SlowReaders {

	/** After this long a silent reader is sent a ping, and after two it is cut. */
	static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

	private static final int SOCKETS = 1000;

	private static final int EVENTS_A_SECOND = 10;

	private final ClientProcess client;

	private final Scale scale;

	private final Report report;

	SlowReaders(ClientProcess client, Scale scale, Report report) {
		this.client = client;
		this.scale = scale;
		this.report = report;
	}

	void compare(LiveServer server) throws Exception {
		this.client.open(server, Kind.FEED, server.people(this.scale.sockets(SOCKETS), 1, 1));
		measure(server, this.scale.warmUp());
		List<Double> without = new ArrayList<>();
		List<Double> with = new ArrayList<>();
		List<Bad> bad = new ArrayList<>();
		for (int round = 0; round < this.scale.manyRounds(); round++) {
			without.add(measure(server, this.scale.measure() * 2));
			bad.add(measureWith(server, this.scale.measure() * 2));
			with.add(bad.get(round).healthy99);
		}
		this.report.say(
				"Milliseconds to a frame of %,d healthy sockets of one account at %d events a second, from "
						+ "recordedAt, p99; the floor is the same server without the two.",
				this.scale.sockets(SOCKETS), EVENTS_A_SECOND);
		this.report.table(1, "", "p99", "of rounds", "ratio to the floor");
		Spread floor = Spread.of(without, Double::doubleValue);
		Spread beside = Spread.of(with, Double::doubleValue);
		this.report.row("alone", floor.median(), floor.range(), 1.0);
		this.report.row("with one that takes 1 kB/s and one that has stopped", beside.median(), beside.range(),
				beside.median() / floor.median());
		bad.forEach((pair) -> pair.tell(this.report));
	}

	private double measure(LiveServer server, int seconds) throws IOException {
		this.client.clear();
		this.client.emit(server, new Emissions.Rate(1, 1, 1, EVENTS_A_SECOND * seconds, EVENTS_A_SECOND));
		return this.client.await().recorded99() / 1000.0;
	}

	private Bad measureWith(LiveServer server, int seconds) throws Exception {
		int events = EVENTS_A_SECOND * seconds;
		String token = server.person(1, 1).token();
		try (SlowReader slow = new SlowReader(server.port(), token);
				StoppedReader stopped = new StoppedReader(server.port(), token)) {
			slow.start();
			double healthy = measure(server, seconds);
			int slowBehind = events - slow.completions();
			double slowCaughtUp = slow.finish(events);
			stopped.awaitCut(KEEP_ALIVE.multipliedBy(5));
			int stoppedHad = stopped.drain();
			measure(server, this.scale.settle());
			int missed = EVENTS_A_SECOND * this.scale.settle();
			stopped.resume(server.port(), token, events + missed);
			return new Bad(healthy, events, slowBehind, slowCaughtUp, stoppedHad, stopped.end(), missed);
		}
	}

	private record Bad(double healthy99, int events, int slowBehind, double slowCaughtUp, int stoppedHad, String end,
			int missed) {

		void tell(Report report) {
			report.say(
					"Of %d completions the slow one was behind by %d, and complete %.1f s after it read on "
							+ "freely; the stopped one was cut with %s, found %d on its way, and came back by its "
							+ "cursor to those and the %d that it had missed.",
					this.events, this.slowBehind, this.slowCaughtUp, this.end, this.stoppedHad, this.missed);
		}

	}

}
