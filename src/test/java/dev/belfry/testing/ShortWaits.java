package dev.belfry.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lets BlockHound pass what the JVM reads from a jar once, wherever it is first needed:
 * classes, services and texts; and three locks that are held for moments: under the one
 * Netty's allocator grows, under another Jackson learns to read a type that it has not
 * met, and under the third an executor's queue takes work. Everything else that blocks an
 * event loop fails its test.
 */
public final class ShortWaits implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("java.lang.ClassLoader", "loadClass")
			.allowBlockingCallsInside("java.lang.Class", "forName0")
			.allowBlockingCallsInside("java.util.ResourceBundle", "getBundleImpl")
			.allowBlockingCallsInside("org.springframework.data.projection.ProxyProjectionFactory",
					"getProjectionInformation")
			.allowBlockingCallsInside("org.springframework.data.mapping.context.AbstractMappingContext",
					"getPersistentEntity")
			.allowBlockingCallsInside("java.util.ServiceLoader$LazyClassPathLookupIterator", "nextProviderClass")
			.allowBlockingCallsInside("java.security.Provider$Service", "newInstance")
			.allowBlockingCallsInside("java.util.concurrent.LinkedBlockingQueue", "offer")
			.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$MagazineGroup", "tryExpandMagazines")
			.allowBlockingCallsInside("tools.jackson.databind.deser.DeserializerCache",
					"_createAndCacheValueDeserializer");
	}

}
