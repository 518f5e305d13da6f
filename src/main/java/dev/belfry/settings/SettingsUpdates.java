package dev.belfry.settings;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Idempotency;
import dev.belfry.accounts.Transactions;
import dev.belfry.catalog.GlobalNotification;
import dev.belfry.delivery.Outbox;
import dev.belfry.platform.Refusal;
import dev.belfry.platform.UserError;
import dev.belfry.platform.UserErrorCode;
import dev.belfry.platform.UserErrors;
import dev.belfry.settings.SettingsVersion.Author;
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

	private final ApplicationEventPublisher events;

	SettingsUpdates(SettingsVersions versions, Outbox outbox, Idempotency idempotency,
			ApplicationEventPublisher events) {
		this.versions = versions;
		this.outbox = outbox;
		this.idempotency = idempotency;
		this.events = events;
	}

	/**
	 * What is in force after the update. Fails with {@link UserErrors}. Detached from the
	 * caller, so that a change that was committed is also announced.
	 */
	Mono<SettingsVersion> run(Update update) {
		AccountId account = update.account();
		Mono<Saved> again = this.versions.current(account).map((current) -> new Saved(current, current));
		Mono<Saved> saved = this.idempotency.once(account, update.operation(), update.idempotencyKey(),
				update.patch().hash(update.expectedVersion()), attempt(update, MOST_TRIES), again);
		return Transactions.detached(saved.doOnNext((done) -> announce(account, done))).map(Saved::after);
	}

	private Mono<Saved> attempt(Update update, int triesLeft) {
		return this.versions.current(update.account()).flatMap((current) -> {
			List<UserError> errors = update.isStale(current) ? update.conflict()
					: update.patch().errorsFor(current.settings());
			return errors.isEmpty() ? save(update, current, triesLeft) : Mono.error(new UserErrors(errors));
		});
	}

	/** Someone else's change may come between; then this one is made on top of that. */
	private Mono<Saved> save(Update update, SettingsVersion current, int triesLeft) {
		Settings settings = update.patch().appliedTo(current.settings());
		if (settings.equals(current.settings())) {
			return Mono.just(new Saved(current, current));
		}
		return this.versions.save(update.account(), current.version(), settings, update.author())
			.map((version) -> new Saved(current, version))
			.delayUntil((saved) -> switchTopics(saved.change(update.account())))
			.switchIfEmpty(Mono.defer(() -> (triesLeft > 1) ? attempt(update, triesLeft - 1)
					: Mono.error(Refusal.unavailable("Too many change these settings just now. Try again."))));
	}

	/** What waits to be sent ends with the switch, in the same transaction. */
	private Mono<Void> switchTopics(SettingsChanged change) {
		return this.outbox.stop(change.account(), topics(change.switchedOff()))
			.then(this.outbox.resume(change.account(), topics(change.switchedOn())));
	}

	private static List<String> topics(Set<String> types) {
		return types.stream().sorted().map(GlobalNotification::topic).toList();
	}

	private void announce(AccountId account, Saved saved) {
		if (saved.isChange()) {
			this.events.publishEvent(saved.change(account));
		}
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

		boolean isStale(SettingsVersion current) {
			return this.expectedVersion != null && this.expectedVersion != current.version();
		}

		/** What can be told without knowing what this would be put on top of. */
		List<UserError> conflict() {
			UserError stale = UserError.at(UserErrorCode.CONFLICT,
					"The settings have been changed meanwhile. Look at them as they are now, and decide again.",
					"expectedVersion");
			return Stream.concat(Stream.of(stale), this.patch.errors().stream()).toList();
		}

	}

	/** What was in force before an update, and what is after it. */
	private record Saved(SettingsVersion before, SettingsVersion after) {

		SettingsChanged change(AccountId account) {
			return SettingsChanged.between(account, this.before.settings(), this.after.settings());
		}

		boolean isChange() {
			return this.before.version() != this.after.version();
		}

	}

}
