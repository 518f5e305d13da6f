package dev.belfry.work;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Threads for the work of accounts, apart from those of an application. */
public final class TestWork {

	private TestWork() {
	}

	public static TenantWork start() {
		return new TenantWork(new WorkSettings(2, 0), new SimpleMeterRegistry());
	}

}
