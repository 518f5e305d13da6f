package dev.belfry.work;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Threads for the work of accounts, apart from those of an application. */
public final class TestWork {

	private TestWork() {
	}

	public static TenantWork start() {
		return new TenantWork(new WorkSettings(2, 0), plentyOfHeadroom(), new SimpleMeterRegistry());
	}

	/** Nothing ever has to rest. */
	public static Headroom plentyOfHeadroom() {
		return new Headroom(() -> 0, System::nanoTime);
	}

	/** What is large or in bulk always has to rest. */
	public static Headroom littleHeadroom() {
		Headroom headroom = new Headroom(() -> 1, () -> 0);
		headroom.answered(0);
		return headroom;
	}

}
