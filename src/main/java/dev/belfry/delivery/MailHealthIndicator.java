package dev.belfry.delivery;

import java.time.Duration;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Says that the outbox is stuck when an e-mail has been due for too long. It does not
 * make a node unready: the API goes on without e-mails.
 */
@Component
class MailHealthIndicator implements HealthIndicator {

	private final MailMeters meters;

	private final OutboxSettings settings;

	MailHealthIndicator(MailMeters meters, OutboxSettings settings) {
		this.meters = meters;
		this.settings = settings;
	}

	@Override
	public Health health() {
		Duration waits = this.meters.oldestWaits();
		boolean stuck = waits.compareTo(this.settings.stuckAfter()) > 0;
		return (stuck ? Health.outOfService() : Health.up()).withDetail("oldestWaitingSeconds", waits.toSeconds())
			.build();
	}

}
