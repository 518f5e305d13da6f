package dev.belfry.benchmark.live;

import java.util.Arrays;
import java.util.stream.IntStream;

/** What came since the last look, in all sockets together. */
final class Received {

	private static final int ROOM = 1 << 20;

	private long frames;

	private long completions;

	private long bytes;

	private int[] runs = new int[ROOM];

	private long[] recorded = new long[ROOM];

	private long[] arrived = new long[ROOM];

	private int samples;

	void frame(int size, int inside) {
		this.frames++;
		this.bytes += size;
		this.completions += inside;
	}

	void completion(int run, long recordedAt, long now) {
		if (this.samples == this.runs.length) {
			this.runs = Arrays.copyOf(this.runs, this.samples * 2);
			this.recorded = Arrays.copyOf(this.recorded, this.samples * 2);
			this.arrived = Arrays.copyOf(this.arrived, this.samples * 2);
		}
		this.runs[this.samples] = run;
		this.recorded[this.samples] = recordedAt;
		this.arrived[this.samples++] = now;
	}

	void clear() {
		this.frames = 0;
		this.completions = 0;
		this.bytes = 0;
		this.samples = 0;
	}

	/**
	 * Summed up.
	 * @param answers when a run's call was answered
	 */
	Arrival sum(LongOfRun answers) {
		long[] sinceRecorded = IntStream.range(0, this.samples)
			.mapToLong((i) -> this.arrived[i] - this.recorded[i])
			.sorted()
			.toArray();
		long[] sinceAnswered = IntStream.range(0, this.samples)
			.mapToLong((i) -> this.arrived[i] - answers.of(this.runs[i]))
			.sorted()
			.toArray();
		return new Arrival(this.frames, this.completions, this.bytes, at(sinceRecorded, 50), at(sinceRecorded, 99),
				at(sinceAnswered, 50), at(sinceAnswered, 99));
	}

	private static long at(long[] sorted, int percent) {
		return (sorted.length == 0) ? 0
				: sorted[(int) Math.min(sorted.length - 1L, sorted.length * (long) percent / 100)];
	}

	/** A number for each run. */
	interface LongOfRun {

		long of(int run);

	}

}
