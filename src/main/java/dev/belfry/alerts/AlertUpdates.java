package dev.belfry.alerts;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Author;
import dev.belfry.accounts.Call;
import dev.belfry.accounts.Idempotency;
import dev.belfry.accounts.Ids;
import dev.belfry.accounts.Memory;
import dev.belfry.alerts.AlertVersions.Draft;
import dev.belfry.alerts.AlertVersions.Problem;
import dev.belfry.alerts.AlertVersions.Saved;
import dev.belfry.delivery.Outbox;
import dev.belfry.platform.InputErrors;
import dev.belfry.platform.Refusal;
import dev.belfry.platform.UserError;
import dev.belfry.platform.UserErrorCode;
import dev.belfry.platform.UserErrors;
import reactor.core.publisher.Mono;

/**
 * Makes and changes alerts, all or nothing: what is to be different is put on top of what
 * is in force, and saved if that still is in force by then. Everything here fails with
 * {@link UserErrors} where the one who asked can mend it.
 */
@Component
public class AlertUpdates {

	static final String NO_ALERT = "There is no such alert.";

	private static final int MOST_TRIES = 30;

	private final AlertVersions versions;

	private final AlertSurroundings surroundings;

	private final Outbox outbox;

	private final Idempotency idempotency;

	private final Ids ids;

	AlertUpdates(AlertVersions versions, AlertSurroundings surroundings, Outbox outbox, Idempotency idempotency,
			Ids ids) {
		this.versions = versions;
		this.surroundings = surroundings;
		this.outbox = outbox;
		this.idempotency = idempotency;
		this.ids = ids;
	}

	/**
	 * The new alert.
	 * @param input as {@code createAlert} takes it
	 */
	public Mono<AlertVersion> create(AccountId account, Author author, Map<String, Object> input) {
		String key = (String) input.get("idempotencyKey");
		Mono<AlertVersion> work = Mono.defer(() -> read(account, null, input, new InputErrors()))
			.flatMap((alert) -> this.versions.save(account, Draft.first(alert, key), author))
			.flatMap((saved) -> made(account, saved));
		Mono<AlertVersion> present = Mono.defer(() -> this.versions.madeBy(account, String.valueOf(key)))
			.flatMap((alertId) -> this.versions.current(account, alertId));
		return this.idempotency.once(new Call(account, "createAlert", key, Inputs.hash(input)), work, present,
				memory(account));
	}

	/** The alert after the change. */
	Mono<AlertVersion> run(Change change) {
		return this.idempotency.once(change.call(), attempt(change, MOST_TRIES),
				this.versions.current(change.account(), change.alertId()), memory(change.account()));
	}

	/** Ends the alert. */
	Mono<Void> delete(Change change) {
		return this.idempotency.once(change.call(), attemptEnd(change, MOST_TRIES), Mono.empty()).then();
	}

	/** The versions of an alert stay when it is deleted, so their numbers will do. */
	private Memory<AlertVersion, Numbers> memory(AccountId account) {
		return new Memory<>(Numbers.class, Numbers::of,
				(numbers) -> this.versions.named(account, Map.of(numbers.alertId(), List.of(numbers.version())))
					.next());
	}

	private Mono<AlertVersion> attempt(Change change, int triesLeft) {
		return current(change)
			.flatMap((current) -> read(change.account(), current, change.input(), change.errors(current))
				.flatMap((alert) -> save(change, current, alert, triesLeft)));
	}

	/** Someone else's change may come between; then this one is made on top of that. */
	private Mono<AlertVersion> save(Change change, AlertVersion current, Alert alert, int triesLeft) {
		if (alert.equals(current.alert())) {
			return Mono.just(current);
		}
		return this.versions.save(change.account(), Draft.next(current, alert), change.author())
			.flatMap((saved) -> (saved.problem() == Problem.CHANGED)
					? again(triesLeft, () -> attempt(change, triesLeft - 1))
					: made(change.account(), saved).delayUntil((made) -> switchTopic(change.account(), current, made)));
	}

