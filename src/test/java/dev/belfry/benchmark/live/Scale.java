package dev.belfry.benchmark.live;

/**
 * How large and how long. The quick one only shows that the harness works: its figures
 * mean nothing.
 *
 * @param shrink by how much there are fewer sockets
 * @param rounds how often each server is measured
 * @param warmUp seconds of events before the first measurement
 * @param settle seconds of events before each measurement
 * @param measure seconds of events that are measured; where rounds differ more, twice as
 * many
 */
record Scale(int shrink, int rounds, int warmUp, int settle, int measure) {

	static Scale asked() {
		return Boolean.getBoolean("belfry.benchmark.quick") ? new Scale(20, 1, 2, 1, 1) : new Scale(1, 3, 15, 1, 3);
	}

	boolean isQuick() {
		return this.shrink > 1;
	}

	int sockets(int full) {
		return Math.max(1, full / this.shrink);
	}

	int accounts(int full) {
		return (full == 1) ? 1 : sockets(full);
	}

	/** Where rounds differ more, there are more. */
	int manyRounds() {
		return (this.rounds == 1) ? 1 : this.rounds + 2;
	}

}
