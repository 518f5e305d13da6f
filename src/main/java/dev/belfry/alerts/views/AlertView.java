package dev.belfry.alerts.views;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.alerts.rules.AlertVersion;
import dev.belfry.alerts.rules.TemplateText;
import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.graphql.relay.OfAccount;
import dev.belfry.graphql.relay.Together;
import dev.belfry.viewer.AccountId;

/**
 * An alert as the schema shows it.
 *
 * @param together those that are shown with it
 */
public record AlertView(AccountId account, String id, AlertVersion inForce,
		Together<AlertVersion> together) implements OfAccount {

	public String name() {
		return this.inForce.alert().name();
	}

	public String eventType() {
		return this.inForce.alert().eventType();
	}

	public String eventTypeTitle() {
		return EventTypes.named(eventType()).title();
	}

	public boolean enabled() {
		return this.inForce.alert().enabled();
	}

	public int version() {
		return this.inForce.version();
	}

	public @Nullable Map<String, @Nullable Object> conditionSource() {
		return this.inForce.alert().condition();
	}

	public TemplateText template() {
		return this.inForce.alert().template();
	}

	public Instant createdAt() {
		return this.inForce.createdAt();
	}

	public Instant changedAt() {
		return this.inForce.changedAt();
	}

	public String changedBy() {
		return this.inForce.author().name();
	}

}
