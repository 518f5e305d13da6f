package dev.belfry.events.log;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.belfry.graphql.relay.NodeSource;
import dev.belfry.ids.Ids;

/** Events by their ids. */
@Configuration(proxyBeanMethods = false)
class EventNodes {

	@Bean
	NodeSource platformEventSource(EventLog events) {
		return new NodeSource(Ids.Kind.PLATFORM_EVENT,
				(viewer, positions) -> events.byPositions(viewer.accountId(), positions));
	}

}
