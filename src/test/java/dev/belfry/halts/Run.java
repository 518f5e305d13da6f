package dev.belfry.halts;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** One halt of one node, for which chance decides by a seed all that is not its step. */
record Run(Step step, int seed) {

	RandomGenerator random() {
		return new SplittableRandom(this.seed * 100L + this.step.ordinal());
	}

	@Override
	public String toString() {
		return this.step + ", seed " + this.seed;
	}

}
