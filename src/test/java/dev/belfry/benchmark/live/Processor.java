package dev.belfry.benchmark.live;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import dev.belfry.benchmark.ThreadTimes;

/**
 * The processor time that a process has used, as Linux counts it for its threads. The
 * threads that a JVM compiles on stand apart: they are done some day, and until then hide
 * what is measured.
 *
 * @param micros of all threads but those of the compiler
 * @param compiling of the compiler's
 */
record Processor(long micros, long compiling) {

	static Processor of(long pid) throws IOException {
		Processor sum = new Processor(0, 0);
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
			for (Path thread : threads) {
				sum = sum.plus(ofThread(thread));
			}
		}
		return sum;
	}

	private static Processor ofThread(Path thread) throws IOException {
		try {
			String name = Files.readString(thread.resolve("comm"));
			long micros = ThreadTimes.micros(thread);
			boolean compiles = name.startsWith("C1 CompilerThre") || name.startsWith("C2 CompilerThre");
			return compiles ? new Processor(0, micros) : new Processor(micros, 0);
		}
		catch (NoSuchFileException ended) {
			return new Processor(0, 0);
		}
	}

	Processor plus(Processor more) {
		return new Processor(this.micros + more.micros, this.compiling + more.compiling);
	}

	Processor since(Processor before) {
		return new Processor(this.micros - before.micros, this.compiling - before.compiling);
	}

}
