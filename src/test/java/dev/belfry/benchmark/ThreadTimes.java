package dev.belfry.benchmark;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The processor time that threads of a process have used so far, in microseconds, as
 * Linux counts it.
 *
 * @param http of those that serve connections
 * @param work of all but those of the JVM's compiler and collector
 */
public record ThreadTimes(long http, long work) {

	public static ThreadTimes of(long pid) throws IOException {
		long http = 0;
		long work = 0;
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
			for (Path thread : threads) {
				String name = name(thread);
				long micros = micros(thread);
				http += name.startsWith("reactor-http") ? micros : 0;
				work += isOfTheMachine(name) ? 0 : micros;
			}
		}
		return new ThreadTimes(http, work);
	}

	private static boolean isOfTheMachine(String name) {
		return Stream.of("C1 ", "C2 ", "GC ", "G1 ", "VM ").anyMatch(name::startsWith);
	}

	private static String name(Path thread) throws IOException {
		try {
			return Files.readString(thread.resolve("comm"));
		}
		catch (NoSuchFileException ended) {
			return "";
		}
	}

	/**
	 * What the thread of a directory below {@code /proc} has used so far, in
	 * microseconds; 0 if it has ended. Of a process that is its first thread.
	 */
	public static long micros(Path thread) throws IOException {
		try {
			// Nanoseconds on a processor, then waiting for one, then how often.
			return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[0]) / 1000;
		}
		catch (NoSuchFileException ended) {
			return 0;
		}
	}

	public ThreadTimes since(ThreadTimes before) {
		return new ThreadTimes(this.http - before.http, this.work - before.work);
	}

}
