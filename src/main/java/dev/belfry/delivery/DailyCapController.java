package dev.belfry.delivery;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.accounts.Viewer;
import reactor.core.publisher.Mono;

/** The daily cap as the schema asks for it. */
@Controller
class DailyCapController {

	private final DailyCaps caps;

	DailyCapController(DailyCaps caps) {
		this.caps = caps;
	}

	@QueryMapping
	Mono<DailyEmailCapView> dailyEmailCap(@ContextValue Viewer viewer) {
		return this.caps.of(viewer.accountId()).map(DailyEmailCapView::new);
	}

	/** What is used of it as the schema shows it. */
	record DailyEmailCapView(DailyCap inUse) {

		public int cap() {
			return this.inUse.cap();
		}

		public int used() {
			return this.inUse.used();
		}

		public int waiting() {
			return this.inUse.waiting();
		}

		public @Nullable OffsetDateTime resumesAt() {
			return (this.inUse.resumesAt() != null) ? this.inUse.resumesAt().atOffset(ZoneOffset.UTC) : null;
		}

	}

}
