package dev.belfry.alerts.editing;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.alerts.recipients.AlertIds;
import dev.belfry.alerts.rules.Alert;
import dev.belfry.alerts.rules.AlertVersion;
import dev.belfry.alerts.rules.AlertVersions;
import dev.belfry.alerts.rules.AlertVersions.Draft;
import dev.belfry.alerts.rules.AlertVersions.Problem;
import dev.belfry.delivery.outbox.Outbox;
import dev.belfry.ids.Ids;
import dev.belfry.input.InputErrors;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrorCode;
import dev.belfry.input.UserErrors;
import dev.belfry.store.Call;
import dev.belfry.store.Idempotency;
import dev.belfry.store.Memory;
import dev.belfry.versions.VersionedUpdate;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Author;
import dev.belfry.work.TenantWork;
import reactor.core.publisher.Mono;

/**
 * Makes and changes alerts, all or nothing. Everything here fails with {@link UserErrors}
 * where the caller can correct it.
 */
@Component
public class AlertUpdates {

	public static final String NO_ALERT = "There is no such alert.";

	private final AlertVersions versions;

	private final AlertReferenceChecks references;

	private final Outbox outbox;

	private final Idempotency idempotency;

	private final Ids ids;

	private final TenantWork work;

	AlertUpdates(AlertVersions versions, AlertReferenceChecks references, Outbox outbox, Idempotency idempotency,
			Ids ids, TenantWork work) {
		this.versions = versions;
		this.references = references;
		this.outbox = outbox;
		this.idempotency = idempotency;
		this.ids = ids;
		this.work = work;
	}

	/** The new alert. */
	public Mono<AlertVersion> create(AccountId account, Author author, NewAlertInput input) {
		String key = input.idempotencyKey();
		Mono<AlertVersion> work = Mono.defer(() -> read(account, null, input.change(), new InputErrors()))
			.flatMap((alert) -> save(account, author, Draft.first(alert, key)));
		Mono<AlertVersion> present = Mono.defer(() -> this.versions.madeBy(account, String.valueOf(key)))
			.flatMap((alertId) -> this.versions.current(account, alertId));
		return this.idempotency.once(new Call(account, "createAlert", key, Idempotency.hashOf(input)), work, present,
				memory(account));
	}

	/** The alert after the change. */
	public Mono<AlertVersion> run(Change change) {
		Mono<AlertVersion> work = VersionedUpdate.run(current(change), change.expectedVersion(),
				(current, errors) -> save(change, current, errors));
		return this.idempotency.once(change.call(), work, this.versions.current(change.account(), change.alertId()),
				memory(change.account()));
	}

	/** Ends the alert. */
	public Mono<Void> delete(Change change) {
		Mono<AlertVersion> work = VersionedUpdate.run(current(change), change.expectedVersion(),
				(current, errors) -> end(change, current, errors));
		return this.idempotency.once(change.call(), work, Mono.empty()).then();
	}

	/** The versions of an alert stay when it is deleted, so their numbers will do. */
	private Memory<AlertVersion, Numbers> memory(AccountId account) {
		return new Memory<>(Numbers.class, Numbers::of, (numbers) -> version(account, numbers));
	}

	private Mono<AlertVersion> current(Change change) {
		return this.versions.current(change.account(), change.alertId())
			.switchIfEmpty(Mono.error(AlertUpdates::notFound));
	}

	private Mono<AlertVersion> save(Change change, AlertVersion current, InputErrors errors) {
		return read(change.account(), current, change.input(), errors).flatMap((alert) -> alert.equals(current.alert())
				? Mono.just(current) : save(change, current, Draft.next(current, alert)));
	}

	private Mono<AlertVersion> end(Change change, AlertVersion current, InputErrors errors) {
		errors.check();
		return save(change, current, Draft.last(current));
	}

	private Mono<AlertVersion> save(Change change, AlertVersion current, Draft draft) {
		return save(change.account(), change.author(), draft)
			.delayUntil((saved) -> this.outbox.follow(change.account(), current.topics(), saved.topics()));
	}

	/** Nothing if another change was faster. */
	private Mono<AlertVersion> save(AccountId account, Author author, Draft draft) {
		return this.versions.save(account, draft, author)
			.filter((saved) -> saved.problem() != Problem.CHANGED)
			.flatMap((saved) -> (saved.alertId() != null)
					? version(account, new Numbers(saved.alertId(), draft.expected() + 1))
					: Mono.error(() -> refused(saved.problem())));
	}

	private Mono<AlertVersion> version(AccountId account, Numbers numbers) {
		return this.versions.named(account, Map.of(numbers.alertId(), List.of(numbers.version()))).next();
	}

	/**
	 * What the alert is to be.
	 * @param errors what is wrong already
	 */
	private Mono<Alert> read(AccountId account, @Nullable AlertVersion before, AlertInput input, InputErrors errors) {
		return Mono
			.fromSupplier(() -> AlertReader.read(input, (before != null) ? before.alert() : null,
					new AlertIds(this.ids, account), errors))
			.subscribeOn(this.work.of(account))
			.flatMap((reading) -> this.references.check(account, (before != null) ? before.alertId() : null, reading))
			.switchIfEmpty(Mono.error(errors::refused));
	}

	private static UserErrors refused(@Nullable Problem problem) {
		if (problem == Problem.NAME) {
			return UserErrors.at(UserErrorCode.NOT_POSSIBLE, AlertReferenceChecks.NAME_IS_TAKEN, "name");
		}
		if (problem == Problem.LIST) {
			return UserErrors.at(UserErrorCode.NOT_FOUND, "One of the recipient lists no longer exists.", "recipients");
		}
		return new UserErrors(List.of(new UserError(UserErrorCode.NOT_POSSIBLE,
				"An account has at most " + Alert.MOST + " alerts. Delete one that you do not need.", null)));
	}

	public static UserErrors notFound() {
		return UserErrors.at(UserErrorCode.NOT_FOUND, NO_ALERT, "id");
	}

	/** Names a version. */
	private record Numbers(long alertId, int version) {

		static Numbers of(AlertVersion version) {
			return new Numbers(version.alertId(), version.version());
		}

	}

	/**
	 * A requested change of an alert.
	 *
	 * @param operation the mutation, which idempotency keys belong to
	 * @param input of the mutation, with what is to be different
	 */
	public record Change(AccountId account, Author author, long alertId, String operation, AlertInput input) {

		Call call() {
			return new Call(this.account, this.operation, this.input.idempotencyKey(), Idempotency.hashOf(this.input));
		}

		@Nullable Integer expectedVersion() {
			return this.input.expectedVersion();
		}

	}

}
