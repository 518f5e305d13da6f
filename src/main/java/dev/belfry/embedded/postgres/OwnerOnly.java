package dev.belfry.embedded.postgres;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** Files and directories that no other user of the machine can read. */
public final class OwnerOnly {

	private OwnerOnly() {
	}

	/** Creates the directory unless it is there already. */
	static Path directory(Path path) throws IOException {
		return Files.isDirectory(path) ? path : Files.createDirectories(path, permissions());
	}

	/** The secret that is kept in this file, made the first time it is asked for. */
	public static String secret(Path file, Supplier<String> first) throws IOException {
		if (!Files.exists(file)) {
			write(file, first.get());
		}
		return Files.readString(file);
	}

	private static void write(Path file, String text) throws IOException {
		// A temporary file is readable by its owner only, and keeps that when it is
		// renamed.
		Path whole = Files.createTempFile(file.resolveSibling(""), file.getFileName() + ".", ".new");
		Files.writeString(whole, text);
		Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private static FileAttribute<?>[] permissions() {
		return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")) }
				: new FileAttribute<?>[0];
	}

}
