package dev.belfry.events.intake;

import java.time.Clock;
import java.util.ArrayList;
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
import dev.belfry.input.InputErrors;
import dev.belfry.input.Refusal;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrorCode;
import dev.belfry.input.UserErrors;
import dev.belfry.log.intake.RecordStatus;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Intake of events as the schema asks for it: each item of a call stands on its own. */
@Controller
class PublishController {

	private static final int MOST = 500;

	private final Accounts accounts;

	private final EventIntake intake;

	private final Clock clock;

	PublishController(Accounts accounts, EventIntake intake, Clock clock) {
		this.accounts = accounts;
		this.intake = intake;
		this.clock = clock;
	}

	@MutationMapping
	Mono<Payload> publishEvents(DataFetchingEnvironment environment, @ContextValue Viewer viewer) {
		Map<String, Object> input = Objects.requireNonNull(environment.getArgument("input"));
		List<Map<String, Object>> events = events(input);
		return UserErrors.answered(
				this.accounts.forIntake(viewer, (String) input.get("account"))
					.flatMap((account) -> publish(account.accountId(), events)),
				(errors) -> new Payload(List.of(), errors));
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> events(Map<String, Object> input) {
		List<Map<String, Object>> events = (List<Map<String, Object>>) Objects.requireNonNull(input.get("events"));
		if (events.isEmpty() || events.size() > MOST) {
			throw Refusal.badInput("A call takes 1 to " + MOST + " events; this one has " + events.size() + ".",
					"input", "events");
		}
		return events;
	}

	/**
	 * Payloads can be long, so they are read off the event loop, and so is what the
	 * caller does with the answer: the account's next transaction does not wait for it.
	 */
	private Mono<Payload> publish(AccountId account, List<Map<String, Object>> inputs) {
		return Mono.fromCallable(() -> items(inputs))
			.subscribeOn(Schedulers.parallel())
			.flatMap((items) -> publishGood(account, items).publishOn(Schedulers.parallel())
				.map((results) -> payload(items, results)));
	}

	private List<Item> items(List<Map<String, Object>> inputs) {
		List<Item> items = new ArrayList<>(inputs.size());
		inputs.forEach((input) -> items.add(Item.read(items.size(), input, this.clock)));
		return items;
	}

	private Mono<List<Published>> publishGood(AccountId account, List<Item> items) {
		List<NewEvent> good = items.stream().map(Item::event).filter(Objects::nonNull).toList();
		if (good.stream().mapToLong((event) -> event.payload().length).sum() > EventIntake.LARGEST) {
			throw Refusal.badInput("The payloads of a call may have at most 4 MiB in all. Send fewer events at once.",
					"input", "events");
		}
		return good.isEmpty() ? Mono.just(List.of()) : this.intake.publish(account, good);
	}

	private static Payload payload(List<Item> items, List<Published> results) {
		List<Result> answer = new ArrayList<>(items.size());
		int next = 0;
		for (Item item : items) {
			answer.add((item.event() != null) ? item.result(results.get(next++)) : item.rejected());
		}
		return new Payload(answer, List.of());
	}

	/** One event of a call, as it was read; null if it is refused. */
	private record Item(int index, String eventId, @Nullable NewEvent event, InputErrors errors) {

		static Item read(int index, Map<String, Object> input, Clock clock) {
			InputErrors errors = new InputErrors().at("events").at(index);
			NewEvent event = EventReader.read(input, clock.instant(), errors);
			return new Item(index, String.valueOf(input.get("eventId")), event, errors);
		}

		Result result(Published published) {
			if (published.status() == RecordStatus.REJECTED) {
				this.errors.at("eventId")
					.add(UserErrorCode.IDEMPOTENCY_CONFLICT,
							"This event was logged before with another input. The first one stands.");
				return rejected();
			}
			return new Result(this.index, this.eventId, published.status(), List.of());
		}

		Result rejected() {
			return new Result(this.index, this.eventId, RecordStatus.REJECTED, this.errors.list());
		}

	}

	record Payload(List<Result> results, List<UserError> userErrors) {
	}

	record Result(int index, String eventId, RecordStatus status, List<UserError> userErrors) {
	}

}