	private Mono<AlertVersion> attemptEnd(Change change, int triesLeft) {
		return current(change).flatMap((current) -> {
			change.errors(current).check();
			return end(change, current, triesLeft);
		});
	}

	private Mono<AlertVersion> end(Change change, AlertVersion current, int triesLeft) {
		return this.versions.save(change.account(), Draft.last(current), change.author())
			.flatMap((saved) -> (saved.problem() == Problem.CHANGED)
					? again(triesLeft, () -> attemptEnd(change, triesLeft - 1))
					: this.outbox.stop(change.account(), List.of(current.topic())).thenReturn(current));
	}

	private static <T> Mono<T> again(int triesLeft, Supplier<Mono<T>> attempt) {
		return (triesLeft > 1) ? Mono.defer(attempt)
				: Mono.error(() -> Refusal.unavailable("Too many change this alert just now. Try again."));
	}

	/** What waits to be sent ends with the switch, in the same transaction. */
	private Mono<Void> switchTopic(AccountId account, AlertVersion before, AlertVersion after) {
		if (before.isOn() == after.isOn()) {
			return Mono.empty();
		}
		return after.isOn() ? this.outbox.resume(account, List.of(after.topic()))
				: this.outbox.stop(account, List.of(after.topic()));
	}

	private Mono<AlertVersion> current(Change change) {
		return this.versions.current(change.account(), change.alertId())
			.switchIfEmpty(Mono.error(AlertUpdates::notFound));
	}

	/**
	 * What the alert is to be.
	 * @param errors what is wrong already
	 */
	private Mono<Alert> read(AccountId account, @Nullable AlertVersion before, Map<String, Object> input,
			InputErrors errors) {
		AlertReading reading = AlertReader.read(input, (before != null) ? before.alert() : null,
				new RecipientIds(this.ids, account), errors);
		return this.surroundings.check(account, (before != null) ? before.alertId() : null, reading)
			.switchIfEmpty(Mono.error(errors::refused));
	}

	private Mono<AlertVersion> made(AccountId account, Saved saved) {
		return (saved.alertId() != null) ? this.versions.current(account, saved.alertId())
				: Mono.error(() -> refused(saved.problem()));
	}

	private static UserErrors refused(@Nullable Problem problem) {
		if (problem == Problem.NAME) {
			return UserErrors.at(UserErrorCode.NOT_POSSIBLE, AlertSurroundings.NAME_IS_TAKEN, "name");
		}
		if (problem == Problem.LIST) {
			return UserErrors.at(UserErrorCode.NOT_FOUND, "One of the recipient lists is no longer there.",
					"recipients");
		}
		return new UserErrors(List.of(new UserError(UserErrorCode.NOT_POSSIBLE,
				"An account has at most " + Alert.MOST + " alerts. Delete one that is no longer of use.", null)));
	}

	static UserErrors notFound() {
		return UserErrors.at(UserErrorCode.NOT_FOUND, NO_ALERT, "id");
	}

	/** Names a version. */
	private record Numbers(long alertId, int version) {

		static Numbers of(AlertVersion version) {
			return new Numbers(version.alertId(), version.version());
		}

	}

	/**
	 * What somebody wants of an alert.
	 *
	 * @param operation the mutation, which idempotency keys belong to
	 * @param input of the mutation, with what is to be different
	 */
	record Change(AccountId account, Author author, long alertId, String operation, Map<String, Object> input) {

		/** Null says something else of these than that they are absent. */
		private static final Set<String> CLEARED = Set.of("condition", "watch", "template");

		Call call() {
			return new Call(this.account, this.operation, (String) this.input.get("idempotencyKey"),
					Inputs.hash(this.input, CLEARED));
		}

		/** An error if this was meant for another version. */
		InputErrors errors(AlertVersion current) {
			InputErrors errors = new InputErrors();
			Object expected = this.input.get("expectedVersion");
			if (expected != null && !expected.equals(current.version())) {
				errors.at("expectedVersion")
					.add(UserErrorCode.CONFLICT,
							"The alert has been changed meanwhile. Look at it as it is now, and decide again.");
			}
			return errors;
		}

	}

}
