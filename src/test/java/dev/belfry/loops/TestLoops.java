package dev.belfry.loops;

import java.time.Duration;

/** Loops that stand still until they are started. */
public final class TestLoops {

	private TestLoops() {
	}

	public static Loops create() {
		return new Loops(new LoopSettings(Duration.ofSeconds(30)), (failure) -> false);
	}

}
