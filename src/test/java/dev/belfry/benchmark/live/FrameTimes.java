package dev.belfry.benchmark.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

import dev.belfry.benchmark.Report;
import dev.belfry.benchmark.Spread;
import dev.belfry.benchmark.live.Subscriber.Kind;

/** How long a frame takes, at many events a second that few listen to each. */
final class FrameTimes {

	private static final int SOCKETS = 10_000;

	private static final int ACCOUNTS = 1000;

	/** The aim's, and one that leaves the processors time. */
	private static final List<Integer> EVENTS_A_SECOND = List.of(500, 100);

	private final ClientProcess client;

	private final Scale scale;

	private final Report report;

	FrameTimes(ClientProcess client, Scale scale, Report report) {
		this.client = client;
		this.scale = scale;
		this.report = report;
	}

	void compare(LiveServer belfry, LiveServer floor) throws IOException {
		for (LiveServer server : List.of(belfry, floor)) {
			measure(server, EVENTS_A_SECOND.get(0), 2 * this.scale.warmUp());
		}
		this.report.say(
				"Milliseconds to a frame, of events over %,d accounts with %,d sockets; the floor is %s. "
						+ "A completion is committed after its recordedAt and before its call is answered.",
				this.scale.accounts(ACCOUNTS), this.scale.sockets(SOCKETS), floor.name());
		this.report.table(3, "events a second", "server", "counted from", "p50", "of rounds", "ratio to the floor",
				"p99", "of rounds", "ratio to the floor", "latest event sent late by");
		for (int eventsASecond : EVENTS_A_SECOND) {
			compare(belfry, floor, eventsASecond);
		}
	}

	private void compare(LiveServer belfry, LiveServer floor, int eventsASecond) throws IOException {
		List<Round> ours = new ArrayList<>();
		List<Round> floors = new ArrayList<>();
		for (int round = 0; round < this.scale.manyRounds(); round++) {
			ours.add(measure(belfry, eventsASecond, this.scale.measure() * 2));
			floors.add(measure(floor, eventsASecond, this.scale.measure() * 2));
		}
		print(eventsASecond, belfry, "`recordedAt`", ours, Arrival::recorded50, Arrival::recorded99, floors);
		print(eventsASecond, belfry, "the answer to intake", ours, Arrival::answered50, Arrival::answered99, floors);
		print(eventsASecond, floor, "the event being handled", floors, Arrival::recorded50, Arrival::recorded99,
				floors);
	}

	private void print(int eventsASecond, LiveServer server, String from, List<Round> rounds,
			ToLongFunction<Arrival> half, ToLongFunction<Arrival> most, List<Round> floors) {
		Spread p50 = millis(rounds, half);
		Spread p99 = millis(rounds, most);
		this.report.row(eventsASecond, server.name(), from, p50.median(), p50.range(),
				p50.median() / millis(floors, Arrival::recorded50).median(), p99.median(), p99.range(),
				p99.median() / millis(floors, Arrival::recorded99).median(),
				rounds.stream().mapToLong(Round::late).max().orElseThrow());
	}

	private static Spread millis(List<Round> rounds, ToLongFunction<Arrival> part) {
		return Arrival.millis(rounds.stream().map(Round::arrival).toList(), part);
	}

	private Round measure(LiveServer server, int eventsASecond, int seconds) throws IOException {
		int accounts = this.scale.accounts(ACCOUNTS);
		this.client.open(server, Kind.FEED, server.people(this.scale.sockets(SOCKETS), accounts, 1));
		this.client.settle(server, rate(accounts, eventsASecond, this.scale.settle()));
		long late = this.client.emit(server, rate(accounts, eventsASecond, seconds));
		Arrival arrival = this.client.await();
		this.client.closeSockets();
		return new Round(arrival, late);
	}

	private static Emissions.Rate rate(int accounts, int eventsASecond, int seconds) {
		return new Emissions.Rate(1, accounts, 1, eventsASecond * seconds, eventsASecond);
	}

	private record Round(Arrival arrival, long late) {
	}

}
