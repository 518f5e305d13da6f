package dev.belfry.settings;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Author;
import dev.belfry.accounts.Call;
import dev.belfry.accounts.Idempotency;
import dev.belfry.delivery.Outbox;
import dev.belfry.platform.Refusal;
import dev.belfry.platform.UserError;
import dev.belfry.platform.UserErrorCode;
import dev.belfry.platform.UserErrors;
import reactor.core.publisher.Mono;

/**
 * Changes settings, all or nothing: what is to be different is put on top of what is in
 * force, and saved if that still is in force by then.
 */
@Component
class SettingsUpdates {

	private static final int MOST_TRIES = 30;

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
		return this.idempotency.once(update.call(), attempt(update, MOST_TRIES),
				this.versions.current(update.account()));
	}

	private Mono<SettingsVersion> attempt(Update update, int triesLeft) {
		return this.versions.current(update.account()).flatMap((current) -> {
			List<UserError> errors = update.isStale(current) ? update.conflict()
					: update.patch().errorsFor(current.settings());
			return errors.isEmpty() ? save(update, current, triesLeft) : Mono.error(new UserErrors(errors));
		});
	}

	/** Someone else's change may come between; then this one is made on top of that. */
	private Mono<SettingsVersion> save(Update update, SettingsVersion current, int triesLeft) {
		Settings settings = update.patch().appliedTo(current.settings());
		if (settings.equals(current.settings())) {
			return Mono.just(current);
		}
		return this.versions.save(update.account(), current.version(), settings, update.author())
			.delayUntil((saved) -> switchTopics(update.account(), Switched.between(current.settings(), settings)))
			.switchIfEmpty(Mono.defer(() -> (triesLeft > 1) ? attempt(update, triesLeft - 1)
					: Mono.error(Refusal.unavailable("Too many change these settings just now. Try again."))));
	}

	/** What waits to be sent ends with the switch, in the same transaction. */
	private Mono<Void> switchTopics(AccountId account, Switched switched) {
		return this.outbox.stop(account, switched.off()).then(this.outbox.resume(account, switched.on()));
	}

	/**
	 * What somebody wants to be different.
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

		boolean isStale(SettingsVersion current) {
			return this.expectedVersion != null && this.expectedVersion != current.version();
		}

		/** What can be told without knowing what this would be put on top of. */
		List<UserError> conflict() {
			UserErrors stale = UserErrors.at(UserErrorCode.CONFLICT,
					"The settings have been changed meanwhile. Look at them as they are now, and decide again.",
					"expectedVersion");
			return Stream.concat(stale.errors().stream(), this.patch.errors().stream()).toList();
		}

	}

}
