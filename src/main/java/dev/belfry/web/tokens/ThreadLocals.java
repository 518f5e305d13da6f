package dev.belfry.web.tokens;

import java.util.List;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import org.springframework.context.annotation.Configuration;

/**
 * Belfry reads the viewer and the observation of a request from Reactor's and GraphQL's
 * context, never from a thread. So nothing is to be put into thread locals: Reactor would
 * do that at each row and message of the driver, and GraphQL at each field.
 */
@Configuration(proxyBeanMethods = false)
class ThreadLocals {

	static {
		ContextRegistry registry = ContextRegistry.getInstance();
		List.copyOf(registry.getThreadLocalAccessors())
			.stream()
			.map(ThreadLocalAccessor::key)
			.forEach(registry::removeThreadLocalAccessor);
	}

}
