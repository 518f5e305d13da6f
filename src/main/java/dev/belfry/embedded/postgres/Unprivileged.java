package dev.belfry.embedded.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.sun.security.auth.module.UnixSystem;

import dev.belfry.start.StartRefused;

/**
 * How PostgreSQL is started, which refuses to run as root: as it is, or by way of a
 * command that gives up root's rights.
 */
enum Unprivileged {

	/** Belfry itself does not run as root. */
	ALREADY(List.of()),

	/** In a user namespace root is nobody there, and yet the owner of root's files. */
	IN_NAMESPACE(List.of("unshare", "-U")),

	/**
	 * Where namespaces are forbidden, as in most containers: as the user nobody, who then
	 * owns the files.
	 */
	AS_NOBODY(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));

	private static final int NOBODY = 65534;

	private final List<String> prefix;

	Unprivileged(List<String> prefix) {
		this.prefix = prefix;
	}

	static Unprivileged choose() {
		if (!isRoot()) {
			return ALREADY;
		}
		return Stream.of(IN_NAMESPACE, AS_NOBODY)
			// initdb asks for the user's name, so it must have one.
			.filter((way) -> way.succeeds("id", "-un"))
			.findFirst()
			.orElseThrow(
					() -> new StartRefused("PostgreSQL does not run as root, and neither unshare nor setpriv works.",
							"Run Belfry as another user, or give it a database with spring.r2dbc.url."));
	}

	List<String> command(Path program, List<String> arguments) {
		return Stream.of(this.prefix, List.of(program.toString()), arguments).flatMap(List::stream).toList();
	}

	/** Makes sure that the program can work in this directory. */
	void handOver(Path directory) throws IOException {
		if (this != AS_NOBODY) {
			return;
		}
		letThrough(directory.resolveSibling(""));
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.toList()) {
				Files.setAttribute(file, "unix:uid", NOBODY);
			}
		}
		if (!succeeds("test", "-w", directory.toString())) {
			throw new StartRefused(
					"PostgreSQL does not run as root, and the user nobody cannot reach its directory " + directory
							+ ".",
					"Set belfry.data-dir to a place that every user can reach, or run Belfry as another user.");
		}
	}

	/** Others may pass, but not look around. */
	private static void letThrough(Path directory) throws IOException {
		Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
		if (permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
			Files.setPosixFilePermissions(directory, permissions);
		}
	}

	private boolean succeeds(String... command) {
		try {
			return new ProcessBuilder(Stream.concat(this.prefix.stream(), Stream.of(command)).toList())
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private static boolean isRoot() {
		return !System.getProperty("os.name").startsWith("Windows") && new UnixSystem().getUid() == 0;
	}

}
