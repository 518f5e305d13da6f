package dev.belfry.events;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.belfry.accounts.Ids;
import dev.belfry.accounts.NodeSource;

/** Events by their ids. */
@Configuration(proxyBeanMethods = false)
class EventNodes {

	@Bean
	NodeSource platformEventSource(EventLog events) {
		return new NodeSource(Ids.Kind.PLATFORM_EVENT,
				(viewer, positions) -> events.byPositions(viewer.accountId(), positions));
	}

}
