package dev.belfry.delivery.sending;

import java.time.Duration;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

import dev.belfry.delivery.outbox.MailMeters;
import dev.belfry.delivery.outbox.OutboxSettings;

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
