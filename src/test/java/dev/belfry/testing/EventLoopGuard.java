package dev.belfry.testing;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.blockhound.BlockHound;

/**
 * Fails a test that blocks an event loop. BlockHound's own listener would also be loaded
 * where tests are only looked for, in the JVM of the build, and cannot be installed
 * there.
 */
public final class EventLoopGuard implements BeforeAllCallback {

	static {
		BlockHound.install();
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		// It is enough that the class is loaded.
	}

}
