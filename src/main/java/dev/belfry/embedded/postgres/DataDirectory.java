package dev.belfry.embedded.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

import dev.belfry.start.StartRefused;

/**
 * Where a Belfry without configuration keeps everything. One process at a time holds it;
 * the operating system lets go of the lock when the process ends, however it ends.
 */
public final class DataDirectory implements AutoCloseable {

	private final Path path;

	private final FileChannel lock;

	private DataDirectory(Path path, FileChannel lock) {
		this.path = path;
		this.lock = lock;
	}

	static DataDirectory open(Path path) {
		try {
			Path directory = OwnerOnly.directory(path.toAbsolutePath().normalize()).toRealPath();
			FileChannel lock = lock(directory.resolve("lock"));
			if (lock != null) {
				return new DataDirectory(directory, lock);
			}
		}
		catch (IOException ex) {
			throw new StartRefused("Belfry cannot use its data directory: " + ex,
					"Set belfry.data-dir to a directory that Belfry may create and write.", ex);
		}
		throw new StartRefused("Another Belfry is running on the data directory " + path + ".",
				"Stop that one, or give this one a directory of its own with belfry.data-dir"
						+ " (and a port of its own with server.port).");
	}

	private static @Nullable FileChannel lock(Path file) throws IOException {
		FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		try {
			if (channel.tryLock() != null) {
				return channel;
			}
		}
		catch (OverlappingFileLockException ex) {
			// Held by this very process: the same answer.
		}
		channel.close();
		return null;
	}

	public Path path() {
		return this.path;
	}

	public Path resolve(String name) {
		return this.path.resolve(name);
	}

	@Override
	public void close() {
		try {
			this.lock.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
