package dev.belfry.delivery.caps;

import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/** The daily cap as the schema asks for it. */
@Controller
class DailyCapController {

	private final DailyCaps caps;

	DailyCapController(DailyCaps caps) {
		this.caps = caps;
	}

	@QueryMapping
	Mono<DailyCap> dailyEmailCap(@ContextValue Viewer viewer) {
		return this.caps.of(viewer.accountId());
	}

}
