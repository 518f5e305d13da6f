package dev.belfry.alerts.trials;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.directory.Users;
import dev.belfry.alerts.rules.Alert;
import dev.belfry.alerts.rules.RuleResult;
import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.Formats;
import dev.belfry.catalog.types.Topic;
import dev.belfry.conditions.values.Subject;
import dev.belfry.delivery.composing.Email;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.delivery.history.DeliveryView;
import dev.belfry.delivery.history.DeliveryViews;
import dev.belfry.delivery.outbox.Outbox;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrorCode;
import dev.belfry.input.UserErrors;
import dev.belfry.store.Call;
import dev.belfry.store.Idempotency;
import dev.belfry.store.Memory;
import dev.belfry.templates.EmailTexts;
import dev.belfry.viewer.Account;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.User;
import dev.belfry.work.TenantWork;
import reactor.core.publisher.Mono;

/** Sends the e-mails of alerts as tests, each to the one who asks alone. */
@Component
class TestAlerts {

	private static final EmailTexts TEXTS = EmailTexts.of("alert-test",
			EventField.text("subject", "Subject", "The alert's own subject."),
			EventField.text("alert", "Alert", "The alert's name; absent if it is not saved."));

	private final TrialReader trials;

	private final Users users;

	private final Outbox outbox;

	private final DeliveryViews deliveries;

	private final Idempotency idempotency;

	private final TenantWork work;

	TestAlerts(TrialReader trials, Users users, Outbox outbox, DeliveryViews deliveries, Idempotency idempotency,
			TenantWork work) {
		this.trials = trials;
		this.users = users;
		this.outbox = outbox;
		this.deliveries = deliveries;
		this.idempotency = idempotency;
		this.work = work;
	}

	/**
	 * Queues a test and answers its delivery. Fails with {@link UserErrors}.
	 * @param user null for an API key, which gets no e-mail
	 */
	Mono<DeliveryView> send(Account account, @Nullable User user, TrialInput input) {
		if (user == null) {
			return refused(
					"A test e-mail goes to the user who requests it, and this token is an API key. Use the token of a user.",
					null);
		}
		AccountId accountId = account.accountId();
		Mono<Long> work = address(user)
			.flatMap((address) -> this.trials.read(account, input)
				.publishOn(this.work.of(accountId))
				.flatMap((trial) -> email(trial, address)))
			.flatMap((email) -> this.outbox.queue(accountId, List.of(email)))
			.map((queued) -> queued.get(0));
		return this.idempotency
			.once(new Call(accountId, "sendTestAlert", input.idempotencyKey(), Idempotency.hashOf(input))
				.of(user.userId()), work, Mono.empty(), Memory.of(Long.class))
			.flatMap((deliveryId) -> this.deliveries.byIds(accountId, List.of(deliveryId))
				.mapNotNull((found) -> found.get(deliveryId)));
	}

	/** As it is now: what a node remembers of the user can be some seconds old. */
	private Mono<String> address(User user) {
		return this.users.withNumbers(user.accountId(), List.of(user.userId()))
			.next()
			.mapNotNull(User::email)
			.switchIfEmpty(refused("A test e-mail goes to your own e-mail address, and your user has none.", null));
	}

	private Mono<Email> email(Trial trial, String address) {
		RuleResult rendered = trial.rendered();
		if (rendered.mail() == null) {
			return refused(String.valueOf(rendered.error()), List.of("alert"));
		}
		return Mono.just(new Email(Topic.ALERT_TEST, text("title", Map.of()), null, address,
				marked(trial, rendered.mail()), trial.event().cause(), 1, null));
	}

	private static MailContent marked(Trial trial, MailContent mail) {
		Map<String, String> alert = trial.isOfDraft() ? Map.of() : Map.of("alert", trial.alert().name());
		return new MailContent(text("subject", Map.of("subject", mail.subject())), mail.headline(),
				Stream.concat(Stream.of(text("lead", alert)), mail.paragraphs().stream()).toList(), mail.facts(),
				mail.tables(), mail.notes());
	}

	private static String text(String key, Map<String, String> values) {
		return TEXTS.write(key, values, Formats.PLAIN);
	}

	private static <T> Mono<T> refused(String message, @Nullable List<String> field) {
		return Mono.error(() -> new UserErrors(List.of(new UserError(UserErrorCode.NOT_POSSIBLE, message, field))));
	}

}
