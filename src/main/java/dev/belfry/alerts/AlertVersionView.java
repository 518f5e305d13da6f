package dev.belfry.alerts;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.accounts.User;
import reactor.core.publisher.Mono;

/**
 * A version of an alert as the schema shows it.
 *
 * @param before the version before; null for the first
 * @param directory knows the recipients of both; it is read once for a page, if anyone
 * asks
 * @param integrations the names of those that are watched, by number, likewise
 * @param authors the users who made the versions of the page, likewise
 */
record AlertVersionView(@Nullable AlertVersion before, AlertVersion shown, Mono<Directory> directory,
		Mono<Map<Long, String>> integrations, Mono<Map<Long, User>> authors) {

	public int version() {
		return this.shown.version();
	}

	public OffsetDateTime changedAt() {
		return this.shown.changedAt().atOffset(ZoneOffset.UTC);
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
