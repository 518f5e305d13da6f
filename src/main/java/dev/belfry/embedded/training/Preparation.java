package dev.belfry.embedded.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Prepares a jar for fast starts: {@code java -jar belfry.jar prepare}. Beside the jar it
 * writes {@code belfry.options}, an argument file for {@code java}, and an archive of
 * what the JVM loaded in a training run, which that file names: an AOT cache from Java 25
 * on (JEP 514), before an archive of classes (JEP 350). The archive is for this JVM and
 * this jar where it is now; for any other the JVM says so and starts without.
 */
public final class Preparation {

	/** The only argument of the command. */
	public static final String COMMAND = "prepare";

	/** The release from which on one run makes an AOT cache. */
	private static final int AOT_CACHES = 25;

	private static final Duration LONGEST = Duration.ofMinutes(3);

	private static final String OPTIONS = """
			# How to start a node: java @belfry.options -jar belfry.jar
			# Written by "java -jar belfry.jar prepare", by Java %s.

			# A node that runs out of memory ends itself. Have it started again.
			-XX:+ExitOnOutOfMemoryError
			# For Netty's epoll.
			--enable-native-access=ALL-UNNAMED
			# A JVM that does not know one of these passes over it.
			-XX:+IgnoreUnrecognizedVMOptions
			""";

	private final Path jar;

	private final int release;

	Preparation(Path jar, int release) {
		this.jar = jar.toAbsolutePath();
		this.release = release;
	}

	/**
	 * Prepares the jar from which this class comes. Without a training run, as where no
	 * database can be started, there are options without an archive, and no failure.
	 */
	public static void main(String[] arguments) throws InterruptedException {
		try {
			Path jar = Path.of(Preparation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
			if (!Files.isRegularFile(jar)) {
				throw new IllegalStateException("Only a jar can be prepared: ./mvnw -DskipTests package makes one.");
			}
			new Preparation(jar, Runtime.version().feature()).run();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void run() throws IOException, InterruptedException {
		Path archive = archive();
		Files.deleteIfExists(archive);
		boolean trained = train(archive) && Files.exists(archive);
		Path options = this.jar.resolveSibling("belfry.options");
		Files.writeString(options, options(trained ? archive : null));
		System.out.println(trained ? "Wrote " + options + " and " + archive + "."
				: "Wrote " + options + ", without an archive: the training run failed. A node starts more slowly.");
	}

	/** The text of the argument file. */
	String options(@Nullable Path archive) {
		String options = OPTIONS.formatted(this.release);
		return (archive == null) ? options
				: options + "# What was learned in a training run.\n\"" + use(archive).replace("\\", "\\\\") + "\"\n";
	}

	private Path archive() {
		return this.jar.resolveSibling((this.release >= AOT_CACHES) ? "belfry.aot" : "belfry.jsa");
	}

	private String use(Path archive) {
		return ((this.release >= AOT_CACHES) ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive;
	}

	private String make(Path archive) {
		return ((this.release >= AOT_CACHES) ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive;
	}

	/** A node of its own, with a database of its own, which ends itself. */
	private boolean train(Path archive) throws IOException, InterruptedException {
		Path directory = Files.createTempDirectory("belfry-training");
		Path log = directory.resolve("log");
		Process node = new ProcessBuilder(command(archive)).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			boolean ended = node.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
			boolean trained = ended && node.exitValue() == 0;
			if (!trained) {
				System.out.println(Files.readString(log));
			}
			return trained;
		}
		finally {
			node.destroyForcibly().waitFor();
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	private List<String> command(Path archive) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.add(make(archive));
		// Of classes that no archive can take.
		command.add("-Xlog:disable");
		options(null).lines().filter((line) -> line.startsWith("-")).forEach(command::add);
		command.addAll(List.of("-jar", this.jar.toString(), "--belfry.training=true", "--server.port=0"));
		return command;
	}

}
