package dev.belfry.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.delivery.outbox.Outbox;
import dev.belfry.input.InputErrors;
import dev.belfry.input.UserErrors;
import dev.belfry.store.Call;
import dev.belfry.store.Idempotency;
import dev.belfry.versions.VersionedUpdate;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Author;
import reactor.core.publisher.Mono;

/** Changes settings, all or nothing. */
@Component
class SettingsUpdates {

	private final SettingsVersions versions;

	private final Outbox outbox;

	private final Idempotency idempotency;

	SettingsUpdates(SettingsVersions versions, Outbox outbox, Idempotency idempotency) {
		this.versions = versions;
		this.outbox = outbox;
		this.idempotency = idempotency;
	}

	/** What is in force after the update. Fails with {@link UserErrors}. */
	Mono<SettingsVersion> run(Update update) {
		Mono<SettingsVersion> current = this.versions.current(update.account());
		return this.idempotency.once(update.call(), VersionedUpdate.run(current, update.expectedVersion(),
				(version, errors) -> save(update, version, errors)), current);
	}

	private Mono<SettingsVersion> save(Update update, SettingsVersion current, InputErrors errors) {
		Settings settings = update.patch().appliedTo(current.settings(), errors);
		return settings.equals(current.settings()) ? Mono.just(current)
				: this.versions.save(update.account(), current.version(), settings, update.author())
					.delayUntil((saved) -> this.outbox.follow(update.account(), current.topics(), saved.topics()));
	}

	/**
	 * A requested change.
	 *
	 * @param operation the mutation, which idempotency keys belong to
	 * @param expectedVersion the version that they have seen; null for whatever is in
	 * force
	 */
	record Update(AccountId account, Author author, String operation, @Nullable Integer expectedVersion,
			SettingsPatch patch, @Nullable String idempotencyKey) {

		Call call() {
			return new Call(this.account, this.operation, this.idempotencyKey, this.patch.hash(this.expectedVersion));
		}

	}

}
