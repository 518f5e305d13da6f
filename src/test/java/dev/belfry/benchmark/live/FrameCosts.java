package dev.belfry.benchmark.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.belfry.benchmark.Report;
import dev.belfry.benchmark.Spread;
import dev.belfry.benchmark.live.Subscriber.Kind;

/**
 * What a frame costs a server in processor time: of all it used while events came, less
 * what it used for as many events of accounts that nobody listens to. The two take turns
 * of two seconds, so that they meet the same server.
 */
final class FrameCosts {

	/**
	 * Many events as well as many sockets, so that what each of them costs is compiled.
	 */
	private static final List<Setting> WARM_UPS = List.of(new Setting("warm-up", Kind.FEED, 1000, 1, 1, 1, 20),
			new Setting("warm-up", Kind.BELL, 1000, 1, 1000, 1, 20),
			new Setting("warm-up", Kind.BELL, 1000, 1000, 1, 1, 1000),
			new Setting("warm-up", Kind.FEED, 1000, 1000, 1, 1, 1000));

	static final Setting ONE_ACCOUNT = new Setting("1,000 sockets of one account", Kind.FEED, 1000, 1, 1, 1, 10);

	static final Setting FEW_ACCOUNTS = new Setting("1,000 sockets over 100 accounts", Kind.FEED, 1000, 100, 1, 1, 200);

	static final Setting MANY_ACCOUNTS = new Setting("10,000 sockets over 1,000 accounts", Kind.FEED, 10_000, 1000, 1,
			1, 200);

	static final Setting OWN_BELLS = new Setting("bells of 1,000 users of one account", Kind.BELL, 1000, 1, 1000, 1,
			10);

	private static final List<Setting> SETTINGS = List.of(ONE_ACCOUNT,
			new Setting("4,000 sockets of one account", Kind.FEED, 4000, 1, 1, 1, 2.5), FEW_ACCOUNTS, MANY_ACCOUNTS,
			new Setting("bursts of 100 at 1,000 sockets of one account", Kind.FEED, 1000, 1, 1, 100, 0.5), OWN_BELLS);

	/** The most accounts that are listened to; there are as many that are not. */
	static final int MOST_ACCOUNTS = 1000;

	private static final int TURN_SECONDS = 2;

	private static final Setting ELSEWHERE = new Setting("elsewhere", Kind.FEED, 1000, 100, 1, 1, 200);

	private final ClientProcess client;

	private final Scale scale;

	private final Report report;

	FrameCosts(ClientProcess client, Scale scale, Report report) {
		this.client = client;
		this.scale = scale;
		this.report = report;
	}

	/** The last server is the floor. */
	void compare(List<LiveServer> servers) throws IOException {
		for (LiveServer server : servers) {
			warmUp(server);
		}
		this.report.say(
				"Processor time of the server in microseconds for each completion that a socket received, "
						+ "without the compiler's, which stands apart; the floor is %s.",
				servers.get(servers.size() - 1).name());
		this.report.table(2, "setting", "server", "frames", "completions", "bytes a frame", "compiler", "total",
				"intake alone", "push", "of rounds", "ratio to the floor", "push a frame");
		for (Setting setting : SETTINGS) {
			compare(servers, setting);
		}
	}

	private void compare(List<LiveServer> servers, Setting setting) throws IOException {
		Map<LiveServer, List<Cost>> costs = rounds(servers, setting);
		double floor = Spread.of(costs.get(servers.get(servers.size() - 1)), Cost::push).median();
		costs.forEach((server, rounds) -> print(setting, server, rounds, floor));
	}

	private void print(Setting setting, LiveServer server, List<Cost> rounds, double floor) {
		Spread push = Spread.of(rounds, Cost::push);
		Arrival arrival = rounds.get(0).arrival;
		this.report.row(setting.name, server.name(), arrival.frames(), arrival.completions(), arrival.bytesPerFrame(),
				Spread.of(rounds, Cost::compiling).median(), Spread.of(rounds, Cost::total).median(),
				Spread.of(rounds, Cost::intake).median(), push.median(), push.range(), push.median() / floor,
				Spread.of(rounds, Cost::pushPerFrame).median());
	}

	/** The servers take turns. */
	Map<LiveServer, List<Cost>> rounds(List<LiveServer> servers, Setting setting) throws IOException {
		Map<LiveServer, List<Cost>> costs = new LinkedHashMap<>();
		for (int round = 0; round < this.scale.rounds(); round++) {
			for (LiveServer server : servers) {
				costs.computeIfAbsent(server, (fresh) -> new ArrayList<>()).add(measure(server, setting));
			}
		}
		return costs;
	}

	/** What the first frames cost of a server that has sent none. */
	Cost first(LiveServer server, Setting setting, int seconds) throws IOException {
		int accounts = open(server, setting);
		Processor whole = used(server, setting.rate(accounts, seconds));
		Arrival arrival = this.client.await();
		this.client.closeSockets();
		return new Cost(whole, new Processor(0, 0), arrival);
	}

