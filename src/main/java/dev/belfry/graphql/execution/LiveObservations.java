package dev.belfry.graphql.execution;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.observation.ExecutionRequestObservationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * Live connections and what runs for them: an observation would last for days, say
 * nothing, and hold some kilobytes for each.
 */
@Configuration(proxyBeanMethods = false)
public class LiveObservations {

	/**
	 * Under which the GraphQL context says that an execution runs for live connections.
	 */
	public static final String CONTEXT_KEY = "live";

	@Bean
	ObservationPredicate liveConnectionsAreNotObserved() {
		return (name, context) -> !isOfLiveConnection(context);
	}

	private static boolean isOfLiveConnection(Observation.Context context) {
		if (context instanceof ExecutionRequestObservationContext execution) {
			return execution.getExecutionInput().getGraphQLContext().getBoolean(CONTEXT_KEY, false);
		}
		if (!(context instanceof ServerRequestObservationContext request) || request.getCarrier() == null) {
			return false;
		}
		HttpHeaders headers = request.getCarrier().getHeaders();
		return "websocket".equalsIgnoreCase(headers.getUpgrade())
				|| headers.getAccept().contains(MediaType.TEXT_EVENT_STREAM);
	}

}
