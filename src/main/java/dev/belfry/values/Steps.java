package dev.belfry.values;

/**
 * Counts what work costs whose size an account chooses: in steps, each of at most some 50
 * ns, so that a bound on them decides the same every time. Not safe for use by several
 * threads.
 */
public final class Steps {

	private long used;

	public void add(long steps) {
		this.used += steps;
	}

	public long used() {
		return this.used;
	}

}
