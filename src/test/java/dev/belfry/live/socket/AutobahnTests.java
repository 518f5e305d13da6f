package dev.belfry.live.socket;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.netty.DisposableServer;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.testing.Programs;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The frames of GraphQL's socket under the Autobahn test suite. The profile
 * {@code autobahn} brings the suite, which is Python, and an interpreter for it. The
 * suite leaves a page for each case in {@code target/autobahn}, and this class a line.
 */
@Tag("autobahn")
class AutobahnTests {

	/** The suite sends up to 16 MiB; what Belfry allows is tried by FrameTests. */
	private static final int LONGEST_MESSAGE = 16 << 20;

	private static final Path REPORT = Path.of("target", "autobahn");

	/**
	 * Text that turns invalid in the middle of a frame is refused when the frame is
	 * whole, not before: "non-strict", says the suite, which is no failure.
	 */
	private static final Set<String> NOT_AT_ONCE = Set.of("6.4.3", "6.4.4");

	private static final JsonMapper JSON = new JsonMapper();

	private static final TypeReference<Map<String, TreeMap<String, Outcome>>> OUTCOMES = new TypeReference<>() {
	};

	@Test
	void noCaseFails() throws IOException, InterruptedException {
		DisposableServer server = EchoServer.start(LONGEST_MESSAGE);
		try {
			assertThat(run("ws://127.0.0.1:" + server.port())).isTrue();
		}
		finally {
			server.disposeNow();
		}

		Map<String, Outcome> outcomes = JSON.readValue(REPORT.resolve("index.json"), OUTCOMES).get("belfry");
		List<String> lines = outcomes.entrySet()
			.stream()
			.map((outcome) -> outcome.getKey() + " " + outcome.getValue())
			.toList();
		Files.write(REPORT.resolve("report.txt"), lines);
		assertThat(outcomes).isNotEmpty();
		assertThat(outcomes.entrySet()).allMatch((outcome) -> outcome.getValue().isGood(outcome.getKey()));
	}

	/** Runs the suite in a process of its own, and answers whether it came to its end. */
	private static boolean run(String url) throws IOException, InterruptedException {
		Path specification = Files.createDirectories(REPORT).resolve("specification.json");
		JSON.writeValue(specification,
				Map.of("outdir", REPORT.toString(), "options", Map.of("failByDrop", false), "servers",
						List.of(Map.of("agent", "belfry", "url", url, "options", Map.of("version", 18))), "cases",
						List.of("*")));
		Process suite = new ProcessBuilder(Programs.jdk("java"), "-cp", classPath(), "org.python.util.jython", "-c",
				"from autobahntestsuite import wstest; wstest.run()", "-m", "fuzzingclient", "-s",
				specification.toString())
			.redirectErrorStream(true)
			.redirectOutput(REPORT.resolve("suite.log").toFile())
			.start();
		try {
			return suite.waitFor(30, TimeUnit.MINUTES) && suite.exitValue() == 0;
		}
		finally {
			suite.destroyForcibly();
		}
	}

	private static String classPath() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> new File(entry).getName().matches("(autobahntestsuite|jython).*"))
			.collect(Collectors.joining(File.pathSeparator));
	}

	/** What the suite says of a case and of how its connection was closed. */
	private record Outcome(String behavior, String behaviorClose, @Nullable Integer remoteCloseCode) {

		private static final Set<String> GOOD = Set.of("OK", "INFORMATIONAL");

		boolean isGood(String number) {
			return (GOOD.contains(this.behavior) || NOT_AT_ONCE.contains(number) && this.behavior.equals("NON-STRICT"))
					&& GOOD.contains(this.behaviorClose);
		}

		@Override
		public String toString() {
			return this.behavior + ", closed " + this.behaviorClose + " " + this.remoteCloseCode;
		}

	}

}