	void warmUp(LiveServer server) throws IOException {
		for (Setting setting : WARM_UPS) {
			warmUp(server, setting);
		}
	}

	private void warmUp(LiveServer server, Setting setting) throws IOException {
		int accounts = open(server, setting);
		this.client.settle(server, setting.rate(accounts, this.scale.warmUp()));
		this.client.closeSockets();
	}

	private Cost measure(LiveServer server, Setting setting) throws IOException {
		int accounts = open(server, setting);
		this.client.settle(server, setting.rate(accounts, this.scale.settle()));
		this.client.settle(server, setting.unheard(accounts, this.scale.settle()));
		Processor total = new Processor(0, 0);
		Processor intake = new Processor(0, 0);
		for (int seconds = 0; seconds < 2 * this.scale.measure(); seconds += TURN_SECONDS) {
			total = total.plus(used(server, setting.rate(accounts, TURN_SECONDS)));
			intake = intake.plus(used(server, setting.unheard(accounts, TURN_SECONDS)));
		}
		Arrival arrival = this.client.await();
		this.client.closeSockets();
		return new Cost(total, intake, arrival);
	}

	/** What a server uses until all events have arrived. */
	private Processor used(LiveServer server, Emissions.Rate rate) throws IOException {
		Processor before = server.processor();
		this.client.emit(server, rate);
		this.client.await();
		return server.processor().since(before);
	}

	/** Answers of how many accounts the sockets are. */
	private int open(LiveServer server, Setting setting) throws IOException {
		int sockets = this.scale.sockets(setting.sockets);
		int accounts = Math.min(sockets, this.scale.accounts(setting.accounts));
		this.client.open(server, setting.kind, server.people(sockets, accounts, setting.users));
		return accounts;
	}

	/**
	 * What events cost of which nobody is told: with many sockets elsewhere, and with
	 * none.
	 */
	void compareUnheard(List<LiveServer> servers) throws IOException {
		this.report.say("Processor time of the server in microseconds for each event of accounts that nobody "
				+ "listens to; the floor is the same server without sockets.");
		this.report.table(1, "server", "with 1,000 sockets of another account", "of rounds", "without sockets",
				"of rounds", "ratio to the floor");
		for (LiveServer server : servers) {
			List<Double> with = new ArrayList<>();
			List<Double> without = new ArrayList<>();
			for (int round = 0; round < this.scale.rounds(); round++) {
				this.client.open(server, Kind.FEED, server.people(this.scale.sockets(1000), 1, 1));
				with.add(unheard(server));
				this.client.closeSockets();
				without.add(unheard(server));
			}
			Spread most = Spread.of(with, Double::doubleValue);
			Spread least = Spread.of(without, Double::doubleValue);
			this.report.row(server.name(), most.median(), most.range(), least.median(), least.range(),
					most.median() / least.median());
		}
	}

	private double unheard(LiveServer server) throws IOException {
		this.client.settle(server, ELSEWHERE.unheard(ELSEWHERE.accounts, this.scale.settle()));
		Emissions.Rate rate = ELSEWHERE.unheard(ELSEWHERE.accounts, 2 * this.scale.measure());
		return (double) used(server, rate).micros() / rate.events();
	}

	/**
	 * Who listens, and what happens.
	 *
	 * @param users how many those of an account are
	 * @param size completions an event
	 * @param perSecond events a second, of all accounts together
	 */
	record Setting(String name, Kind kind, int sockets, int accounts, int users, int size, double perSecond) {

		/** Events of the accounts that are listened to; at least one. */
		Emissions.Rate rate(int someAccounts, int seconds) {
			return from(1, someAccounts, seconds);
		}

		/** The same of as many others. */
		Emissions.Rate unheard(int someAccounts, int seconds) {
			return from(MOST_ACCOUNTS + 1, someAccounts, seconds);
		}

		private Emissions.Rate from(int first, int someAccounts, int seconds) {
			int events = (int) Math.max(1, this.perSecond * seconds);
			return new Emissions.Rate(first, someAccounts, this.size, events, this.perSecond);
		}

	}

	/**
	 * Microseconds a completion that a socket received.
	 *
	 * @param whole of all that the server used
	 * @param alone of as many events that nobody listens to
	 */
	record Cost(Processor whole, Processor alone, Arrival arrival) {

		double compiling() {
			return (double) this.whole.compiling() / this.arrival.completions();
		}

		double total() {
			return (double) this.whole.micros() / this.arrival.completions();
		}

		double intake() {
			return (double) this.alone.micros() / this.arrival.completions();
		}

		double push() {
			return total() - intake();
		}

		/** With the compiler's. */
		double altogether() {
			return compiling() + total();
		}

		double pushPerFrame() {
			return push() * this.arrival.completions() / this.arrival.frames();
		}

	}

}
