package dev.belfry.alerts.views;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.alerts.rules.AlertVersion;
import dev.belfry.alerts.rules.TemplateText;
import dev.belfry.graphql.relay.Together;

/**
 * A version of an alert as the schema shows it.
 *
 * @param before the version before; null for the first
 * @param together those that are shown with it, and the ones before them
 */
record AlertVersionView(@Nullable AlertVersion before, AlertVersion shown, Together<AlertVersion> together) {

	public int version() {
		return this.shown.version();
	}

	public Instant changedAt() {
		return this.shown.changedAt();
	}

	public String changedBy() {
		return this.shown.author().name();
	}

	public String name() {
		return this.shown.alert().name();
	}

	public String eventType() {
		return this.shown.alert().eventType();
	}

	public boolean enabled() {
		return this.shown.alert().enabled();
	}

	public @Nullable Map<String, @Nullable Object> conditionSource() {
		return this.shown.alert().condition();
	}

	public TemplateText template() {
		return this.shown.alert().template();
	}

}
