package dev.belfry.benchmark.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.belfry.benchmark.Report;
import dev.belfry.benchmark.Spread;
import dev.belfry.benchmark.live.Subscriber.Kind;
import dev.belfry.testing.Programs;

/**
 * What an idle bell takes of memory: of a JVM what is alive on the heap and what was
 * allocated outside it, of any process what is resident.
 */
final class BellMemory {

	/** What a JVM must be started with. */
	static final String TRACKED = "-XX:NativeMemoryTracking=summary";

	private static final int SOCKETS = 5000;

	private static final int FEW_USERS = 100;

	private static final int FIRST_SOCKETS = 500;

	private static final Pattern HEAP = Pattern.compile("Total +\\d+ +(\\d+)");

	/** Where NMT counts direct buffers, also those that Netty takes without a cleaner. */
	private static final Pattern DIRECT = Pattern.compile("- +Other \\(reserved=\\d+KB, committed=(\\d+)KB");

	private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

	private final ClientProcess client;

	private final Scale scale;

	private final Report report;

	BellMemory(ClientProcess client, Scale scale, Report report) {
		this.client = client;
		this.scale = scale;
		this.report = report;
	}

	/** Each round starts each server anew; the first is the floor. */
	void compare(List<Callable<LiveServer>> servers) throws Exception {
		this.report.say(
				"Kilobytes (1,000 bytes) for each idle bell of %,d: of a JVM what lives on the heap and "
						+ "what was allocated beside it, of Node what is resident; the floor is the first line.",
				this.scale.sockets(SOCKETS));
		this.report.table(1, "server", "users", "live heap", "direct", "resident", "memory of a bell", "of rounds",
				"ratio to the floor");
		double floor = Double.NaN;
		for (Callable<LiveServer> server : servers) {
			for (int users : List.of(this.scale.sockets(SOCKETS), FEW_USERS)) {
				List<Memory> rounds = new ArrayList<>();
				String name = "";
				for (int round = 0; round < this.scale.rounds(); round++) {
					try (LiveServer started = server.call()) {
						name = started.name();
						rounds.add(measure(started, users));
					}
				}
				Spread whole = spread(rounds, Memory::whole);
				floor = Double.isNaN(floor) ? whole.median() : floor;
				print(name, users, rounds, whole, whole.median() / floor);
				if (!name.equals("Belfry")) {
					// Peers know of no users.
					break;
				}
			}
		}
	}

	private void print(String name, int users, List<Memory> rounds, Spread whole, double ratio) {
		boolean jvm = rounds.get(0).resident == 0;
		this.report.row(name, name.equals("Belfry") ? users : "", jvm ? spread(rounds, Memory::heap).median() : "",
				jvm ? spread(rounds, Memory::direct).median() : "", jvm ? "" : whole.median(), whole.median(),
				whole.range(), ratio);
	}

	private static Spread spread(List<Memory> rounds, ToDoubleFunction<Memory> part) {
		return Spread.of(rounds, (memory) -> part.applyAsDouble(memory) / 1000);
	}

	/** After some have come and gone, so that what is made once does not count. */
	private Memory measure(LiveServer server, int users) throws IOException, InterruptedException {
		int sockets = this.scale.sockets(SOCKETS);
		open(server, this.scale.sockets(FIRST_SOCKETS), users);
		this.client.closeSockets();
		Memory before = Memory.of(server, this.scale);
		open(server, sockets, users);
		Memory after = Memory.of(server, this.scale);
		this.client.closeSockets();
		return after.less(before).each(sockets);
	}

	private void open(LiveServer server, int sockets, int users) throws IOException {
		this.client.open(server, Kind.BELL, server.people(sockets, 1, users));
		this.client.emit(server, new Emissions.Rate(1, 1, 1, 5 * this.scale.settle(), 5));
		this.client.await();
	}

	/** In bytes; of a JVM without what is resident, which says more of its collector. */
	private record Memory(double heap, double direct, double resident) {

		static Memory of(LiveServer server, Scale scale) throws IOException, InterruptedException {
			TimeUnit.SECONDS.sleep(2 * scale.settle());
			if (!isJvm(server)) {
				return new Memory(0, 0,
						number(RESIDENT, Files.readString(Path.of("/proc/" + server.pid() + "/status"))) * 1024);
			}
			// What cleaners free is only gone at the next collection: the histogram's.
			jcmd(server, "GC.run");
			return new Memory(number(HEAP, jcmd(server, "GC.class_histogram")),
					number(DIRECT, jcmd(server, "VM.native_memory", "summary")) * 1024, 0);
		}

		private static boolean isJvm(LiveServer server) {
			return ProcessHandle.of(server.pid())
				.flatMap((process) -> process.info().command())
				.orElse("")
				.endsWith("java");
		}

		private static String jcmd(LiveServer server, String... command) throws IOException, InterruptedException {
			List<String> words = new ArrayList<>(List.of(Programs.jdk("jcmd"), Long.toString(server.pid())));
			words.addAll(List.of(command));
			return Programs.run(words);
		}

		private static double number(Pattern pattern, String text) {
			Matcher matcher = pattern.matcher(text);
			if (!matcher.find()) {
				throw new IllegalStateException("There is no " + pattern + " in " + text);
			}
			return Double.parseDouble(matcher.group(1));
		}

		double whole() {
			return this.heap + this.direct + this.resident;
		}

		Memory less(Memory before) {
			return new Memory(this.heap - before.heap, this.direct - before.direct, this.resident - before.resident);
		}

		Memory each(int sockets) {
			return new Memory(this.heap / sockets, this.direct / sockets, this.resident / sockets);
		}

	}

}
