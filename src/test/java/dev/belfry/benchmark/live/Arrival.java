package dev.belfry.benchmark.live;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

import dev.belfry.benchmark.Spread;

/**
 * What arrived at the sockets, and how late, in microseconds.
 *
 * @param recorded50 the median since {@code recordedAt}
 * @param answered50 the median since the answer to who told of the completion; negative
 * if frames were first
 */
record Arrival(long frames, long completions, long bytes, long recorded50, long recorded99, long answered50,
		long answered99) {

	static Arrival of(String line) {
		long[] numbers = Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
		return new Arrival(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]);
	}

	String line() {
		return String.join(" ",
				Arrays
					.stream(new long[] { this.frames, this.completions, this.bytes, this.recorded50, this.recorded99,
							this.answered50, this.answered99 })
					.mapToObj(Long::toString)
					.toList());
	}

	/** A part in milliseconds, of some rounds. */
	static Spread millis(List<Arrival> rounds, ToLongFunction<Arrival> part) {
		return Spread.of(rounds, (arrival) -> part.applyAsLong(arrival) / 1000.0);
	}

	long bytesPerFrame() {
		return this.bytes / Math.max(1, this.frames);
	}

}
