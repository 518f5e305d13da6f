package dev.belfry.benchmark.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

import dev.belfry.benchmark.live.Subscriber.Kind;

/** How long a frame takes, at many events a second that few listen to each. */
final class FrameTimes {

	private static final int SOCKETS = 10_000;

	private static final int ACCOUNTS = 1000;

	private static final double EVENTS_A_SECOND = 500;

	private final ClientProcess client;

	private final Scale scale;

	private final Report report;

	FrameTimes(ClientProcess client, Scale scale, Report report) {
		this.client = client;
		this.scale = scale;
		this.report = report;
	}

	void compare(LiveServer belfry, LiveServer floor) throws IOException {
		measure(belfry, this.scale.warmUp());
		measure(floor, this.scale.warmUp());
		List<Round> ours = new ArrayList<>();
		List<Round> floors = new ArrayList<>();
		for (int round = 0; round < this.scale.manyRounds(); round++) {
			ours.add(measure(belfry, this.scale.measure() * 2));
			floors.add(measure(floor, this.scale.measure() * 2));
		}
		this.report.say("Milliseconds to a frame, at %,.0f events a second over %,d accounts with %,d sockets; "
				+ "the floor is %s. A completion is committed after its recordedAt and before its call is answered.",
				EVENTS_A_SECOND, this.scale.accounts(ACCOUNTS), this.scale.sockets(SOCKETS), floor.name());
		this.report.table(2, "server", "counted from", "p50", "of rounds", "ratio to the floor", "p99", "of rounds",
				"ratio to the floor", "latest event sent late by");
		Spread floor50 = millis(floors, Arrival::recorded50);
		Spread floor99 = millis(floors, Arrival::recorded99);
		print(belfry, "`recordedAt`", ours, millis(ours, Arrival::recorded50), floor50,
				millis(ours, Arrival::recorded99), floor99);
		print(belfry, "the answer to intake", ours, millis(ours, Arrival::answered50), floor50,
				millis(ours, Arrival::answered99), floor99);
		print(floor, "the event being handled", floors, floor50, floor50, floor99, floor99);
	}

	private void print(LiveServer server, String from, List<Round> rounds, Spread p50, Spread floor50, Spread p99,
			Spread floor99) {
		this.report.row(server.name(), from, p50.median(), p50.range(), p50.median() / floor50.median(), p99.median(),
				p99.range(), p99.median() / floor99.median(),
				rounds.stream().mapToLong(Round::late).max().orElseThrow());
	}

	private static Spread millis(List<Round> rounds, ToLongFunction<Arrival> part) {
		return Arrival.millis(rounds.stream().map(Round::arrival).toList(), part);
	}

	private Round measure(LiveServer server, int seconds) throws IOException {
		int accounts = this.scale.accounts(ACCOUNTS);
		this.client.open(server, Kind.FEED, server.people(this.scale.sockets(SOCKETS), accounts, 1));
		this.client.settle(server, rate(accounts, this.scale.settle()));
		long late = this.client.emit(server, rate(accounts, seconds));
		Arrival arrival = this.client.await();
		this.client.closeSockets();
		return new Round(arrival, late);
	}

	private static Emissions.Rate rate(int accounts, int seconds) {
		return new Emissions.Rate(1, accounts, 1, (int) (EVENTS_A_SECOND * seconds), EVENTS_A_SECOND);
	}

	private record Round(Arrival arrival, long late) {
	}

}
