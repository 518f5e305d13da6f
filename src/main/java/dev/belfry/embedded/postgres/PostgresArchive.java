package dev.belfry.embedded.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.util.ArchUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

import dev.belfry.start.StartRefused;

/** PostgreSQL's programs, which travel in the jar as an archive per platform. */
final class PostgresArchive {

	private static final String NAME = "programs-";

	private static final String UNFINISHED = ".unfinished";

	private final URL url;

	private PostgresArchive(URL url) {
		this.url = url;
	}

	static PostgresArchive forThisMachine() {
		String system = system(System.getProperty("os.name"));
		String machine = ArchUtils.normalize(System.getProperty("os.arch"));
		// The macOS programs are universal, and Windows emulates: both then have the
		// other name.
		return Stream.of(machine, system.equals("linux") ? machine : "x86_64")
			.map((name) -> PostgresArchive.class.getResource("/postgres-" + system + "-" + name + ".txz"))
			.filter(Objects::nonNull)
			.findFirst()
			.map(PostgresArchive::new)
			.orElseThrow(() -> new StartRefused(
					"There is no PostgreSQL for this machine (" + system + " on " + machine + ") in the jar.",
					"Give Belfry a database with spring.r2dbc.url, and an issuer of tokens."));
	}

	/** Unpacks the programs below the directory, unless that was done before. */
	Path unpackBelow(Path directory) throws IOException {
		Path programs = directory.resolve(NAME + version());
		if (!Files.isDirectory(programs)) {
			removeOthers(directory);
			Path unfinished = directory.resolve(programs.getFileName() + UNFINISHED);
			unpackTo(unfinished);
			// What a killed process leaves half done keeps its other name.
			Files.move(unfinished, programs, StandardCopyOption.ATOMIC_MOVE);
		}
		return programs;
	}

	private String version() throws IOException {
		// The jar's directory knows the checksum, so that the archive need not be read at
		// every start.
		JarEntry archive = ((JarURLConnection) this.url.openConnection()).getJarEntry();
		return Long.toHexString(archive.getCrc());
	}

	private static void removeOthers(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			for (Path file : files.filter((each) -> each.getFileName().toString().startsWith(NAME)).toList()) {
				FileSystemUtils.deleteRecursively(file);
			}
		}
	}

	private void unpackTo(Path directory) throws IOException {
		try (TarArchiveInputStream archive = new TarArchiveInputStream(
				new XZInputStream(new BufferedInputStream(this.url.openStream())))) {
			TarArchiveEntry entry = archive.getNextEntry();
			while (entry != null) {
				unpack(entry, archive, directory.resolve(entry.getName()).normalize());
				entry = archive.getNextEntry();
			}
		}
	}

	private static void unpack(TarArchiveEntry entry, InputStream content, Path file) throws IOException {
		if (entry.isDirectory()) {
			Files.createDirectories(file);
			return;
		}
		Files.createDirectories(file.resolveSibling(""));
		if (entry.isSymbolicLink()) {
			Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
			return;
		}
		Files.copy(content, file);
		if ((entry.getMode() & 0100) != 0) {
			file.toFile().setExecutable(true, false);
		}
	}

	private static String system(String name) {
		String lowerCase = name.toLowerCase(Locale.ROOT);
		if (lowerCase.startsWith("windows")) {
			return "windows";
		}
		return lowerCase.startsWith("mac") ? "darwin" : lowerCase.replace(' ', '_');
	}

}
