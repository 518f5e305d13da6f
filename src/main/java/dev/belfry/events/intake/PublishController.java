package dev.belfry.events.intake;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.accounts.directory.Accounts;
import dev.belfry.events.intake.EventIntake.Published;
import dev.belfry.input.InputBatch;
import dev.belfry.input.InputBatch.Item;
import dev.belfry.input.Refusal;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrorCode;
import dev.belfry.input.UserErrors;
import dev.belfry.log.intake.RecordStatus;
import dev.belfry.quotas.Quotas;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Viewer;
import dev.belfry.work.TenantWork;
import reactor.core.publisher.Mono;

/**
 * Intake of events as the schema asks for it: each item of a call is handled on its own.
 */
@Controller
class PublishController {

	private final Accounts accounts;

	private final EventIntake intake;

	private final Quotas quotas;

	private final Clock clock;

	private final TenantWork work;

	PublishController(Accounts accounts, EventIntake intake, Quotas quotas, Clock clock, TenantWork work) {
		this.accounts = accounts;
		this.intake = intake;
		this.quotas = quotas;
		this.clock = clock;
		this.work = work;
	}

	@MutationMapping
	Mono<Payload> publishEvents(DataFetchingEnvironment environment, @ContextValue Viewer viewer) {
		Map<String, Object> input = Objects.requireNonNull(environment.getArgument("input"));
		List<Map<String, Object>> events = InputBatch.sent(input, "events");
		return UserErrors.answered(this.accounts.forIntake(viewer, (String) input.get("account"))
			.doOnNext((account) -> this.quotas.takeItems(account, events.size()))
			.flatMap((account) -> publish(account, events)), (errors) -> new Payload(List.of(), errors));
	}

	/**
	 * Payloads can be long, so they are read off the event loop, and so is what the
	 * caller does with the answer: the account's next transaction does not wait for it.
	 */
	private Mono<Payload> publish(AccountId account, List<Map<String, Object>> events) {
		Instant now = this.clock.instant();
		InputBatch.Reading<NewEvent> reading = new InputBatch.Reading<>("events", "eventId",
				(input, errors) -> EventReader.read(input, now, errors));
		return this.work.inParts(account, events, reading::read)
			.then(Mono.fromSupplier(reading::batch))
			.flatMap((batch) -> publishGood(account, batch.good()).publishOn(this.work.of(account))
				.map((results) -> new Payload(batch.answers(results, Result::of), List.of())));
	}

	private Mono<List<Published>> publishGood(AccountId account, List<NewEvent> good) {
		if (good.stream().mapToLong((event) -> event.payload().length).sum() > EventIntake.LARGEST) {
			throw Refusal.badInput("The payloads of a call may have at most 4 MiB in all. Send fewer events at once.",
					"input", "events");
		}
		return good.isEmpty() ? Mono.just(List.of()) : this.intake.publish(account, good);
	}

	record Payload(List<Result> results, List<UserError> userErrors) {
	}

	record Result(int index, String eventId, RecordStatus status, List<UserError> userErrors) {

		static Result of(Item<NewEvent> item, @Nullable Published published) {
			RecordStatus status = (published != null) ? published.status() : RecordStatus.REJECTED;
			if (published != null && status == RecordStatus.REJECTED) {
				item.errors()
					.at("eventId")
					.add(UserErrorCode.IDEMPOTENCY_CONFLICT,
							"This event was recorded before with another input. The first input is kept.");
			}
			return new Result(item.index(), item.id(), status, item.errors().list());
		}

	}

}
