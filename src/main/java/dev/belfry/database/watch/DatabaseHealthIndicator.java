package dev.belfry.database.watch;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** Says at once what the watch has last found. A node is ready while it can write. */
@Component
class DatabaseHealthIndicator implements HealthIndicator {

	private final DatabaseWatch watch;

	DatabaseHealthIndicator(DatabaseWatch watch) {
		this.watch = watch;
	}

	@Override
	public Health health() {
		DatabaseWatch.State state = this.watch.state();
		Status status = switch (state) {
			case WRITABLE -> Status.UP;
			case UNKNOWN, READ_ONLY -> Status.OUT_OF_SERVICE;
			case AWAY -> Status.DOWN;
		};
		return Health.status(status).withDetail("state", state).build();
	}

}
